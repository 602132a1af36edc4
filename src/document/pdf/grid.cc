#include "document/pdf/grid.h"

#include <cmath>
#include <numeric>

namespace zg::document {
namespace {

constexpr double kMeet = 3;        // lines that come this near meet
constexpr double kSame = 6;        // borders this near are one; no column is as narrow
constexpr double kMinHeight = 14;  // a smaller one is a character
constexpr double kMinRow = 30;
constexpr double kMinWidth = 50;
constexpr size_t kMaxSide = 400;  // rows or columns
constexpr size_t kMaxAtoms = 20'000;

class Groups {
 public:
  explicit Groups(size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), size_t{0}); }
  size_t Of(size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void Join(size_t a, size_t b) { parent_[Of(b)] = Of(a); }

 private:
  std::vector<size_t> parent_;
};

bool Meet(const Rule& horizontal, const Rule& vertical) {
  return horizontal.begin - kMeet <= vertical.at && vertical.at <= horizontal.end + kMeet &&
         vertical.begin - kMeet <= horizontal.at && horizontal.at <= vertical.end + kMeet;
}

bool EndsOn(double end, const Rules& rules, const std::vector<size_t>& met) {
  return std::any_of(met.begin(), met.end(),
                     [&](size_t i) { return std::fabs(rules.horizontal[i].at - end) <= kMeet; });
}

// Lines that meet, directly or through others. A vertical one goes from one horizontal one to another; those
// that do not are strokes of characters that stand on an underline.
std::vector<Rules> Components(const Rules& rules, Budget& budget) {
  size_t h = rules.horizontal.size(), v = rules.vertical.size();
  Groups groups(h + v);
  std::vector<bool> used(h + v);
  for (size_t j = 0; j < v; ++j) {
    if (budget.Stopped()) return {};
    std::vector<size_t> met;
    for (size_t i = 0; i < h; ++i) {
      if (Meet(rules.horizontal[i], rules.vertical[j])) met.push_back(i);
    }
    if (met.size() < 2) continue;
    if (!EndsOn(rules.vertical[j].begin, rules, met) || !EndsOn(rules.vertical[j].end, rules, met)) continue;
    for (size_t i : met) {
      groups.Join(h + j, i);
      used[i] = used[h + j] = true;
    }
  }
  std::vector<Rules> out;
  std::vector<size_t> index(h + v, SIZE_MAX);
  for (size_t i = 0; i < h + v; ++i) {
    if (!used[i]) continue;
    size_t root = groups.Of(i);
    if (index[root] == SIZE_MAX) {
      index[root] = out.size();
      out.emplace_back();
    }
    Rules& mine = out[index[root]];
    (i < h ? mine.horizontal : mine.vertical).push_back(i < h ? rules.horizontal[i] : rules.vertical[i - h]);
  }
  return out;
}

// Borders: the means of values that lie together.
std::vector<double> Cluster(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  std::vector<double> out;
  for (size_t i = 0; i < values.size();) {
    size_t end = i;
    double sum = 0;
    while (end < values.size() && values[end] - values[i] <= kSame) sum += values[end++];
    out.push_back(sum / static_cast<double>(end - i));
    i = end;
  }
  return out;
}

// Takes out borders that no cell has: ends of broken lines.
void DropUnusedBorders(Grid& grid) {
  std::vector<bool> x_used(grid.xs.size()), y_used(grid.ys.size());
  for (const GridCell& cell : grid.cells) {
    x_used[cell.column] = x_used[cell.column + cell.column_span] = true;
    y_used[cell.row] = y_used[cell.row + cell.row_span] = true;
  }
  std::vector<int> x_to(grid.xs.size()), y_to(grid.ys.size());
  std::vector<double> xs, ys;
  for (size_t i = 0; i < grid.xs.size(); ++i) {
    x_to[i] = static_cast<int>(xs.size());
    if (x_used[i]) xs.push_back(grid.xs[i]);
  }
  for (size_t i = 0; i < grid.ys.size(); ++i) {
    y_to[i] = static_cast<int>(ys.size());
    if (y_used[i]) ys.push_back(grid.ys[i]);
  }
  for (GridCell& cell : grid.cells) {
    cell = {y_to[cell.row], x_to[cell.column], y_to[cell.row + cell.row_span] - y_to[cell.row],
            x_to[cell.column + cell.column_span] - x_to[cell.column]};
  }
  grid.xs = std::move(xs);
  grid.ys = std::move(ys);
}

// True where lines at `at` cover most of [begin, end].
bool Covered(const std::vector<Rule>& rules, double at, double begin, double end) {
  double covered = 0;
  for (const Rule& rule : rules) {
    if (std::fabs(rule.at - at) > kSame + 0.5) continue;
    covered += std::max(0.0, std::min(rule.end, end) - std::max(rule.begin, begin));
  }
  return covered >= 0.6 * (end - begin);
}

// Strokes of large characters that touch make small grids of short lines; a table has a row's border from
// side to side.
bool IsTable(const Grid& grid, const Rules& rules) {
  double longest = 0;
  for (const Rule& rule : rules.horizontal) longest = std::max(longest, rule.end - rule.begin);
  Box box = grid.box();
  bool bordered = std::any_of(grid.ys.begin(), grid.ys.end(),
                              [&](double y) { return Covered(rules.horizontal, y, box.x0, box.x1); });
  return grid.cells.size() >= 2 && box.height() >= kMinHeight && box.width() >= kMinWidth && bordered &&
         longest >= kMinRow;
}

// The rectangles that the lines leave: neighbouring atoms with no line between them are one cell.
void FindCells(const Rules& rules, Grid& grid, Budget& budget) {
  int rows = static_cast<int>(grid.ys.size()) - 1, columns = static_cast<int>(grid.xs.size()) - 1;
  auto id = [&](int r, int c) { return static_cast<size_t>(r) * columns + c; };
  Groups groups(static_cast<size_t>(rows) * columns);
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      if (budget.Stopped()) return;
      if (c + 1 < columns && !Covered(rules.vertical, grid.xs[c + 1], grid.ys[r], grid.ys[r + 1])) {
        groups.Join(id(r, c), id(r, c + 1));
      }
      if (r + 1 < rows && !Covered(rules.horizontal, grid.ys[r + 1], grid.xs[c], grid.xs[c + 1])) {
        groups.Join(id(r, c), id(r + 1, c));
      }
    }
  }
  struct Extent {
    int r0, c0, r1, c1, atoms = 0;
  };
  std::vector<Extent> extents(static_cast<size_t>(rows) * columns, {rows, columns, -1, -1});
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      Extent& e = extents[groups.Of(id(r, c))];
      e = {std::min(e.r0, r), std::min(e.c0, c), std::max(e.r1, r), std::max(e.c1, c), e.atoms + 1};
    }
  }
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      const Extent& e = extents[groups.Of(id(r, c))];
      bool rectangle = e.atoms == (e.r1 - e.r0 + 1) * (e.c1 - e.c0 + 1);
      if (!rectangle) {  // a line is broken somewhere: atoms of one row stay together
        if (c > 0 && groups.Of(id(r, c - 1)) == groups.Of(id(r, c))) continue;
        int span = 1;
        while (c + span < columns && groups.Of(id(r, c + span)) == groups.Of(id(r, c))) ++span;
        grid.cells.push_back({r, c, 1, span});
      } else if (r == e.r0 && c == e.c0) {
        grid.cells.push_back({r, c, e.r1 - e.r0 + 1, e.c1 - e.c0 + 1});
      }
    }
  }
}

}  // namespace

