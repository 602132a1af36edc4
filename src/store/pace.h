#pragma once
// How tasks stand by their pace (ledger/pace.h), counted without looking at them one by one: what state and
// day tell comes out of task_counts, the rest out of task_pace, which holds only tasks that fall behind.

#include <array>
#include <optional>

#include "base/date.h"
#include "base/id.h"
#include "ledger/pace.h"
#include "store/sql.h"

namespace zg::store {

// What the ledger knows of the task's pace. `due` and `state` as lists have them; begin: the day of the first
// version of its document, else the end of the round's year or the day it came in, whichever is earlier;
// nullopt where that is not before its last day.
PaceFacts LoadPace(Session& session, TaskId task);

// Makes task_pace of the task fit again, in the transaction that changed it, its steps, its answers or who
// sees it.
void RefreshPace(Session& session, TaskId task);
void RemovePace(Session& session, int64_t ord);
void RebuildPace(Session& session);

// The rule by which task_pace stands.
PaceRule KeptPaceRule(Session& session);
void KeepPaceRule(Session& session, const PaceRule& rule);  // rebuilds where it is another one

using StandingCounts = std::array<int64_t, kStandings>;  // by Standing
StandingCounts CountStandings(Session& session, std::optional<RoundId> round, int64_t facet, Date as_of,
                              const PaceRule& rule);

}  // namespace zg::store
