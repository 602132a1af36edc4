#include "ledger/schedule.h"

#include <fmt/format.h>

namespace zg {
namespace {

std::string CodeAt(const PeriodRule& rule, Date day) {
  return rule.quarter ? fmt::format("{}-Q{}", day.year(), (day.month() + 2) / 3)
                      : fmt::format("{}-{:02}", day.year(), day.month());
}

Period Dated(const PeriodRule& rule, const std::string& code, const WorkCalendar& calendar) {
  Period period = ParsePeriod(code).value_or(Period());
  period.due = rule.due > 0 ? period.begin.Plus(rule.due - 1) : period.end;
  if (rule.workdays && !calendar.IsWorkday(period.due)) period.due = calendar.AddWorkingDays(period.due, 1);
  return period;
}

}  // namespace

std::string RuleKindName(const PeriodRule& rule) {
  return rule.quarter ? "quarter" : "month";
}

Status CheckRule(const PeriodRule& rule) {
  int shortest = rule.quarter ? 90 : 28;
  if (rule.opens < 1 || rule.opens > shortest) {
    return Error{Code::kInvalid, fmt::format("开始调度的日子是本期第1至{}天。", shortest), "opens",
                 "schedule.bad"};
  }
  if (rule.due != 0 && (rule.due < rule.opens || rule.due > 2 * shortest)) {
    return Error{Code::kInvalid,
                 fmt::format("上报截止日不能早于开始的那一天，也不能晚于本期第{}天。", 2 * shortest), "due",
                 "schedule.bad"};
  }
  return {};
}

Period PeriodAt(const PeriodRule& rule, Date day, const WorkCalendar& calendar) {
  return Dated(rule, CodeAt(rule, day), calendar);
}

Date OpeningDay(const PeriodRule& rule, const Period& period) {
  return period.begin.Plus(rule.opens - 1);
}

std::vector<Period> PeriodsDue(const PeriodRule& rule, Date today, const WorkCalendar& calendar) {
  std::vector<Period> due;
  if (!rule.active) return due;
  Date from = std::max(rule.since, today.Plus(-731));
  for (Period p = PeriodAt(rule, from, calendar); OpeningDay(rule, p) <= today;
       p = Dated(rule, NextPeriod(p), calendar)) {
    if (OpeningDay(rule, p) >= rule.since) due.push_back(p);
  }
  return due;
}

std::optional<Period> NextDue(const PeriodRule& rule, Date today, const WorkCalendar& calendar) {
  if (!rule.active) return std::nullopt;
  Period p = PeriodAt(rule, std::max(rule.since, today), calendar);
  while (OpeningDay(rule, p) <= today || OpeningDay(rule, p) < rule.since)
    p = Dated(rule, NextPeriod(p), calendar);
  return p;
}

}  // namespace zg
