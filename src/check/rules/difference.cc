// Differences: what should be, what is and what is left (上报67.2万亩，实际32.7万亩 … 未完成的34.5万亩); days
// between two dates (1月28日至2月5日…连续9天); years behind a term
// (自2003年起2年内…分别于2009年、2018年…滞后4年和13年); a rest whose whole stands elsewhere.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"
#include "check/sums.h"

namespace zg::check {
namespace {

class Differences {
 public:
  Differences(const Subject& s, CheckSink& sink) : s_(s), sink_(sink) {}

  void Run() {
    for (size_t q = 0; q < s_.quantities.size(); ++q) {
      if (Q(q).range) continue;
      Shortfall(q);
      RestElsewhere(q);
      Days(q);
      Behind(q);
    }
  }

 private:
  const Quantity& Q(size_t q) const { return s_.quantities[q]; }
  int Entry(size_t q) const { return s_.reading.sections[Q(q).section].entry; }
  uint32_t LabelBegin(size_t q) const { return std::max(s_.ClauseBegin(Q(q).begin), q ? Q(q - 1).end : 0u); }
  bool Label(size_t q, uint32_t bits) const { return s_.HasCue(LabelBegin(q), Q(q).begin, bits); }

  // 应完成294万亩，实际仅完成180万亩: then every figure of the task that is called left or undone is the
  // difference.
  void Shortfall(size_t should) {
    size_t is = should + 1;
    if (is >= s_.quantities.size() || Q(is).sentence != Q(should).sentence || !s_.SameUnit(should, is) ||
        Q(should).percent())
      return;
    bool told = Label(should, kPlan) && Label(is, kActual) && Contrast(is);
    if (!told || Entry(should) < 0) return;
    for (size_t left = is + 1; left < s_.quantities.size() && Entry(left) == Entry(should); ++left) {
      if (!s_.SameUnit(left, should) || Q(left).range || !Left(left)) continue;
      Interval gap = Q(should).Wide() - Q(is).Wide();
      bool holds = gap.Meets(Q(left).Wide());
      if (!holds && !OneSlipAway(should, is, left) &&
          std::fabs(Q(left).value - (Q(should).value - Q(is).value)) > 0.3 * Q(left).value)
        continue;
      Tell({should, is, left}, fmt::format("{} - {}", Figure(s_, should), Figure(s_, is)), left,
           Q(should).value - Q(is).value, holds, Severity::kError);
    }
  }

  // 实际 or 仅, not just 已完成: the words say that it fell short.
  bool Contrast(size_t q) const {
    auto label = s_.Cut(LabelBegin(q), Q(q).begin);
    return label.find(U"实际") != label.npos || label.find(U'仅') != label.npos ||
           label.find(U'只') != label.npos;
  }

  bool Left(size_t q) const {
    if (Label(q, kLeft)) return true;
    auto after = s_.After(q);
    for (size_t i = 0; i < after.size() && i < 4; ++i) {
      auto m = s_.words->cues.Longest(after.substr(i));
      if (m && (uint32_t(m.value) & kLeft) && m.length >= 2) return true;
    }
    return false;
  }

  bool OneSlipAway(size_t should, size_t is, size_t left) const { return SlipAway(s_, should, {is, left}); }

