#include "extract/entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/numeral.h"
#include "extract/bracketed.h"
#include "extract/dates.h"
#include "extract/deadline.h"
#include "extract/passage.h"
#include "extract/targets.h"
#include "extract/units.h"
#include "extract/upstream.h"

namespace zg {
namespace {

std::vector<Span> AllPieces(const FieldText& f) {
  std::vector<Span> out;
  for (const Item& i : f.items) {
    if (!i.label.empty() && !i.pieces.empty()) {
      std::vector<Span> pieces = i.pieces;
      pieces[0].begin = i.label.begin;
      out.insert(out.end(), pieces.begin(), pieces.end());
    } else {
      out.insert(out.end(), i.pieces.begin(), i.pieces.end());
    }
  }
  return out;
}

class EntryBuilder {
 public:
  EntryBuilder(const EntryContext& c, const Node& n)
      : c_(c), text_(c.document.text), lex_(c.lexicon), n_(n) {}

  Entry Build() {
    e_.span = n_.extent;
    if (!n_.label.empty()) {
      e_.label = CleanText(text_, n_.label);
      e_.label_span = n_.label;
    }
    Problem();
    for (const FieldText& f : n_.fields) Take(f);
    if (!e_.deadline && status_deadline_) e_.deadline = status_deadline_;
    if (e_.deadline && e_.deadline->ambiguous) {
      Doubt_("deadline",
             fmt::format("“{}”可以理解为该月之前，也可以理解为该月底之前，请核对后确定时限。",
                         e_.deadline->text),
             e_.deadline->span);
    }
    Targets();
    return std::move(e_);
  }

 private:
  void Doubt_(std::string field, std::string message, Span span) {
    e_.doubts.push_back({std::move(field), std::move(message), span});
  }

  void Problem() {
    std::vector<Span> pieces = n_.problem, title = n_.title;
    for (const FieldText& f : TakeBracketed(text_, pieces, lex_)) Take(f);
    auto up = TakeUpstream(text_, title, lex_);
    if (auto own = TakeUpstream(text_, pieces, lex_)) up = own;
    if (up) {
      e_.upstream_ordinal = up->number;
      e_.upstream_span = up->span;
    }
    Unwrap(text_, pieces, lex_);
    // A heading's words end with its line; what follows speaks of the whole part.
    if (n_.fields.empty() && pieces.size() > 1 && pieces[0].size() <= 30 && pieces[1].size() > 40) {
      char32_t last = text_[pieces[0].end - 1];
      if (last != U'，' && last != U'、') pieces.resize(1);
    }
    e_.problem = JoinPieces(text_, pieces, c_.full_line);
    if (!title.empty()) e_.headings.push_back(JoinPieces(text_, title).text);
  }

  void Take(const FieldText& f) {
    switch (f.field) {
      case Field::kResponsible:
        return Units(f, e_.responsible, UnitRole::kNone, true);
      case Field::kLead:
        return Units(f, e_.responsible, UnitRole::kLead, true);
      case Field::kSupporting:
        return Units(f, e_.responsible, UnitRole::kSupporting, true);
      case Field::kAcceptance:
        return Units(f, e_.acceptance, UnitRole::kNone, false);
      case Field::kGoal:
        return Goal(f);
      case Field::kDeadline:
        return SetDeadline(f);
      case Field::kMeasures:
        return Measures(f);
      case Field::kStatus:
        return Status(f, false);
      case Field::kProgress:
        return Status(f, true);
      case Field::kUpstream:
        return Upstream(f);
      default:
        return;
    }
  }

  void Units(const FieldText& f, std::vector<UnitRef>& to, UnitRole role, bool responsible) {
    UnitList list = ParseUnits(text_, AllPieces(f), lex_, role, f.cells);
    if (responsible) e_.responsible_open = e_.responsible_open || list.open;
    for (UnitRef& u : list.units) {
      auto same = std::find_if(to.begin(), to.end(), [&](const UnitRef& o) { return o.name == u.name; });
      if (same == to.end()) {
        to.push_back(std::move(u));
      } else if (same->role == UnitRole::kNone) {
        same->role = u.role;
      }
    }
  }

