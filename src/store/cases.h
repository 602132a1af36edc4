#pragma once
// Tasks on their way through a workflow, and the versions of workflows that they go by.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/case.h"
#include "ledger/scope.h"
#include "store/sql.h"

namespace zg::store {

struct WorkflowVersion {
  int64_t id = 0;
  std::string workflow, title, digest, source, since;
};
// The version with that digest, written where it is not there yet.
int64_t EnsureVersion(Session& session, const Workflow& workflow, const std::string& now);
std::optional<WorkflowVersion> LoadVersion(Session& session, int64_t id);
std::vector<WorkflowVersion> AllVersions(Session& session);  // newest first
std::vector<int64_t> VersionIds(Session& session);           // the same, without what they say

struct CaseRow {
  TaskId task;
  int64_t version = 0;
  std::string workflow;  // the version's workflow; read only
  std::string begun_state;
  Date begun_day;
  int64_t begun_seq = 0;
  CaseState state;
  std::string cycle_at;
  std::optional<Date> due;
  bool by_deadline = false;
  int64_t revision = 1;
  std::string updated_by, updated_at;
};
std::optional<CaseRow> LoadCase(Session& session, TaskId task);
void UpdateCase(Session& session, const CaseRow& row);  // and what is derived of it
// All of them, task ids ascending from after `after`, at most `limit`.
std::vector<CaseRow> CasesAfter(Session& session, TaskId after, int limit);

// Tasks of the document without a case whose state is `status_kind` ("" for none stated) get one.
struct CaseBeginning {
  DocId document;
  std::string status_kind;
  int64_t version = 0;
  std::string state;
  Date day;
  int64_t seq = 0;          // of the event that tells of it
  std::optional<Date> due;  // unless by_deadline
  bool by_deadline = false;
  std::string actor, now;
};
void BeginCases(Session& session, const CaseBeginning& beginning);
// What is derived of all cases that began with that event.
void IndexBegun(Session& session, int64_t seq);
// SM3 over (task, version, state, day) of the cases that began with that event; empty: none did.
std::string BegunDigest(Session& session, int64_t seq);
std::vector<int64_t> BegunSeqs(Session& session);
// Newest documents with tasks that have no case.
std::vector<DocId> DocumentsWithoutCases(Session& session);

// What is derived of one task's case fits again: its units, its round, its deadline, whether it is still
// there.
void RefreshCase(Session& session, TaskId task);
void RebuildCases(Session& session);                                      // of all
std::vector<std::string> CaseCountBreaks(Session& session, size_t most);  // Chinese sentences

bool TaskVisibleForCase(Session& session, const Scope& scope, TaskId task);
// Whether the task names the unit, or one under it, on that side (0 responsible, 1 acceptance), as a whole or
// for a measure.
// At which of the tasks the unit stands, or one under it: {task, side}.
std::set<std::pair<TaskId, int>> WhereStands(Session& session, UnitId unit, const std::vector<TaskId>& tasks);
bool NamesUnits(Session& session, TaskId task, int side);

// Kinds of evidence of the task that are there and came since (ISO time; empty: ever).
std::map<std::string, int64_t> EvidenceSince(Session& session, TaskId task, const std::string& since);
bool EvidenceIsThere(Session& session, TaskId task, EvidenceId evidence);

struct CaseFilter {
  std::string place;  // workflow/state; empty: any, with `late`
  std::optional<RoundId> round;
  std::optional<UnitId> unit;
  bool late = false;  // only those past their day on `today`, by that day
  Date today;
};
struct CaseLine {
  TaskId task;
  std::string place, entered, due;  // due 9999-12-31: none
  int64_t cycle = 1, revision = 1;
  std::string item;  // JSON of store/task_index.h
};
// The longest waiting first (late: the longest past its day). `after`: {day, task} of the last one seen.
std::vector<CaseLine> FindCases(Session& session, const Scope& scope, const CaseFilter& filter,
                                std::optional<std::pair<std::string, TaskId>> after, int limit);
struct PlaceCount {
  int64_t n = 0;
  int64_t late = 0;    // at most 1,000
  std::string oldest;  // day on which the longest waiting came; empty: none
};
PlaceCount CountPlace(Session& session, const Scope& scope, const CaseFilter& filter);
// The same for several places at once; those where nothing stands may be left out.
std::map<std::string, PlaceCount> CountPlaces(Session& session, const Scope& scope, CaseFilter filter,
                                              const std::vector<std::string>& places);
// All tasks at the place, ids ascending.
std::vector<TaskId> TasksAt(Session& session, const Scope& scope, const CaseFilter& filter);

}  // namespace zg::store
