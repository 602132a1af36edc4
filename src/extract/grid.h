#pragma once
// The tables of a document as grids of cells, merged cells under each of their places.

#include <map>
#include <utility>
#include <vector>

#include "document/document.h"

namespace zg {

struct Cell {
  // One piece for each line of the cell, trimmed.
  std::vector<Span> pieces;
  int row = 0, column = 0, rows = 1, columns = 1;
};

struct Grid {
  std::vector<Cell> cells;
  std::map<std::pair<int, int>, int> at;  // (row, column) → cell, merged cells under each of their places
  int rows = 0, columns = 0;
  uint32_t begin = 0;
  size_t block = 0;  // index of the first block

  const Cell* Get(int row, int column) const {
    auto it = at.find({row, column});
    return it == at.end() ? nullptr : &cells[it->second];
  }
};

// All tables in document order.
std::vector<Grid> Grids(const Document& doc);

}  // namespace zg
