#include "extract/tables.h"

#include <algorithm>
#include <map>

#include "base/numeral.h"
#include "extract/grid.h"
#include "extract/upstream.h"

namespace zg {
namespace {

class TableReader {
 public:
  TableReader(const Document& doc, const Lexicon& lex, std::vector<Node>& out)
      : doc_(doc), text_(doc.text), lex_(lex), out_(out) {}

  void Read(const Grid& g) {
    grid_ = &g;
    if (FindHead()) return Rows();
    if (IsForm()) return Form();
    // A table that goes on after a page break keeps the columns of the one before.
    if (!last_columns_.empty() && g.columns == int(last_columns_.size()) - 1 && g.columns >= 4) {
      columns_ = last_columns_;
      head_ = 0;
      Rows();
    }
  }

 private:
  std::u32string Words(const Cell& c) const {
    std::u32string s;
    for (Span p : c.pieces) s += Squeeze(Slice(text_, p));
    return s;
  }

  // The field that a head's words name: exact, or without what stands in brackets, or up to a line's first
  // label.
  Field Head(const Cell& c) const {
    std::u32string s = Words(c), bare;
    if (s.empty() || s.size() > 30) return Field::kNone;
    int depth = 0;
    for (char32_t ch : s) {
      if (ch == '(') ++depth;
      if (!depth && ch != ':' && ch != '*') bare += ch;
      if (ch == ')' && depth) --depth;
    }
    int v = lex_.columns.Exact(s);
    if (v < 0) v = lex_.columns.Exact(bare);
    if (v >= 0) return static_cast<Field>(v);
    return bare.size() <= 12 ? GuessLabel(bare, lex_) : Field::kNone;
  }

  bool FindHead() {
    int best = 0, best_row = 0;
    std::vector<Field> best_columns;
    for (int r = 1; r <= std::min(grid_->rows, 12); ++r) {
      std::vector<Field> columns(grid_->columns + 1, Field::kNone);
      int found = 0, core = 0, others = 0;
      for (int c = 1; c <= grid_->columns;) {
        const Cell* cell = grid_->Get(r, c);
        if (!cell) {
          ++c;
          continue;
        }
        Field f = Head(*cell);
        if (f == Field::kNone && r + 1 <= grid_->rows) {  // a head of two rows: the lower one is narrower
          if (const Cell* below = grid_->Get(r + 1, c); below && below != cell) f = Head(*below);
        }
        if (f != Field::kNone) {
          ++found;
          core += f != Field::kOrdinal && f != Field::kOther && f != Field::kHeading;
        } else {
          ++others;
        }
        for (int k = 0; k < cell->columns && cell->column + k <= grid_->columns; ++k) {
          Field own = f;
          if (cell->columns > 1 && r + 1 <= grid_->rows) {
            if (const Cell* below = grid_->Get(r + 1, cell->column + k); below && below->row == r + 1) {
              own = Head(*below);
            }
          }
          columns[cell->column + k] = own;
        }
        c = std::max(cell->column + cell->columns, c + 1);
      }
      if (core >= 2 && found >= 3 && found > best && found >= others)
        best = found, best_row = r, best_columns = columns;
    }
    if (!best) return false;
    head_ = best_row;
    columns_ = best_columns;
    Disambiguate();
    last_columns_ = columns_;
    return true;
  }

  // 整改时限 of the task before its measures, 完成时限 of each measure behind them: the task's is the first.
  void OneDeadline() {
    auto measures = std::find(columns_.begin(), columns_.end(), Field::kMeasures);
    auto first = std::find(columns_.begin(), measures, Field::kDeadline);
    if (measures == columns_.end() || first == measures) return;
    for (size_t c = measures - columns_.begin(); c < columns_.size(); ++c) {
      if (columns_[c] != Field::kDeadline) continue;
      columns_[c] = Field::kOther;
      due_column_ = static_cast<int>(c);
    }
  }

