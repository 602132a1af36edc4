#pragma once
// What the checks say, kept; and what people said to it.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "ledger/scope.h"
#include "store/sql.h"

namespace zg::store {

struct FindingMark {
  std::string key, reason, actor, at;
};

struct FindingRow {
  int64_t id = 0;
  DocId document;
  DocId other;  // none: within one document
  RoundId round;
  std::string period;
  TaskId task;       // none: the body of a report
  int severity = 0;  // 0 error, 1 warning, 2 note
  std::string kind, key;
  std::string body;                 // JSON
  std::vector<UnitId> units;        // written, not read
  std::optional<FindingMark> mark;  // read only
};

struct RelationRow {
  int64_t id = 0;
  DocId document;
  TaskId task;
  std::string kind, body;
};

struct FindingFilter {
  Scope scope;  // where not all: of tasks that are seen
  std::optional<int> severity;
  std::string kind;  // empty: any
  std::optional<UnitId> unit;
  std::optional<TaskId> task;
  std::optional<DocId> document;
  std::optional<RoundId> round;
  std::optional<bool> explained;
};

// What is said of the document, or of another one held against it, becomes `rows`: those that are there
// already keep their ids. Returns how many came or went.
int64_t ReplaceFindings(Session& session, DocId document, const std::vector<FindingRow>& rows);
// The same for what units answered in a period (its code).
int64_t ReplacePeriodFindings(Session& session, const std::string& period,
                              const std::vector<FindingRow>& rows);
void ReplaceRelations(Session& session, DocId document, const std::vector<RelationRow>& rows);
void DropSuperseded(Session& session);  // of versions that are no longer the newest
void ClearFindings(Session& session);   // all but the marks

// The worst first, then by id. `after`: {severity, id} of the last one seen.
std::vector<FindingRow> FindFindings(Session& session, const FindingFilter& filter,
                                     std::optional<std::pair<int, int64_t>> after, int limit);
std::optional<FindingRow> LoadFinding(Session& session, int64_t id);
struct FindingCounts {
  std::map<int, int64_t> by_severity;      // of those the filter lets pass, severity aside
  std::map<std::string, int64_t> by_kind;  // kind aside
  int64_t total = 0, explained = 0;        // explained: that aside
};
FindingCounts CountFindings(Session& session, const FindingFilter& filter);
// Units with findings that are not explained, the busiest first.
struct UnitFindings {
  UnitId unit;
  std::string name;
  int64_t n = 0;
};
std::vector<UnitFindings> FindingUnits(Session& session, const FindingFilter& filter, int limit);

std::vector<RelationRow> FindRelations(Session& session, std::optional<DocId> document,
                                       std::optional<TaskId> task, int64_t after, int limit,
                                       const Scope& scope = {});
int64_t CountRelations(Session& session, std::optional<DocId> document, std::optional<TaskId> task,
                       const Scope& scope = {});

std::optional<FindingMark> LoadMark(Session& session, const std::string& key);
void SaveMark(Session& session, const FindingMark& mark);
void DropMark(Session& session, const std::string& key);
std::vector<FindingMark> AllMarks(Session& session);

// Newest documents that were not checked since they became what they are, oldest first, with their state.
struct Unchecked {
  DocId document;
  std::string state;
  int64_t bytes = 0;  // of its file
};
std::vector<Unchecked> UncheckedDocuments(Session& session, const std::string& engine);
// Open periods whose answers were not checked since they became what they are; closed ones once more at the
// most.
struct UncheckedPeriod {
  PeriodId period;
  std::string state;
};
std::vector<UncheckedPeriod> UncheckedPeriods(Session& session, const std::string& engine);
void NotePeriodChecked(Session& session, const UncheckedPeriod& done);
void NoteChecked(Session& session, const Unchecked& done);
// It is checked again: something that does not stand in it has changed.
void ForgetChecked(Session& session, DocId document);
// Names what is kept of findings: another one after every run that was noted. Marks aside: those have events.
std::string FindingsState(Session& session);

// Documents that one is held against: of the same round, then those its tasks are linked to, then of rounds
// of the same level, then the rest, the newest first, as long as their texts together stay below `bytes`.
// What another level's inspectors found can come back here, and the other way round.
struct Neighbour {
  DocId document;
  int64_t bytes = 0;
};
std::vector<Neighbour> CheckNeighbours(Session& session, DocId document, int64_t bytes);

}  // namespace zg::store
