#pragma once
// Grey pictures that can be changed: lines wiped out, table cells cut out and stacked for reading.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/pdf/geometry.h"

namespace zg::document {

// One grey picture of its own; 0 is black.
struct Picture {
  int width = 0, height = 0;
  std::vector<uint8_t> pixels;
  uint8_t& at(int x, int y) { return pixels[static_cast<size_t>(y) * width + x]; }
  const uint8_t& at(int x, int y) const { return pixels[static_cast<size_t>(y) * width + x]; }
};

// The first picture of a PGM; empty where there is none.
Picture FromPgm(std::string_view pgm);
std::string ToPgm(const Picture& picture);

// Turns a page that was scanned askew, up to two degrees, so that its lines of text lie level.
void Straighten(Picture& picture);

// Each pixel as dark as the darkest of its neighbours above, below, left and right.
Picture Thickened(const Picture& picture);

// Makes long straight runs of ink within `areas` (points) white: the frames of tables.
void WipeLines(Picture& picture, const std::vector<Box>& areas, double points_per_pixel);
// Makes the areas white.
void WipeAreas(Picture& picture, const std::vector<Box>& areas, double points_per_pixel);

// Parts of a picture, one under the other with white between them.
struct Stack {
  struct Part {
    size_t cell;              // index into the cells that were asked for
    int x = 0, y = 0;         // upper left corner on the page, in pixels
    int top = 0, height = 0;  // where it stands in the stack
  };
  Picture picture;
  std::vector<Part> parts;  // top to bottom
  // Moves a box in the stack to its place on the page (both in points) and gives its cell; -1 where it lies
  // in none.
  int ToPage(Box& box, double points_per_pixel) const;
};

// Cells (points) with ink in them, in stacks that are not higher than Tesseract takes.
std::vector<Stack> StackCells(const Picture& picture, const std::vector<Box>& cells, double points_per_pixel);

}  // namespace zg::document