  void Goal(const FieldText& f) {
    Passage p = JoinPieces(text_, AllPieces(f), c_.full_line);
    if (e_.goal.text.empty()) {
      e_.goal = p;
    } else if (!p.text.empty()) {
      e_.goal.text += "\n" + p.text;
      e_.goal.span.end = std::max(e_.goal.span.end, p.span.end);
    }
  }

  void SetDeadline(const FieldText& f) {
    auto d = ParseDeadline(text_, AllPieces(f), lex_);
    if (d && !d->date && !d->immediate && c_.year) {
      d = ParseDeadline(text_, AllPieces(f), lex_, c_.year);
      if (d->date)
        Doubt_("deadline", fmt::format("“{}”没有写年份，按文件的年份{}年读取，请核对。", d->text, c_.year),
               d->span);
    }
    if (!d || d->text == "/" || d->text == "—" || d->text == "-") return;
    if (!e_.deadline || (d->date && (!e_.deadline->date || *d->date > *e_.deadline->date))) e_.deadline = d;
    if (!d->date && !d->immediate && !d->long_term) {
      Doubt_("deadline", fmt::format("“{}”里没有读出日期，请核对原文，或手工填写时限。", d->text), d->span);
    }
  }

  std::vector<Item> Items(const FieldText& f) {
    std::vector<Item> out;
    for (const Item& item : f.items) {
      bool single = f.items.size() == 1;
      if (single && item.pieces.size() >= 1) {
        Span whole{item.label.empty() ? item.pieces[0].begin : item.label.begin, item.pieces.back().end};
        bool contiguous = item.pieces.size() == 1 || !f.cells;
        auto rows = contiguous ? SplitInlineItems(text_, whole, lex_) : std::vector<InlineItem>{};
        if (rows.size() > 1) {
          for (auto& r : rows) out.push_back({r.number.number, r.number.style, r.label, {r.content}, {}});
          out.back().fields = item.fields;
          return out;
        }
      }
      if (!item.number && item.pieces.empty()) continue;
      out.push_back(item);
    }
    // 具体措施如下： before the first number is no measure.
    if (out.size() > 1 && !out[0].number && !out[0].pieces.empty()) {
      char32_t last = text_[out[0].pieces.back().end - 1];
      if (FoldWidth(last) == ':') out.erase(out.begin());
    }
    return out;
  }

  void Measures(const FieldText& f) {
    int year = e_.deadline && e_.deadline->date ? e_.deadline->date->year() : c_.year;
    if (!e_.measures.empty() && !e_.measures.back().due.empty())
      year = e_.measures.back().due.back().date.year();
    for (const Item& item : Items(f)) {
      Measure m;
      m.number = item.number;
      Passage p = JoinPieces(text_, item.pieces, c_.full_line);
      if (p.text.empty()) continue;
      m.text = p.text;
      m.span = p.span;
      Due(m, year);
      for (const SubField& s : Bracketed(m)) ItemField(m, s);
      for (const SubField& s : item.fields) ItemField(m, s);
      MeasureUnits(m);
      e_.measures.push_back(std::move(m));
    }
  }

  // （责任单位：…；完成时限：…） inside a measure: they stay in its words and speak of it alone.
  std::vector<SubField> Bracketed(const Measure& m) const {
    std::vector<SubField> out;
    for (uint32_t i = m.span.begin; i < m.span.end; ++i) {
      if (text_[i] != U'（' && text_[i] != '(') continue;
      uint32_t end = i + 1;
      for (int depth = 1; end < m.span.end; ++end) {
        depth += text_[end] == U'（' || text_[end] == '(';
        if ((text_[end] == U'）' || text_[end] == ')') && --depth == 0) break;
      }
      for (FieldText& f : LabelledParts(text_, {i + 1, end}, lex_))
        out.push_back({f.field, std::move(f.items[0].pieces)});
      i = end;
    }
    return out;
  }

  void Due(Measure& m, int& year) {
    const auto words = Slice(text_, m.span);
    const std::vector<DateHit> hits = FindDates(words, year);
    for (const DateHit& h : DueDates(words, hits, lex_)) {
      Span s{m.span.begin + h.span.begin, m.span.begin + h.span.end};
      bool known =
          std::any_of(m.due.begin(), m.due.end(), [&](const DatedText& d) { return d.date == h.date; });
      if (!known) m.due.push_back({h.date, CleanText(text_, s), s});
      if (h.form == DateForm::kBefore) {
        Doubt_("measures",
               fmt::format("措施中的“{}”可以理解为该月之前，也可以理解为该月底之前，请核对。",
                           CleanText(text_, s)),
               s);
      }
    }
    if (!hits.empty()) year = hits.back().date.year();
  }

