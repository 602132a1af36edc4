#include "check/sums.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "check/phrase.h"

namespace zg::check {
namespace {

// With one looseness throughout (28%以上 of 15%以上 and 13%以上) the figures are compared as they stand.
bool SameLooseness(const Subject& s, size_t total, const std::vector<size_t>& parts) {
  return std::all_of(parts.begin(), parts.end(),
                     [&](size_t q) { return s.quantities[q].loose == s.quantities[total].loose; });
}

Interval Stands(const Subject& s, size_t q, bool rounded) {
  return rounded ? s.quantities[q].Rounded() : s.quantities[q].Wide();
}

// The measure in which every figure is a whole number.
double Finest(const Subject& s, size_t total, const std::vector<size_t>& parts) {
  auto unit = [&](size_t q) {
    const Quantity& x = s.quantities[q];
    return x.half > 0 ? 2 * x.half : x.per;
  };
  double out = unit(total);
  for (size_t q : parts) out = std::min(out, unit(q));
  return out;
}

std::string Mantissa(double value, double unit) {
  double m = std::round(value / unit);
  return m > 0 && m < 1e15 ? fmt::format("{:.0f}", m) : std::string();
}

bool OneSlip(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return false;
  if (a + "0" == b || b + "0" == a) return true;
  if (a.size() != b.size()) {
    // 99 → 100: one more or less.
    return std::fabs(std::stod(a) - std::stod(b)) <= 1;
  }
  std::vector<size_t> differ;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) differ.push_back(i);
  }
  if (differ.size() <= 1) return true;
  bool swapped = differ.size() == 2 && differ[0] + 1 == differ[1] && a[differ[0]] == b[differ[1]] &&
                 a[differ[1]] == b[differ[0]];
  return swapped || std::fabs(std::stod(a) - std::stod(b)) <= 1;
}

double SumOf(const Subject& s, const std::vector<size_t>& parts) {
  double sum = 0;
  for (size_t q : parts) sum += s.quantities[q].value;
  return sum;
}

}  // namespace

bool AddsUpAsWritten(const Subject& s, size_t total, const std::vector<size_t>& parts) {
  double sum = SumOf(s, parts), value = s.quantities[total].value;
  return std::fabs(sum - value) <= 1e-9 * std::max(sum, value);
}

SumVerdict CompareSum(const Subject& s, size_t total, const std::vector<size_t>& parts) {
  bool rounded = SameLooseness(s, total, parts);
  Interval sum;
  for (size_t q : parts) sum = sum + Stands(s, q, rounded);
  Interval whole = Stands(s, total, rounded);
  if (sum.Meets(whole)) return SumVerdict::kHolds;
  return sum.high < whole.low ? SumVerdict::kLess : SumVerdict::kMore;
}

// How many units of the last digit rounding may add to a slip.
static double Reach(const Subject& s, size_t total, const std::vector<size_t>& parts, double unit) {
  double width = s.quantities[total].half;
  for (size_t q : parts) width += s.quantities[q].half;
  return std::min(3.0, std::floor(width / unit));
}

bool SlipAway(const Subject& s, size_t total, const std::vector<size_t>& parts, bool exact) {
  double unit = Finest(s, total, parts);
  double sum = SumOf(s, parts);
  double value = s.quantities[total].value;
  double reach = exact ? 0 : Reach(s, total, parts, unit);
  for (double d = -reach; d <= reach; ++d) {
    if (OneSlip(Mantissa(value, unit), Mantissa(sum + d * unit, unit))) return true;
    for (size_t q : parts) {
      double own = s.quantities[q].value;
      double needed = value - (sum - own) + d * unit;
      if (needed > 0 && OneSlip(Mantissa(own, unit), Mantissa(needed, unit))) return true;
    }
  }
  return false;
}

