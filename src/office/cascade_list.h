#pragma once
// The list of a lower unit: tasks that an upper office hands down. Every list is a document of its own,
// written from the upper task's words, so that its values are proved by its text like those of any other
// document; a task more is a new version with the old text before it. Inside of office/ only.

#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/breakdown.h"
#include "ledger/task.h"
#include "office/breakdowns.h"

namespace zg {

namespace store {
class Session;
}

struct HandedDown {
  DocId document;
  TaskId task;
  std::string path;
};
// In the caller's transaction: document, task, confirmed link, events. Errors as Breakdowns::Cascade.
Result<HandedDown> HandDown(OfficeCore& core, store::Session& session, const Task& upper,
                            const Breakdown& breakdown, const CascadeRequest& request, const Actor& actor);

// Every one of the tasks (of one document) that has steps of the unit which are not done and were not handed
// down yet, in one act. kInvalid: breakdown.no_steps (there is none), breakdown.lower_late (names each).
Result<std::vector<HandedDown>> HandDownAll(OfficeCore& core, store::Session& session,
                                            const std::vector<Task>& uppers, UnitId unit, RoundId round,
                                            const Actor& actor);

}  // namespace zg
