#include "extract/outline.h"

#include <algorithm>

#include "extract/bracketed.h"

namespace zg {
namespace {

int Rank(NumberStyle s) {
  switch (s) {
    case NumberStyle::kChinese:
      return 1;
    case NumberStyle::kWord:
      return 2;
    case NumberStyle::kChineseParen:
      return 3;
    case NumberStyle::kArabic:
      return 4;
    case NumberStyle::kMulti:
      return 5;
    case NumberStyle::kArabicParen:
      return 6;
    default:
      return 7;
  }
}

bool LongField(Field f) {
  return f == Field::kMeasures || f == Field::kProgress || f == Field::kGoal || f == Field::kOther;
}
bool UnitOrDate(Field f) {
  return f == Field::kResponsible || f == Field::kLead || f == Field::kSupporting ||
         f == Field::kAcceptance || f == Field::kDeadline;
}

class Builder {
 public:
  Builder(const std::vector<Token>& tokens, std::u32string_view text, const Lexicon& lex)
      : tokens_(tokens), text_(text), lex_(lex) {
    next_.resize(tokens.size() + 1, tokens.size());
    for (size_t i = tokens.size(); i-- > 0;) {
      next_[i] = i + 1 < tokens.size() ? (Structural(i + 1) ? i + 1 : next_[i + 1]) : tokens.size();
    }
  }

  Outline Run() {
    for (i_ = 0; i_ < tokens_.size(); ++i_) {
      const Token& t = tokens_[i_];
      switch (t.kind) {
        case TokenKind::kBreak:
          Break();
          break;
        case TokenKind::kField:
          OnField(t);
          break;
        case TokenKind::kNumber:
          OnNumber(t);
          break;
        case TokenKind::kPlain:
          if (t.title_like && OpensPart()) {
            Break();
          } else if (GroupsTasks(t)) {
            node_ = -1;  // the numbers go on below it
            field_ = nullptr;
            group_ = t.content;
          } else {
            OnPlain(t);
          }
          break;
      }
    }
    Prune();
    return std::move(out_);
  }

 private:
  bool Structural(size_t i) const {
    const Token& t = tokens_[i];
    if (t.kind == TokenKind::kPlain || (t.number.weak && !t.fresh)) return false;
    return !(t.kind == TokenKind::kField && (t.field == Field::kOther || t.field == Field::kUpstream));
  }
  bool IsField(size_t i) const { return i < tokens_.size() && tokens_[i].kind == TokenKind::kField; }
  bool IsNumber(size_t i) const { return i < tokens_.size() && tokens_[i].kind == TokenKind::kNumber; }

  // A number that is directly followed by a label opens a problem.
  bool OpensEntry(size_t i) const { return IsField(next_[i]); }

  // A number that is followed by deeper numbers that open problems holds them.
  bool Leads(size_t i, int depth = 0) const {
    size_t j = next_[i];
    if (depth > 4 || !IsNumber(j)) return false;
    const NumberLabel &a = tokens_[i].number, &b = tokens_[j].number;
    if (a.style == b.style) return false;
    bool first = b.number == 1 || (b.style == NumberStyle::kMulti && b.sub == 1) ||
                 b.number == last_number_[int(b.style)] + 1;
    return first && (OpensEntry(j) || Leads(j, depth + 1));
  }

  // A line like a title before numbers that begin anew.
  bool OpensPart() const {
    size_t j = next_[i_];
    if (!IsNumber(j) || tokens_[j].number.number != 1) return false;
    if (node_ < 0) return false;
    if (out_.nodes[node_].fields.empty()) return true;
    return !stack_.empty() && tokens_[j].number.style == out_.nodes[stack_.front()].number.style;
  }

