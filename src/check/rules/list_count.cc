// Counted lists: 甲市、乙市和丙市3个城市; 等17个; 21处灌区（…）; 《…》《…》三项制度; 实施8家。一是…八是….

#include <fmt/format.h>

#include <cmath>

#include "check/enumeration.h"
#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

class Lists {
 public:
  Lists(const Subject& s, CheckSink& sink) : s_(s), r_(s.reading), sink_(sink) {}

  void Run() {
    for (size_t q = 0; q < s_.quantities.size(); ++q) {
      const Quantity& n = Q(q);
      if (!n.count() || n.half > 0 || n.value < 1 || n.value > 999 || n.loose != Loose::kNone || n.range)
        continue;
      if (!s_.words->list_measures.Has(s_.words->units[size_t(n.unit)].name)) continue;
      if (Titles(q) || Behind(q) || Ordered(q)) continue;
      Front(q);
    }
  }

 private:
  const Quantity& Q(size_t q) const { return s_.quantities[q]; }
  bool Levels(size_t q) const { return s_.words->units[size_t(Q(q).unit)].name == U"级"; }

  // 《…》《…》等三项.
  bool Titles(size_t q) {
    uint32_t i = Q(q).begin;
    uint32_t from = r_.sentences[Q(q).sentence].begin;
    bool open = i > from && r_.text[i - 1] == U'等';
    if (open) --i;
    size_t count = 0;
    uint32_t begin = i;
    while (i > from && r_.text[i - 1] == U'》') {
      while (i > from && r_.text[i - 1] != U'《') --i;
      while (i > from && r_.text[i - 1] == U'《') --i;
      ++count;
      begin = i;
      if (i > from && (r_.text[i - 1] == U'、' || r_.text[i - 1] == U'和' || r_.text[i - 1] == U'及')) --i;
      // （昌州发〔2020〕1号） between two titles
      if (i > from + 1 && r_.text[i - 1] == U')') {
        uint32_t k = r_.paren[i - 1];
        uint32_t p = i - 1;
        while (p > from && !(r_.text[p] == U'(' && r_.paren[p] == k)) --p;
        if (p > from && r_.text[p - 1] == U'》') i = p;
      }
    }
    if (count < 2) return false;
    Compare(q, begin, count, count, count, open, Severity::kError);
    return true;
  }

  // 5家公司（甲、乙、丙、丁、戊）.
  bool Behind(size_t q) {
    uint32_t i = Q(q).end;
    uint32_t limit = std::min<uint32_t>(uint32_t(r_.text.size()), i + 18);
    while (i < limit && r_.text[i] != U'(' && r_.text[i] != U')' && !EndsClause(r_.text[i]) &&
           r_.text[i] != U'、')
      ++i;
    if (i >= limit || r_.text[i] != U'(') return false;
    if (q + 1 < s_.quantities.size() && Q(q + 1).digits < i) return false;
    uint32_t end = r_.close[i];
    if (!end) return false;
    if (s_.words->list_not_parts.Longest(s_.Cut(i + 1, end))) return false;
    Enumeration row = RowWithin(s_, i + 1, end);
    if (!row) return false;
    size_t n = size_t(Q(q).value);
    NameKind kind = KindOfNames(s_, row.items);
    size_t gap = n > row.best ? n - row.best : row.best - n;
    bool sure = (gap <= 2 || row.best >= 5) && kind != NameKind::kMixed;
    Compare(q, end, row.least, row.best, row.most, row.open,
            sure || row.best >= 5 ? Severity::kError : Severity::kWarning);
    return true;
  }

  // 实施8家企业改造。一是…二是…八是….
  bool Ordered(size_t q) {
    uint32_t limit = std::min<uint32_t>(r_.sections[Q(q).section].end, Q(q).end + 16);
    uint32_t i = Q(q).end;
    while (i < limit && !s_.words->list_order.Longest(s_.Cut(i, limit))) ++i;
    if (i >= limit || s_.words->list_order.Longest(s_.Cut(i, limit)).value != 1) return false;
    if (!EndsClause(r_.text[i - 1]) || (q + 1 < s_.quantities.size() && Q(q + 1).digits < i)) return false;
    size_t count = 0;
    uint32_t last = i;
    for (; i < r_.sections[Q(q).section].end; ++i) {
      auto m = s_.words->list_order.Longest(s_.Cut(i, r_.sections[Q(q).section].end));
      if (!m || (i > 0 && !EndsClause(r_.text[i - 1]))) continue;
      if (m.value != int(count) + 1) break;
      ++count;
      last = i + m.length;
    }
    if (count < 2) return false;
    Compare(q, last, count, count, count, false, Severity::kWarning);
    return true;
  }

