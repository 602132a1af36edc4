#pragma once
// A task broken down into steps; steps done; steps handed to a lower unit as a task of its own; the handbook.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "office/actor.h"
#include "office/exports.h"

namespace zg {

struct OfficeCore;

struct CascadeRequest {
  int64_t revision = 0;       // of the breakdown that the person saw
  UnitId unit;                // the lower unit
  RoundId round;              // none: the task's own
  std::optional<Date> due;    // none: the last day of the steps, else the task's
  std::vector<StepId> steps;  // none: all of that unit that are not done
};

// Thread-safe. kNotFound: task.not_found (a task that the person does not see counts as not there);
// kConflict: breakdown.changed, with what it is now.
class Breakdowns {
 public:
  explicit Breakdowns(OfficeCore& core) : core_(core) {}
  // {task_id, revision, updated_by, updated_at, steps, gaps, progress, lower}; revision 0: not broken down
  // yet.
  Result<nlohmann::json> Get(TaskId task, const Actor& actor) const;
  // `steps`: a JSON list of {id, measure, text, unit, unit_name, due, deliverable, weight} in order; what was
  // said of steps being done stays with their ids. → as Get. kInvalid: breakdown.bad (`where`: steps[2]).
  Result<nlohmann::json> Save(TaskId task, int64_t revision, const std::string& steps, const Actor& actor);
  // day nullopt: not done after all. kForbidden: breakdown.not_yours; kInvalid: breakdown.day (in the
  // future); kNotFound: breakdown.no_step.
  Result<nlohmann::json> MarkDone(TaskId task, int64_t revision, StepId step, std::optional<Date> day,
                                  const Actor& actor);
  // Puts a task into the list of the lower unit (made where it has none in that round), with a confirmed link
  // to this one. → {task_id, document_id, path, breakdown}. kInvalid: breakdown.no_steps,
  // breakdown.lower_late, breakdown.same_unit; kConflict: breakdown.handed_down; kNotFound: unit.not_found,
  // round.not_found.
  Result<nlohmann::json> Cascade(TaskId task, const CascadeRequest& request, const Actor& actor);
  // The same for all tasks of a document at once that have steps of the unit. `round` none: the document's. →
  // {document_id, tasks}. kNotFound: document.not_found.
  Result<nlohmann::json> CascadeAll(DocId document, UnitId unit, RoundId round, const Actor& actor);
  // 交账手册 of one task, or of all of a document that are broken down (breakdown.nothing: none is).
  Result<ExportedFile> Handbook(TaskId task, const Actor& actor) const;
  Result<ExportedFile> Handbook(DocId document, const Actor& actor) const;

 private:
  OfficeCore& core_;
};

}  // namespace zg