double SlipChance(const Subject& s, size_t total, const std::vector<size_t>& parts, bool exact) {
  double unit = Finest(s, total, parts);
  std::string whole = Mantissa(s.quantities[total].value, unit);
  size_t digits = whole.size();
  for (size_t q : parts) digits += Mantissa(s.quantities[q].value, unit).size();
  if (whole.empty()) return 1;
  return 9.0 * double(digits) * (exact ? 1 : 2 * Reach(s, total, parts, unit) + 1) / std::stod(whole);
}

bool OneSlipApart(const Subject& s, size_t a, size_t b) {
  double unit = Finest(s, a, {b});
  return OneSlip(Mantissa(s.quantities[a].value, unit), Mantissa(s.quantities[b].value, unit));
}

std::vector<size_t> DrawTogether(const Subject& s, std::vector<size_t> parts) {
  for (size_t i = parts.size(); i-- > 0;) {
    for (size_t n = 2; n <= 6 && i + n < parts.size(); ++n) {
      std::vector<size_t> own(parts.begin() + long(i) + 1, parts.begin() + long(i + n) + 1);
      if (CompareSum(s, parts[i], own) != SumVerdict::kHolds) continue;
      parts.erase(parts.begin() + long(i) + 1, parts.begin() + long(i + n) + 1);
      break;
    }
  }
  return parts;
}

bool SumBook::Hold(const SumClaim& claim, bool& whole_said) {
  const std::vector<size_t>* rounded = nullptr;
  for (const auto& parts : claim.readings) {
    if (parts.empty() || CompareSum(s_, claim.total, parts) != SumVerdict::kHolds) continue;
    if (parts.size() < 2) {
      whole_said = true;  // one part that is the whole says nothing
      continue;
    }
    if (AddsUpAsWritten(s_, claim.total, parts) || Widened(claim.total, parts)) {
      Confirm(claim.kind, claim.total, parts);
      return true;
    }
    if (!rounded && !claim.silent) rounded = &parts;
  }
  for (const auto& parts : claim.also) {
    if (!AddsUpAsWritten(s_, claim.total, parts)) continue;
    Confirm(claim.kind, claim.total, parts);
    return true;
  }
  if (!rounded) return false;
  Confirm(claim.kind, claim.total, *rounded);
  Suspect(claim, *rounded, Severity::kNote, true);
  return true;
}

// 约, 余, 近 on any of the figures: nothing can be said about their last digit.
bool SumBook::Widened(size_t total, const std::vector<size_t>& parts) const {
  if (SameLooseness(s_, total, parts)) return false;
  return s_.quantities[total].loose != Loose::kNone || std::any_of(parts.begin(), parts.end(), [&](size_t q) {
           return s_.quantities[q].loose != Loose::kNone;
         });
}

// The reading that is most likely meant: one that a slip would make right, else the one that comes nearest.
const std::vector<size_t>* SumBook::Nearest(const SumClaim& claim) const {
  const std::vector<size_t>* best = nullptr;
  double best_gap = 0;
  bool best_slip = false;
  for (const auto& parts : claim.readings) {
    if (parts.empty()) continue;
    SumVerdict v = CompareSum(s_, claim.total, parts);
    if (parts.size() == 1 && v != SumVerdict::kMore) continue;
    double gap = std::fabs(SumOf(s_, parts) - s_.quantities[claim.total].value);
    bool slip = parts.size() > 1 && SlipAway(s_, claim.total, parts);
    if (!best || (slip && !best_slip) || (slip == best_slip && gap < best_gap)) {
      best = &parts;
      best_gap = gap;
      best_slip = slip;
    }
  }
  return best;
}