  // Two columns for one field: 问题 and 具体问题 side by side are a problem and its parts.
  void Disambiguate() {
    int first = 0, second = 0;
    for (int c = 1; c < int(columns_.size()); ++c) {
      if (columns_[c] != Field::kProblem) continue;
      if (!first) {
        first = c;
      } else if (!second && grid_->Get(head_, c) != grid_->Get(head_, first)) {
        second = c;
      }
    }
    due_column_ = item_number_column_ = 0;
    OneDeadline();
    for (int c = 1; c < int(columns_.size()); ++c) {
      for (int r = head_; r <= std::min(head_ + 1, grid_->rows); ++r) {
        const Cell* cell = grid_->Get(r, c);
        if (!cell || cell->columns > 1) continue;
        std::u32string s = Words(*cell);
        if (!StartsWith(s, U"措施") && !StartsWith(s, U"整改措施")) continue;
        if (!EndsWith(s, U"序号") && !EndsWith(s, U"编号") && !EndsWith(s, U"措施号")) continue;
        columns_[c] = Field::kOther;
        item_number_column_ = c;
      }
    }
    bool has_sub = std::find(columns_.begin(), columns_.end(), Field::kSubproblem) != columns_.end();
    if (second && !has_sub) columns_[second] = Field::kSubproblem;
    if (!first && has_sub) {
      for (auto& f : columns_) f = f == Field::kSubproblem ? Field::kProblem : f;
    }
  }

  bool IsForm() {
    int labels = 0, core = 0;
    for (const Cell& c : grid_->cells) {
      Field f = Head(c);
      if (f == Field::kNone) continue;
      ++labels;
      core += f != Field::kOrdinal && f != Field::kOther;
    }
    return core >= 2 && labels * 3 >= int(grid_->cells.size());
  }

  // One table a task: each label's value is the next cell to the right (or below, where none is).
  void Form() {
    Node* node = nullptr;
    bool labelled = false;
    auto start = [&] {
      out_.emplace_back();
      node = &out_.back();
      node->extent.begin = grid_->begin;
      labelled = false;
      LabelBefore(*node);
    };
    start();
    for (int r = 1; r <= grid_->rows; ++r) {
      for (int c = 1; c <= grid_->columns; ++c) {
        const Cell* cell = grid_->Get(r, c);
        if (!cell || cell->row != r || cell->column != c) continue;
        Field f = Head(*cell);
        if (f == Field::kNone) continue;
        const Cell* value = grid_->Get(r, cell->column + cell->columns);
        std::vector<Span> pieces;
        if (value && value != cell && Head(*value) == Field::kNone) pieces = value->pieces;
        if (value && value->rows == 1 && cell->rows > 1) {  // a label beside several rows
          for (int k = 1; k < cell->rows; ++k) {
            const Cell* more = grid_->Get(cell->row + k, cell->column + cell->columns);
            if (more && more->row == cell->row + k)
              pieces.insert(pieces.end(), more->pieces.begin(), more->pieces.end());
          }
        }
        if (f == Field::kProblem && labelled) start();
        if (f == Field::kOrdinal && (!node->problem.empty() || !node->fields.empty())) start();
        if (f == Field::kProblem) labelled = true;
        Put(*node, f, pieces);
        for (Span p : pieces) node->extent.end = std::max(node->extent.end, p.end);
      }
    }
    if (node->problem.empty() && node->fields.empty()) out_.pop_back();
  }

  // 任务一 or 1. … in the paragraph right above a form.
  void LabelBefore(Node& node) {
    for (size_t i = grid_->block; i-- > 0;) {
      const Block& b = doc_.blocks[i];
      if (b.kind == BlockKind::kCell) return;
      auto line = Trim(Slice(text_, b.span));
      if (line.empty()) continue;
      uint32_t begin = static_cast<uint32_t>(line.data() - text_.data());
      if (NumberLabel n = ReadNumberLabel(line, lex_)) {
        node.number = n;
        node.label = {begin, begin + n.label_length};
        if (n.length < line.size() && line.size() < 60)
          node.title.push_back({begin + n.length, begin + uint32_t(line.size())});
      }
      return;
    }
  }

