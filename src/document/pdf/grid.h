#pragma once
// Ruled tables: drawn lines that meet become a grid of cells.

#include <vector>

#include "document/budget.h"
#include "document/pdf/geometry.h"
#include "document/pdf/raster.h"

namespace zg::document {

struct GridCell {
  int row = 0, column = 0;  // from 0
  int row_span = 1, column_span = 1;
};

struct Grid {
  std::vector<double> xs, ys;   // borders of columns and rows, ascending
  std::vector<GridCell> cells;  // in rows, then columns; they do not overlap
  Box box() const { return {xs.front(), ys.front(), xs.back(), ys.back()}; }
  Box BoxOf(const GridCell& cell) const {
    return {xs[cell.column], ys[cell.row], xs[cell.column + cell.column_span], ys[cell.row + cell.row_span]};
  }
};

// Grids of two cells and more, top to bottom. Sides may be open (tables without outer vertical lines). A
// frame around a page or a paragraph is no grid.
std::vector<Grid> FindGrids(const Rules& rules, Budget& budget);

// The lines of a picture that make grids, seen as dark, grey or light lines, whichever make most cells; empty
// where there is no grid.
Rules TableRules(const Raster& raster, RuleWish wish, Budget& budget);

}  // namespace zg::document