bool SumBook::Judge(const SumClaim& claim) {
  bool whole_said = false;
  if (Hold(claim, whole_said)) return true;
  if (whole_said || claim.silent) return false;
  const std::vector<size_t>* best = Nearest(claim);
  if (!best) return false;
  SumVerdict v = CompareSum(s_, claim.total, *best);
  bool slip = SlipAway(s_, claim.total, *best);
  double share = SumOf(s_, *best) / std::max(1e-300, s_.quantities[claim.total].value);
  if (claim.weak && !slip && std::fabs(share - 1) > 0.1) return false;
  if (claim.exhaustive) {
    Suspect(claim, *best, Severity::kError);
  } else if (v == SumVerdict::kMore) {
    bool sure = !claim.weak && (slip || best->size() == 1);
    Suspect(claim, *best, sure ? Severity::kError : Severity::kWarning);
  } else if (slip || share > 0.9) {
    Suspect(claim, *best, Severity::kWarning);
  } else if (best->size() >= 3 && share > 0.6) {
    Suspect(claim, *best, Severity::kNote);
  }
  return false;
}

void SumBook::Confirm(CheckKind kind, size_t total, const std::vector<size_t>& parts) {
  std::vector<size_t> sorted = parts;
  std::sort(sorted.begin(), sorted.end());
  totals_.insert(total);
  parts_.insert(sorted.begin(), sorted.end());
  if (!confirmed_.insert({total, sorted}).second) return;
  CheckRelation r;
  r.kind = kind;
  std::vector<size_t> all = sorted;
  all.insert(std::lower_bound(all.begin(), all.end(), total), total);
  r.place = s_.PlaceAround(all.front(), all.back());
  r.expression = JoinFigures(s_, parts, " + ") + " = " + Figure(s_, total);
  r.numbers = Places(s_, all);
  sink_.Confirm(std::move(r));
}

void SumBook::Suspect(const SumClaim& claim, const std::vector<size_t>& parts, Severity severity,
                      bool rounding) {
  pending_.push_back({claim, parts, severity, rounding});
}

void SumBook::Flush() {
  std::set<std::pair<size_t, std::vector<size_t>>> told;
  for (const Pending& p : pending_) {
    if (p.rounding) {
      if (told.insert({p.claim.total, p.parts}).second) Report(p);
      continue;
    }
    bool part_known = std::all_of(p.parts.begin(), p.parts.end(), [&](size_t q) { return IsPart(q); });
    if (IsTotal(p.claim.total) && p.claim.anyway) continue;
    if (!p.claim.anyway && (part_known || (IsTotal(p.claim.total) && p.severity != Severity::kError)))
      continue;
    std::vector<size_t> sorted = p.parts;
    std::sort(sorted.begin(), sorted.end());
    if (!told.insert({p.claim.total, sorted}).second) continue;
    Report(p);
  }
  pending_.clear();
}

void SumBook::Report(const Pending& p) {
  CheckFinding f;
  f.kind = p.claim.kind;
  f.severity = p.severity;
  std::vector<size_t> all = p.parts;
  all.push_back(p.claim.total);
  std::sort(all.begin(), all.end());
  f.place = s_.PlaceAround(all.front(), all.back());
  size_t total = p.claim.total;
  double sum = SumOf(s_, p.parts), value = s_.quantities[total].value;
  f.stated = FigureUnit(s_, total);
  f.computed = ValueLike(s_, total, sum);
  f.expression = fmt::format("{} = {} ≠ {}", JoinFigures(s_, p.parts, " + "), f.computed, Figure(s_, total));
  std::string unit = s_.quantities[total].percent() ? "" : UnitText(s_, total);
  f.message =
      fmt::format("{}{}中总数写为{}，而所列各部分{}合计为{}{}，{}{}{}，请核实哪个数据有误。", Where(f.place),
                  Quoted(f.place), f.stated, JoinFigures(s_, p.parts, " + "), f.computed, unit,
                  sum > value ? "多出" : "相差", ValueLike(s_, total, std::fabs(sum - value)), unit);
  std::set<size_t> figures(all.begin(), all.end());
  for (const auto& reading : p.claim.readings) figures.insert(reading.begin(), reading.end());
  f.related = Places(s_, std::vector<size_t>(figures.begin(), figures.end()));
  sink_.Find(std::move(f));
}

}  // namespace zg::check