  // 水环境方面, 第二部分 大气环境: a short line between two tasks, under which the numbers go on.
  bool GroupsTasks(const Token& t) {
    if (node_ < 0 || stack_.empty() || !t.fresh || t.ends || t.content.size() > 24 || i_ == 0) return false;
    if (i_ + 1 >= tokens_.size() || next_[i_] != i_ + 1 || !tokens_[i_ + 1].number) return false;
    bool opens = tokens_[i_ + 1].field == Field::kProblem || (IsNumber(i_ + 1) && OpensEntry(i_ + 1));
    if (!opens) return false;
    const Token& before = tokens_[i_ - 1];
    if (before.content.empty() || Cur().fields.empty()) return false;
    char32_t last = text_[before.content.end - 1];
    if (last == U'，' || last == ',' || last == U'、') return false;
    if (!before.ends && field_ && !LongField(field_->field)) {
      // a short value needs no stop, but its list of units may go on in the next line
      if (field_->field != Field::kDeadline && field_->field != Field::kStatus) return false;
    } else if (!before.ends) {
      return false;
    }
    const NumberLabel& n = tokens_[i_ + 1].number;
    for (int k : stack_) {
      const NumberLabel& open = out_.nodes[k].number;
      if (open.style == n.style) return n.number == open.number + 1;
    }
    return false;
  }

  void Break() {
    group_ = {};
    ++part_;
    node_ = -1;
    field_ = nullptr;
    stack_.clear();
    std::fill(std::begin(last_number_), std::end(last_number_), 0);
  }

  Node& Cur() { return out_.nodes[node_]; }

  bool InItems() const { return field_ && LongField(field_->field); }

  void OnNumber(const Token& t) {
    if (t.number.weak && !Proven(t)) return OnPlainWithLabel(t);
    if (node_ >= 0 && InItems()) {
      if (TakesItem(t)) return AddItem(t);
      if (!Belongs(t)) return OnPlainWithLabel(t);
    } else if (node_ >= 0 && field_) {
      if (!OpensEntry(i_) && !Leads(i_) && !InStack(t.number)) return OnPlainWithLabel(t);
    } else if (node_ >= 0 && Cur().fields.empty() && !OpensEntry(i_) && !Leads(i_) && !InStack(t.number)) {
      return OnPlainWithLabel(t);
    }
    Open(t);
  }

  // 2.418眼井…: an item where a number is due here.
  bool Proven(const Token& t) const {
    if (!t.fresh || node_ < 0 || !InItems()) return false;
    const Item* last = nullptr;
    for (const auto& item : field_->items) {
      if (item.number) last = &item;
    }
    if (last) return last->style == t.number.style && t.number.number == *last->number + 1;
    if (t.number.number != 1) return false;
    for (size_t k = i_ + 1; k < tokens_.size() && tokens_[k].kind != TokenKind::kField; ++k) {
      if (tokens_[k].kind == TokenKind::kNumber)
        return tokens_[k].number.style == t.number.style && tokens_[k].number.number == 2;
    }
    return false;
  }

  // Continues (or starts) the numbered items of the field that is open.
  bool TakesItem(const Token& t) {
    const auto& items = field_->items;
    const Item* last = nullptr;
    for (const auto& item : items) {
      if (item.number) last = &item;
    }
    bool fits = last ? last->style == t.number.style && t.number.number == *last->number + 1
                     : t.number.number == 1 && t.number.style != NumberStyle::kMulti;
    if (!fits) return false;
    if (field_->field == Field::kGoal || field_->field == Field::kOther)
      fits = !OpensEntry(i_) || !InStack(t.number);
    if (OpensEntry(i_) && (InStack(t.number) || !last)) {
      Field f = tokens_[next_[i_]].field;
      bool again = f == Field::kProblem || Cur().HasField(f) || (UnitOrDate(f) && HasUnitField());
      bool item_field = field_->field == Field::kMeasures && UnitOrDate(f) && !InStack(t.number);
      if (again && !item_field) return false;
    }
    if (InStack(t.number) && Leads(i_)) return false;
    return fits;
  }

  bool HasUnitField() {
    return Cur().HasField(Field::kResponsible) || Cur().HasField(Field::kLead) ||
           Cur().HasField(Field::kAcceptance);
  }

