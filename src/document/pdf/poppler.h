#pragma once
// Poppler's programs, run on a PDF file in a scratch folder.

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "document/budget.h"
#include "document/pdf/geometry.h"

namespace zg::document {

// kUnavailable where poppler-utils is not installed.
Status PopplerIsThere();

// The text layer of all pages. Errors: encrypted, broken, timeout, too_large.
Result<std::vector<PageText>> PdfWords(const std::filesystem::path& pdf, Budget& budget);

// Pages `first` to `last` as PGM pictures, one after the other, at `dots` per inch, without smoothing. An
// error where they cannot be drawn in time.
Result<std::string> PdfPictures(const std::filesystem::path& pdf, int first, int last, int dots,
                                std::chrono::milliseconds time);

}  // namespace zg::document