  void Put(Node& node, Field f, const std::vector<Span>& pieces) {
    if (pieces.empty() || f == Field::kNone || f == Field::kOther) return;
    if (f == Field::kOrdinal) return Number(node, pieces[0]);
    if (f == Field::kHeading) {
      std::string words;
      for (Span p : pieces) words += ToUtf8(Slice(text_, p));
      node.headings.push_back(words);
      return;
    }
    if (f == Field::kProblem || f == Field::kSubproblem) {
      std::vector<Span> rest = pieces;
      auto line = Slice(text_, rest[0]);
      NumberLabel n = ReadNumberLabel(line, lex_);
      if (n) {
        if (!node.number) node.number = n, node.label = {rest[0].begin, rest[0].begin + n.label_length};
        rest[0].begin += n.length;
      }
      node.problem.insert(node.problem.end(), rest.begin(), rest.end());
      return;
    }
    FieldText* field = nullptr;
    for (auto& t : node.fields) {
      if (t.field == f) field = &t;
    }
    if (!field) {
      node.fields.emplace_back();
      field = &node.fields.back();
      field->field = f;
      field->cells = true;
      field->label = pieces[0];
    }
    AddItems(*field, pieces);
  }

  // Lines of a cell: numbered ones are items, others go on with the item before.
  void AddItems(FieldText& field, const std::vector<Span>& pieces) {
    bool numbered = field.field == Field::kMeasures || field.field == Field::kProgress;
    bool first = true;
    for (size_t k = 0; k < pieces.size(); ++k) {
      Span p = pieces[k];
      NumberLabel n = numbered ? ReadNumberLabel(Slice(text_, p), lex_) : NumberLabel{};
      const Item* last = nullptr;
      for (const auto& i : field.items) {
        if (i.number) last = &i;
      }
      bool fits = n && n.style != NumberStyle::kMulti && n.style != NumberStyle::kWord &&
                  (last ? last->style == n.style && n.number == *last->number + 1 : n.number >= 1);
      if (n.weak && !last) {  // 1.36万吨…: an item only where item 2 follows
        NumberLabel next =
            k + 1 < pieces.size() ? ReadNumberLabel(Slice(text_, pieces[k + 1]), lex_) : NumberLabel{};
        fits = fits && n.number == 1 && next.number == 2 && next.style == n.style;
      }
      if (fits) {
        field.items.push_back(
            {n.number, n.style, {p.begin, p.begin + n.label_length}, {{p.begin + n.length, p.end}}, {}});
      } else if (field.items.empty() ||
                 (first && numbered && (!field.items.back().number || item_number_column_))) {
        field.items.emplace_back();
        field.items.back().pieces.push_back(p);
      } else {
        field.items.back().pieces.push_back(p);
      }
      first = false;
    }
  }

  void Number(Node& node, Span cell) {
    std::u32string s = Squeeze(Slice(text_, cell));
    node.label = cell;
    std::u32string first;
    std::string path;
    bool parts = false;
    for (size_t i = 0; i <= s.size(); ++i) {
      char32_t c = i < s.size() ? s[i] : '.';
      if (IsDigit(c) || IsChineseNumeralChar(c)) {
        first += c;
        continue;
      }
      if (first.empty()) continue;
      if (auto n = ParseInteger(first)) {
        if (path.empty()) {
          node.number.style = NumberStyle::kWord;
          node.number.number = static_cast<int>(std::min<int64_t>(*n, 9999));
        } else {
          parts = true;
        }
        path += (path.empty() ? "" : ".") + std::to_string(*n);
      }
      first.clear();
    }
    if (parts) node.path_hint = path;
  }

  bool SameAsHead(int r) const {
    int same = 0, filled = 0;
    for (int c = 1; c <= grid_->columns; ++c) {
      const Cell* cell = grid_->Get(r, c);
      if (!cell || cell->row != r) continue;
      ++filled;
      same += Head(*cell) != Field::kNone;
    }
    return filled && same * 2 > filled;
  }

