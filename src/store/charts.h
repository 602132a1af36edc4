#pragma once
// What charts and the leaders' overview are made of, each by its own index: the cost is that of what is
// shown.

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "ledger/scope.h"
#include "store/pace.h"

namespace zg::store {

struct UnitPace {
  UnitId unit;
  std::string name;
  StandingCounts counts{};
};
// Units responsible for the most tasks first, at most `limit`; `kind`: of units (department), empty: any.
// Within the scope.
std::vector<UnitPace> StandingsOfUnits(Session& session, std::optional<RoundId> round,
                                       const std::string& kind, const Scope& scope, Date as_of,
                                       const PaceRule& rule, int limit);
struct RegionStanding {
  std::string code, name, level;
  StandingCounts counts{};
};
// Prefectures and cities directly under the region, by code, those without tasks too.
std::vector<RegionStanding> StandingsOfRegions(Session& session, std::optional<RoundId> round, Date as_of,
                                               const PaceRule& rule);

struct PeriodTrend {
  PeriodId id;
  std::string code;
  int64_t asked = 0, answered = 0, behind = 0, completed = 0;  // answers, of all units
};
std::vector<PeriodTrend> TrendOfPeriods(Session& session, int limit);  // the newest, oldest first

// Steps of a task's way through its workflow, oldest first.
struct CaseMove {
  Date day;
  std::string from, to;  // titles of states
};
std::vector<CaseMove> MovesOf(Session& session, TaskId task);

}  // namespace zg::store
