#pragma once
// Tasks on their way to close-out (销号): what may be done next, steps, look-backs, the board.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "ledger/workflow.h"
#include "office/actor.h"
#include "office/json_text.h"
#include "office/kept.h"

namespace zg {

struct OfficeCore;
namespace store {
class Session;
struct CaseRow;
}  // namespace store

struct CaseStepRequest {
  std::string step;  // an id of the workflow, or "return"
  std::string text, opinion;
  std::vector<EvidenceId> evidence;  // pieces of this task that the step rests on
  int64_t revision = 0;              // of the case that the person saw
};

struct CaseQuery {
  std::string workflow, state;  // both or none; none only with `late`
  std::optional<RoundId> round;
  std::optional<UnitId> unit;
  bool late = false;
  std::string after;
  int limit = 50;
};

struct LookBackRequest {
  std::optional<RoundId> round;  // drawn from those tasks …
  std::optional<UnitId> unit;
  int count = 0;              // … so many, …
  uint64_t seed = 0;          // … always the same ones for the same seed
  std::vector<TaskId> tasks;  // or these, chosen; then `count` is 0
  std::string text;           // how it is to be done
};

// Thread-safe. What a user sees follows from the unit (a unit's user: its own tasks); what may be done is
// said by the workflow. Errors of the ledger come through: case.not_yours, case.not_here, case.notice,
// case.evidence, case.no_text, … (ledger/case.h).
class Cases {
 public:
  explicit Cases(OfficeCore& core) : core_(core) {}

  // {task_id, workflow, state, cycle, …, states, steps, history}; task.not_found, case.none (a heading).
  Result<nlohmann::json> Get(TaskId task, const Actor& actor);
  // → as Get. kConflict (case.changed) when the revision is old; case.no_evidence for a piece that is not
  // there.
  Result<nlohmann::json> Take(TaskId task, const CaseStepRequest& request, const Actor& actor);
  // {seed, candidates, chosen: [task …]}: each goes to its look-back in one transaction, all or none.
  // look_back.nothing, look_back.count.
  Result<nlohmann::json> LookBack(const LookBackRequest& request, const Actor& actor);

  // {items: [{workflow, title, states: [{id, title, closed, n, late, oldest_days}]}]}
  Result<JsonText> Board(const CaseQuery& query, const Actor& actor) const;
  // A page of tasks in a state, the longest waiting first. case.place, parameter.after.
  Result<JsonText> List(const CaseQuery& query, const Actor& actor) const;
  // Versions in use and those for new tasks, for drawing: {items}; one: workflow.not_found.
  Result<nlohmann::json> Workflows(const Actor& actor) const;

  // Tasks of the document that have no case begin theirs, told by the event that will be number `seq`. → the
  // line for that event's proof; empty: all had one. In the transaction of the commit; inside of office/
  // only.
  std::string Begin(store::Session& session, DocId document, const std::string& actor, int64_t seq);
  // The same for whole ledgers that are older than workflows.
  Status BeginMissing();
  // The task was published: it takes the step called "publish" where it stands before it and the actor may
  // take it; otherwise nothing happens. In the transaction of the release; inside of office/ only.
  Status Published(store::Session& session, TaskId task, const Actor& actor);
  // The workflow that a case goes by; inside of office/ only. workflow.missing
  using Version = std::shared_ptr<const Workflow>;
  Result<Version> VersionOf(store::Session& session, int64_t id) const;

 private:
  Result<store::CaseRow> Load(store::Session& session, TaskId task, const Actor& actor);
  Status Step(store::Session& session, store::CaseRow& row, const CaseStepRequest& request,
              const Actor& actor);

  OfficeCore& core_;
  mutable Kept board_{64};
  mutable std::mutex mutex_;
  mutable std::map<int64_t, Version> versions_;  // parsed; guarded by mutex_
};

}  // namespace zg
