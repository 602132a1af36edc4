#pragma once
// Steps that tasks are broken down into.

#include <optional>
#include <vector>

#include "ledger/breakdown.h"
#include "store/sql.h"

namespace zg::store {

// revision 0 where the task was never broken down. Without steps that were taken out.
Breakdown LoadBreakdown(Session& session, TaskId task);
// Writes it over what is there; new steps get their ids. What is not among the steps any more is taken out;
// its id is not used again.
void SaveBreakdown(Session& session, Breakdown& breakdown);
// For the proof: by task id after `after`.
std::vector<Breakdown> BreakdownsAfter(Session& session, TaskId after, int limit);

}  // namespace zg::store
