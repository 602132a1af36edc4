// Shares and rates: 计划55.35亿元，已完成30.27亿元，完成率54.69%; two parts of one whole;
// 15个排放口，达标率33.3%; 全年21次，平均每季度5次.

#include <fmt/format.h>

#include <cmath>

#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

constexpr size_t kBack = 8;  // figures looked at in front of a percentage

class Ratios {
 public:
  Ratios(const Subject& s, CheckSink& sink) : s_(s), sink_(sink) {}

  void Run() {
    for (size_t p = 0; p < s_.quantities.size(); ++p) {
      const Quantity& q = s_.quantities[p];
      if (q.range) continue;
      if (q.percent()) Percentage(p);
      if (!q.percent() && q.sentence < s_.reading.sentences.size()) Average(p);
    }
    SharedWholes();
  }

 private:
  const Quantity& Q(size_t q) const { return s_.quantities[q]; }

  // Where the words that introduce a figure begin: its clause, or the figure before it.
  uint32_t LabelBegin(size_t q) const { return std::max(s_.ClauseBegin(Q(q).begin), q ? Q(q - 1).end : 0u); }
  bool Label(size_t q, uint32_t bits) const { return s_.HasCue(LabelBegin(q), Q(q).begin, bits); }

  // Where the part of the sentence up to the next ； begins.
  uint32_t SegmentBegin(uint32_t offset) const {
    uint32_t from = s_.reading.sentences[s_.reading.SentenceAt(offset)].begin;
    while (offset > from && s_.reading.text[offset - 1] != U';') --offset;
    return offset;
  }

  std::vector<size_t> Before(size_t p) const {
    uint32_t from = SegmentBegin(Q(p).begin);
    std::vector<size_t> out;
    for (size_t q = p; q-- > 0 && Q(q).digits >= from && out.size() < kBack;) {
      bool level = s_.reading.paren[Q(q).digits] == s_.reading.paren[Q(p).digits];
      if (!Q(q).percent() && !Q(q).range && level) out.insert(out.begin(), q);
    }
    return out;
  }

  Interval Share(size_t part, size_t whole) const { return Q(part).Wide() / Q(whole).Wide() * 100; }

  void Percentage(size_t p) {
    bool rate = Label(p, kRate | kCountRate);
    bool share = s_.HasCue(s_.ClauseBegin(Q(p).begin), Q(p).begin, kShare);
    if (!rate && !share) return;
    if (Label(p, kUp | kDown | kYearOnYear) && !share) return;
    std::vector<size_t> before = Before(p);
    size_t part = 0, whole = 0;
    bool found = Pair(p, before, rate, part, whole);
    if (found && Share(part, whole).Meets(Q(p).Wide()) && !NotQuiteAll(p, part, whole)) {
      Confirm(p, part, whole);
      if (!AsWritten(p, part, whole)) Wrong(p, part, whole, Severity::kNote);
    } else if (AnyPair(p, before, part, whole)) {
      Confirm(p, part, whole);
    } else if (found && Tied(p, part, whole)) {
      Wrong(p, part, whole, Severity::kError);
    } else if (!found && Label(p, kCountRate)) {
      Feasible(p, before);
    }
  }

  // 合格 of 合格率, 完成 of 完成率.
  std::u32string_view Stem(size_t p) const {
    auto label = s_.Cut(LabelBegin(p), Q(p).begin);
    size_t at = label.rfind(U'率');
    if (at == std::u32string_view::npos || at < 2) return {};
    return label.substr(at - 2, 2);
  }

  // Not in the words that already belong to the percentage `p`.
  bool Says(size_t q, std::u32string_view word, size_t p) const {
    auto behind = q + 1 == p && LabelBegin(p) == Q(q).end ? std::u32string_view() : s_.After(q);
    for (auto label : {s_.Before(q), behind}) {
      size_t at = label.find(word);
      if (at == std::u32string_view::npos) continue;
      if (at > 0 && (label[at - 1] == U'不' || label[at - 1] == U'未')) continue;
      return true;
    }
    return false;
  }

