#include "store/visits.h"

#include <nlohmann/json.hpp>

#include "store/database.h"
#include "store/units.h"

namespace zg::store {
namespace {

using nlohmann::json;
using Text = std::string;

#define ZG_VISIT                                                                                           \
  "SELECT v.id, v.team, v.region, v.unit_id, v.from_day, v.to_day, v.tasks, v.note, v.done, v.gone, "      \
  "v.revision, "                                                                                           \
  "v.updated_by, v.updated_at, coalesce(r.name, ''), coalesce(u.name, '') FROM supervision_visits v LEFT " \
  "JOIN "                                                                                                  \
  "regions r ON r.code = v.region LEFT JOIN units u ON u.id = v.unit_id "
const Query kVisit{"visit", ZG_VISIT "WHERE v.id = :id"};
const Query kInsert{
    "visit_insert",
    "INSERT INTO supervision_visits (team, region, unit_id, from_day, to_day, tasks, note, done, gone, "
    "revision, updated_by, updated_at) VALUES (:team, :region, :unit, :from, :to, :tasks, :note, :done, "
    ":gone, :revision, :by, :at) RETURNING id"};
const Query kUpdate{
    "visit_update",
    "UPDATE supervision_visits SET team = :team, region = :region, unit_id = :unit, from_day = :from, "
    "to_day = :to, tasks = :tasks, note = :note, done = :done, gone = :gone, revision = :revision, "
    "updated_by = :by, updated_at = :at WHERE id = :id"};

Text TasksText(const std::vector<TaskId>& tasks) {
  json list = json::array();
  for (TaskId task : tasks) list.push_back(task.value);
  return list.dump();
}

template <class... A>
std::vector<VisitLine> Rows(Session& session, const Query& query, const A&... args) {
  std::vector<VisitLine> lines;
  session.Each<int64_t, Text, Text, int64_t, Text, Text, Text, Text, bool, bool, int64_t, Text, Text, Text,
               Text>(
      query,
      [&](int64_t id, const Text& team, const Text& region, int64_t unit, const Text& from, const Text& to,
          const Text& tasks, const Text& note, bool done, bool gone, int64_t revision, const Text& by,
          const Text& at, const Text& region_name, const Text& unit_name) {
        VisitLine line;
        line.visit = {{id},
                      team,
                      region,
                      {unit},
                      Date::ParseIso(from).value_or(Date()),
                      Date::ParseIso(to).value_or(Date()),
                      {},
                      note,
                      done,
                      gone,
                      revision,
                      by,
                      at};
        json list = json::parse(tasks, nullptr, false);
        if (list.is_array())
          for (const auto& task : list) line.visit.tasks.push_back({task.get<int64_t>()});
        line.place = region_name.empty() ? unit_name : region_name;
        line.unit_name = unit_name;
        lines.push_back(std::move(line));
      },
      args...);
  return lines;
}

}  // namespace

std::vector<VisitLine> FindVisits(Session& session, const VisitQuery& q) {
  Text sql = ZG_VISIT "WHERE v.gone = 0";
  std::vector<AnyArg> args;
  auto add = [&](const char* condition, AnyArg arg) {
    sql += condition;
    args.push_back(std::move(arg));
  };
  // No visit lasts longer than 60 days (ledger/visit.h): so days bound the index on from_day on both sides.
  if (q.from) {
    add(" AND v.from_day >= :early", q.from->Plus(-61).Iso());
    add(" AND v.to_day >= :from", q.from->Iso());
  }
  if (q.to) add(" AND v.from_day <= :to", q.to->Iso());
  if (!q.region.empty()) add(" AND v.region = :region", q.region);
  if (!q.scope.all) add((" AND v.unit_id IN (" + UnitsUnder("under") + ")").c_str(), q.scope.unit.value);
  add(" ORDER BY v.from_day, v.id LIMIT :n", int64_t(q.limit));
  return Rows(session, Query{"visits", sql}, args);
}

std::optional<Visit> LoadVisit(Session& session, VisitId id) {
  auto lines = Rows(session, kVisit, id);
  return lines.empty() ? std::nullopt : std::optional(std::move(lines.front().visit));
}

VisitId InsertVisit(Session& session, const Visit& v) {
  return {session.Insert(kInsert, v.team, v.region, v.unit, v.from.Iso(), v.to.Iso(), TasksText(v.tasks),
                         v.note, v.done, v.gone, v.revision, v.updated_by, v.updated_at)};
}

void UpdateVisit(Session& session, const Visit& v) {
  session.Run(kUpdate, v.team, v.region, v.unit, v.from.Iso(), v.to.Iso(), TasksText(v.tasks), v.note, v.done,
              v.gone, v.revision, v.updated_by, v.updated_at, v.id);
}

}  // namespace zg::store
