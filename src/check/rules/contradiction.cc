// One thing given two values: totals that a text may state once only, the same words around two figures, two
// figures of one thing that differ in a single digit, and totals that shrink from one period to the next.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

struct Figured {
  const Subject* s;
  size_t q;
};

void Tell(const Figured& a, const Figured& b, Severity severity, const std::string& what, CheckSink& sink) {
  CheckFinding f;
  f.kind = CheckKind::kContradiction;
  f.severity = severity;
  f.place = b.s->PlaceAround(b.q, b.q);
  CheckPlace other = a.s->PlaceAround(a.q, a.q);
  f.stated = FigureUnit(*b.s, b.q);
  f.computed = FigureUnit(*a.s, a.q);
  f.expression = fmt::format("{} ≠ {}", f.stated, f.computed);
  std::string file = a.s == b.s ? "" : "《" + a.s->input->file + "》";
  f.message =
      fmt::format("{}{}为{}，而{}{}{}为{}，{}，请核实以哪个为准。", Where(f.place), Quoted(f.place, 50),
                  f.stated, file, Where(other), Quoted(other, 50), f.computed, what);
  f.related = {other, a.s->PlaceOf(a.q), b.s->PlaceOf(b.q)};
  sink.Find(std::move(f));
}

void Agree(const Figured& a, const Figured& b, CheckSink& sink) {
  CheckRelation r;
  r.kind = CheckKind::kContradiction;
  r.place = b.s->PlaceAround(b.q, b.q);
  r.expression = fmt::format("{} = {}", FigureUnit(*a.s, a.q), FigureUnit(*b.s, b.q));
  r.numbers = {a.s->PlaceOf(a.q), b.s->PlaceOf(b.q)};
  sink.Confirm(std::move(r));
}

bool AnyWord(std::u32string_view text, const std::vector<std::u32string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const auto& w) { return text.find(w) != text.npos; });
}

bool Speaks(const Subject& s, size_t q, const SubjectLine& line) {
  auto clause = s.Cut(s.ClauseBegin(s.quantities[q].begin), s.ClauseEnd(s.quantities[q].end));
  return std::all_of(line.begin(), line.end(), [&](const auto& group) { return AnyWord(clause, group); });
}

// 督察期间交办的92件信访件, 本次督察受理的107件.
void Subjects(const Subject& s, CheckSink& sink) {
  for (const SubjectLine& line : s.words->subjects) {
    int first = -1;
    for (size_t q = 0; q < s.quantities.size(); ++q) {
      const Quantity& x = s.quantities[q];
      if (!x.count() || x.chinese || x.range || !Speaks(s, q, line)) continue;
      if (first < 0) {
        first = int(q);
        continue;
      }
      const Quantity& y = s.quantities[size_t(first)];
      if (!s.SameUnit(size_t(first), q)) continue;
      if (x.Wide().Meets(y.Wide())) continue;
      Tell({&s, size_t(first)}, {&s, q}, Severity::kError, "两处说的是同一件事而数字不同", sink);
      break;
    }
  }
}

// Words around a figure as the source has them, without what may differ.
struct Context {
  std::u32string_view left, right;
};

constexpr uint32_t kSide = 12;

bool Edge(char32_t c) {
  return IsDigit(c) || c == U'。' || c == U';' || c == U'!';
}

Context Around(const Subject& s, size_t q) {
  const Quantity& x = s.quantities[q];
  const Section& section = s.reading.sections[x.section];
  uint32_t begin = x.begin, end = x.end;
  while (begin > section.begin && x.begin - begin < kSide && !Edge(s.reading.text[begin - 1])) --begin;
  while (end < section.end && end - x.end < kSide && !Edge(s.reading.text[end])) ++end;
  return {s.Cut(begin, x.begin), s.Cut(x.end, end)};
}

size_t Han(std::u32string_view t) {
  return size_t(std::count_if(t.begin(), t.end(), IsHan));
}

// What two contexts have in common next to the figure.
size_t Common(const Context& a, const Context& b) {
  size_t left = 0, right = 0;
  while (left < a.left.size() && left < b.left.size() &&
         a.left[a.left.size() - 1 - left] == b.left[b.left.size() - 1 - left])
    ++left;
  while (right < a.right.size() && right < b.right.size() && a.right[right] == b.right[right]) ++right;
  return Han(a.left.substr(a.left.size() - left)) + Han(a.right.substr(0, right));
}

