#include "document/pdf/table.h"

#include <cmath>

#include "base/text.h"
#include "document/pdf/paragraph.h"

namespace zg::document {
namespace {

constexpr double kSame = 6;  // points; sides and columns this near are the same

std::u32string TextOf(const TableCell& cell) {
  std::u32string out;
  for (const Line& line : cell.lines) out += Squeeze(line.text);
  return out;
}

bool SameColumn(const TableCell& a, const TableCell& b) {
  return std::fabs(a.x0 - b.x0) < kSame && std::fabs(a.x1 - b.x1) < kSame;
}

bool EndsSentence(const std::u32string& text) {
  return !text.empty() && std::u32string_view(U"。；;！!？?").find(text.back()) != std::u32string_view::npos;
}

}  // namespace

PdfTable::PdfTable(const Grid& grid, PageText& page, Budget& budget)
    : box_(grid.box()),
      page_(page.number),
      last_page_(page.number),
      rows_(static_cast<int>(grid.ys.size()) - 1),
      xs_(grid.xs) {
  std::vector<std::vector<Word>> texts(grid.cells.size());
  size_t columns = grid.xs.size() - 1;
  std::vector<size_t> owner(columns * (grid.ys.size() - 1), SIZE_MAX);  // cell of each atom
  for (size_t i = 0; i < grid.cells.size(); ++i) {
    const GridCell& cell = grid.cells[i];
    for (int r = cell.row; r < cell.row + cell.row_span; ++r) {
      for (int c = cell.column; c < cell.column + cell.column_span; ++c) owner[r * columns + c] = i;
    }
  }
  auto slot = [](const std::vector<double>& borders, double at) -> size_t {
    auto it = std::upper_bound(borders.begin(), borders.end(), at);
    return it == borders.begin() || it == borders.end() ? SIZE_MAX
                                                        : static_cast<size_t>(it - borders.begin()) - 1;
  };
  std::erase_if(page.words, [&](Word& word) {
    size_t c = slot(grid.xs, word.box.mid_x()), r = slot(grid.ys, word.box.mid_y());
    if (c == SIZE_MAX || r == SIZE_MAX || owner[r * columns + c] == SIZE_MAX) return false;
    texts[owner[r * columns + c]].push_back(std::move(word));
    return true;
  });
  for (size_t i = 0; i < grid.cells.size(); ++i) {
    const GridCell& cell = grid.cells[i];
    Box box = grid.BoxOf(cell);
    cells_.push_back({box.x0, box.x1, cell.row, cell.row_span, page.number,
                      MakeLines(std::move(texts[i]), budget, page.rough)});
  }
}

bool PdfTable::empty() const {
  return std::all_of(cells_.begin(), cells_.end(), [](const TableCell& c) { return c.lines.empty(); });
}

std::vector<const TableCell*> PdfTable::Row(int row) const {
  std::vector<const TableCell*> out;
  for (const TableCell& cell : cells_) {
    if (cell.row == row) out.push_back(&cell);
  }
  return out;
}

bool PdfTable::GoesOnIn(const PdfTable& next) const {
  return std::fabs(xs_.front() - next.xs_.front()) < kSame && std::fabs(xs_.back() - next.xs_.back()) < kSame;
}

bool PdfTable::RepeatsHeading(const PdfTable& next) const {
  auto mine = Row(0), theirs = next.Row(0);
  if (mine.size() != theirs.size() || mine.empty()) return false;
  bool any = false;
  for (size_t i = 0; i < mine.size(); ++i) {
    if (mine[i]->row_span != 1 || theirs[i]->row_span != 1) return false;
    if (!SameColumn(*mine[i], *theirs[i]) || TextOf(*mine[i]) != TextOf(*theirs[i])) return false;
    any |= !mine[i]->lines.empty();
  }
  return any;
}

// The first row of the next page has no number of its own, and something in the row above it has not come to
// its end.
bool PdfTable::CutsRow(const PdfTable& next) const {
  auto theirs = next.Row(0);
  std::vector<const TableCell*> mine;
  for (const TableCell& cell : cells_) {
    if (cell.row + cell.row_span == rows_) mine.push_back(&cell);
  }
  if (theirs.empty() || mine.size() != theirs.size() || !theirs[0]->lines.empty()) return false;
  std::sort(mine.begin(), mine.end(), [](auto* a, auto* b) { return a->x0 < b->x0; });
  bool unfinished = false;
  for (size_t i = 0; i < mine.size(); ++i) {
    if (!SameColumn(*mine[i], *theirs[i])) return false;
    if (theirs[i]->lines.empty()) continue;
    if (mine[i]->lines.empty()) return false;
    unfinished |= !EndsSentence(TextOf(*mine[i]));
  }
  return unfinished;
}

void PdfTable::Append(PdfTable&& next) {
  int skip = 0;
  if (RepeatsHeading(next)) {
    std::erase_if(next.cells_, [](const TableCell& cell) { return cell.row == 0; });
    for (TableCell& cell : next.cells_) --cell.row;
    --next.rows_;
  }
  if (next.rows_ > 0 && rows_ > 0 && CutsRow(next)) {
    for (TableCell& cell : next.cells_) {
      if (cell.row != 0) continue;
      for (TableCell& mine : cells_) {
        if (mine.row + mine.row_span != rows_ || !SameColumn(mine, cell)) continue;
        mine.row_span += cell.row_span - 1;
        for (Line& line : cell.lines) mine.lines.push_back(std::move(line));
      }
    }
    std::erase_if(next.cells_, [](const TableCell& cell) { return cell.row == 0; });
    skip = 1;
  }
  for (TableCell& cell : next.cells_) {
    cell.row += rows_ - skip;
    cells_.push_back(std::move(cell));
  }
  rows_ += next.rows_ - skip;
  last_page_ = next.last_page_;
  for (double x : next.xs_) {
    bool known =
        std::any_of(xs_.begin(), xs_.end(), [x](double mine) { return std::fabs(x - mine) < kSame; });
    if (!known) xs_.insert(std::upper_bound(xs_.begin(), xs_.end(), x), x);
  }
}

// White space that cells keep beside their text, as narrow as any cell shows it on the left; on the right
// punctuation may hang into it.
double PdfTable::Padding() const {
  double padding = 8;
  for (const TableCell& cell : cells_) {
    for (const Line& line : cell.lines) padding = std::min(padding, line.box.x0 - cell.x0);
  }
  return std::max(padding, 1.0);
}

void PdfTable::Emit(int number, Builder& builder) const {
  double padding = Padding();
  auto column_of = [this](double x) {
    size_t nearest = 0;
    for (size_t i = 0; i < xs_.size(); ++i) {
      if (std::fabs(xs_[i] - x) < std::fabs(xs_[nearest] - x)) nearest = i;
    }
    return static_cast<int>(nearest);
  };
  std::vector<const TableCell*> order;
  for (const TableCell& cell : cells_) order.push_back(&cell);
  std::stable_sort(order.begin(), order.end(),
                   [](auto* a, auto* b) { return a->row != b->row ? a->row < b->row : a->x0 < b->x0; });
  for (const TableCell* cell : order) {
    if (builder.budget().Stopped()) return;
    if (cell->lines.empty()) continue;
    Place place;
    place.page = cell->page;
    place.table = number;
    place.row = cell->row + 1;
    int first = column_of(cell->x0), end = column_of(cell->x1);
    place.column = first + 1;
    place.row_span = std::max(1, cell->row_span);
    place.column_span = std::max(1, end - first);
    for (const std::u32string& text : JoinCell(cell->lines, cell->x1 - cell->x0 - 2 * padding)) {
      builder.Add(text, {.kind = BlockKind::kCell}, place);
    }
  }
}

}  // namespace zg::document
