#pragma once
// Text files.

#include "base/result.h"
#include "document/budget.h"
#include "document/document.h"

namespace zg::document {

// The text is the decoded file, code point for code point, but for the byte order mark and with CRLF and CR
// as LF; a missing last line break stays missing. One block for each line that says something;
// Place.paragraph is the line's number. Form feed and vertical tab end a line like LF and stay as they are.
// Lines are not joined here.
Result<Document> ReadTxt(std::string_view bytes, Budget& budget);

}  // namespace zg::document