  // 1 2 3 4 … under the heads.
  bool NumbersRow(int r) const {
    int n = 0, wrong = 0;
    for (int c = 1; c <= grid_->columns; ++c) {
      const Cell* cell = grid_->Get(r, c);
      if (!cell || cell->row != r) continue;
      auto v = ParseInteger(Words(*cell));
      if (v && *v == n + 1) {
        ++n;
      } else {
        ++wrong;
      }
    }
    return n >= 3 && !wrong;
  }

  const Cell* Column(int r, Field f) const {
    for (int c = 1; c < int(columns_.size()); ++c) {
      if (columns_[c] == f) {
        if (const Cell* cell = grid_->Get(r, c)) return cell;
      }
    }
    return nullptr;
  }

  void Rows() {
    rows_ = RowState{};
    for (int r = head_ + 1; r <= grid_->rows; ++r) {
      std::vector<const Cell*> own = OwnCells(r);
      if (own.empty() || SameAsHead(r) || NumbersRow(r)) continue;
      const Cell *problem = Column(r, Field::kProblem), *sub = Column(r, Field::kSubproblem),
                 *number = Column(r, Field::kOrdinal);
      bool across = own.size() == 1 && own[0]->columns * 2 > grid_->columns && own[0]->columns > 1;
      if (across && (own[0] != problem || !number || number == own[0])) {
        rows_.headings = {HeadingWords(*own[0])};
        continue;
      }
      if (own.size() == 1 && own[0] == number && !IsNumber(*number)) continue;  // 说明：… under the table
      if ((number && IsTotal(*number)) || (problem && IsTotal(*problem))) continue;
      if (sub == problem) sub = nullptr;
      int before = rows_.current;
      size_t items = rows_.current < 0 ? 0 : MeasureItems(rows_.current);
      Row(r, own, problem, sub, number);
      if (rows_.current != before) rows_.first_row = r, rows_.first_items = 0, items = 0;
      OfMeasure(r, items);
      if (problem) rows_.problem = problem;
      if (number) rows_.number = number;
      rows_.sub = sub;
    }
    if (!rows_.of_row.empty()) Singles();
  }

  // A task with one measure in a table of a row each is read as its neighbours are.
  void Singles() {
    for (auto [node, row] : rows_.singles) {
      if (FieldText* f = MeasureField(node); f && f->items.size() == 1) Attach(row, *f, 0, 1, false, true);
    }
  }

  struct RowState {
    std::vector<std::string> headings;
    int current = -1, parent = -1;
    const Cell *problem = nullptr, *sub = nullptr, *number = nullptr;
    int first_row = 0;        // of the current task
    size_t first_items = 0;   // measures that it brought
    std::vector<int> of_row;  // columns with cells of their own in each row of a task with several
    std::vector<std::pair<int, int>> singles;  // tasks with one such row, and that row
  };

  FieldText* MeasureField(int node) {
    for (auto& f : out_[node].fields) {
      if (f.field == Field::kMeasures) return &f;
    }
    return nullptr;
  }

  size_t MeasureItems(int node) {
    FieldText* f = MeasureField(node);
    return f ? f->items.size() : 0;
  }

  // One row for each measure: what stands in cells no higher than the measure's own speaks of it alone. That
  // a task has several such rows shows in its second one; then the first is seen to as well.
  void OfMeasure(int r, size_t from) {
    FieldText* measures = rows_.current < 0 ? nullptr : MeasureField(rows_.current);
    if (!measures || measures->items.size() <= from) return;
    if (r == rows_.first_row) {
      rows_.first_items = measures->items.size();
      rows_.singles.push_back({rows_.current, r});
      Attach(r, *measures, 0, measures->items.size(), true);
      return;
    }
    if (rows_.first_items) Attach(rows_.first_row, *measures, 0, rows_.first_items, false);
    if (rows_.first_items) rows_.singles.pop_back();
    rows_.first_items = 0;
    Attach(r, *measures, from, measures->items.size(), false);
    Attach(r, *measures, from, measures->items.size(), true);
  }