// One digit differs, or two neighbours changed places.
bool OneDigit(double a, double b) {
  std::string x = fmt::format("{:.0f}", a), y = fmt::format("{:.0f}", b);
  if (x.size() != y.size() || x.size() < 3) return false;
  std::vector<size_t> differ;
  for (size_t i = 0; i < x.size(); ++i) {
    if (x[i] != y[i]) differ.push_back(i);
  }
  bool swapped = differ.size() == 2 && differ[0] + 1 == differ[1] && x[differ[0]] == y[differ[1]] &&
                 x[differ[1]] == y[differ[0]];
  return differ.size() == 1 || swapped;
}

class SameWords {
 public:
  SameWords(const CheckScope& scope, CheckSink& sink) : scope_(scope), sink_(sink) {}

  void Run() {
    for (const Subject& s : scope_.subjects()) {
      for (size_t q = 0; q < s.quantities.size(); ++q) Add(s, q);
    }
  }

 private:
  static constexpr size_t kEnough = 12;  // characters in common that make two figures one thing
  static constexpr size_t kLinked = 7;   // between a task and the one it was taken over from
  static constexpr size_t kMany = 8;     // figures kept under one key

  // Figures that say something: not 2 or 10.
  static bool Telling(const Quantity& x) {
    double unit = x.half > 0 ? 2 * x.half : x.per;
    return !x.range && !x.chinese && x.value / unit >= 20;
  }

  void Add(const Subject& s, size_t q) {
    const Quantity& x = s.quantities[q];
    if (!Telling(x)) return;
    Context c = Around(s, q);
    if (c.left.size() < 3) return;
    std::u32string key(c.left.substr(c.left.size() - 3));
    key += char32_t(x.dimension + 10);
    key += c.right.substr(0, 2);
    auto& known = known_[key];
    const Figured* nearest = nullptr;
    size_t most = 0;
    for (const auto& [other, context] : known) {
      size_t common = Comparable(other, {&s, q}) ? Common(context, c) : 0;
      bool tied = Linked(other, {&s, q}) || Again(other, {&s, q});
      if (common < (tied ? kLinked : kEnough) || common <= most) continue;
      most = common;
      nearest = &other;
    }
    if (nearest) Look(*nearest, {&s, q});
    if (known.size() < kMany) known.push_back({{&s, q}, c});
  }

  // Two documents speak of one thing in the inspectors' wording, in tasks that are tied to each other, and
  // where one unit reports twice. Within one document anything may be compared.
  bool Comparable(const Figured& a, const Figured& b) const {
    if (!scope_.Wanted(a.s->index, b.s->index)) return false;
    if (a.s == b.s || Linked(a, b)) return true;
    bool problems =
        EntryOf(a) >= 0 && EntryOf(b) >= 0 && PartOf(a) == Part::kProblem && PartOf(b) == Part::kProblem;
    return problems || Again(a, b);
  }

  // One unit's reports of two periods.
  static bool Again(const Figured& a, const Figured& b) {
    return a.s != b.s && !a.s->unit.empty() && a.s->unit == b.s->unit &&
           a.s->input->period != b.s->input->period;
  }

  // 累计完成改造1534户, and 1434户 a month later.
  void LookAtPeriods(const Figured& a, const Figured& b) {
    bool a_first = a.s->input->period < b.s->input->period;
    const Figured &before = a_first ? a : b, &after = a_first ? b : a;
    const Quantity& x = before.s->quantities[before.q];
    const Quantity& y = after.s->quantities[after.q];
    auto total = [](const Figured& f) {
      uint32_t begin = f.s->quantities[f.q].begin;
      return f.s->HasCue(f.s->ClauseBegin(begin), begin, kTotal);
    };
    if (!total(before) || !total(after) || y.Wide().high >= x.Wide().low) return;
    Tell(before, after, Severity::kWarning, "累计数比上期减少", sink_);
  }

  // One cites the number of the other, or both the same number of an upper list.
  static bool Linked(const Figured& a, const Figured& b) {
    if (a.s == b.s || EntryOf(a) < 0 || EntryOf(b) < 0) return false;
    const Entry& x = a.s->entry(EntryOf(a));
    const Entry& y = b.s->entry(EntryOf(b));
    if (x.upstream_ordinal && y.upstream_ordinal)
      return *x.upstream_ordinal == *y.upstream_ordinal && x.path == y.path;
    return false;
  }

  static int EntryOf(const Figured& f) { return f.s->reading.sections[f.s->quantities[f.q].section].entry; }

  static Part PartOf(const Figured& f) { return f.s->reading.sections[f.s->quantities[f.q].section].part; }

