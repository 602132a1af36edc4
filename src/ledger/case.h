#pragma once
// A task on its way through a workflow, and what may be done with it today. Pure; any thread.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "ledger/calendar.h"
#include "ledger/role.h"
#include "ledger/workflow.h"

namespace zg {

struct CaseState {
  std::string state;
  Date entered;                 // the day it came to the state
  int cycle = 1;                // grows with every rebound
  std::string back;             // where it was before the look-back; empty: not looked back at
  std::optional<Date> checked;  // last re-check while in this state
  friend bool operator==(const CaseState&, const CaseState&) = default;
};

// What the ledger knows of the task.
struct CaseFacts {
  bool long_term = false;
  std::optional<Date> deadline;
  bool names_responsible = true, names_acceptance = true;  // the task names units on that side
  std::map<std::string, int64_t> evidence;                 // kind → pieces that are there
  const EvidencePlan* plan = nullptr;                      // what kinds are called; null: as built in
};

// Who asks. `responsible`, `acceptance`: the user's unit stands on that side of the task (always, for who
// belongs to no unit). Where a task names no unit of a side, the office acts for it.
struct CaseActor {
  RoleSet roles = kEveryRole;
  bool responsible = true, acceptance = true;
};

// Something that a step asks for.
struct Requirement {
  enum class Kind { kNotice, kEvidence, kLongTerm };
  Kind kind;
  bool met = false;
  std::string message;   // 公示满5个工作日（到2024年10月14日）; “验收意见”1份
  std::string evidence;  // kind of evidence
  int64_t needed = 0, there = 0;
  std::optional<Date> open;  // notice: the first day on which the step can be taken
};

struct StepOffer {
  WorkflowStep step;
  std::string to;     // the state it leads to: "back" resolved
  bool mine = false;  // the actor may take it, once the requirements are met
  std::vector<Requirement> requirements;
  bool ready() const;  // all met
};

// Every step out of the state. Returns come last.
std::vector<StepOffer> OfferSteps(const Workflow& workflow, const CaseState& state, const CaseFacts& facts,
                                  const CaseActor& actor, const WorkCalendar& calendar, Date today);

struct StepInput {
  std::string step, text, opinion;
};
// The state after the step. Errors: kNotFound case.no_step (named, with its neighbour), kConflict
// case.not_here (not from this state), case.notice, case.evidence, case.long_term; kForbidden case.not_yours;
// kInvalid case.no_text, case.no_opinion.
Result<CaseState> TakeStep(const Workflow& workflow, const CaseState& state, const CaseFacts& facts,
                           const CaseActor& actor, const StepInput& input, const WorkCalendar& calendar,
                           Date today);

// The last day for the next step (or re-check); nullopt: none is set.
std::optional<Date> CaseDue(const Workflow& workflow, const CaseState& state, std::optional<Date> deadline,
                            const WorkCalendar& calendar);

// The same day `months` later, or the last of that month.
Date MonthsLater(Date day, int months);

}  // namespace zg
