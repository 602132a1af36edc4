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

struct PictureWish {
  int first = 1, last = 1;
  int dots = 100;        // per inch, or
  int longest_side = 0;  // where not 0: so many pixels, whatever the size of the page
  bool smooth = false;   // for reading; unsmoothed lines are found better
  std::chrono::milliseconds time{10'000};
};
// Pages as PGM pictures, one after the other. An error where they cannot be drawn in time.
Result<std::string> PdfPictures(const std::filesystem::path& pdf, const PictureWish& wish);

}  // namespace zg::document
