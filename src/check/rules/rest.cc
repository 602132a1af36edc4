// 72座中运行51座，另外21座: the rest, what is done, and the whole in front of them, behind them, or in the
// problem.

#include <algorithm>

#include "check/rules/rules.h"
#include "check/sum_scan.h"

namespace zg::check {
namespace {

class Rests : SumScan {
 public:
  Rests(const Subject& s, SumBook& book) : SumScan(s), book_(book) {}

  void Run() {
    for (size_t q = 0; q < s_.quantities.size(); ++q) {
      uint32_t begin = std::max(s_.ClauseBegin(Q(q).begin), q ? Q(q - 1).end : 0);
      if (Usable(q) && s_.HasCue(begin, Q(q).begin, kRest)) Rest(q);
    }
  }

 private:
  // Figures in the rest's unit in front of it: up to three sentences back in its section.
  Indices Before(size_t rest) const {
    Indices out;
    uint32_t level = Level(Q(rest).digits);
    for (size_t q = rest;
         q-- > 0 && Q(q).section == Q(rest).section && Q(q).sentence + 4 > Q(rest).sentence;) {
      if (Usable(q) && s_.SameUnit(q, rest) && Level(Q(q).digits) == level) out.push_back(q);
      if (out.size() > 8) break;
    }
    std::reverse(out.begin(), out.end());
    return out;
  }

  void Rest(size_t rest) {
    Indices before = Before(rest);
    if (InFront(rest, before) || Behind(rest, before) || InProblem(rest, before)) return;
    if (WholeThatNoPartExceeds(rest, before)) return;
    WholeBySlip(rest, before);
  }

  bool InFront(size_t rest, const Indices& before) {
    for (size_t i = before.size(); i-- > 0;) {
      Indices parts(before.begin() + long(i) + 1, before.end());
      if (parts.empty()) continue;
      parts.push_back(rest);
      SumClaim claim;
      claim.total = before[i];
      claim.silent = true;
      claim.readings = {parts, Once(parts, claim.total), DrawTogether(s_, parts)};
      // 64个，其中在建17个、已建47个，已处置58个，其余6个: the rest of the last figure alone.
      if (parts.size() > 2) claim.readings.push_back({before.back(), rest});
      if (book_.Judge(claim)) return true;
    }
    return false;
  }

  // 已拆改3万余台，完成剩余1.9万台，实现4.9万台: the whole comes last.
  bool Behind(size_t rest, const Indices& before) {
    if (before.empty() || Q(before.back()).sentence != Q(rest).sentence) return false;
    uint32_t end = r_.sentences[Q(rest).sentence].end;
    Indices after = Like(Within(Q(rest).end, end, Level(Q(rest).digits)), rest);
    if (after.empty()) return false;
    SumClaim claim;
    claim.total = after[0];
    claim.readings = {{before.back(), rest}};
    claim.silent = true;
    if (book_.Judge(claim)) return true;
    bool larger = Q(after[0]).value > Q(rest).value && Q(after[0]).value > Q(before.back()).value;
    if (larger && SlipAway(s_, after[0], claim.readings[0], true)) {
      book_.Suspect(claim, claim.readings[0], Severity::kWarning);
    }
    return larger;
  }

  // 83处修复任务推进不力 … 已完成36处、正在实施21处，其余26处: the whole is what the problem names.
  bool InProblem(size_t rest, const Indices& before) {
    int entry = r_.sections[Q(rest).section].entry;
    Indices parts;
    for (size_t q : before) {
      if (Q(q).sentence == Q(rest).sentence) parts.push_back(q);
    }
    parts.push_back(rest);
    if (entry < 0 || parts.size() < 2) return false;
    size_t looked = 0;
    size_t near = rest;
    for (size_t q = rest; q-- > 0 && r_.sections[Q(q).section].entry == entry && ++looked < 4 * kMost;) {
      if (r_.sections[Q(q).section].part != Part::kProblem || !s_.SameUnit(q, rest) || !Usable(q)) continue;
      SumClaim claim;
      claim.total = q;
      claim.silent = true;
      claim.readings = {parts};
      if (book_.Judge(claim)) return true;
      bool slip = SlipAway(s_, q, parts, true) && SlipChance(s_, q, parts, true) < 1;
      if (slip && Q(q).value > Q(rest).value) near = q;
    }
    bool told = near != rest && Done(parts[0]);
    if (told) {
      SumClaim claim;
      claim.total = near;
      claim.readings = {parts};
      book_.Suspect(claim, parts, Severity::kWarning);
    }
    return told;
  }

  // 已完成36处: a part, never the whole.
  bool Done(size_t q) const {
    uint32_t begin = std::max(s_.ClauseBegin(Q(q).begin), q ? Q(q - 1).end : 0);
    return s_.HasCue(begin, Q(q).begin, kActual);
  }

  // The whole is the nearest figure that is larger than all behind it.
  bool WholeThatNoPartExceeds(size_t rest, const Indices& before) {
    double largest = Q(rest).value;
    for (size_t i = before.size(); i-- > 0;) {
      bool whole = i + 1 < before.size() && Q(before[i]).value > largest && !Done(before[i]);
      largest = std::max(largest, Q(before[i]).value);
      if (!whole) continue;
      Indices parts(before.begin() + long(i) + 1, before.end());
      parts.push_back(rest);
      SumClaim claim;
      claim.total = before[i];
      claim.readings = {parts};
      claim.exhaustive = parts.size() == 2 && Q(before[i]).sentence == Q(rest).sentence;
      book_.Judge(claim);
      return true;
    }
    return false;
  }

  // One of the figures is so wrong that the whole is no longer the largest.
  void WholeBySlip(size_t rest, const Indices& before) {
    for (size_t i = 0; i + 1 < before.size(); ++i) {
      Indices parts(before.begin() + long(i) + 1, before.end());
      parts.push_back(rest);
      // 2眼 and 2眼, then the last 1眼: two things, each with its own whole.
      if (Q(before[i]).value == Q(before[i + 1]).value) return;
      if (Done(before[i]) || !SlipAway(s_, before[i], parts)) continue;
      if (parts.size() > 2 && SlipChance(s_, before[i], parts) > 0.5) continue;
      SumClaim claim;
      claim.total = before[i];
      book_.Suspect(claim, parts, Severity::kWarning);
      return;
    }
  }

  SumBook& book_;
};

}  // namespace

void FindRests(const Subject& subject, SumBook& book) {
  Rests(subject, book).Run();
}

}  // namespace zg::check
