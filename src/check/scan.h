#pragma once
// Digits and dates at one place of a text; the parts of ScanFigures.

#include <cstdint>

#include "check/quantity.h"

namespace zg::check {

struct Decimal {
  double value = 0;
  double unit = 1;        // of the last digit: 0.01 for 30.27
  double round_step = 1;  // of the last digit that is not 0: 1000 for 3000
  uint32_t end = 0;
};
// Precondition: text[i] is a digit. Thousands are read where a comma of the source is followed by three
// digits.
Decimal ReadDecimal(const Reading& reading, uint32_t i, uint32_t to);

// Reads the dates of one section from left to right; a date without a year takes the year named last.
class DateScanner {
 public:
  DateScanner(const Reading& reading, uint32_t to) : r_(reading), to_(to) {}
  // The offset behind a date that begins with the digit at `i`, or 0. mark.end stays 0 for what is a date but
  // names no day (2016—2020年).
  uint32_t Try(uint32_t i, DateMark& mark);

 private:
  void Close(DateMark& mark);
  const Reading& r_;
  uint32_t to_;
  int year_ = 0, month_ = 0;
};

}  // namespace zg::check