  void ItemField(Measure& m, const SubField& s) {
    if (s.field == Field::kDeadline) {
      if (auto d = ParseDeadline(text_, s.pieces, lex_); d && d->date) {
        bool known =
            std::any_of(m.due.begin(), m.due.end(), [&](const DatedText& x) { return x.date == *d->date; });
        if (!known) m.due.push_back({*d->date, d->text, d->span});
      }
      return;
    }
    if (s.field != Field::kAcceptance && s.field != Field::kResponsible && s.field != Field::kLead) return;
    UnitList list = ParseUnits(text_, s.pieces, lex_);
    if (s.field == Field::kAcceptance) {
      m.acceptance = std::move(list.units);
    } else if (!list.units.empty() && m.lead.empty()) {
      m.lead = list.units[0].name;
      m.lead_span = list.units[0].span;
    }
  }

  // 由自治区水利厅牵头, 此条整改措施由自治区商务厅验收
  void MeasureUnits(Measure& m) {
    auto words = Slice(text_, m.span);
    auto unit_before = [&](std::u32string_view mark) -> std::vector<UnitRef> {
      size_t at = words.find(mark);
      while (at != words.npos) {
        size_t b = at;
        while (b > 0 && at - b < 60) {
          char32_t c = words[b - 1];
          if (c == U'，' || c == ',' || c == U'。' || c == U'；' || c == ';' || c == U'（' || c == '(' ||
              c == U'由')
            break;
          --b;
        }
        if (b < at && (b > 0 || mark == U"牵头")) {
          bool by = b > 0 && words[b - 1] == U'由';
          Span s{m.span.begin + uint32_t(b), m.span.begin + uint32_t(at)};
          UnitList list = ParseUnits(text_, {s}, lex_);
          bool all = !list.units.empty();
          for (const auto& u : list.units)
            all = all && u.known && !lex_.bare_regions.Has(Squeeze(Slice(text_, u.span)));  // 自治区牵头成立…
          if (all && (by || mark == U"牵头")) return list.units;
        }
        at = words.find(mark, at + 1);
      }
      return {};
    };
    if (m.lead.empty()) {
      auto lead = unit_before(U"牵头");
      if (!lead.empty()) m.lead = lead[0].name, m.lead_span = lead[0].span;
    }
    if (m.acceptance.empty()) m.acceptance = unit_before(U"验收");
  }

  void Status(const FieldText& f, bool progress) {
    std::vector<Item> items = Items(f);
    if (items.empty()) return;
    if (!items[0].number) {
      Item& first = items[0];
      if (!first.pieces.empty() && !(progress && (e_.status || OwnState()))) {
        Span span{first.pieces.front().begin, first.pieces.front().end};
        // a state broken over two lines
        if (first.pieces.size() > 1 && !EndsSentence(Slice(text_, span)) &&
            span.size() < lex_.status_max_length) {
          StatusRead alone = ReadStatus(text_, span, lex_, progress);
          if (!alone.status || Unfinished(span) || FullTo(span)) span.end = first.pieces[1].end;
        }
        StatusRead r = ReadStatus(text_, span, lex_, progress);
        if (r.status) {
          if (!e_.status) e_.status = r.status;
          if (r.deadline) status_deadline_ = r.deadline;
          while (!first.pieces.empty() && first.pieces.front().end <= r.rest)
            first.pieces.erase(first.pieces.begin());
          if (!first.pieces.empty() && first.pieces.front().begin < r.rest)
            first.pieces.front().begin = r.rest;
          if (first.pieces.empty()) items.erase(items.begin());
          Resplit(items, f.cells);
        }
      }
    }
    if (!progress) return;
    for (const Item& item : items) {
      Passage p = JoinPieces(text_, item.pieces, c_.full_line);
      if (!p.text.empty() || item.number) e_.progress.push_back({item.number, p.text, p.span});
    }
  }