  // Inside a long field: is this number one of the outline's (next sibling, next heading) and not just text?
  bool Belongs(const Token& t) {
    for (size_t k = stack_.size(); k-- > 0;) {
      const NumberLabel& open = out_.nodes[stack_[k]].number;
      if (open.style != t.number.style) continue;
      bool next = t.number.style == NumberStyle::kMulti
                      ? t.number.sub == open.sub + 1 || t.number.number == open.number + 1
                      : t.number.number == open.number + 1;
      return next || OpensEntry(i_) || (t.number.number == 1 && Leads(i_));
    }
    if (OpensEntry(i_)) {
      Field f = tokens_[next_[i_]].field;
      return Cur().HasField(f) || f == Field::kProblem || (UnitOrDate(f) && HasUnitField());
    }
    return Leads(i_);
  }

  bool InStack(const NumberLabel& n) const {
    for (int k : stack_) {
      if (out_.nodes[k].number.style == n.style) return true;
    }
    return false;
  }

  void AddItem(const Token& t) {
    Item item;
    item.number = t.number.number;
    item.style = t.number.style;
    item.label = t.number_span;
    if (!t.content.empty()) item.pieces.push_back(t.content);
    if (field_->items.size() == 1 && !field_->items[0].number && field_->items[0].pieces.empty())
      field_->items.clear();
    field_->items.push_back(std::move(item));
    Extend(t);
  }

  void Open(const Token& t) {
    if (out_.nodes.empty()) out_.first_token = i_;
    Node n;
    n.number = t.number;
    n.label = t.number_span;
    if (!t.content.empty()) n.problem.push_back(t.content);
    size_t k = stack_.size();
    while (k > 0 && out_.nodes[stack_[k - 1]].number.style != t.number.style) --k;
    if (k > 0) {
      stack_.resize(k - 1);
    } else {
      while (!stack_.empty() && Rank(out_.nodes[stack_.back()].number.style) > Rank(t.number.style))
        stack_.pop_back();
    }
    int& last = last_number_[int(t.number.style)];
    n.lost_number =
        t.number.style != NumberStyle::kMulti && t.number.number != last + 1 && t.number.number != 1;
    last = t.number.number;
    n.parent = stack_.empty() ? -1 : stack_.back();
    n.extent = {t.number_span.begin, t.content.end};
    n.part = part_;
    if (n.parent < 0 && !group_.empty()) n.headings.push_back(ToUtf8(Slice(text_, group_)));
    node_ = static_cast<int>(out_.nodes.size());
    out_.nodes.push_back(std::move(n));
    stack_.push_back(node_);
    field_ = nullptr;
  }

  // A problem without a number of its own (问题：… one after another).
  void OpenUnnumbered(const Token& t) {
    if (out_.nodes.empty()) out_.first_token = i_;
    Node n;
    if (!t.content.empty()) n.problem.push_back(t.content);
    n.extent = {t.label_span.begin, t.content.end};
    n.part = part_;
    while (!stack_.empty() &&
           (!out_.nodes[stack_.back()].fields.empty() || !out_.nodes[stack_.back()].number))
      stack_.pop_back();
    n.parent = stack_.empty() ? -1 : stack_.back();
    node_ = static_cast<int>(out_.nodes.size());
    out_.nodes.push_back(std::move(n));
    stack_.push_back(node_);
    field_ = nullptr;
  }

