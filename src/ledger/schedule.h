#pragma once
// By what rule periods of dispatch open by themselves. Pure.

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "ledger/calendar.h"
#include "ledger/period.h"

namespace zg {

struct PeriodRule {
  bool quarter = false;  // else a month
  bool active = false;
  int opens = 1;                // day of the period on which it is opened, its first being 1
  int due = 0;                  // last day to answer, counted the same way; 0: the period's last day
  bool workdays = true;         // a last day that is not worked moves to the next one that is
  std::vector<RoundId> rounds;  // empty: all
  Date since;                   // what was to be opened before is left alone
  int64_t revision = 0;         // 0: nobody has set it
  std::string updated_by, updated_at;
};
std::string RuleKindName(const PeriodRule& rule);  // month, quarter

// kInvalid (schedule.bad, `where`: opens, due): opened outside of its period, or answers ended before it
// opens or more than a period after its end.
Status CheckRule(const PeriodRule& rule);

// The period of the rule's kind that holds the day, its last day to answer by the rule.
Period PeriodAt(const PeriodRule& rule, Date day, const WorkCalendar& calendar);
Date OpeningDay(const PeriodRule& rule, const Period& period);

// Periods whose opening day has come by `today` and is not before `since`, oldest first; at most those of the
// last two years. A machine that was off finds here what it missed.
std::vector<Period> PeriodsDue(const PeriodRule& rule, Date today, const WorkCalendar& calendar);
// The next one to be opened after `today`. nullopt where the rule is not active.
std::optional<Period> NextDue(const PeriodRule& rule, Date today, const WorkCalendar& calendar);

}  // namespace zg
