#pragma once
// A dispatch period (清单化调度): a month or a quarter for which units answer. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/id.h"

namespace zg {

struct Period {
  PeriodId id;
  std::string code;  // "2026-11", "2026-Q4"
  Date begin, end;   // both inclusive
  Date due;          // last day to answer
  bool closed = false;
  std::string opened_by, opened_at;
};

inline bool IsQuarter(const Period& period) {
  return period.code.find('Q') != std::string::npos;
}
// "2026-11" or "2026-Q4", years 2000–2199; due: its last day. nullopt for anything else.
std::optional<Period> ParsePeriod(std::string_view code);
// The one that follows: 2026-12 → 2027-01, 2026-Q4 → 2027-Q1.
std::string NextPeriod(const Period& period);
std::string PeriodChinese(const Period& period);  // 2026年11月, 2026年第四季度

}  // namespace zg