std::vector<Grid> FindGrids(const Rules& rules, Budget& budget) {
  std::vector<Grid> out;
  for (const Rules& part : Components(rules, budget)) {
    std::vector<double> xs, ys;
    for (const Rule& v : part.vertical) xs.push_back(v.at);
    for (const Rule& h : part.horizontal) {
      ys.push_back(h.at);
      xs.push_back(h.begin);  // where the sides are open, the rows' ends are the sides
      xs.push_back(h.end);
    }
    Grid grid{.xs = Cluster(std::move(xs)), .ys = Cluster(std::move(ys))};
    if (grid.xs.size() < 2 || grid.ys.size() < 2 || grid.xs.size() > kMaxSide || grid.ys.size() > kMaxSide)
      continue;
    if ((grid.xs.size() - 1) * (grid.ys.size() - 1) > kMaxAtoms) continue;
    FindCells(part, grid, budget);
    DropUnusedBorders(grid);
    if (IsTable(grid, part)) out.push_back(std::move(grid));
  }
  std::sort(out.begin(), out.end(), [](const Grid& a, const Grid& b) { return a.ys.front() < b.ys.front(); });
  return out;
}

Rules TableRules(const Raster& raster, RuleWish wish, Budget& budget) {
  Rules best;
  size_t most = 0;
  for (int dark : {140, 200, 230}) {
    wish.dark = dark;
    Rules rules = FindRules(raster, wish, budget);
    size_t cells = 0;
    for (const Grid& grid : FindGrids(rules, budget)) cells += grid.cells.size();
    if (cells > most) {
      most = cells;
      best = std::move(rules);
    }
  }
  return best;
}

}  // namespace zg::document