  // 甲市、乙市和丙市3个城市.
  void Front(size_t q) {
    const auto& unit = s_.words->units[size_t(Q(q).unit)].name;
    if (Q(q).begin != Q(q).digits || (Q(q).chinese && s_.words->list_unsure.Has(unit)) || Continues(q))
      return;
    Enumeration row = RowBefore(s_, Q(q).begin);
    if (!row || Detached(row) || (Levels(q) && row.items.size() < 2)) return;
    size_t n = size_t(Q(q).value);
    uint32_t begin = row.items.front().begin;
    NameKind kind = KindOfNames(s_, row.items);
    if (n == row.best || (row.open && n > row.best)) {
      Compare(q, begin, row.least, row.best, row.most, row.open, Severity::kNote);
      return;
    }
    if (n < row.least && TailOf(q, row, n)) return;
    if (row.items.size() == 1 && !JoinedAlike(row)) return;
    if (n >= row.least && n <= row.most && n != row.best + 1) return;
    bool places_of_others = kind == NameKind::kPlace && !PlaceNoun(q);
    bool tenfold = n == row.best * 10;
    if (n > row.best) {
      if (places_of_others) return;  // 甲市、乙市5家企业: the figure counts something else
      bool near = tenfold || n - row.best <= 1 || (kind != NameKind::kMixed && n - row.best <= 3);
      if (!near && !(kind == NameKind::kPlace && PlaceNoun(q)) && !Levels(q)) {
        // Far more than the names: perhaps the row began earlier than it was read.
        if (!row.open && kind == NameKind::kAlike && n <= 12)
          Compare(q, begin, row.least, row.best, row.best, false, Severity::kNote);
        return;
      }
      bool sure = kind == NameKind::kPlace && PlaceNoun(q);
      Severity severity = sure ? Severity::kError : n <= row.most ? Severity::kNote : Severity::kWarning;
      Compare(q, begin, row.least, row.best, row.best, false, severity);
      return;
    }
    if (places_of_others) return;
    // More names than the figure: the first ones may belong to the words before.
    bool sure =
        row.first_clean && (kind == NameKind::kPlace || kind == NameKind::kAlike) && row.items.size() > 2;
    bool vague = n == 1 || Levels(q) || kind == NameKind::kMixed || row.items.size() > n + 1;
    Severity severity = sure ? Severity::kError : vague ? Severity::kNote : Severity::kWarning;
    Compare(q, begin, row.least, row.best, row.most, row.open, severity);
  }

  // 甲村、乙场三个队、丙村: the row goes on, the figure belongs to one of its names.
  bool Continues(size_t q) const {
    uint32_t limit = std::min<uint32_t>(r_.sentences[Q(q).sentence].end, Q(q).end + 7);
    uint32_t i = Q(q).end;
    while (i < limit && !EndsClause(r_.text[i]) && r_.text[i] != U'、' && r_.text[i] != U'(') ++i;
    return i < limit && r_.text[i] == U'、';
  }

  // “甲、乙”的三级, 甲、乙治理和2条: words between the names and the figure, or another figure in the last
  // name.
  bool Detached(const Enumeration& row) const {
    Span last = row.items.back();
    if (s_.words->list_detached.Has(s_.Cut(last.end - 1, last.end))) return true;
    size_t q = s_.QuantityFrom(last.begin);
    return row.items.size() > 1 && q < s_.quantities.size() && Q(q).digits < last.end && Q(q).count();
  }

  // 甲保护区和乙保护区: two names that end alike.
  bool JoinedAlike(const Enumeration& row) const {
    auto text = s_.Cut(row.items[0].begin, row.items[0].end);
    for (size_t i = 2; i + 3 < text.size(); ++i) {
      auto m = s_.words->list_joiners.Longest(text.substr(i));
      if (m && i >= 2 && text.substr(i - 2, 2) == text.substr(text.size() - 2)) return true;
    }
    return false;
  }

  // The last `n` names are of one kind and the one before them is not: the row begins there.
  bool TailOf(size_t q, const Enumeration& row, size_t n) {
    if (n < 2 || n >= row.items.size() || row.best != row.items.size()) return false;
    size_t skip = row.items.size() - n;
    NameKind tail = KindOfNames(s_, row.items, skip);
    if (tail == NameKind::kMixed || KindOfNames(s_, row.items, skip - 1) == tail) return false;
    Compare(q, row.items[skip].begin, n, n, n, row.open, Severity::kNote);
    return true;
  }

  bool PlaceNoun(size_t q) const {
    const auto& unit = s_.words->units[size_t(Q(q).unit)].name;
    auto after = s_.Cut(Q(q).end, std::min<uint32_t>(uint32_t(r_.text.size()), Q(q).end + 4));
    for (const auto& noun : s_.words->place_nouns) {
      if (unit == noun || StartsWith(after, noun)) return true;
    }
    return false;
  }

  // 等: at most the figure. Just one or two short of it is worth a look.
  void Compare(size_t q, uint32_t other, size_t least, size_t best, size_t most, bool open,
               Severity severity) {
    size_t n = size_t(Q(q).value);
    uint32_t begin = std::min(other, Q(q).begin), end = std::max(other, Q(q).end);
    if (end < r_.text.size() && r_.text[end] == U')') ++end;
    CheckPlace place = s_.Place(begin, end);
    if (n == best) {
      CheckRelation rel;
      rel.kind = CheckKind::kListCount;
      rel.place = place;
      rel.expression = fmt::format("列举{}项 = {}", best, FigureUnit(s_, q));
      rel.numbers = {s_.PlaceOf(q)};
      sink_.Confirm(std::move(rel));
      return;
    }
    if (open && n > best) {
      if ((n - best > 2 && n != best * 10) || best < 3) return;
      severity = Severity::kNote;
    } else if (n >= least && n <= most) {
      return;
    }
    CheckFinding f;
    f.kind = CheckKind::kListCount;
    f.severity = severity;
    f.place = place;
    f.stated = FigureUnit(s_, q);
    f.computed = std::to_string(best);
    f.expression = fmt::format("列举{}项 ≠ {}", best, f.stated);
    f.message = fmt::format("{}{}写明是{}，而列出的名称数下来有{}个，相差{}个，请核实数量或补全名单。",
                            Where(place), Quoted(place), f.stated, best, n > best ? n - best : best - n);
    f.related = {s_.PlaceOf(q)};
    sink_.Find(std::move(f));
  }

  const Subject& s_;
  const Reading& r_;
  CheckSink& sink_;
};

}  // namespace

void CheckLists(const Subject& subject, CheckSink& sink) {
  Lists(subject, sink).Run();
}

}  // namespace zg::check