  // The part is what the words of the rate name, else the last figure; the whole the figure right before it.
  bool Pair(size_t p, const std::vector<size_t>& before, bool rate, size_t& part, size_t& whole) const {
    if (before.size() < 2) return false;
    size_t at = before.size() - 1;
    // …3812辆，占任务数6130辆的62.2%: the whole stands between 占 and the percentage.
    size_t last = before[at];
    if (s_.HasCue(s_.ClauseBegin(Q(last).begin), Q(last).begin, kShare) &&
        s_.ClauseBegin(Q(last).begin) == s_.ClauseBegin(Q(p).begin)) {
      for (size_t i = at; i-- > 0;) {
        if (!s_.SameUnit(before[i], last)) continue;
        part = before[i];
        whole = last;
        return Q(whole).value > 0;
      }
      return false;
    }
    std::u32string_view stem = rate ? Stem(p) : std::u32string_view();
    for (size_t i = before.size(); !stem.empty() && i-- > 1;) {
      if (Says(before[i], stem, p)) {
        at = i;
        break;
      }
    }
    for (size_t i = at; i-- > 0;) {
      if (!s_.SameUnit(before[i], before[at])) continue;
      part = before[at];
      whole = before[i];
      // Words that call one the plan and the other what was done stand, whatever the figures.
      bool said = s_.HasCue(s_.ClauseBegin(Q(whole).begin), Q(whole).begin, kBase | kPlan) &&
                  (Label(part, kActual) || (!stem.empty() && Says(part, stem, p)));
      return Q(whole).value > 0 && (Q(whole).value >= Q(part).value || said);
    }
    return false;
  }

  // Any other two figures of one unit that give a percentage written with decimals.
  bool AnyPair(size_t p, const std::vector<size_t>& before, size_t& part, size_t& whole) const {
    if (Q(p).half > 0.06) return false;
    for (size_t i = 0; i < before.size(); ++i) {
      for (size_t k = 0; k < before.size(); ++k) {
        if (i == k || !s_.SameUnit(before[i], before[k]) || Q(before[k]).value <= Q(before[i]).value)
          continue;
        if (!Share(before[i], before[k]).Meets(Q(p).Wide())) continue;
        part = before[i];
        whole = before[k];
        return true;
      }
    }
    return false;
  }

  // Do the words say that this is a part of that? 计划…已完成…, or 仅…占… right behind it.
  bool Tied(size_t p, size_t part, size_t whole) const {
    bool base = s_.HasCue(s_.ClauseBegin(Q(whole).begin), Q(whole).begin, kBase | kPlan);
    bool actual = Label(part, kActual) || (!Stem(p).empty() && Says(part, Stem(p), p));
    bool whole_actual = Label(whole, kActual) && !base;
    bool within = whole > part && s_.HasCue(s_.ClauseBegin(Q(whole).begin), Q(whole).begin, kShare);
    return within || (base && actual) || (actual && !whole_actual && Near(p, part, whole)) ||
           (base && Near(p, part, whole));
  }

  bool Near(size_t p, size_t part, size_t whole) const {
    return Q(whole).sentence == Q(p).sentence && part < p && whole < part && p - whole <= 3;
  }

  void Confirm(size_t p, size_t part, size_t whole) {
    CheckRelation r;
    r.kind = CheckKind::kRatio;
    std::vector<size_t> all = {std::min(part, whole), std::max(part, whole), p};
    r.place = s_.PlaceAround(all.front(), p);
    r.expression = fmt::format("{} / {} = {}", Figure(s_, part), Figure(s_, whole), Figure(s_, p));
    r.numbers = Places(s_, all);
    sink_.Confirm(std::move(r));
  }

  // Does the figure that the parts give, rounded as the percentage is, read the same? 82 of 2165 is 3.79%,
  // not 3.77%.
  bool AsWritten(size_t p, size_t part, size_t whole) const {
    if (Q(p).loose != Loose::kNone || Q(part).loose != Loose::kNone || Q(whole).loose != Loose::kNone)
      return true;
    return std::fabs(Q(part).value / Q(whole).value * 100 - Q(p).value) <= Q(p).half * 1.001;
  }

  // 100% says all; 300 of 301 are not.
  bool NotQuiteAll(size_t p, size_t part, size_t whole) const {
    bool exact = Q(part).half == 0 && Q(whole).half == 0 && Q(part).loose == Loose::kNone &&
                 Q(whole).loose == Loose::kNone;
    return Q(p).value == 100 && exact && Q(part).value != Q(whole).value;
  }

