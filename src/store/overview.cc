#include "store/overview.h"

#include <fmt/format.h>

#include "store/facet.h"
#include "store/units.h"

namespace zg::store {
namespace {

constexpr int kUnits = 20;

const Query kOfFacet{
    "overview_facet",
    "SELECT due, state, n FROM task_counts WHERE round_id = :round AND facet = :facet AND n > 0"};
const Query kTotal{"overview_total", "SELECT n FROM facet_totals WHERE round_id = :round AND facet = :facet"};
// Kinds 5 and 6 are units and regions (store/facet.h).
const Query kUnitsByTasks{
    "overview_units",
    "SELECT u.id, u.name, t.facet FROM facet_totals t JOIN units u ON u.id = t.facet - :base "
    "WHERE t.round_id = :round AND t.kind = 5 AND t.n > 0 ORDER BY t.n DESC, t.facet DESC "
    "LIMIT :n"};
const Query kUnitsUnder{
    "overview_units_under",
    "SELECT u.id, u.name, t.facet FROM facet_totals t JOIN units u ON u.id = t.facet - :base "
    "WHERE t.round_id = :round AND t.kind = 5 AND t.n > 0 AND u.id IN (" +
        UnitsUnder("under") + ") ORDER BY t.n DESC, t.facet DESC LIMIT :n"};
const Query kSeenFlag{"overview_seen_flag",
                      "SELECT count(*) FROM task_facets f WHERE f.facet = :facet AND (f.bits & :bit) <> 0"};
const Query kSeenFlagRound{
    "overview_seen_flag_round",
    "SELECT count(*) FROM task_facets f JOIN task_rows r ON r.ord = f.ord WHERE f.facet = "
    ":facet AND (f.bits & :bit) <> 0 AND r.round_id = :round"};
const Query kRegionTotals{"region_totals",
                          "SELECT facet, n FROM facet_totals WHERE round_id = 0 AND kind = 6 AND n > 0"};

struct Counted {
  int64_t due;
  TaskState state;
  int64_t n;
};

std::vector<Counted> CountsOf(Session& session, int64_t round, int64_t facet) {
  std::vector<Counted> counts;
  session.Each<int64_t, int, int64_t>(
      kOfFacet,
      [&](int64_t due, int state, int64_t n) {
        counts.push_back({due, TaskState(state), n});
      },
      round, facet);
  return counts;
}

Tally TallyOf(const std::vector<Counted>& counts, Date as_of) {
  Tally tally;
  for (const auto& c : counts) {
    tally.total += c.n;
    if (c.state == TaskState::kCompleted) tally.completed += c.n;
    if (IsOverdue(DateOfDue(c.due), c.state, as_of)) tally.overdue += c.n;
  }
  return tally;
}

void CountMonths(const std::vector<Counted>& counts, OverviewCounts& out) {
  std::map<int64_t, MonthTally> months;
  for (const auto& c : counts) {
    if (c.due == kNoDue) {
      out.no_date += c.n;
      continue;
    }
    MonthTally& month = months[c.due / 100];
    month.due += c.n;
    if (c.state == TaskState::kCompleted) month.completed += c.n;
  }
  for (auto& [number, month] : months) {
    month.month = fmt::format("{:04}-{:02}", number / 100, number % 100);
    out.by_month.push_back(month);
  }
}

}  // namespace

Tally CountFacet(Session& session, std::optional<RoundId> round, int64_t facet, Date as_of) {
  return TallyOf(CountsOf(session, round ? round->value : 0, facet), as_of);
}

OverviewCounts CountOverview(Session& session, std::optional<RoundId> round, Date as_of, const Scope& scope) {
  OverviewCounts out;
  int64_t in_round = round ? round->value : 0;
  std::vector<Counted> all = CountsOf(session, in_round, FacetOf(scope));
  out.all = TallyOf(all, as_of);
  for (const auto& c : all) out.by_state[c.state] += c.n;
  CountMonths(all, out);
  auto flag = [&](int64_t bit) {
    if (!scope.all && round)
      return session.Value<int64_t>(kSeenFlagRound, FacetOf(scope), bit, in_round).value_or(0);
    if (!scope.all) return session.Value<int64_t>(kSeenFlag, FacetOf(scope), bit).value_or(0);
    return session.Value<int64_t>(kTotal, in_round, Facet(FacetKind::kFlag, bit)).value_or(0);
  };
  out.immediate = flag(kImmediateBit);
  out.long_term = flag(kLongTermBit);
  out.behind_schedule = flag(kBehindBit);
  out.doubt = flag(kDoubtBit);
  auto unit = [&](int64_t id, std::string& name, int64_t facet) {
    out.by_unit.push_back({{id}, name, TallyOf(CountsOf(session, in_round, facet), as_of)});
  };
  int64_t base = Facet(FacetKind::kUnit);
  if (scope.all)
    session.Each<int64_t, std::string, int64_t>(kUnitsByTasks, unit, base, in_round, kUnits);
  else
    session.Each<int64_t, std::string, int64_t>(kUnitsUnder, unit, base, in_round, scope.unit, kUnits);
  if (!scope.all) return out;  // of other units' regions nothing is told
  for (const auto& region : LoadRegions(session)) {
    if (region.level != "prefecture" && region.level != "xpcc-city") continue;
    Tally tally = CountFacet(session, round, Facet(FacetKind::kRegion, RegionNumber(region.code)), as_of);
    if (tally.total > 0) out.by_region.push_back({region.code, region.name, region.level, tally});
  }
  return out;
}

std::map<std::string, int64_t> TasksByRegion(Session& session) {
  std::map<int64_t, int64_t> by_number;
  session.Each<int64_t, int64_t>(kRegionTotals,
                                 [&](int64_t facet, int64_t n) { by_number[IdOfFacet(facet)] = n; });
  std::map<std::string, int64_t> by_code;
  for (const auto& region : LoadRegions(session)) {
    auto it = by_number.find(RegionNumber(region.code));
    if (it != by_number.end()) by_code[region.code] = it->second;
  }
  return by_code;
}

}  // namespace zg::store
