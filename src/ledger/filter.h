#pragma once
// What a list of tasks is asked for.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "ledger/scope.h"
#include "ledger/task.h"

namespace zg {

// In which role a unit stands at a task. kAny: responsible (lead and supporting alike) or acceptance.
enum class RoleFilter : uint8_t { kAny, kResponsible, kLead, kSupporting, kAcceptance };
std::optional<RoleFilter> ParseRoleFilter(std::string_view name);  // "", "responsible", "lead", …

// All conditions hold together. A condition that is not set lets everything pass.
struct TaskFilter {
  std::optional<RoundId> round;
  std::optional<DocId> document;
  Scope scope;  // what the one who asks sees
  std::optional<UnitId> unit;
  RoleFilter role = RoleFilter::kAny;    // of `unit`, or of the units of `region`
  std::string region;                    // code; with everything below it
  std::vector<TaskState> states;         // one of them
  std::optional<Date> due_from, due_to;  // both inclusive
  std::optional<bool> immediate, long_term, behind_schedule;
  std::optional<bool> overdue;  // on `as_of`
  std::optional<bool> at_risk;  // by its pace on `as_of` (ledger/pace.h); not late, not settled
  std::optional<bool> doubt;
  std::string q;              // words in problem, goal, measures, progress, unit names
  std::optional<Date> as_of;  // today where not set
};

struct TaskSort {
  enum Key : uint8_t { kNumber, kDue, kState, kUpdated } key = kNumber;
  bool descending = false;
};
// "number", "-due", …; "" is number. kInvalid (parameter.bad) otherwise.
Result<TaskSort> ParseTaskSort(std::string_view text);

struct PageRequest {
  std::string after;  // the `next` of the page before; empty: the first page
  int limit = 50;     // 1–200
};

}  // namespace zg