  void Wrong(size_t p, size_t part, size_t whole, Severity severity) {
    CheckFinding f;
    f.kind = CheckKind::kRatio;
    f.severity = severity;
    std::vector<size_t> all = {std::min(part, whole), std::max(part, whole), p};
    f.place = s_.PlaceAround(all.front(), p);
    double exact = Q(part).value / Q(whole).value * 100;
    f.stated = Figure(s_, p);
    f.computed = Number(exact, 2) + "%";
    f.expression =
        fmt::format("{} / {} = {} ≠ {}", Figure(s_, part), Figure(s_, whole), f.computed, f.stated);
    f.message = fmt::format("{}{}中比例写为{}，而按{}÷{}计算应为{}，相差{}个百分点，请核实。", Where(f.place),
                            Quoted(f.place), f.stated, FigureUnit(s_, part), FigureUnit(s_, whole),
                            f.computed, Number(std::fabs(exact - Q(p).value), 2));
    f.related = Places(s_, all);
    sink_.Find(std::move(f));
  }

  // 15个排放口，达标率33.3%: is there a whole number of them?
  void Feasible(size_t p, const std::vector<size_t>& before) {
    if (before.empty()) return;
    size_t n = before.back();
    const Quantity& q = Q(n);
    if (!q.count() || q.half > 0 || q.chinese || q.loose != Loose::kNone || Q(p).loose != Loose::kNone)
      return;
    double informative = 2 * Q(p).half / 100 * q.value;
    if (q.value < 2 || informative > 0.3 || Q(p).value >= 100) return;
    double k = std::round(Q(p).value / 100 * q.value);
    if (Interval{k / q.value * 100, k / q.value * 100}.Meets(Q(p).Rounded())) {
      CheckRelation r;
      r.kind = CheckKind::kRatio;
      r.place = s_.PlaceAround(n, p);
      r.expression = fmt::format("{} / {} = {}", Number(k), Figure(s_, n), Figure(s_, p));
      r.numbers = Places(s_, std::vector<size_t>{n, p});
      sink_.Confirm(std::move(r));
      return;
    }
    CheckFinding f;
    f.kind = CheckKind::kRatio;
    f.severity = Severity::kWarning;
    f.place = s_.PlaceAround(n, p);
    f.stated = Figure(s_, p);
    f.computed = Number(k / q.value * 100, 2) + "%";
    f.expression = fmt::format("{} / {} = {} ≠ {}", Number(k), Figure(s_, n), f.computed, f.stated);
    f.message = fmt::format("{}{}中{}的比例写为{}，但没有一个整数占{}的比例是{}，最接近的{}÷{}为{}，请核实。",
                            Where(f.place), Quoted(f.place), FigureUnit(s_, n), f.stated, FigureUnit(s_, n),
                            f.stated, Number(k), Figure(s_, n), f.computed);
    f.related = Places(s_, std::vector<size_t>{n, p});
    sink_.Find(std::move(f));
  }

  // 占全疆国土面积的26.00% and 占全疆国土面积的0.84%: two parts of one whole.
  void SharedWholes() {
    struct Known {
      std::u32string_view whole;
      size_t part, percent;
    };
    std::vector<Known> known;
    uint32_t section = 0;
    for (size_t p = 0; p < s_.quantities.size(); ++p) {
      if (Q(p).section != section) known.clear();
      section = Q(p).section;
      if (!Q(p).percent() || !Label(p, kShare)) continue;
      auto label = s_.Cut(LabelBegin(p), Q(p).begin);
      size_t from = label.find(U'占'), to = label.rfind(U'的');
      size_t part = LastAmount(p);
      if (from == std::u32string_view::npos || to == std::u32string_view::npos || to < from + 4 || part == p)
        continue;
      auto whole = label.substr(from + 1, to - from - 1);
      for (const Known& k : known) {
        if (k.whole == whole && k.part != part && s_.SameUnit(k.part, part))
          Compare(k.part, k.percent, part, p);
      }
      if (known.size() < 16) known.push_back({whole, part, p});
    }
  }

