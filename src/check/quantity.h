#pragma once
// Figures with their units, and dates, as a text states them.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.h"
#include "check/interval.h"
#include "check/reading.h"
#include "check/words.h"

namespace zg::check {

// 3万余台, 30.27亿元, 54.69%, 两家. Years, document numbers, standards, ordinals, telephone numbers and names
// with a number in them are no quantities. Offsets are into Reading::text.
struct Quantity {
  uint32_t begin = 0;       // with the words that make it wider, if they stand before
  uint32_t end = 0;         // behind the unit and what makes it wider there
  uint32_t digits = 0;      // where the digits begin
  uint32_t digits_end = 0;  // behind the digits and 万, 亿
  uint32_t sentence = 0;
  uint32_t section = 0;
  double value = 0;   // in the dimension's own measure: 1.5万吨 is 15000
  double half = 0;    // half a unit of the last digit; 0 where whole things are counted
  double per = 1;     // what 1 as written stands for: 10000 with 万
  double step = 0;    // one unit of the last digit that is not 0: 3万余 is below 3万 + step
  int unit = -1;      // index into CheckWords::units; -1: percent or no unit
  int dimension = 0;  // > 0: physical; 0: things counted; kPercent
  Loose loose = Loose::kNone;
  bool chinese = false;  // 三家
  bool range = false;    // 1.12—1.78米, 0.5～1
  bool product = false;  // 2×12.5万千瓦
  bool scaled = false;   // with 万 or 亿

  static constexpr int kPercent = -1;
  bool percent() const { return dimension == kPercent; }
  bool count() const { return dimension == 0; }
  // What it may stand for by rounding alone.
  Interval Rounded() const { return {value - half, value + half}; }
  // With 约, 余, 近, 以上.
  Interval Wide() const;
};

// A date or part of one: 2018年, 2018年6月, 6月30日, 2018年底.
struct DateMark {
  uint32_t begin = 0;
  uint32_t end = 0;
  int year = 0;             // 0: not written here
  int month = 0;            // 0: none
  int day = 0;              // 0: none
  bool end_of = false;      // …底, …末
  bool before = false;      // …前
  bool impossible = false;  // 6月31日
  // The last day it may mean, with the year filled in from the mark before it in the section; none without a
  // year.
  std::optional<Date> last;
  std::optional<Date> first;
};

struct Figures {
  std::vector<Quantity> quantities;  // ascending
  std::vector<DateMark> dates;       // ascending
};

// Linear in the text.
Figures ScanFigures(const Reading& reading, const CheckWords& words);

}  // namespace zg::check
