#pragma once
// What is owed when: queries that reminders and the list of what is to be done are made of.

#include <string>
#include <vector>

#include "ledger/period.h"
#include "store/periods.h"

namespace zg::store {

// Open periods, the earliest due first, at most `limit`.
std::vector<Period> OpenPeriods(Session& session, int limit);
// Open periods in which the unit has something to answer.
std::vector<Period> PeriodsOwedBy(Session& session, UnitId unit, int limit);

// Tasks in a state of their workflow that ends on that day, or ended before it, with the units that stand at
// them: one row for each (task, unit, side), or one without a unit.
struct DueStep {
  std::string place, due;  // workflow/state, ISO day
  TaskId task;
  UnitId unit;
  int side = 0;  // 0 responsible, 1 acceptance
};
std::vector<DueStep> StepsDueOn(Session& session, Date day);
std::vector<DueStep> StepsDueBefore(Session& session, Date day);

// On which side of the task the unit or one under it has to stand.
enum class StandsAt { kAnySide, kResponsible, kAcceptance, kEither };
// Tasks at the place, the earliest due first, those without a day last. unit none: all.
struct WaitingStep {
  TaskId task;
  std::string due;  // empty where there is none
};
std::vector<WaitingStep> StepsWaiting(Session& session, UnitId unit, const std::string& place, Date until,
                                      int limit, StandsAt at = StandsAt::kAnySide, bool by_side = false);
// Whether cases have rows of each side, so that a unit that has none under it can be asked for by them:
// `by_side`. A ledger of a version before has them once no program of that version is at work any more
// (0023).
bool SidesAreKept(Session& session);

// Steps of breakdowns that the unit has not done yet and that end by that day, the earliest first.
struct OwedStep {
  TaskId task;
  std::string path, text, due;
};
std::vector<OwedStep> StepsOwedBy(Session& session, UnitId unit, Date until, int limit);

}  // namespace zg::store
