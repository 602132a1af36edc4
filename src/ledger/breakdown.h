#pragma once
// A task broken down (任务分解, 交账手册): every measure becomes steps, each with a unit, a day, a
// deliverable and a weight. Pure.

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "extract/draft.h"

namespace zg {

struct BreakdownStep {
  StepId id;         // stays with the step; none: new
  int measure = -1;  // index into the task's measures; -1: of the task as a whole
  std::string text;
  UnitId unit;            // none: not said yet
  std::string unit_name;  // canonical; read only
  std::optional<Date> due;
  std::string deliverable;
  int weight = 0;            // of 100
  std::optional<Date> done;  // when it was done
  std::string done_by;       // who said so
};

struct Breakdown {
  TaskId task;
  std::vector<BreakdownStep> steps;  // in order
  int64_t revision = 0;              // 0: never broken down
  std::string updated_by, updated_at;
};

// A lower unit's task that was made of this one.
struct LowerTask {
  TaskId id;
  std::string path, unit;
  std::optional<Date> due;
};

// What is not as it should be, one Chinese sentence each.
struct BreakdownGap {
  std::string kind;  // late, weights, no_step, no_unit, no_due, no_deliverable, measure_gone,
                     // unit_without_step, lower_late, unfinished
  int step = -1;     // index into the steps; -1: of no single one
  int measure = -1;  // index into the task's measures; -1: of none
  std::string message;
};

struct BreakdownFacts {
  const Entry* entry = nullptr;  // the task; borrowed for the call
  std::vector<UnitRef> units;    // responsible, under their canonical names
  std::vector<LowerTask> lower;
  Date today;
};
// Nothing for a task that was never broken down (revision 0). The order is that of the sentences on the page.
std::vector<BreakdownGap> FindGaps(const Breakdown& breakdown, const BreakdownFacts& facts);

// How far it should be and how far it is, in hundredths by weight. nullopt where no step has a weight.
struct BreakdownProgress {
  int planned = 0;  // weights of the steps whose day is past
  int done = 0;
};
std::optional<BreakdownProgress> ProgressOf(const Breakdown& breakdown, Date today);

// kInvalid (breakdown.bad, `where` the step's number): no text, text over 2,000 or a deliverable over 500
// characters, a weight outside 0–100, a measure that the task does not have, more than 200 steps.
Status CheckSteps(const std::vector<BreakdownStep>& steps, size_t measures);

}  // namespace zg
