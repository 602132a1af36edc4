// Growth and decline: 从5235.9万吨增加至7578.5万吨，增幅44.7%;
// 平均69984毫克/升，平均升高8728毫克/升，提高14.2%; 增加25（由25扩大到50）.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

class Growth {
 public:
  Growth(const Subject& s, CheckSink& sink) : s_(s), sink_(sink) {}

  void Run() {
    for (size_t q = 0; q < s_.quantities.size(); ++q) {
      if (Q(q).range) continue;
      if (Q(q).percent()) Percentage(q);
      FromTo(q);
    }
  }

 private:
  const Quantity& Q(size_t q) const { return s_.quantities[q]; }
  uint32_t LabelBegin(size_t q) const { return std::max(s_.ClauseBegin(Q(q).begin), q ? Q(q - 1).end : 0u); }
  uint32_t Direction(size_t q) const {
    uint32_t bits = 0;
    for (size_t i = s_.CueFrom(LabelBegin(q)); i < s_.cues.size() && s_.cues[i].end <= Q(q).begin; ++i)
      bits |= s_.cues[i].bits;
    if (bits & kTo) return 0;
    return bits & (kUp | kDown | kYearOnYear);
  }

  // The two figures of “从 a 到 b” that end before `limit` in its sentence; the last such pair.
  bool Move(size_t limit, size_t& a, size_t& b) const {
    for (size_t q = limit; q-- > 1 && Q(q).sentence == Q(limit).sentence;) {
      if (!s_.SameUnit(q, q - 1) || Q(q - 1).sentence != Q(q).sentence || Q(q).range || Q(q - 1).range)
        continue;
      if (!s_.HasCue(Q(q - 1).end, Q(q).begin, kTo)) continue;
      a = q - 1;
      b = q;
      return true;
    }
    return false;
  }

  void Percentage(size_t p) {
    uint32_t direction = Direction(p);
    if (!(direction & (kUp | kDown)) || (direction & kYearOnYear)) return;
    size_t a = 0, b = 0;
    if (Move(p, a, b) && p - b == 1 && !Q(a).percent()) {
      Interval growth = Bounds(Q(a), Q(b));
      double exact = std::fabs(Q(b).value - Q(a).value) / Q(a).value * 100;
      Tell(p, {a, b, p}, growth.Meets(Q(p).Wide()), exact,
           fmt::format("({} - {}) / {}", Figure(s_, Q(b).value >= Q(a).value ? b : a),
                       Figure(s_, Q(b).value >= Q(a).value ? a : b), Figure(s_, a)));
      return;
    }
    if (p < 2) return;
    size_t change = p - 1, level = p - 2;  // 平均为L，平均升高D，提高P%
    bool same = Q(change).sentence == Q(p).sentence && Q(level).sentence == Q(p).sentence &&
                s_.SameUnit(change, level);
    uint32_t way = Direction(change);
    if (!same || Q(change).percent() || !(way & direction & (kUp | kDown)) || (way & kYearOnYear)) return;
    bool up = (direction & kUp) != 0;
    double before = up ? Q(level).value - Q(change).value : Q(level).value + Q(change).value;
    if (before <= 0) before = Q(level).value;  // fell or grew by more than there is
    bool holds = ChangeBounds(level, change, up).Meets(Q(p).Wide()) ||
                 (Q(change).Wide() / Q(level).Wide() * 100).Meets(Q(p).Wide());
    Tell(p, {level, change, p}, holds, Q(change).value / before * 100,
         fmt::format("{} / ({} {} {})", Figure(s_, change), Figure(s_, level), up ? "-" : "+",
                     Figure(s_, change)));
  }

  // |b - a| / a: monotone in both, so the corners give the bounds.
  static Interval Bounds(const Quantity& qa, const Quantity& qb) {
    Interval a = qa.Wide(), b = qb.Wide();
    if (a.low <= 0) return {0, HUGE_VAL};
    Interval r = qb.value >= qa.value ? Interval{b.low / a.high - 1, b.high / a.low - 1}
                                      : Interval{1 - b.high / a.low, 1 - b.low / a.high};
    return r * 100;
  }

  // d / (l ∓ d): grows with d, falls with l.
  Interval ChangeBounds(size_t level, size_t change, bool up) const {
    Interval l = Q(level).Wide(), d = Q(change).Wide();
    auto at = [&](double x, double y) { return up ? (y - x > 0 ? x / (y - x) : HUGE_VAL) : x / (y + x); };
    return Interval{at(d.low, l.high), at(d.high, l.low)} * 100;
  }

