#include "store/charts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "store/facet.h"
#include "store/periods.h"
#include "store/units.h"

namespace zg::store {
namespace {

using nlohmann::json;

// Kind 8: units as responsible ones (store/facet.h).
#define ZG_UNITS                                                                          \
  "SELECT u.id, u.name FROM facet_totals t JOIN units u ON u.id = t.facet - :base WHERE " \
  "t.round_id = :round AND t.kind = 8 AND t.n > 0"
#define ZG_BUSIEST " ORDER BY t.n DESC, t.facet DESC LIMIT :n"
const Query kUnits{"standing_units", ZG_UNITS ZG_BUSIEST};
const Query kUnitsOfKind{"standing_units_kind", ZG_UNITS " AND u.kind = :kind" ZG_BUSIEST};
const Query kUnitsUnder{"standing_units_under",
                        ZG_UNITS " AND u.id IN (" + UnitsUnder("under") + ")" ZG_BUSIEST};
const Query kUnitsUnderOfKind{"standing_units_under_kind", ZG_UNITS " AND u.id IN (" + UnitsUnder("under") +
                                                               ") AND u.kind = :kind" ZG_BUSIEST};
// 2 submitted, 4 accepted.
const Query kBehind{
    "trend_behind",
    "SELECT count(*) FROM reports WHERE period_id = :period AND on_schedule = 0 AND status IN (2, 4)"};
const Query kCompleted{
    "trend_completed",
    "SELECT count(*) FROM reports WHERE period_id = :period AND state = 'completed' AND status = 4"};
const Query kMoves{
    "case_moves",
    "SELECT at, after FROM events WHERE task_id = :task AND kind IN ('case.step', 'case.rechecked', "
    "'case.look_back', 'case.rebound', 'case.returned') ORDER BY seq"};

}  // namespace

std::vector<UnitPace> StandingsOfUnits(Session& session, std::optional<RoundId> round,
                                       const std::string& kind, const Scope& scope, Date as_of,
                                       const PaceRule& rule, int limit) {
  std::vector<UnitPace> units;
  auto take = [&](int64_t id, const std::string& name) { units.push_back({{id}, name, {}}); };
  int64_t base = Facet(FacetKind::kUnitDoes), in_round = round ? round->value : 0;
  if (scope.all && kind.empty())
    session.Each<int64_t, std::string>(kUnits, take, base, in_round, limit);
  else if (scope.all)
    session.Each<int64_t, std::string>(kUnitsOfKind, take, base, in_round, kind, limit);
  else if (kind.empty())
    session.Each<int64_t, std::string>(kUnitsUnder, take, base, in_round, scope.unit, limit);
  else
    session.Each<int64_t, std::string>(kUnitsUnderOfKind, take, base, in_round, scope.unit, kind, limit);
  for (auto& unit : units)
    unit.counts = CountStandings(session, round, Facet(FacetKind::kUnitDoes, unit.unit.value), as_of, rule);
  return units;
}

std::vector<RegionStanding> StandingsOfRegions(Session& session, std::optional<RoundId> round, Date as_of,
                                               const PaceRule& rule) {
  std::vector<RegionStanding> regions;
  for (const auto& region : LoadRegions(session)) {
    if (region.level != "prefecture" && region.level != "xpcc-city") continue;
    int64_t facet = Facet(FacetKind::kRegionDoes, RegionNumber(region.code));
    regions.push_back(
        {region.code, region.name, region.level, CountStandings(session, round, facet, as_of, rule)});
  }
  return regions;
}

std::vector<PeriodTrend> TrendOfPeriods(Session& session, int limit) {
  std::vector<PeriodTrend> trend;
  for (const auto& period : ListPeriods(session, "", {}, limit)) {
    StatusCounts counts = CountsOf(session, period.id, {});
    PeriodTrend one{period.id, period.code, 0, 0, 0, 0};
    for (int64_t n : counts) one.asked += n;
    one.answered = counts[size_t(ReportStatus::kSubmitted)] + counts[size_t(ReportStatus::kAccepted)];
    one.behind = session.Value<int64_t>(kBehind, period.id).value_or(0);
    one.completed = session.Value<int64_t>(kCompleted, period.id).value_or(0);
    trend.push_back(one);
  }
  std::reverse(trend.begin(), trend.end());
  return trend;
}

std::vector<CaseMove> MovesOf(Session& session, TaskId task) {
  std::vector<CaseMove> moves;
  session.Each<std::string, std::string>(
      kMoves,
      [&](const std::string& at, const std::string& text) {
        json after = json::parse(text, nullptr, false);
        auto day = Date::ParseIso(at.substr(0, 10));
        if (!day || !after.is_object()) return;
        moves.push_back({*day, after.value("from_title", ""), after.value("to_title", "")});
      },
      task);
  return moves;
}

}  // namespace zg::store
