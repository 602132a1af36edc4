// Who may see a case, pages of them, counts of places.
#include <algorithm>

#include "store/cases.h"
#include "store/facet.h"
#include "store/sight.h"
#include "store/units.h"

namespace zg::store {
namespace {

const Query kWhereStands{
    "case_where_stands",
    "SELECT DISTINCT task_id, side FROM task_units WHERE task_id IN (:ids...) AND unit_id " +
        InUnitsUnder("unit")};
const Query kNamesUnits{"case_names_units",
                        "SELECT count(*) FROM task_units WHERE task_id = :task AND side = :side"};
const Query kEvidence{"case_evidence",
                      "SELECT e.kind, count(DISTINCT e.id) FROM evidence_ties t JOIN evidence e ON e.id = "
                      "t.evidence_id WHERE t.task_id "
                      "= :task AND e.shown = 1 AND e.uploaded_at >= :since GROUP BY e.kind"};
const Query kEvidenceIsThere{"case_evidence_is_there",
                             "SELECT count(*) FROM evidence_ties t JOIN evidence e ON e.id = t.evidence_id "
                             "WHERE t.task_id = :task AND e.id = "
                             ":evidence AND e.shown = 1"};

// The facet that leads, and the conditions that are looked up row by row.
struct Where {
  int64_t facet;
  std::string sql;
  std::vector<AnyArg> args;
};
Where WhereOf(const Scope& scope, const CaseFilter& f) {
  bool lead = f.unit && (scope.all || *f.unit == scope.unit);
  Where w{FacetOf(scope), "", {}};
  if (lead)
    w.facet = Facet(FacetKind::kUnit, f.unit->value);
  else if (f.round && scope.all)
    w.facet = Facet(FacetKind::kRound, f.round->value);
  if ((lead || !scope.all) && f.round) {
    w.sql += " AND EXISTS (SELECT 1 FROM tasks t WHERE t.id = f.task_id AND t.round_id = :round)";
    w.args.push_back(f.round->value);
  }
  if (f.unit && !lead) {
    w.sql += " AND EXISTS (SELECT 1 FROM task_units u WHERE u.unit_id = :unit AND u.task_id = f.task_id)";
    w.args.push_back(f.unit->value);
  }
  return w;
}

const Query kKept{"case_counts", "SELECT n FROM case_counts WHERE facet = :facet AND place = :place"};
const Query kOldest{
    "case_oldest",
    "SELECT entered FROM case_facets WHERE facet = :facet AND place = :place ORDER BY entered LIMIT 1"};

const Query kPlaces{
    "case_places",
    "SELECT c.place, c.n, (SELECT f.entered FROM case_facets f WHERE f.facet = c.facet AND f.place = c.place "
    "ORDER BY f.entered LIMIT 1), (SELECT count(*) FROM (SELECT 1 FROM case_facets f WHERE f.facet = c.facet "
    "AND f.place = c.place AND f.due < :today LIMIT 1000) AS few) FROM case_counts c WHERE c.facet = :facet "
    "AND c.n > 0"};

}  // namespace

bool TaskVisibleForCase(Session& session, const Scope& scope, TaskId task) {
  return SeesTask(session, scope, task);
}
std::set<std::pair<TaskId, int>> WhereStands(Session& session, UnitId unit,
                                             const std::vector<TaskId>& tasks) {
  std::set<std::pair<TaskId, int>> found;
  session.Each<int64_t, int>(
      kWhereStands, [&](int64_t task, int side) { found.emplace(TaskId{task}, side); }, Numbers(tasks), unit);
  return found;
}
bool NamesUnits(Session& session, TaskId task, int side) {
  return session.Value<int64_t>(kNamesUnits, task, side).value_or(0) > 0;
}

std::map<std::string, int64_t> EvidenceSince(Session& session, TaskId task, const std::string& since) {
  std::map<std::string, int64_t> counts;
  session.Each<std::string, int64_t>(
      kEvidence, [&](const std::string& kind, int64_t n) { counts[kind] = n; }, task, since);
  return counts;
}
bool EvidenceIsThere(Session& session, TaskId task, EvidenceId evidence) {
  return session.Value<int64_t>(kEvidenceIsThere, task, evidence).value_or(0) > 0;
}

std::vector<CaseLine> FindCases(Session& session, const Scope& scope, const CaseFilter& f,
                                std::optional<std::pair<std::string, TaskId>> after, int limit) {
  Where w = WhereOf(scope, f);
  std::string day = f.late ? "f.due" : "f.entered";
  std::string sql =
      "SELECT f.task_id, f.place, f.entered, f.due, c.cycle, c.revision, r.item FROM case_facets f JOIN "
      "task_cases c ON "
      "c.task_id = f.task_id JOIN task_rows r ON r.task_id = f.task_id WHERE f.facet = :facet";
  std::vector<AnyArg> args = {w.facet};
  if (!f.place.empty()) sql += " AND f.place = :place", args.push_back(f.place);
  if (f.late) sql += " AND f.due < :today", args.push_back(f.today.Iso());
  if (after) {
    sql += " AND (" + day + " > :day OR (" + day + " = :same AND f.task_id > :task))";
    args.insert(args.end(), {after->first, after->first, after->second.value});
  }
  sql += w.sql + " ORDER BY " + day + ", f.task_id LIMIT :n";
  args.insert(args.end(), w.args.begin(), w.args.end());
  args.push_back(int64_t(limit));
  std::vector<CaseLine> lines;
  session.Each<int64_t, std::string, std::string, std::string, int64_t, int64_t, std::string>(
      Query{"cases", sql},
      [&](int64_t task, const std::string& place, const std::string& entered, const std::string& due,
          int64_t cycle, int64_t revision, const std::string& item) {
        lines.push_back({{task}, place, entered, due, cycle, revision, item});
      },
      args);
  return lines;
}

PlaceCount CountPlace(Session& session, const Scope& scope, const CaseFilter& f) {
  Where w = WhereOf(scope, f);
  PlaceCount count;
  std::vector<AnyArg> args = {w.facet, f.place};
  args.insert(args.end(), w.args.begin(), w.args.end());
  const std::string from = " FROM case_facets f WHERE f.facet = :facet AND f.place = :place" + w.sql;
  if (w.sql.empty()) {
    count.n = session.Value<int64_t>(kKept, w.facet, f.place).value_or(0);
    count.oldest = session.Value<std::string>(kOldest, w.facet, f.place).value_or("");
  } else {
    auto row = session.Row<int64_t, std::string>(
        Query{"cases_count", "SELECT count(*), coalesce(min(f.entered), '')" + from}, args);
    if (row) std::tie(count.n, count.oldest) = *row;
  }
  if (count.n == 0) return count;
  args.push_back(f.today.Iso());
  count.late = session
                   .Value<int64_t>(Query{"cases_late", "SELECT count(*) FROM (SELECT 1" + from +
                                                           " AND f.due < :today LIMIT 1000) AS few"},
                                   args)
                   .value_or(0);
  return count;
}

std::map<std::string, PlaceCount> CountPlaces(Session& session, const Scope& scope, CaseFilter f,
                                              const std::vector<std::string>& places) {
  std::map<std::string, PlaceCount> counts;
  Where w = WhereOf(scope, f);
  if (w.sql.empty()) {
    session.Each<std::string, int64_t, std::string, int64_t>(
        kPlaces,
        [&](std::string& place, int64_t n, std::string& oldest, int64_t late) {
          PlaceCount& count = counts[place];
          count.n = n;
          count.oldest = std::move(oldest);
          count.late = late;
        },
        f.today.Iso(), w.facet);
    return counts;
  }
  auto at = [&](const std::string& place) {
    f.place = place;
    return CountPlace(session, scope, f);
  };
  session.Ahead([&] {
    for (const auto& place : places) at(place);
  });
  for (const auto& place : places) counts[place] = at(place);
  return counts;
}

std::vector<TaskId> TasksAt(Session& session, const Scope& scope, const CaseFilter& f) {
  Where w = WhereOf(scope, f);
  std::vector<AnyArg> args = {w.facet, f.place};
  args.insert(args.end(), w.args.begin(), w.args.end());
  std::vector<TaskId> ids;
  session.Each<int64_t>(
      Query{"cases_at",
            "SELECT f.task_id FROM case_facets f WHERE f.facet = :facet AND f.place = :place" + w.sql},
      [&](int64_t id) { ids.push_back({id}); }, args);
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace zg::store