  // The state has a label or column of its own: what stands under 进展 is work, whatever words it begins
  // with.
  bool OwnState() const {
    for (const FieldText& f : n_.fields) {
      if (f.field != Field::kStatus || f.items.empty() || f.items[0].pieces.empty()) continue;
      if (ReadStatus(text_, f.items[0].pieces[0], lex_, false).status) return true;
    }
    return false;
  }

  // After the state was taken off, items in a row may come to light: 已完成。1.…；2.…
  void Resplit(std::vector<Item>& items, bool) {
    if (items.size() != 1 || items[0].number || items[0].pieces.empty()) return;
    auto rows = SplitInlineItems(text_, {items[0].pieces.front().begin, items[0].pieces.back().end}, lex_);
    if (rows.size() < 2) return;
    items.clear();
    for (auto& r : rows) items.push_back({r.number.number, r.number.style, r.label, {r.content}, {}});
  }

  // The line that `span` ends is as long as lines of this document are, so it goes on below.
  bool FullTo(Span span) const {
    uint32_t begin = span.begin;
    while (begin > 0 && text_[begin - 1] != '\n' && text_[begin - 1] != '\f') --begin;
    return c_.full_line && (span.end - begin) * 10 >= c_.full_line * 9;
  }

  // 目前 / 时限为2020年底前，目前 at the end of a line: the state goes on.
  bool Unfinished(Span span) const {
    std::u32string s = Squeeze(Slice(text_, span));
    return !s.empty() && (EndsWith(s, U"目前") || EndsWith(s, U"正在") || EndsWith(s, U",") ||
                          EndsWith(s, U"，") || EndsWith(s, U"积极") || EndsWith(s, U"持续"));
  }

  void Upstream(const FieldText& f) {
    auto pieces = AllPieces(f);
    if (pieces.empty()) return;
    if (auto n = FirstNumber(Squeeze(Slice(text_, pieces[0])))) {
      e_.upstream_ordinal = *n;
      e_.upstream_span = pieces[0];
    }
  }

  void Targets() {
    int year = e_.deadline && e_.deadline->date ? e_.deadline->date->year() : 0;
    if (!e_.goal.text.empty()) e_.targets = FindTargets(text_, e_.goal.span, lex_, year);
    for (Target& t : e_.targets) {  // a goal is due when its task is
      if (!t.by && e_.deadline) t.by = e_.deadline->date;
    }
    for (size_t i = 0; i < e_.measures.size(); ++i) {
      for (Target& t : FindTargets(text_, e_.measures[i].span, lex_, year)) {
        t.measure = static_cast<int>(i);
        if (!t.by && !e_.measures[i].due.empty()) t.by = e_.measures[i].due.back().date;
        e_.targets.push_back(std::move(t));
      }
    }
  }