  // …已清退养殖权52个…剩余12个养殖权: elsewhere 64个养殖权…清退养殖权52个.
  void RestElsewhere(size_t rest) {
    if (!Label(rest, kRest) || !Q(rest).count()) return;
    auto noun = s_.After(rest).substr(0, 3);
    if (noun.size() < 2) return;
    size_t done = rest;
    for (size_t q = rest; q-- > 0 && Q(q).section == Q(rest).section;) {
      if (s_.SameUnit(q, rest) && Says(q, noun)) {
        done = q;
        break;
      }
    }
    if (done == rest || Q(done).value < 10) return;
    for (size_t q = 1; q < s_.quantities.size(); ++q) {
      if (Q(q).section == Q(rest).section || !s_.SameUnit(q, rest) || !s_.SameUnit(q - 1, rest)) continue;
      double whole = Q(q - 1).value;
      bool restated = Q(q).value == Q(done).value || whole - Q(q).value == Q(rest).value ||
                      whole - Q(done).value == Q(rest).value;
      if (!restated) continue;
      bool ordered =
          whole > Q(q).value || Q(q).value == Q(done).value || whole - Q(done).value == Q(rest).value;
      bool pair = Q(q - 1).sentence == Q(q).sentence && Says(q - 1, noun) && Says(q, noun) && ordered;
      if (!pair || Q(q).begin - Q(q - 1).end > 24) continue;
      double gap = Q(q - 1).value - Q(done).value;
      Tell({q - 1, q, done, rest}, fmt::format("{} - {}", Figure(s_, q - 1), Figure(s_, done)), rest, gap,
           gap == Q(rest).value && Q(q).value == Q(done).value, Severity::kWarning);
      return;
    }
  }

  bool Says(size_t q, std::u32string_view noun) const {
    return s_.Before(q).find(noun) != std::u32string_view::npos ||
           s_.After(q).find(noun) != std::u32string_view::npos;
  }

  bool IsUnit(size_t q, std::u32string_view name) const {
    return Q(q).unit >= 0 && !Q(q).count() && s_.words->units[size_t(Q(q).unit)].name == name;
  }

  // 1月28日至2月5日，…连续9天.
  void Days(size_t q) {
    if (!IsUnit(q, U"天") || Q(q).loose != Loose::kNone) return;
    auto label = s_.Cut(LabelBegin(q), Q(q).begin);
    bool cue = false;
    for (size_t i = 0; i < label.size(); ++i) cue = cue || s_.words->span_days.Has(label.substr(i));
    if (!cue) return;
    size_t last = s_.DateFrom(Q(q).begin);
    if (last < 2) return;
    const DateMark& b = s_.dates[last - 1];
    const DateMark& a = s_.dates[last - 2];
    uint32_t sentence = s_.reading.sentences[Q(q).sentence].begin;
    bool joined = a.begin >= sentence && b.begin == a.end + 1 && a.day && b.day && a.first && b.first;
    if (!joined || *b.first < *a.first) return;
    int64_t days = b.first->days() - a.first->days() + 1;
    bool holds = int64_t(Q(q).value) == days;
    if (days > 400) return;
    CheckPlace place = s_.Place(a.begin, Q(q).end);
    std::string how = fmt::format("{}至{}", a.first->Iso(), b.first->Iso());
    if (holds) {
      CheckRelation r{CheckKind::kDifference, place, fmt::format("{} = {}天", how, Figure(s_, q)), {}};
      r.numbers = {s_.Place(a.begin, a.end), s_.Place(b.begin, b.end), s_.PlaceOf(q)};
      sink_.Confirm(std::move(r));
      return;
    }
    CheckFinding f;
    f.kind = CheckKind::kDifference;
    f.severity = Q(q).value > double(days) ? Severity::kError : Severity::kWarning;
    f.place = place;
    f.stated = FigureUnit(s_, q);
    f.computed = fmt::format("{}天", days);
    f.expression = fmt::format("{} = {} ≠ {}", how, f.computed, f.stated);
    f.message = fmt::format("{}{}写为{}，而从{}到{}共{}天，请核实。", Where(place), Quoted(place), f.stated,
                            a.first->Chinese(), b.first->Chinese(), days);
    f.related = {s_.Place(a.begin, b.end), s_.PlaceOf(q)};
    sink_.Find(std::move(f));
  }