  void OnField(const Token& t) {
    if (t.number && !t.colon && InStack(t.number)) {  // （三）工作进展: a section, not a label
      Token section = t;
      section.content.begin = t.label_span.begin;
      return OnNumber(section);
    }
    if (t.field == Field::kOrdinal) return OnOrdinal(t);
    if (t.field == Field::kProblem || t.field == Field::kSubproblem) return OnProblem(t);
    if (node_ < 0) {
      if (t.colon) ++out_.body_paragraphs;
      return;
    }
    if (!t.colon && !t.fresh && !t.content.empty()) return OnPlain(t);
    if (field_ && field_->field == Field::kMeasures && UnitOrDate(t.field) && ItemLevel(t)) {
      field_->items.back().fields.push_back({t.field, {}});
      if (!t.content.empty()) field_->items.back().fields.back().pieces.push_back(t.content);
      sub_ = true;
      return Extend(t);
    }
    FieldText f;
    f.field = t.field;
    f.label = t.label_span;
    f.items.emplace_back();
    if (!t.content.empty()) f.items[0].pieces.push_back(t.content);
    Cur().fields.push_back(std::move(f));
    field_ = &Cur().fields.back();
    sub_ = false;
    if (InItems() && !t.content.empty()) FirstItem(t.content);
    Extend(t);
  }

  // 整改措施：1.…: the first item stands in the label's own line.
  void FirstItem(Span content) {
    NumberLabel n = ReadNumberLabel(text_.substr(content.begin, content.size()), lex_);
    if (!n || n.number != 1 || n.style == NumberStyle::kWord) return;
    Item& item = field_->items[0];
    item.number = 1;
    item.style = n.style;
    item.label = {content.begin, content.begin + n.label_length};
    item.pieces = {{content.begin + n.length, content.end}};
  }

  // A label among numbered measures speaks of one measure when the task has that field already or the
  // measures go on.
  bool ItemLevel(const Token& t) {
    if (field_->items.empty() || !field_->items.back().number) return false;
    for (const auto& item : field_->items) {
      for (const auto& f : item.fields) {
        if (f.field == t.field) return true;
      }
    }
    size_t j = next_[i_];
    while (IsField(j) && UnitOrDate(tokens_[j].field)) j = next_[j];
    if (!IsNumber(j)) return false;
    const Item& last = field_->items.back();
    return tokens_[j].number.style == last.style && tokens_[j].number.number == *last.number + 1 &&
           !InStack(tokens_[j].number);
  }

  void OnOrdinal(const Token& t) {
    NumberLabel n;
    auto words = Trim(text_.substr(t.content.begin, t.content.size()));
    NumberLabel read = ReadNumberLabel(std::u32string(words) + U"、", lex_);
    if (read) n = read;
    n.style = NumberStyle::kWord;
    Token opener = t;
    opener.number = n;
    opener.number_span = {t.label_span.begin, t.content.end};
    opener.content = {t.content.end, t.content.end};
    Open(opener);
  }

  void OnProblem(const Token& t) {
    if (t.number && (node_ < 0 || !Cur().fields.empty() || InStack(t.number))) {  // 一、反馈问题：…
      size_t j = next_[i_];
      bool numbered_fields = IsField(j) && tokens_[j].number && tokens_[j].number.style == t.number.style &&
                             tokens_[j].number.number == t.number.number + 1;
      if (!numbered_fields || node_ < 0) {
        Token opener = t;
        return Open(opener);
      }
    }
    bool waiting = node_ >= 0 && Cur().fields.empty() && labelled_problem_ != node_;
    if (!waiting && !t.colon && !t.content.empty()) return OnPlain(t);
    if (!waiting) {
      if (node_ < 0 && !t.colon) return;
      if (node_ < 0 && out_.nodes.empty() && !IsField(next_[i_])) return;
      OpenUnnumbered(t);
    } else {
      Cur().title = std::move(Cur().problem);
      Cur().problem.clear();
      if (!t.content.empty()) Cur().problem.push_back(t.content);
      Extend(t);
    }
    labelled_problem_ = node_;
    field_ = nullptr;
  }

  void OnPlainWithLabel(const Token& t) {
    Token whole = t;
    whole.content.begin = t.number_span.begin;
    OnPlain(whole);
  }