  void Look(const Figured& a, const Figured& b) {
    const Quantity& x = a.s->quantities[a.q];
    const Quantity& y = b.s->quantities[b.q];
    if (Again(a, b)) return LookAtPeriods(a, b);
    // The same words with the same precision ought to have the same figure.
    bool same = x.loose == y.loose && x.half == y.half ? x.value == y.value : x.Wide().Meets(y.Wide());
    if (same) {
      if (x.value == y.value) Agree(a, b, sink_);
      return;
    }
    // Within one task the items speak of one thing after the other with the same words; problem and goal do
    // not.
    if (a.s == b.s && EntryOf(a) == EntryOf(b) && (EntryOf(a) < 0 || PartOf(a) == PartOf(b))) return;
    bool dated = Dated(a) != Dated(b);  // two years, two states
    if (dated && !OneDigit(x.value / x.per, y.value / y.per)) return;
    Tell(a, b, dated ? Severity::kNote : Severity::kWarning, "前后文字相同而数字不同", sink_);
  }

  // The dates of the sentence up to the figure: two figures of different days are no contradiction.
  static std::u32string Dated(const Figured& f) {
    const Quantity& x = f.s->quantities[f.q];
    std::u32string out;
    for (size_t d = f.s->DateFrom(f.s->reading.sentences[x.sentence].begin);
         d < f.s->dates.size() && f.s->dates[d].begin < x.begin; ++d) {
      out += f.s->Cut(f.s->dates[d].begin, f.s->dates[d].end);
    }
    return out;
  }

  const CheckScope& scope_;
  CheckSink& sink_;
  std::map<std::u32string, std::vector<std::pair<Figured, Context>>> known_;
};

// 封堵排污口351处 … 封堵排污口357处 within one task.
class Twins {
 public:
  Twins(const Subject& s, CheckSink& sink) : s_(s), sink_(sink) {}

  void Run() {
    size_t begin = 0;
    for (size_t q = 0; q <= s_.quantities.size(); ++q) {
      if (q < s_.quantities.size() && Entry(q) == Entry(begin)) continue;
      if (q > begin && Entry(begin) >= 0) Task(begin, q);
      begin = q;
    }
  }

 private:
  const Quantity& Q(size_t q) const { return s_.quantities[q]; }
  int Entry(size_t q) const { return s_.reading.sections[Q(q).section].entry; }

  void Task(size_t begin, size_t end) {
    end = std::min(end, begin + 120);
    for (size_t a = begin; a < end; ++a) {
      if (!Fit(a)) continue;
      for (size_t b = a + 1; b < end; ++b) {
        if (!Fit(b) || !s_.SameUnit(a, b) || !OneDigit(Q(a).value / Unit(a), Q(b).value / Unit(b))) continue;
        if (Unit(a) != Unit(b) || Q(a).sentence == Q(b).sentence || !SameThing(a, b) ||
            Explained(a, b, begin, end))
          continue;
        Tell({&s_, a}, {&s_, b}, Severity::kWarning, "两处说法相近而数字只差一位", sink_);
        return;
      }
    }
  }

  bool Fit(size_t q) const {
    return !Q(q).range && !Q(q).chinese && !Q(q).percent() && Q(q).loose == Loose::kNone;
  }
  double Unit(size_t q) const { return Q(q).half > 0 ? 2 * Q(q).half : Q(q).per; }

  // Four characters in a row in common.
  bool SameThing(size_t a, size_t b) const {
    for (auto x : {s_.Before(a), s_.After(a)}) {
      for (auto y : {s_.Before(b), s_.After(b)}) {
        for (size_t i = 0; i + 4 <= x.size(); ++i) {
          if (y.find(x.substr(i, 4)) != y.npos) return true;
        }
      }
    }
    return s_.SameNoun(a, b) && (s_.Before(a).size() > 2 && s_.Before(b).size() > 2) &&
           s_.Before(a).substr(s_.Before(a).size() - 3) == s_.Before(b).substr(s_.Before(b).size() - 3);
  }

  // 493眼 and 491眼, where 2眼 were kept.
  bool Explained(size_t a, size_t b, size_t begin, size_t end) const {
    double gap = std::fabs(Q(a).value - Q(b).value);
    for (size_t q = begin; q < end; ++q) {
      if (s_.SameUnit(q, a) && std::fabs(Q(q).value - gap) < 1e-6 * std::max(1.0, gap)) return true;
    }
    return false;
  }

  const Subject& s_;
  CheckSink& sink_;
};

}  // namespace

void CheckContradictions(const CheckScope& scope, CheckSink& sink) {
  SameWords(scope, sink).Run();
}

void CheckOwnContradictions(const Subject& subject, CheckSink& sink) {
  Subjects(subject, sink);
  Twins(subject, sink).Run();
}

}  // namespace zg::check