  // 自2003年6月16日起，在2年内…分别于2009年、2018年…滞后4年和13年.
  void Behind(size_t q) {
    if (!IsUnit(q, U"年") ||
        !s_.words->late.Longest(s_.Cut(Q(q).begin >= 2 ? Q(q).begin - 2 : 0, Q(q).begin)))
      return;
    std::vector<size_t> late = {q};
    while (late.back() + 1 < s_.quantities.size() && IsUnit(late.back() + 1, U"年") &&
           Q(late.back() + 1).begin == Q(late.back()).end + 1) {
      late.push_back(late.back() + 1);
    }
    const Sentence& sentence = s_.reading.sentences[Q(q).sentence];
    size_t term = q;
    for (size_t t = s_.QuantityFrom(sentence.begin); t < q; ++t) {
      if (IsUnit(t, U"年") && s_.Cut(Q(t).end, Q(t).end + 1) == U"内") term = t;
    }
    size_t dates_end = s_.DateFrom(Q(q).begin);
    if (term == q || dates_end < late.size() + 1) return;
    size_t start = s_.DateFrom(Q(term).begin);
    if (start == 0 || !s_.dates[start - 1].year || s_.dates[start - 1].begin < sentence.begin) return;
    int due = s_.dates[start - 1].year + int(Q(term).value);
    for (size_t i = 0; i < late.size(); ++i) {
      const DateMark& d = s_.dates[dates_end - late.size() + i];
      if (!d.year || d.begin < Q(term).end) return;
      int gap = d.year - due;
      bool holds = gap == int(Q(late[i]).value);
      std::string how = fmt::format("{} - ({} + {})", d.year, s_.dates[start - 1].year, Figure(s_, term));
      CheckPlace place = s_.Place(s_.dates[start - 1].begin, Q(late.back()).end);
      uint32_t from = s_.dates[start - 1].begin;
      std::vector<CheckPlace> numbers = {s_.Place(from, from + 5), s_.PlaceOf(term),
                                         s_.Place(d.begin, d.begin + 5), s_.PlaceOf(late[i])};
      if (holds) {
        sink_.Confirm(
            {CheckKind::kDifference, place, fmt::format("{} = {}", how, Figure(s_, late[i])), numbers});
        continue;
      }
      CheckFinding f;
      f.kind = CheckKind::kDifference;
      f.severity = Severity::kWarning;
      f.place = place;
      f.stated = FigureUnit(s_, late[i]);
      f.computed = fmt::format("{}年", gap);
      f.expression = fmt::format("{} = {} ≠ {}", how, gap, Figure(s_, late[i]));
      f.message = fmt::format("{}{}写为滞后{}，而按{}计算为{}，请核实。", Where(place), Quoted(place),
                              f.stated, how, f.computed);
      f.related = numbers;
      sink_.Find(std::move(f));
    }
  }

  void Tell(std::vector<size_t> all, const std::string& how, size_t stated, double exact, bool holds,
            Severity severity) {
    std::vector<CheckPlace> numbers = Places(s_, all);
    std::sort(all.begin(), all.end());
    CheckPlace place = s_.PlaceAround(stated, stated);
    if (all.back() - all.front() < 6) place = s_.PlaceAround(all.front(), all.back());
    if (holds) {
      sink_.Confirm(
          {CheckKind::kDifference, place, fmt::format("{} = {}", how, Figure(s_, stated)), numbers});
      bool loose = std::any_of(all.begin(), all.end(), [&](size_t q) { return Q(q).loose != Loose::kNone; });
      if (loose || std::fabs(exact - Q(stated).value) <= 1e-9 * std::fabs(exact)) return;
      severity = Severity::kNote;  // by rounding only
    }
    CheckFinding f;
    f.kind = CheckKind::kDifference;
    f.severity = severity;
    f.place = place;
    f.stated = FigureUnit(s_, stated);
    f.computed = ValueLike(s_, stated, exact);
    f.expression = fmt::format("{} = {} ≠ {}", how, f.computed, Figure(s_, stated));
    f.message =
        fmt::format("{}{}写为{}，而按{}计算应为{}，相差{}，请核实哪个数据有误。", Where(place), Quoted(place),
                    f.stated, how, f.computed, ValueLike(s_, stated, std::fabs(exact - Q(stated).value)));
    f.related = numbers;
    sink_.Find(std::move(f));
  }

  const Subject& s_;
  CheckSink& sink_;
};

}  // namespace

void CheckDifferences(const Subject& subject, CheckSink& sink) {
  Differences(subject, sink).Run();
}

}  // namespace zg::check
