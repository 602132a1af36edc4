#pragma once
// Lists of tasks, one task with everything about it, and a person's decisions on it.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/id.h"
#include "base/result.h"
#include "ledger/filter.h"
#include "office/actor.h"
#include "office/json_text.h"

namespace zg {

struct OfficeCore;

struct TaskChange {
  std::string field;  // as DraftCorrection::field
  std::string value_json;
  std::string reason;    // must not be empty: a decision has one
  int64_t revision = 0;  // of the task that the person saw
};

// Thread-safe.
class Tasks {
 public:
  explicit Tasks(OfficeCore& core) : core_(core) {}
  // {items, next, total, capped}. `total` is exact up to 1,000; where `capped` there are more. States are
  // those of ledger/task.h, "not_stated" among them. kInvalid (parameter.after) for a key that is not one of
  // its own.
  Result<JsonText> List(const TaskFilter& filter, const TaskSort& sort, const PageRequest& page) const;
  // task.not_found. `as_of`: today.
  Result<JsonText> Get(TaskId id, const Scope& scope = {}) const;
  // → the task as Get gives it. kConflict (task.changed) when `revision` is old; kInvalid as for drafts, and
  // task.no_reason.
  Result<JsonText> Change(TaskId id, const TaskChange& change, const Actor& actor);

 private:
  OfficeCore& core_;
};

}  // namespace zg
