#include "extract/grid.h"

#include <algorithm>

namespace zg {

std::vector<Grid> Grids(const Document& doc) {
  std::vector<Grid> out;
  int table = -1;
  std::string sheet;
  for (size_t i = 0; i < doc.blocks.size(); ++i) {
    const Block& b = doc.blocks[i];
    if (b.kind != BlockKind::kCell) continue;
    if (out.empty() || b.place.table != table || b.place.sheet != sheet) {
      out.emplace_back();
      out.back().begin = b.span.begin;
      out.back().block = i;
      table = b.place.table;
      sheet = b.place.sheet;
    }
    Grid& g = out.back();
    int row = b.place.row, column = b.place.column;
    auto it = g.at.find({row, column});
    bool same = it != g.at.end() && g.cells[it->second].row == row && g.cells[it->second].column == column;
    if (!same) {
      Cell cell;
      cell.row = row;
      cell.column = column;
      cell.rows = std::clamp(b.place.row_span, 1, 2000);
      cell.columns = std::clamp(b.place.column_span, 1, 200);
      int id = static_cast<int>(g.cells.size());
      for (int r = 0; r < cell.rows; ++r) {
        for (int c = 0; c < cell.columns; ++c) g.at.insert({{row + r, column + c}, id});
      }
      g.rows = std::max(g.rows, row + cell.rows - 1);
      g.columns = std::max(g.columns, column + cell.columns - 1);
      g.cells.push_back(cell);
      it = g.at.find({row, column});
    }
    uint32_t begin = b.span.begin;
    for (uint32_t k = begin; k <= b.span.end; ++k) {
      if (k < b.span.end && doc.text[k] != '\n') continue;
      uint32_t e = k, s = begin;
      while (s < e && IsSpace(doc.text[s])) ++s;
      while (e > s && IsSpace(doc.text[e - 1])) --e;
      if (e > s) g.cells[it->second].pieces.push_back({s, e});
      begin = k + 1;
    }
  }
  return out;
}

}  // namespace zg
