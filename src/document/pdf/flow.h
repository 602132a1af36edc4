#pragma once
// In which order the words of a page are read: columns beside each other, headings across them.

#include <vector>

#include "document/budget.h"
#include "document/pdf/geometry.h"
#include "document/pdf/line.h"

namespace zg::document {

// Lines that share a left and a right margin: a page, or a part of a column.
struct Column {
  double left = 0, right = 0;  // margins that the text keeps
  bool whole = false;          // as wide as the page's text: no columns beside each other
  std::vector<Line> lines;
};

// Columns in reading order. `obstacles` (tables) count as lines across the page: text above one is read
// before text below it, and no column begins above and ends below it.
std::vector<Column> ReadingOrder(const PageText& page, const std::vector<Box>& obstacles, Budget& budget);

}  // namespace zg::document