  const EntryContext& c_;
  std::u32string_view text_;
  const Lexicon& lex_;
  const Node& n_;
  Entry e_;
  std::optional<Deadline> status_deadline_;
};

std::string OwnNumber(const Node& n, int position) {
  if (!n.path_hint.empty()) return n.path_hint;
  if (!n.number) return std::to_string(position);
  if (n.number.style == NumberStyle::kMulti) return fmt::format("{}.{}", n.number.number, n.number.sub);
  return std::to_string(n.number.number);
}

}  // namespace

std::vector<Entry> BuildEntries(const EntryContext& context, const std::vector<Node>& nodes,
                                const std::vector<char>& heading) {
  std::vector<Entry> out;
  std::vector<std::string> path(nodes.size());
  std::vector<int> entry_of(nodes.size(), -1);
  std::set<std::string> used;
  std::map<int, int> position;  // parent → children so far
  for (size_t i = 0; i < nodes.size(); ++i) {
    const Node& n = nodes[i];
    if (heading[i]) continue;
    int parent = n.parent;
    while (parent >= 0 && heading[parent]) parent = nodes[parent].parent;
    int place = ++position[parent];
    std::string own = OwnNumber(n, place);
    bool full = n.number.style == NumberStyle::kMulti || !n.path_hint.empty();
    path[i] = parent >= 0 && !full ? path[parent] + "." + own : own;
    if (!used.insert(path[i]).second) {
      // Numbers begin anew under a heading without one, or one was given twice: the count goes on.
      std::string above = path[i].substr(0, path[i].rfind('.') + 1);
      int k = place;
      do path[i] = fmt::format("{}{}", above, k++);
      while (!used.insert(path[i]).second);
    }
    Entry e = EntryBuilder(context, n).Build();
    e.path = path[i];
    std::vector<std::string> headings = n.headings;
    for (int p = n.parent; p >= 0; p = nodes[p].parent) {
      if (!nodes[p].fields.empty()) continue;
      std::vector<Span> title = nodes[p].problem;
      if (title.size() > 1) title.resize(1);
      headings.insert(headings.begin(), JoinPieces(context.document.text, title).text);
    }
    e.headings.insert(e.headings.begin(), headings.begin(), headings.end());
    bool own_work = !e.measures.empty() || !e.goal.text.empty() || !e.progress.empty() || e.status;
    e.is_task = n.children.empty() || own_work;
    if (parent >= 0 && entry_of[parent] >= 0) {
      const Entry& up = out[entry_of[parent]];
      auto inherit = [&](std::vector<UnitRef>& to, const std::vector<UnitRef>& from) {
        if (!to.empty()) return;
        to = from;
        for (UnitRef& u : to) u.inherited = true;
      };
      inherit(e.acceptance, up.acceptance);
      inherit(e.responsible, up.responsible);
      if (!e.deadline && up.deadline && !e.status) e.deadline = up.deadline;
    }
    if (n.lost_number)
      e.doubts.push_back(
          {"path", fmt::format("编号“{}”与前一项不连续，请核对是否漏项或编号有误。", e.label), e.label_span});
    entry_of[i] = static_cast<int>(out.size());
    out.push_back(std::move(e));
  }
  return out;
}

void AddDoubts(const EntryContext& context, Draft& draft) {
  size_t tasks = 0, responsible = 0, deadline = 0, acceptance = 0, goal = 0, status = 0, measures = 0;
  for (const Entry& e : draft.entries) {
    if (!e.is_task) continue;
    ++tasks;
    responsible += !e.responsible.empty();
    deadline += e.deadline.has_value();
    acceptance += !e.acceptance.empty();
    goal += !e.goal.text.empty();
    status += e.status.has_value();
    measures += !e.measures.empty();
  }
  auto most = [&](size_t n) { return n * 2 > tasks; };
  for (Entry& e : draft.entries) {
    auto add = [&](const char* field, std::string message, Span span) {
      e.doubts.push_back({field, std::move(message), span});
    };
    if (e.problem.text.empty()) add("problem", "没有读出问题内容，请对照原文补录。", e.span);
    if (e.is_task) {
      if (most(responsible) && e.responsible.empty())
        add("responsible", "其他任务都写明了责任单位，这一项没有，请核对。", e.label_span);
      bool done =
          e.status && e.status->kind == StatusKind::kCompleted;  // a report says no deadline of what is done
      if (most(deadline) && !e.deadline && !done)
        add("deadline", "其他任务都写明了整改时限，这一项没有，请核对。", e.label_span);
      if (most(acceptance) && e.acceptance.empty())
        add("acceptance", "其他任务都写明了验收单位，这一项没有，请核对。", e.label_span);
      if (most(goal) && e.goal.text.empty())
        add("goal", "其他任务都写明了整改目标，这一项没有，请核对。", e.label_span);
      if (most(status) && !e.status)
        add("status", "没有读出这一项的整改状态，请对照进展内容确定。", e.label_span);
      if (most(measures) && e.measures.empty())
        add("measures", "其他任务都写明了整改措施，这一项没有，请核对。", e.label_span);
    }
    auto units = [&](const char* field, const std::vector<UnitRef>& list) {
      for (const UnitRef& u : list) {
        if (!u.known && !u.inherited)
          add(field, fmt::format("“{}”不在单位名录中，已按原文保留，请确认名称。", u.name), u.span);
      }
    };
    units("responsible", e.responsible);
    units("acceptance", e.acceptance);
  }
  if (draft.title.empty()) draft.doubts.push_back({"title", "没有找到文件标题，请手工填写。", {}});
  if (draft.entries.empty())
    draft.doubts.push_back({"tasks", "没有读出整改任务，请检查文件是否为整改清单、方案或进展报告。", {}});
  if (context.document.ocr)
    draft.doubts.push_back({"document", "本文件由图片识别得到文字，请逐项对照原件核对。", {}});
}

}  // namespace zg
