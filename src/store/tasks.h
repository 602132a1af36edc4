#pragma once
// Tasks with all that belongs to them.

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/task.h"
#include "store/known_names.h"
#include "store/sql.h"
#include "store/units.h"

namespace zg::store {

// Writes a new task and gives it its id. Its units are found or made in the directory.
TaskId InsertTask(Session& session, const Task& task, UnitDirectory& units, const std::string& now);
// Writes the task over what is there. Measures keep their ids by their place. `task.revision` is written as
// it is.
void UpdateTask(Session& session, const Task& task, UnitDirectory& units);

std::optional<Task> LoadTask(Session& session, TaskId id);
// In the order of the document; those that are gone only when asked for.
std::vector<Task> LoadTasks(Session& session, DocId document, bool with_gone = false);

// The few columns that lists of entries, links and trees need.
struct TaskHead {
  TaskId id;
  DocId document;
  RoundId round;
  TaskId parent;
  int seq = 0;
  std::string path, label, problem;
  bool is_task = true, gone = false;
  Span span;
  std::optional<int64_t> upstream_ordinal;
  std::optional<std::string> due;
  std::string status_kind;
};
std::optional<TaskHead> LoadHead(Session& session, TaskId id);
// Of those that there are. Most are remembered; then only their stamp is asked, and is better asked ahead.
std::unordered_map<TaskId, TaskName> LoadNames(Session& session, const std::vector<TaskId>& ids);
std::vector<TaskHead> HeadsOf(Session& session, DocId document);  // without those that are gone
std::vector<TaskHead> ChildrenOf(Session& session, TaskId parent);
// The innermost entry of the document around that character.
std::optional<TaskHead> HeadAt(Session& session, DocId document, uint32_t at);
// The tasks before and after it in its document: {previous, next}, none where there is none.
std::pair<std::optional<TaskHead>, std::optional<TaskHead>> Neighbours(Session& session,
                                                                       const TaskHead& head);
TaskHead HeadOf(const Task& task);
TaskState StateOf(const TaskHead& head);
// What its deadline and its state say of when it must be done.
struct TaskTerms {
  std::optional<Date> due;
  bool long_term = false;  // kept up, by the one or the other
};
std::optional<TaskTerms> LoadTerms(Session& session, TaskId id);

// Which unit stands at the task, in which role.
struct TaskUnit {
  UnitId unit;
  int side = 0;  // 0 responsible, 1 acceptance
  int measure = -1;
  UnitRole role = UnitRole::kNone;
};
std::vector<TaskUnit> UnitsOf(Session& session, TaskId id);

}  // namespace zg::store
