#pragma once
// When somebody is reminded of what, and whom it goes up to. Pure.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "ledger/calendar.h"

namespace zg {

// Something that a unit has to do by a day.
struct DueThing {
  UnitId unit;  // none: the office
  Date due;
  std::string what;  // 2024年7月调度：{n}份上报未报 — {n} stands for the number
  int64_t n = 1;
  std::string link;  // where it is done: /reports?period=3
};

struct ReminderLine {
  std::string text, link;
  bool late = false;
};
struct ReminderSummary {
  std::string title;
  std::vector<ReminderLine> lines;  // late ones first, then by day; what came up from below last
};

// 30, 7 and 1 days before, on the day itself, and every day after it.
bool IsReminderDay(Date due, Date today);

struct ReminderRules {
  int raise_after = 3;  // working days late after which it goes one level up; and again after as many
  std::function<UnitId(UnitId)> above;  // none: the office, which nothing stands above
  std::function<std::string(UnitId)> name_of;
};
// One summary for each unit that has something to be told today.
std::map<UnitId, ReminderSummary> Summarize(const std::vector<DueThing>& things, Date today,
                                            const WorkCalendar& calendar, const ReminderRules& rules);

}  // namespace zg