  void OnPlain(const Token& t) {
    if (t.content.empty()) return;
    if (node_ < 0) {
      if (t.content.size() > 40) ++out_.body_paragraphs;
      return;
    }
    if (!field_) {
      Cur().problem.push_back(t.content);
      return Extend(t);
    }
    if (field_->items.empty()) field_->items.emplace_back();
    Item& item = field_->items.back();
    if (sub_ && !item.fields.empty() && !t.fresh) {
      item.fields.back().pieces.push_back(t.content);
      return Extend(t);
    }
    if (!LongField(field_->field) && !item.pieces.empty()) {
      char32_t last = text_[item.pieces.back().end - 1];
      bool goes_on = !t.fresh || last == U'、' || last == U'，' || last == ',';
      if (!goes_on) return;  // words after a finished short value belong to no field
    }
    item.pieces.push_back(t.content);
    Extend(t);
  }

  void Extend(const Token& t) { Cur().extent.end = std::max(Cur().extent.end, t.content.end); }

  bool BracketsHold(const Node& n) const {
    if (!n.fields.empty() || !n.children.empty()) return false;
    std::vector<Span> pieces = n.problem;
    return !TakeBracketed(text_, pieces, lex_).empty();
  }

  // Numbered sections that hold neither fields nor problems are prose, unless they stand in a row of
  // problems.
  void Prune() {
    auto& nodes = out_.nodes;
    std::vector<char> keep(nodes.size(), 0);
    std::vector<size_t> fields(part_ + 1, 0);
    for (const Node& n : nodes) fields[n.part] += n.fields.size();
    size_t most = fields.empty() ? 0 : *std::max_element(fields.begin(), fields.end());
    int main_part = static_cast<int>(std::max_element(fields.begin(), fields.end()) - fields.begin());
    for (size_t i = nodes.size(); i-- > 0;) {
      // Prose before the annex may use words that look like labels.
      bool prose = nodes[i].part < main_part && fields[nodes[i].part] * 3 < most;
      if ((!nodes[i].fields.empty() || BracketsHold(nodes[i])) && !prose) keep[i] = 1;
      if (keep[i] && nodes[i].parent >= 0) keep[nodes[i].parent] = 1;
    }
    for (size_t i = 1; i + 1 < nodes.size(); ++i) {
      if (keep[i]) continue;
      auto sibling = [&](size_t a) {
        return keep[a] && nodes[a].parent == nodes[i].parent &&
               nodes[a].number.style == nodes[i].number.style && !nodes[a].fields.empty();
      };
      size_t before = i, after = i;
      while (before-- > 0 && nodes[before].parent != nodes[i].parent) {
      }
      while (++after < nodes.size() && nodes[after].parent != nodes[i].parent) {
      }
      if (before < i && after < nodes.size() && sibling(before) && sibling(after) &&
          nodes[before].number.number + 1 == nodes[i].number.number &&
          nodes[after].number.number == nodes[i].number.number + 1) {
        keep[i] = 1;
      }
    }
    std::vector<int> index(nodes.size(), -1);
    std::vector<Node> kept;
    for (size_t i = 0; i < nodes.size(); ++i) {
      if (!keep[i]) {
        if (kept.empty()) ++out_.body_sections, out_.body_paragraphs += nodes[i].problem.size();
        continue;
      }
      index[i] = static_cast<int>(kept.size());
      nodes[i].parent = nodes[i].parent >= 0 ? index[nodes[i].parent] : -1;
      if (nodes[i].parent >= 0) kept[nodes[i].parent].children.push_back(index[i]);
      kept.push_back(std::move(nodes[i]));
    }
    nodes = std::move(kept);
  }

  const std::vector<Token>& tokens_;
  std::u32string_view text_;
  const Lexicon& lex_;
  std::vector<size_t> next_;
  Outline out_;
  size_t i_ = 0;
  int node_ = -1;
  FieldText* field_ = nullptr;
  bool sub_ = false;
  std::vector<int> stack_;
  Span group_;  // line that groups the tasks below it
  int last_number_[16] = {};
  int part_ = 0;
  int labelled_problem_ = -1;  // node whose problem came with a label
};

}  // namespace

Outline BuildOutline(const std::vector<Token>& tokens, std::u32string_view text, const Lexicon& lexicon) {
  return Builder(tokens, text, lexicon).Run();
}

}  // namespace zg
