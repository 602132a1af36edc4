#pragma once
// Tesseract with Chinese (chi_sim) on pictures of pages.

#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/budget.h"
#include "document/pdf/geometry.h"
#include "document/pdf/layout.h"

namespace zg::document {

// kUnavailable where Tesseract or its Chinese is not installed. `need`: what it is needed for.
Status TesseractIsThere(std::string_view need);

// Reads these pages of a PDF as pictures, in the order of `pages` (whose number and size count): words and
// the lines of tables, straightened where the page was scanned askew. Two pages at a time where there are two
// cores. `done` (may be empty) is called from this thread with the number of pages read so far.
Result<std::vector<PageContent>> OcrPdfPages(const std::filesystem::path& pdf,
                                             const std::vector<PageText>& pages, const ReadLimits& limits,
                                             const std::function<void(size_t)>& done);

// A picture file as a PDF of its pages (tiff may hold several) beside it. Its text layer says nothing.
Result<std::filesystem::path> PictureToPdf(const std::filesystem::path& picture, const ReadLimits& limits);

}  // namespace zg::document
