#pragma once
// Tesseract with Chinese (chi_sim) on pictures of pages.

#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/budget.h"
#include "document/pdf/geometry.h"

namespace zg::document {

// kUnavailable where Tesseract or its Chinese is not installed. `need`: what it is needed for.
Status TesseractIsThere(std::string_view need);

struct OcrPage {
  int number = 0;  // from 1
  // Tables are read cell by cell, or lines would run from one column into the next.
  std::vector<Box> tables, cells;
};

// The words of these pages of a PDF, in the order of `pages`; two pages at a time where there are two cores.
// `done` (may be empty) is called from this thread with the number of pages read so far.
Result<std::vector<PageText>> OcrPdfPages(const std::filesystem::path& pdf, const std::vector<OcrPage>& pages,
                                          const ReadLimits& limits, const std::function<void(size_t)>& done);

struct PictureText {
  std::vector<PageText> pages;  // tiff may hold several
  std::filesystem::path pdf;    // the picture as a PDF of the same pages, beside the picture
};
Result<PictureText> OcrPicture(const std::filesystem::path& picture, const ReadLimits& limits);

// Reads `tesseract … tsv`: words as boxes, in pixels times `points_per_pixel`, as high as their line. Pages
// in the order of the table. Half-width punctuation beside Chinese becomes full-width: OCR cannot tell them
// apart.
std::vector<PageText> ParseTesseractTsv(std::string_view tsv, double points_per_pixel);

}  // namespace zg::document