  // 增加25立方米/秒（由25立方米/秒扩大到50立方米/秒）, 由60%提高到75%，提高15个百分点.
  void FromTo(size_t to) {
    if (to == 0) return;
    size_t from = to - 1;
    if (!Comparable(from, to) || Q(from).sentence != Q(to).sentence || Q(from).range) return;
    if (!s_.HasCue(Q(from).end, Q(to).begin, kTo)) return;
    for (size_t d : {from - 1, to + 1}) {
      if (d >= s_.quantities.size() || Q(d).sentence != Q(to).sentence || Q(d).range) continue;
      bool unit = s_.SameUnit(d, to) || (Q(to).percent() && Points(d));
      uint32_t way = Direction(d) & (kUp | kDown);
      if (!unit || !way || (Q(d).percent() && Q(to).percent())) continue;
      if (d > to && Q(d).begin - Q(to).end > 20) continue;
      bool behind_paren = d < from && s_.reading.paren[Q(from).digits] != s_.reading.paren[Q(d).digits];
      if (d < from && !behind_paren) continue;
      bool grew = Q(to).value >= Q(from).value;
      Interval change = grew ? Q(to).Wide() - Q(from).Wide() : Q(from).Wide() - Q(to).Wide();
      size_t big = grew ? to : from, small = grew ? from : to;
      TellDifference(d, {d, from, to}, change.Meets(Q(d).Wide()), std::fabs(Q(to).value - Q(from).value), big,
                     small);
      return;
    }
  }

  bool Points(size_t q) const {
    return Q(q).unit >= 0 && s_.words->units[size_t(Q(q).unit)].name.find(U"百分点") != std::u32string::npos;
  }
  bool Comparable(size_t a, size_t b) const { return s_.SameUnit(a, b); }

  bool Loosened(const std::vector<size_t>& all) const {
    return std::any_of(all.begin(), all.end(), [&](size_t q) { return Q(q).loose != Loose::kNone; });
  }

  void Tell(size_t p, std::vector<size_t> all, bool holds, double exact, const std::string& how) {
    Severity severity = Severity::kError;
    if (holds) {
      CheckRelation r;
      r.kind = CheckKind::kRatio;
      r.place = s_.PlaceAround(all.front(), all.back());
      r.expression = fmt::format("{} = {}", how, Figure(s_, p));
      r.numbers = Places(s_, all);
      sink_.Confirm(std::move(r));
      if (std::fabs(exact - Q(p).value) <= Q(p).half * 1.001 || Loosened(all)) return;
      severity = Severity::kNote;  // by rounding only
    }
    CheckFinding f;
    f.kind = CheckKind::kRatio;
    f.severity = severity;
    f.place = s_.PlaceAround(all.front(), all.back());
    f.stated = Figure(s_, p);
    int decimals = Q(p).half < 0.02 ? 2 : 1;
    f.computed = fmt::format("{:.{}f}%", exact, decimals);
    f.expression = fmt::format("{} = {} ≠ {}", how, f.computed, f.stated);
    f.message = fmt::format("{}{}中变化幅度写为{}，而按{}计算应为{}，请核实哪个数据有误。", Where(f.place),
                            Quoted(f.place), f.stated, how, f.computed);
    f.related = Places(s_, all);
    sink_.Find(std::move(f));
  }

  void TellDifference(size_t d, std::vector<size_t> all, bool holds, double exact, size_t big, size_t small) {
    Severity severity = Severity::kError;
    std::string how = fmt::format("{} - {}", Figure(s_, big), Figure(s_, small));
    std::sort(all.begin(), all.end());
    if (holds) {
      CheckRelation r;
      r.kind = CheckKind::kDifference;
      r.place = s_.PlaceAround(all.front(), all.back());
      r.expression = fmt::format("{} = {}", how, Figure(s_, d));
      r.numbers = Places(s_, all);
      sink_.Confirm(std::move(r));
      if (std::fabs(exact - Q(d).value) <= 1e-9 * exact || Loosened(all)) return;
      severity = Severity::kNote;
    }
    CheckFinding f;
    f.kind = CheckKind::kDifference;
    f.severity = severity;
    f.place = s_.PlaceAround(all.front(), all.back());
    f.stated = FigureUnit(s_, d);
    f.computed = ValueLike(s_, d, exact);
    f.expression = fmt::format("{} = {} ≠ {}", how, f.computed, Figure(s_, d));
    f.message = fmt::format("{}{}中变化量写为{}，而按{}计算应为{}{}，请核实哪个数据有误。", Where(f.place),
                            Quoted(f.place), f.stated, how, f.computed, UnitText(s_, d));
    f.related = Places(s_, all);
    sink_.Find(std::move(f));
  }

  const Subject& s_;
  CheckSink& sink_;
};

}  // namespace

void CheckGrowth(const Subject& subject, CheckSink& sink) {
  Growth(subject, sink).Run();
}

}  // namespace zg::check
