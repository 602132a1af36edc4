#pragma once
// Breakdowns as JSON, and what stands around them. Inside of office/ only.

#include <nlohmann/json.hpp>

#include "base/result.h"
#include "ledger/breakdown.h"
#include "ledger/task.h"
#include "store/units.h"

namespace zg {

// What `verify` compares again: every lasting member but who and when.
nlohmann::json BreakdownTold(const Breakdown& breakdown);
// As GET /api/tasks/{id}/breakdown.
nlohmann::json BreakdownJson(store::Session& session, const Task& task, const Breakdown& breakdown,
                             Date today);
// Tasks of lower units that were tied to this one for good.
std::vector<LowerTask> LowerTasksOf(store::Session& session, TaskId task);
std::vector<BreakdownGap> GapsOf(store::Session& session, const Task& task, const Breakdown& breakdown,
                                 Date today);
// Steps as a client sends them; those with an id keep what was said of their being done in `now`. Units that
// are named and not there are made. kInvalid: breakdown.bad; kNotFound: unit.not_found.
Result<std::vector<BreakdownStep>> ReadSteps(store::Session& session, store::UnitDirectory& units,
                                             const Breakdown& now, const std::string& steps_json);

}  // namespace zg
