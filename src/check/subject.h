#pragma once
// One input made ready for the rules: read, cut up, its figures and cue words found.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "check/checker.h"
#include "check/quantity.h"
#include "check/reading.h"
#include "check/words.h"

namespace zg::check {

struct CueHit {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t bits = 0;  // of Cue
};

struct Subject {
  const CheckInput* input = nullptr;
  size_t index = 0;
  const CheckWords* words = nullptr;
  Reading reading;
  std::vector<Quantity> quantities;
  std::vector<DateMark> dates;
  std::vector<CueHit> cues;  // ascending, longest word at a place
  std::optional<Date> as_of;
  std::string unit;

  const Draft* draft() const { return input->draft; }
  const Entry& entry(int e) const { return input->draft->entries[size_t(e)]; }
  std::u32string_view Cut(uint32_t begin, uint32_t end) const { return reading.Cut(begin, end); }

  // Index of the first quantity (cue, date) that begins at or behind the offset.
  size_t QuantityFrom(uint32_t offset) const;
  size_t CueFrom(uint32_t offset) const;
  size_t DateFrom(uint32_t offset) const;
  // Is one of the cues in [begin, end)?
  bool HasCue(uint32_t begin, uint32_t end, uint32_t bits) const;
  // Where the clause that holds the offset begins, ends; both stay within the sentence.
  uint32_t ClauseBegin(uint32_t offset) const;
  uint32_t ClauseEnd(uint32_t offset) const;
  // The words that say what a quantity counts: in front of it back to the clause, a 、 or the quantity
  // before; behind it.
  std::u32string_view Before(size_t q) const;
  std::u32string_view After(size_t q) const;
  // Do both speak of the same thing: two characters in a row in common, and no stop words among them?
  bool SameNoun(size_t a, size_t b) const;
  bool SameUnit(size_t a, size_t b) const;  // can be added: one dimension; measure words must be equal

  CheckPlace Place(uint32_t begin, uint32_t end) const;
  CheckPlace PlaceOf(size_t q) const { return Place(quantities[q].begin, quantities[q].end); }
  // The clause or clauses from the first to the last quantity, for a quote; at most `limit` characters around
  // them.
  CheckPlace PlaceAround(size_t first, size_t last) const;
  std::optional<std::string> PathAt(uint32_t offset) const;
};

Subject Prepare(const CheckInput& input, size_t index, const CheckWords& words);

}  // namespace zg::check
