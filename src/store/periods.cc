#include "store/periods.h"

#include <nlohmann/json.hpp>

#include "base/digest.h"

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
const Query kCountUnits{
    "period_count_units",
    "INSERT INTO period_units (period_id, unit_id, empty, draft, submitted, returned, accepted, owes) SELECT "
    "period_id, unit_id, count(*), 0, 0, 0, 0, 1 FROM reports WHERE period_id = :period GROUP BY period_id, "
    "unit_id"};
const Query kCountAll{
    "period_count_all",
    "INSERT INTO period_units (period_id, unit_id, empty, draft, submitted, returned, accepted, owes) SELECT "
    ":into, 0, count(*), 0, 0, 0, 0, 0 FROM reports WHERE period_id = :period"};

const Query kRounds{"period_rounds", "SELECT rounds FROM periods WHERE id = :id"};
const Query kAsked{"period_asked",
                   "SELECT id, unit_id, task_id FROM reports WHERE period_id = :period ORDER BY id"};

const Query kCounts{"period_counts",
                    "SELECT empty, draft, submitted, returned, accepted FROM period_units WHERE period_id = "
                    ":period AND unit_id = :unit"};
const Query kMove{"period_move",
                  "UPDATE period_units SET empty = empty + :a, draft = draft + :b, submitted = submitted + "
                  ":c, returned = returned + :d, accepted = accepted + :e, owes = CASE WHEN unit_id <> 0 AND "
                  "empty + draft + returned + :f > 0 THEN 1 ELSE 0 END WHERE period_id = :period AND unit_id "
                  "= :unit"};
#define ZG_STANDING_SELECT                                                                             \
  "SELECT p.unit_id, u.name, p.empty, p.draft, p.submitted, p.returned, p.accepted FROM period_units " \
  "p JOIN units u ON u.id = p.unit_id WHERE p.period_id = :period "
const Query kStandings{"period_standings",
                       ZG_STANDING_SELECT "AND p.unit_id > :after ORDER BY p.unit_id LIMIT :n"};
const Query kOwing{"period_owing",
                   ZG_STANDING_SELECT "AND p.owes = 1 AND p.unit_id > :after ORDER BY p.unit_id LIMIT :n"};
const Query kStandingOf{"period_standing", ZG_STANDING_SELECT "AND p.unit_id = :unit"};
const Query kCountOwing{"period_count_owing",
                        "SELECT count(*) FROM period_units WHERE period_id = :period AND owes = 1"};

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
  session.Each<int64_t, std::string, int64_t, int64_t, int64_t, int64_t, int64_t>(
      query,
      [&](int64_t unit, const std::string& name, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e) {
        all.push_back({{unit}, name, {a, b, c, d, e}});
      },
      args...);
  return all;
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
  session.Run(kCountUnits, id);
  session.Run(kCountAll, id, id);
  return CountsOf(session, id, {})[0];
}

std::string RoundsOf(Session& session, PeriodId id) {
  return session.Value<std::string>(kRounds, id).value_or("");
}

std::string AskedLine(Session& session, PeriodId id) {
  Digester digester;
  session.Each<int64_t, int64_t, int64_t>(
      kAsked,
      [&](int64_t report, int64_t unit, int64_t task) {
        digester.Add(std::to_string(report) + " " + std::to_string(unit) + " " + std::to_string(task) + "\n");
      },
      id);
  return "reports " + std::to_string(id.value) + " " + digester.Finish().sm3 + "\n";
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

std::vector<UnitStanding> ListStandings(Session& session, PeriodId period, bool owing, UnitId only,
                                        UnitId after, int limit) {
  if (only) return Standings(session, kStandingOf, period, only);
  return Standings(session, owing ? kOwing : kStandings, period, after, limit);
}

int64_t CountOwing(Session& session, PeriodId period) {
  return session.Value<int64_t>(kCountOwing, period).value_or(0);
}

}  // namespace zg::store
