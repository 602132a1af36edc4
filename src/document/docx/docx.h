#pragma once
// Word documents (docx, docm; strict and transitional).

#include "base/result.h"
#include "document/budget.h"
#include "document/document.h"

namespace zg::document {

// Left out: headers, footers, comments, hidden text, deleted text, automatic tables of contents,
// placeholders. A line break inside a paragraph ends its block; the next block has the same place. Text boxes
// follow the paragraph that holds them. Footnotes, then endnotes, stand at the end; their Place.paragraph is
// where they are cited.
Result<Document> ReadDocx(std::string_view bytes, Budget& budget);

}  // namespace zg::document
