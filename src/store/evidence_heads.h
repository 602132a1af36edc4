#pragma once
// For each unit the tasks that it sees and that have evidence, by the newest piece of each: the newest
// evidence that a unit sees lies at the first of them. Derived (evidence_heads, 0020).

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
// Where the next `n` tasks of a unit end that come after those at `below`: the piece of the last of them; 0:
// there are not so many any more.
int64_t EvidenceHeadsFrom(Session& session, UnitId unit, int64_t below, int64_t n);
// Tasks whose heads are older than their evidence, or are missing; for the proof.
int64_t CountWrongEvidenceHeads(Session& session);

}  // namespace zg::store
