#pragma once
// The parameters by which tasks are chosen and ordered, alike for the list and for its export.

#include "base/result.h"
#include "http/params.h"
#include "ledger/filter.h"

namespace zg::http {

struct TaskChoice {
  TaskFilter filter;
  TaskSort sort;
};
// Reads round, document, unit, role, region, state, due_from, due_to, immediate, long_term, behind_schedule,
// overdue, doubt, q, as_of, sort. Mistakes come out of `q.Finish()`.
TaskChoice ReadTaskChoice(QueryReader& q);

}  // namespace zg::http