  // `own_columns`: those that can only speak of a measure; else those that speak of a task in other tables.
  void Attach(int r, FieldText& measures, size_t from, size_t to, bool own_columns, bool single = false) {
    const Cell* measure = Column(r, Field::kMeasures);
    if (!measure || measure->row != r) return;
    for (int c = 1; c < int(columns_.size()); ++c) {
      const Cell* cell = grid_->Get(r, c);
      if (!cell || cell->row != r || cell->rows > measure->rows || cell->pieces.empty()) continue;
      Field f = c == due_column_ ? Field::kDeadline : columns_[c];
      if (own_columns != (c == due_column_ || c == item_number_column_)) continue;
      if (c == item_number_column_ && to == from + 1 && !measures.items[from].number) {
        if (auto n = FirstNumber(Words(*cell))) measures.items[from].number = *n;
      }
      if (f != Field::kDeadline && f != Field::kLead && f != Field::kResponsible && f != Field::kAcceptance)
        continue;
      if (!own_columns) {
        auto& of_row = rows_.of_row;
        const bool known = std::find(of_row.begin(), of_row.end(), c) != of_row.end();
        if (single && !known) continue;
        if (!known) of_row.push_back(c);
      }
      for (size_t i = from; i < to; ++i) measures.items[i].fields.push_back({f, cell->pieces});
    }
  }

  std::vector<const Cell*> OwnCells(int r) const {
    std::vector<const Cell*> own;
    for (int c = 1; c <= grid_->columns; ++c) {
      const Cell* cell = grid_->Get(r, c);
      if (cell && cell->row == r && (own.empty() || own.back() != cell)) own.push_back(cell);
    }
    return own;
  }

  // What one row adds: a new task, a part of the problem above, or more of the task above.
  void Row(int r, const std::vector<const Cell*>& own, const Cell* problem, const Cell* sub,
           const Cell* number) {
    RowState& s = rows_;
    bool new_problem = problem && problem != s.problem, new_number = number && number != s.number;
    bool new_sub = sub && sub != s.sub;
    if (s.current < 0 || new_number || (new_problem && !number)) {
      bool part = !new_number && s.current >= 0 && new_problem && PartLabel(*problem);
      if (part) return Part(r, problem);
      if (s.current >= 0 && !problem && !new_number) return More(own);
      s.parent = -1;
      if (sub) {
        s.parent = Start({}, r, {Field::kProblem, Field::kOrdinal, Field::kUpstream, Field::kHeading}, -1);
        s.current =
            Start({}, r, {}, s.parent, {Field::kProblem, Field::kOrdinal, Field::kUpstream, Field::kHeading});
      } else {
        s.current = Start({}, r, {}, -1);
      }
    } else if (new_problem) {  // another problem under the number above
      Part(r, problem);
    } else if (new_sub && s.parent >= 0) {
      s.current =
          Start({}, r, {}, s.parent, {Field::kProblem, Field::kOrdinal, Field::kUpstream, Field::kHeading});
    } else {
      More(own);
    }
  }

  void Part(int r, const Cell*) {
    RowState& s = rows_;
    if (s.parent < 0) s.parent = out_[s.current].fields.empty() ? s.current : MakeParent(s.current);
    s.current = Start({}, r, {}, s.parent, {Field::kOrdinal, Field::kUpstream, Field::kHeading});
  }

  // （一）… or （1）… opens a problem cell: a part of the problem above.
  bool PartLabel(const Cell& c) const {
    if (c.pieces.empty()) return false;
    NumberLabel n = ReadNumberLabel(Slice(text_, c.pieces[0]), lex_);
    return n.style == NumberStyle::kChineseParen || n.style == NumberStyle::kArabicParen ||
           n.style == NumberStyle::kCircled;
  }

