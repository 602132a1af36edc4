#pragma once
// Pages as grey pictures (PGM from pdftoppm): where lines are drawn, and whether there is any ink.

#include <cstdint>
#include <string_view>
#include <vector>

#include "document/budget.h"
#include "document/pdf/geometry.h"

namespace zg::document {

// Borrowed from the bytes it was parsed from. 0 is black.
struct Raster {
  int width = 0, height = 0;
  const uint8_t* pixels = nullptr;
};

// Pictures that stand one after the other in `pgm` (P5, maximum 255). Ends at the first that is cut off or no
// PGM.
std::vector<Raster> ParsePgms(std::string_view pgm);

// Straight lines, thin ones only; some are strokes of characters, so callers look for lines that meet. At
// most 4,000 of each kind.
struct RuleWish {
  double points_per_pixel = 1;
  int dark = 140;              // pixels below this value count as ink
  double min_horizontal = 20;  // points; no table's row is narrower
  double min_vertical = 8;
};
Rules FindRules(const Raster& raster, const RuleWish& wish, Budget& budget);

// Share of pixels that are ink; a blank page with some dust has less than 0.0005.
double InkShare(const Raster& raster);

}  // namespace zg::document
