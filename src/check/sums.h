#pragma once
// A whole and its parts: do they add up, and if not, how sure is it that they should?

#include <set>
#include <vector>

#include "check/rule.h"

namespace zg::check {

// “total is the sum of these”, in one or more readings of which one has to hold.
struct SumClaim {
  size_t total = 0;
  std::vector<std::vector<size_t>> readings;
  std::vector<std::vector<size_t>> also;  // tried as written after those, never told as wrong
  bool exhaustive = false;                // the words leave no room for further parts
  bool weak = false;                      // only what is very near counts as wrong
  bool silent = false;                    // only to be confirmed; nothing is wrong where it does not hold
  bool anyway = false;                    // told even where the parts add up to another total
  CheckKind kind = CheckKind::kSum;
};

enum class SumVerdict { kHolds, kLess, kMore };  // the parts give less, more than the total

// Do the figures as they stand add up? 9.1 + 5.0 = 14.2 holds by rounding only.
bool AddsUpAsWritten(const Subject& s, size_t total, const std::vector<size_t>& parts);
SumVerdict CompareSum(const Subject& s, size_t total, const std::vector<size_t>& parts);
// Would one slip of the pen (a digit, two digits swapped, a zero too many) in one figure make it hold?
// `exact`: with no allowance for rounding on top.
bool SlipAway(const Subject& s, size_t total, const std::vector<size_t>& parts, bool exact = false);
// How likely it is that figures which have nothing to do with each other come as near as one slip.
double SlipChance(const Subject& s, size_t total, const std::vector<size_t>& parts, bool exact = false);
// Are two figures one slip of the pen apart?
bool OneSlipApart(const Subject& s, size_t a, size_t b);
// Parts that the parts behind them explain (438, 352, 86 → 438) are drawn together.
std::vector<size_t> DrawTogether(const Subject& s, std::vector<size_t> parts);

// All claims about one document. Confirmed ones win over findings about the same figures.
class SumBook {
 public:
  SumBook(const Subject& s, CheckSink& sink) : s_(s), sink_(sink) {}
  // True when a reading holds.
  bool Judge(const SumClaim& claim);
  bool IsTotal(size_t q) const { return totals_.count(q) != 0; }
  bool IsPart(size_t q) const { return parts_.count(q) != 0; }
  void Confirm(CheckKind kind, size_t total, const std::vector<size_t>& parts);
  void Suspect(const SumClaim& claim, const std::vector<size_t>& parts, Severity severity,
               bool rounding = false);
  void Flush();  // call once, at the end

 private:
  struct Pending {
    SumClaim claim;
    std::vector<size_t> parts;
    Severity severity;
    bool rounding = false;  // holds, but only because the figures are rounded
  };
  bool Hold(const SumClaim& claim, bool& whole_said);
  bool Widened(size_t total, const std::vector<size_t>& parts) const;
  const std::vector<size_t>* Nearest(const SumClaim& claim) const;
  void Report(const Pending& p);

  const Subject& s_;
  CheckSink& sink_;
  std::set<size_t> totals_, parts_;
  std::set<std::pair<size_t, std::vector<size_t>>> confirmed_;
  std::vector<Pending> pending_;
};

// 剩余, 其余, 另外 (rules/rest.cc).
void FindRests(const Subject& s, SumBook& book);

// Stages with dates, opposites, grades in a row (rules/stages.cc).
void FindStages(const Subject& s, SumBook& book);

// Totals and parts that no cue word ties together, but their size and place do (rules/sum_runs.cc).
void FindSumRuns(const Subject& s, SumBook& book);

}  // namespace zg::check
