#pragma once
// For each unit the tasks that it sees and that have evidence, by the newest piece of each: the newest
// evidence that a unit sees lies at the first of them. Each knows how new the task's second one is, so that
// most of them need not be looked at. Derived (evidence_heads, 0020, 0022).

#include <vector>

#include "base/id.h"
#include "store/sql.h"

namespace zg::store {

// After the ties of the task's evidence, or who sees the task, have changed.
void EvidenceHeadAnew(Session& session, TaskId task);
void RemoveEvidenceHead(Session& session, TaskId task);
// All of them, made again from what lasts.
void FillEvidenceHeads(Session& session);
// Whether they are kept for all tasks: a ledger of the version before has them once no program of that
// version is at work any more (0021).
bool EvidenceHeadsAreKept(Session& session);
// The pieces below `below` that a unit sees at tasks, newest first: all from `from` on. As far as the next
// `tasks` tasks go that come after those at `below`, and no more than `most` pieces; none: there are no
// others.
struct EvidenceRange {
  std::vector<int64_t> pieces;
  int64_t from = 0;
};
EvidenceRange EvidenceAtHeads(Session& session, UnitId unit, int64_t below, int64_t tasks, int64_t most);
// Tasks whose heads are older than their evidence, or are missing; for the proof.
int64_t CountWrongEvidenceHeads(Session& session);

}  // namespace zg::store
