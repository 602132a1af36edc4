#pragma once
// Counts over the whole ledger, or one round, out of the counters: the cost does not grow with the tasks.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "ledger/scope.h"
#include "ledger/task.h"
#include "store/sql.h"

namespace zg::store {

struct Tally {
  int64_t total = 0, completed = 0, overdue = 0;
};
struct UnitTally {
  UnitId unit;
  std::string name;
  Tally tally;
};
struct RegionTally {
  std::string code, name, level;
  Tally tally;
};
struct MonthTally {
  std::string month;  // 2024-12
  int64_t due = 0, completed = 0;
};
struct OverviewCounts {
  Tally all;
  std::map<TaskState, int64_t> by_state;
  std::vector<MonthTally> by_month;  // ascending
  std::vector<UnitTally> by_unit;    // those at the most tasks, at most 20
  std::vector<RegionTally>
      by_region;  // prefectures and what hangs directly under the region; with tasks only
  int64_t immediate = 0, long_term = 0, behind_schedule = 0, doubt = 0, no_date = 0;
};

OverviewCounts CountOverview(Session& session, std::optional<RoundId> round, Date as_of,
                             const Scope& scope = {});
Tally CountFacet(Session& session, std::optional<RoundId> round, int64_t facet, Date as_of);
// Tasks of every region that has any, by code.
std::map<std::string, int64_t> TasksByRegion(Session& session);

}  // namespace zg::store