  size_t LastAmount(size_t p) const {
    for (size_t q = p; q-- > 0 && Q(q).sentence == Q(p).sentence;) {
      if (!Q(q).percent()) return Q(q).range || Q(q).count() ? p : q;
    }
    return p;
  }

  void Compare(size_t a, size_t pa, size_t b, size_t pb) {
    Interval whole_a = Q(a).Wide() / Q(pa).Wide(), whole_b = Q(b).Wide() / Q(pb).Wide();
    std::vector<size_t> all = {a, pa, b, pb};
    std::string expression =
        fmt::format("{} / {} = {} / {}", Figure(s_, a), Figure(s_, pa), Figure(s_, b), Figure(s_, pb));
    if (whole_a.Meets(whole_b)) {
      CheckRelation r;
      r.kind = CheckKind::kRatio;
      r.place = s_.PlaceAround(a, pb);
      r.expression = expression;
      r.numbers = Places(s_, all);
      sink_.Confirm(std::move(r));
      return;
    }
    CheckFinding f;
    f.kind = CheckKind::kRatio;
    f.severity = Severity::kWarning;
    f.place = s_.PlaceAround(a, pb);
    f.stated = Figure(s_, pb);
    f.computed = Number(Q(b).value / Q(a).value * Q(pa).value, 2) + "%";
    f.expression =
        fmt::format("{} / {} ≠ {} / {}", Figure(s_, a), Figure(s_, pa), Figure(s_, b), Figure(s_, pb));
    f.message = fmt::format(
        "{}{}中{}占{}、{}占{}，两处所指的总量是同一个，按前者推算后者应为{}，请核实哪个数据有误。",
        Where(f.place), Quoted(f.place), FigureUnit(s_, a), Figure(s_, pa), FigureUnit(s_, b), Figure(s_, pb),
        f.computed);
    f.related = Places(s_, all);
    sink_.Find(std::move(f));
  }

  // 全年累计21次，平均每季度5次.
  void Average(size_t q) {
    if (!Label(q, kAverage) || q == 0) return;
    auto label = s_.Cut(LabelBegin(q), Q(q).begin);
    double parts = label.find(U'季') != label.npos   ? 4
                   : label.find(U'月') != label.npos ? 12
                   : label.find(U'周') != label.npos ? 52
                                                     : 0;
    if (parts == 0 || label.find(U"平均每") == label.npos) return;
    size_t total = q - 1;
    if (Q(total).sentence != Q(q).sentence || !s_.SameUnit(total, q)) return;
    auto whole = s_.Cut(LabelBegin(total), Q(total).begin);
    if (whole.find(U'年') == whole.npos) return;
    Interval each = Interval{Q(total).Wide() * (1 / parts)};
    double half = std::max(Q(q).half, 0.5);
    std::vector<size_t> all = {total, q};
    if (each.Meets({Q(q).value - half, Q(q).value + half})) {
      CheckRelation r;
      r.kind = CheckKind::kRatio;
      r.place = s_.PlaceAround(total, q);
      r.expression = fmt::format("{} / {} ≈ {}", Figure(s_, total), Number(parts), Figure(s_, q));
      r.numbers = Places(s_, all);
      sink_.Confirm(std::move(r));
      return;
    }
    CheckFinding f;
    f.kind = CheckKind::kRatio;
    f.severity = Severity::kWarning;
    f.place = s_.PlaceAround(total, q);
    f.stated = FigureUnit(s_, q);
    f.computed = Number(Q(total).value / parts, 2);
    f.expression =
        fmt::format("{} / {} = {} ≠ {}", Figure(s_, total), Number(parts), f.computed, Figure(s_, q));
    f.message = fmt::format("{}{}中平均数写为{}，而按{}÷{}计算约为{}，请核实。", Where(f.place),
                            Quoted(f.place), f.stated, FigureUnit(s_, total), Number(parts), f.computed);
    f.related = Places(s_, all);
    sink_.Find(std::move(f));
  }

  const Subject& s_;
  CheckSink& sink_;
};

}  // namespace

void CheckRatios(const Subject& subject, CheckSink& sink) {
  Ratios(subject, sink).Run();
}

}  // namespace zg::check