  // A new node with all cells that stand over row r; `only`: these fields alone, `without`: all but these.
  int Start(std::vector<std::string> headings, int r, std::vector<Field> only, int parent,
            std::vector<Field> without = {}) {
    if (parent < 0) headings.insert(headings.begin(), rows_.headings.begin(), rows_.headings.end());
    int id = NewNode(headings, parent);
    const Cell* last = nullptr;
    for (int c = 1; c < int(columns_.size()); ++c) {
      const Cell* cell = grid_->Get(r, c);
      Field f = columns_[c];
      if (!cell || cell == last) continue;
      last = cell;
      if (!only.empty() && std::find(only.begin(), only.end(), f) == only.end()) continue;
      if (std::find(without.begin(), without.end(), f) != without.end()) continue;
      Put(out_[id], f, Same(f, cell->pieces));
      for (Span p : cell->pieces) Grow(out_[id], p);
    }
    return id;
  }

  void More(const std::vector<const Cell*>& own) {
    for (const Cell* cell : own) {
      Field f = cell->column < int(columns_.size()) ? columns_[cell->column] : Field::kNone;
      if (f == Field::kOrdinal) continue;
      Put(out_[rows_.current], f, cell->pieces);
      for (Span p : cell->pieces) Grow(out_[rows_.current], p);
    }
  }

  static void Grow(Node& n, Span p) {
    if (n.extent.empty()) n.extent = p;
    n.extent.begin = std::min(n.extent.begin, p.begin);
    n.extent.end = std::max(n.extent.end, p.end);
  }

  std::string HeadingWords(const Cell& c) const {
    auto line = Slice(text_, c.pieces.empty() ? Span{} : c.pieces[0]);
    NumberLabel n = ReadNumberLabel(line, lex_);
    return ToUtf8(Trim(line.substr(n.length)));
  }

  bool IsNumber(const Cell& c) const {
    std::u32string s = Words(c);
    for (char32_t ch : s) {
      if (!IsDigit(ch) && !IsChineseNumeralChar(ch) && ch != '.' && ch != '-' && ch != '(' && ch != ')' &&
          ch != U'、')
        return false;
    }
    return !s.empty();
  }

  // 同上, 〃: the value of the row above.
  const std::vector<Span>& Same(Field f, const std::vector<Span>& pieces) {
    if (pieces.size() == 1) {
      std::u32string s = Squeeze(Slice(text_, pieces[0]));
      auto it = above_.find(f);
      if ((s == U"同上" || s == U"〃" || s == U"同前" || s == U"″") && it != above_.end()) return it->second;
    }
    above_[f] = pieces;
    return pieces;
  }

  bool IsTotal(const Cell& c) const {
    std::u32string s = Words(c);
    return s == U"合计" || s == U"总计" || s == U"小计" || s == U"共计";
  }

  int NewNode(const std::vector<std::string>& headings, int parent) {
    int id = static_cast<int>(out_.size());
    out_.emplace_back();
    out_.back().headings = headings;
    out_.back().parent = parent;
    if (parent >= 0) out_[parent].children.push_back(id);
    return id;
  }

  // Several problems under one number: the first becomes the first part of a problem that the table words
  // only so.
  int MakeParent(int first) {
    int id = static_cast<int>(out_.size());
    out_.emplace_back();
    std::swap(out_[id], out_[first]);  // keep document order: the parent takes the first place
    Node& parent = out_[first];
    Node& child = out_[id];
    parent.number = child.number;
    parent.label = child.label;
    parent.headings = child.headings;
    parent.problem = child.problem;
    parent.extent = child.extent;
    child.parent = first;
    child.number = {};
    child.path_hint.clear();
    parent.children = {id};
    return first;
  }

  const Document& doc_;
  std::u32string_view text_;
  const Lexicon& lex_;
  std::vector<Node>& out_;
  const Grid* grid_ = nullptr;
  int head_ = 0;
  int due_column_ = 0, item_number_column_ = 0;  // of each measure; 0: none
  std::vector<Field> columns_, last_columns_;
  RowState rows_;
  std::map<Field, std::vector<Span>> above_;
};

}  // namespace

std::vector<Node> TableNodes(const Document& document, const Lexicon& lexicon) {
  std::vector<Node> out;
  TableReader reader(document, lexicon, out);
  for (const Grid& g : Grids(document)) reader.Read(g);
  return out;
}

}  // namespace zg
