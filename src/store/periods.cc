#include "store/periods.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "store/units.h"

namespace zg::store {
namespace {

#define ZG_PERIOD_SELECT \
  "SELECT id, code, begin_day, end_day, due, closed, opened_by, opened_at FROM periods "

const Query kInsert{"period_insert",
                    "INSERT INTO periods (code, begin_day, end_day, due, closed, rounds, opened_by, "
                    "opened_at) VALUES (:code, :b, :e, :due, 0, :rounds, :by, :at) RETURNING id"};
const Query kClose{"period_close", "UPDATE periods SET closed = 1 WHERE id = :id"};
const Query kLoad{"period_load", ZG_PERIOD_SELECT "WHERE id = :id"};
const Query kFind{"period_find", ZG_PERIOD_SELECT "WHERE code = :code"};
const Query kList{"periods", ZG_PERIOD_SELECT
                  "WHERE end_day < :day OR (end_day = :same AND id < :id) ORDER BY end_day DESC, id DESC "
                  "LIMIT :n"};

// Every open task, or those of one round.
std::string FillSql(bool of_round) {
  return std::string(
             "INSERT INTO reports (period_id, unit_id, task_id, status, state, reason, body, figures, "
             "evidence, next_step, remark, still, revision, updated_by, updated_at, submitted_at, "
             "decided_by, decided_at) SELECT DISTINCT :period, u.unit_id, t.id, 0, '', '', '', '[]', '[]', "
             "'', '', 0, 1, '', '', '', '', '' FROM tasks t JOIN task_units u ON u.task_id = t.id AND "
             "u.side = 0 AND u.measure_ord = -1 WHERE t.is_task = 1 AND t.gone = 0 AND t.status_kind <> "
             "'completed' AND (t.status_kind <> 'ongoing' OR :full = 1)") +
         (of_round ? " AND t.round_id = :round" : "");
}
const Query kFillAll{"period_fill", FillSql(false)};
const Query kFillRound{"period_fill_round", FillSql(true)};
const Query kGroups{"period_groups",
                    "SELECT DISTINCT r.unit_id, u.name FROM reports r JOIN units u ON u.id = r.unit_id WHERE "
                    "r.period_id = :period AND u.kind = 'group'"};
const Query kMembers{"period_group_members",
                     "SELECT u.id, u.region FROM units u JOIN regions r ON r.code = u.region WHERE r.level = "
                     ":level AND u.ident = u.region || '|' || :organ ORDER BY u.id"};
const Query kAskMember{
    "period_ask_member",
    "INSERT INTO reports (period_id, unit_id, task_id, status, state, reason, body, figures, evidence, "
    "next_step, remark, still, revision, updated_by, updated_at, submitted_at, decided_by, decided_at) "
    "SELECT period_id, :member, task_id, 0, '', '', '', '[]', '[]', '', '', 0, 1, '', '', '', '', '' FROM "
    "reports WHERE period_id = :period AND unit_id = :unit ON CONFLICT DO NOTHING"};
const Query kLeaveOut{"period_leave_out",
                      "DELETE FROM reports WHERE period_id = :period AND unit_id = :unit"};
const Query kCountUnits{
    "period_count_units",
    "INSERT INTO period_units (period_id, unit_id, empty, draft, submitted, returned, accepted, owes) SELECT "
    "period_id, unit_id, count(*), 0, 0, 0, 0, 1 FROM reports WHERE period_id = :period GROUP BY period_id, "
    "unit_id"};
const Query kCountAll{
    "period_count_all",
    "INSERT INTO period_units (period_id, unit_id, empty, draft, submitted, returned, accepted, owes) SELECT "
    ":into, 0, count(*), 0, 0, 0, 0, 0 FROM reports WHERE period_id = :period"};

const Query kCounts{"period_counts",
                    "SELECT empty, draft, submitted, returned, accepted FROM period_units WHERE period_id = "
                    ":period AND unit_id = :unit"};
const Query kSums{"period_sums",
                  "SELECT period_id, empty, draft, submitted, returned, accepted FROM period_units WHERE "
                  "period_id IN (:ids...) AND unit_id = 0"};
const Query kSumsUnder{"period_sums_under",
                       "SELECT period_id, sum(empty), sum(draft), sum(submitted), sum(returned), "
                       "sum(accepted) FROM period_units "
                       "WHERE period_id IN (:ids...) AND unit_id " +
                           InUnitsUnder("unit") + " GROUP BY period_id"};
const Query kSumsOwing{
    "period_sums_owing",
    "SELECT period_id, count(*) FROM period_units WHERE period_id IN (:ids...) AND owes = 1 GROUP "
    "BY period_id"};
const Query kMove{"period_move",
                  "UPDATE period_units SET empty = empty + :a, draft = draft + :b, submitted = submitted + "
                  ":c, returned = returned + :d, accepted = accepted + :e, owes = CASE WHEN unit_id <> 0 AND "
                  "empty + draft + returned + :f > 0 THEN 1 ELSE 0 END WHERE period_id = :period AND unit_id "
                  "= :unit"};
#define ZG_STANDING_SELECT                                                                             \
  "SELECT p.unit_id, p.empty, p.draft, p.submitted, p.returned, p.accepted FROM period_units p WHERE " \
  "p.period_id = :period "
const Query kStandings{"period_standings",
                       ZG_STANDING_SELECT "AND p.unit_id > :after ORDER BY p.unit_id LIMIT :n"};
const Query kOwing{"period_owing",
                   ZG_STANDING_SELECT "AND p.owes = 1 AND p.unit_id > :after ORDER BY p.unit_id LIMIT :n"};
const Query kStandingsUnder{"period_standings_under",
                            ZG_STANDING_SELECT "AND p.owes >= :owes AND p.unit_id > :after AND p.unit_id " +
                                InUnitsUnder("unit") + " ORDER BY p.unit_id LIMIT :n"};
const Query kCountOwing{"period_count_owing",
                        "SELECT count(*) FROM period_units WHERE period_id = :period AND owes = 1"};

const Query kFacts{"period_facts",
                   "SELECT p.id, p.rounds, (SELECT count(*) FROM reports r WHERE r.period_id = p.id) FROM "
                   "periods p ORDER BY p.id"};
#define ZG_RECOUNT                                                                                         \
  "sum(CASE WHEN status = 0 THEN 1 ELSE 0 END), sum(CASE WHEN status = 1 THEN 1 ELSE 0 END), sum(CASE "    \
  "WHEN status = 2 THEN 1 ELSE 0 END), sum(CASE WHEN status = 3 THEN 1 ELSE 0 END), sum(CASE WHEN status " \
  "= 4 THEN 1 ELSE 0 END), "
const Query kForgetCounts{"period_forget_counts", "DELETE FROM period_units"};
#define ZG_RECOUNT_UNITS                   \
  "SELECT period_id, unit_id, " ZG_RECOUNT \
  "max(CASE WHEN status IN (0, 1, 3) THEN 1 ELSE 0 END) AS owes FROM reports GROUP BY period_id, unit_id"
#define ZG_RECOUNT_ALL "SELECT period_id, 0, " ZG_RECOUNT "0 AS owes FROM reports GROUP BY period_id"
#define ZG_COUNT_COLUMNS "period_id, unit_id, empty, draft, submitted, returned, accepted, owes"
const Query kRecountUnits{"period_recount_units",
                          "INSERT INTO period_units (" ZG_COUNT_COLUMNS ") " ZG_RECOUNT_UNITS};
const Query kRecountAll{"period_recount_all",
                        "INSERT INTO period_units (" ZG_COUNT_COLUMNS ") " ZG_RECOUNT_ALL};
const Query kWrongCounts{
    "period_wrong_counts",
    "WITH counted (" ZG_COUNT_COLUMNS ") AS (" ZG_RECOUNT_UNITS " UNION ALL " ZG_RECOUNT_ALL
    "), wrong AS (SELECT * FROM (SELECT " ZG_COUNT_COLUMNS " FROM counted EXCEPT SELECT " ZG_COUNT_COLUMNS
    " FROM period_units) AS a UNION SELECT * FROM (SELECT " ZG_COUNT_COLUMNS
    " FROM period_units EXCEPT SELECT " ZG_COUNT_COLUMNS
    " FROM counted) AS b) SELECT DISTINCT p.code, w.unit_id FROM wrong w JOIN periods p ON "
    "p.id = w.period_id ORDER BY p.code, w.unit_id LIMIT :n"};

template <class... A>
std::vector<Period> Rows(Session& session, const Query& query, const A&... args) {
  std::vector<Period> periods;
  session.Each<int64_t, std::string, std::string, std::string, std::string, bool, std::string, std::string>(
      query,
      [&](int64_t id, const std::string& code, const std::string& begin, const std::string& end,
          const std::string& due, bool closed, const std::string& by, const std::string& at) {
        periods.push_back({{id},
                           code,
                           Date::ParseIso(begin).value_or(Date()),
                           Date::ParseIso(end).value_or(Date()),
                           Date::ParseIso(due).value_or(Date()),
                           closed,
                           by,
                           at});
      },
      args...);
  return periods;
}

std::optional<Period> First(std::vector<Period> periods) {
  return periods.empty() ? std::nullopt : std::optional<Period>(std::move(periods[0]));
}

template <class... A>
std::vector<UnitStanding> Standings(Session& session, const Query& query, const A&... args) {
  std::vector<UnitStanding> all;
  std::vector<UnitId> ids;
  session.Each<int64_t, int64_t, int64_t, int64_t, int64_t, int64_t>(
      query,
      [&](int64_t unit, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e) {
        all.push_back({{unit}, "", {a, b, c, d, e}});
        ids.push_back({unit});
      },
      args...);
  auto names = UnitNames(session, ids);
  for (auto& standing : all) standing.name = names[standing.unit];
  return all;
}

// Whether these regions are all of the level inside the top regions that they lie in.
bool AreAll(const RegionIndex& regions, const std::string& level, const std::set<std::string>& codes) {
  auto top = [&](const std::string& code) { return regions.Chain(code).back(); };
  std::set<std::string> tops;
  for (const auto& code : codes) tops.insert(top(code));
  return std::all_of(regions.all().begin(), regions.all().end(), [&](const Region& r) {
    return r.level != level || codes.count(r.code) || !tops.count(top(r.code));
  });
}

// A group (各地（州、市）党委) is asked as its members that the directory of units knows. Where it does not
// know all of them, the group itself is asked too, so that nobody is passed over unseen.
void AskMembers(Session& session, PeriodId period) {
  std::vector<std::pair<UnitId, std::string>> groups;
  session.Each<int64_t, std::string>(
      kGroups,
      [&](int64_t id, const std::string& name) {
        groups.push_back({{id}, name});
      },
      period);
  if (groups.empty()) return;
  RegionIndex regions(LoadRegions(session));
  for (const auto& [group, name] : groups) {
    auto meaning = MeaningOfGroup(name);
    if (!meaning) continue;
    bool all = true;
    for (const auto& level : meaning->levels) {
      std::vector<UnitId> members;
      std::set<std::string> codes;
      session.Each<int64_t, std::string>(
          kMembers,
          [&](int64_t id, const std::string& region) {
            members.push_back({id});
            codes.insert(region);
          },
          level, meaning->organ);
      for (UnitId member : members) session.Run(kAskMember, member, period, group);
      all = all && !members.empty() && AreAll(regions, level, codes);
    }
    if (all) session.Run(kLeaveOut, period, group);
  }
}

}  // namespace

PeriodId InsertPeriod(Session& session, const Period& p, const std::vector<RoundId>& rounds) {
  nlohmann::json list = nlohmann::json::array();
  for (RoundId round : rounds) list.push_back(round.value);
  return {session.Insert(kInsert, p.code, p.begin.Iso(), p.end.Iso(), p.due.Iso(), list.dump(), p.opened_by,
                         p.opened_at)};
}

void ClosePeriod(Session& session, PeriodId id) {
  session.Run(kClose, id);
}

std::optional<Period> LoadPeriod(Session& session, PeriodId id) {
  return First(Rows(session, kLoad, id));
}

std::optional<Period> FindPeriod(Session& session, const std::string& code) {
  return First(Rows(session, kFind, code));
}

std::vector<Period> ListPeriods(Session& session, const std::string& before_day, PeriodId before, int limit) {
  std::string day = before_day.empty() ? "9999-12-31" : before_day;
  return Rows(session, kList, day, day, before, limit);
}

int64_t FillPeriod(Session& session, PeriodId id, const std::vector<RoundId>& rounds, bool in_full) {
  if (rounds.empty()) session.Run(kFillAll, id, in_full);
  for (RoundId round : rounds) session.Run(kFillRound, id, in_full, round);
  AskMembers(session, id);
  session.Run(kCountUnits, id);
  session.Run(kCountAll, id, id);
  return CountsOf(session, id, {})[0];
}

std::vector<PeriodFacts> AllPeriods(Session& session) {
  std::vector<PeriodFacts> all;
  session.Each<int64_t, std::string, int64_t>(kFacts, [&](int64_t id, const std::string& rounds, int64_t n) {
    all.push_back({{}, rounds, n});
    all.back().period.id = {id};
  });
  for (auto& facts : all) facts.period = LoadPeriod(session, facts.period.id).value_or(facts.period);
  return all;
}

std::vector<std::string> PeriodCountBreaks(Session& session, size_t most) {
  std::vector<std::string> breaks;
  session.Each<std::string, int64_t>(
      kWrongCounts,
      [&](const std::string& code, int64_t unit) {
        breaks.push_back("调度期" + code +
                         (unit ? "单位号" + std::to_string(unit) : std::string("全部单位")) +
                         "的上报计数与重数的不符，请运行 zhenggai rebuild 重建。");
      },
      int64_t(most));
  return breaks;
}

void RebuildPeriodCounts(Session& session) {
  session.Run(kForgetCounts);
  session.Run(kRecountUnits);
  session.Run(kRecountAll);
}

StatusCounts CountsOf(Session& session, PeriodId period, UnitId unit) {
  auto row = session.Row<int64_t, int64_t, int64_t, int64_t, int64_t>(kCounts, period, unit);
  if (!row) return {};
  auto [a, b, c, d, e] = *row;
  return {a, b, c, d, e};
}

void MoveCount(Session& session, PeriodId period, UnitId unit, ReportStatus from, ReportStatus to) {
  if (from == to) return;
  StatusCounts by{};
  by[size_t(from)] -= 1;
  by[size_t(to)] += 1;
  int64_t owed = int64_t(IsOwed(to)) - int64_t(IsOwed(from));
  for (UnitId id : {unit, UnitId()}) {
    session.Run(kMove, by[0], by[1], by[2], by[3], by[4], owed, period, id);
  }
}

std::vector<UnitStanding> ListStandings(Session& session, PeriodId period, bool owing, const Scope& scope,
                                        UnitId after, int limit) {
  if (!scope.all) return Standings(session, kStandingsUnder, period, owing, after, scope.unit, limit);
  return Standings(session, owing ? kOwing : kStandings, period, after, limit);
}

int64_t CountOwing(Session& session, PeriodId period) {
  return session.Value<int64_t>(kCountOwing, period).value_or(0);
}

std::map<PeriodId, PeriodSums> SumsOf(Session& session, const std::vector<Period>& periods,
                                      const Scope& scope) {
  std::vector<int64_t> ids;
  for (const auto& period : periods) ids.push_back(period.id.value);
  std::map<PeriodId, PeriodSums> sums;
  auto take = [&](int64_t id, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e) {
    sums[{id}].counts = {a, b, c, d, e};
  };
  using I = int64_t;
  if (!scope.all) {
    session.Each<I, I, I, I, I, I>(kSumsUnder, take, ids, scope.unit);
    return sums;
  }
  auto owing = [&](int64_t id, int64_t n) { sums[{id}].owing = n; };
  session.Ahead([&] { session.Each<I, I>(kSumsOwing, owing, ids); });
  session.Each<I, I, I, I, I, I>(kSums, take, ids);
  session.Each<I, I>(kSumsOwing, owing, ids);
  return sums;
}

}  // namespace zg::store
