#pragma once
// What Tesseract prints about a picture.

#include <string_view>
#include <vector>

#include "document/pdf/geometry.h"

namespace zg::document {

// Reads `tesseract … tsv`: words as boxes, in pixels times `points_per_pixel`, as high as their line. Pages
// in the order of the table. Half-width punctuation beside Chinese becomes full-width: OCR cannot tell them
// apart.
std::vector<PageText> ParseTesseractTsv(std::string_view tsv, double points_per_pixel);

}  // namespace zg::document
