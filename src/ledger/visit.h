#pragma once
// A stop on the plan of on-site supervision (督导安排): which team goes where, when, about which tasks. Pure.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"

namespace zg {

struct VisitTag;
using VisitId = Id<VisitTag>;

struct Visit {
  VisitId id;
  std::string team;    // 第一督导组
  std::string region;  // code; empty: only the unit is said
  UnitId unit;         // none: the region as a whole
  Date from, to;       // both inclusive
  std::vector<TaskId> tasks;
  std::string note;
  bool done = false;
  bool gone = false;  // taken off the plan
  int64_t revision = 1;
  std::string updated_by, updated_at;
};

// kInvalid (visit.bad, `where` the member): no team or one over 40 characters, neither region nor unit, `to`
// before `from` or more than 60 days after it, more than 200 tasks, a note over 500 characters.
Status CheckVisit(const Visit& visit);
// What an event tells of it: every lasting member but who and when, keys sorted.
nlohmann::json VisitTold(const Visit& visit);

}  // namespace zg
