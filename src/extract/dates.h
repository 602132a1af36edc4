#pragma once
// Dates inside Chinese text: 2023年底前, 2023年6月30日, 二〇二四年三季度末, ２０２４年, 2024.12.31, 年底前.

#include <optional>
#include <vector>

#include "base/date.h"
#include "base/text.h"
#include "extract/lexicon.h"

namespace zg {

enum class DateForm : uint8_t {
  kBy,      // 底, 底前, 末, 月30日前, 上半年前: a last day
  kBefore,  // 2023年3月前: before March or by its end, unclear (ambiguous)
  kDay,     // 2023年6月30日
  kMonth,   // 2023年6月
  kYear,    // 2023年
  kPart,    // 上半年, 三季度, 6月上旬
  kStart,   // 年初, 月初
};

struct DateHit {
  Date date;  // the last day the words can mean; for kStart the first
  Span span;  // in the text searched
  DateForm form = DateForm::kDay;
  bool own_year = true;    // false: the year was taken from the date before
  bool before = false;     // 前 stands behind it
  bool recurring = false;  // 每年底前
};

// All dates in the text, left to right. `year`: for dates without a year of their own (年底前) until one is
// named; 0: such dates are left out until then. White space inside a date is passed over. Linear in the text.
std::vector<DateHit> FindDates(std::u32string_view text, int year = 0);

// Dates that a measure promises to be done by (contract: measures.due): 底前, 底, 日前 and the like, without
// those that say what was (截至2022年底, 2020年以来). `year` as above.
std::vector<DateHit> FindDueDates(std::u32string_view text, const Lexicon& lexicon, int year = 0);
// The same out of `hits`, which FindDates found in `text`.
std::vector<DateHit> DueDates(std::u32string_view text, const std::vector<DateHit>& hits,
                              const Lexicon& lexicon);

}  // namespace zg
