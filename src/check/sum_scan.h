#pragma once
// What the rules about sums share: which figures stand in a stretch of text, at which level of parentheses.

#include <vector>

#include "check/sums.h"

namespace zg::check {

using Indices = std::vector<size_t>;

class SumScan {
 public:
  explicit SumScan(const Subject& s) : s_(s), r_(s.reading) {}

 protected:
  static constexpr size_t kMost = 64;  // figures of one stretch that are looked at

  const Quantity& Q(size_t q) const { return s_.quantities[q]; }
  bool Usable(size_t q) const { return !Q(q).range; }
  uint32_t Level(uint32_t offset) const { return r_.paren[offset]; }

  // Quantities that begin in [begin, end) at one level of parentheses: the first kMost, or the last.
  Indices Within(uint32_t begin, uint32_t end, uint32_t level) const;
  Indices LastWithin(uint32_t begin, uint32_t end, uint32_t level) const;
  Indices Like(const Indices& from, size_t total) const;                   // in the total's unit
  Indices Once(const Indices& from, size_t total) const;                   // without the total said again
  Indices UpTo(const Indices& from, uint32_t begin, char32_t stop) const;  // in front of the first `stop`
  void AddReadings(SumClaim& claim, const Indices& parts, uint32_t begin) const;
  uint32_t ParenEnd(uint32_t open) const;  // where the parenthesis that opens there closes
  // Does a word such as 共计 stand between the quantity before and this one, in its clause?
  bool TotalWord(size_t q, uint32_t bits = kTotal) const;

  const Subject& s_;
  const Reading& r_;
};

}  // namespace zg::check
