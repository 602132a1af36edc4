// What is derived of cases: rows by facet, counts.
#include <fmt/format.h>

#include "store/cases.h"
#include "store/due.h"
#include "store/facet.h"

namespace zg::store {
namespace {

// One SELECT of (facet, place, entered, task_id, due) for cases that `where` names; tasks that are gone or
// only headings have none. `where` ends in an argument whose name goes on with 1, 2, 3, 5, 6 and 7, as each
// is bound once.
std::string FacetSelect(const std::string& where) {
  const std::string columns =
      ", v.workflow || '/' || c.state, c.entered, c.task_id, coalesce(c.due, '9999-12-31') FROM task_cases c "
      "JOIN "
      "workflow_versions v ON v.id = c.version_id JOIN tasks t ON t.id = c.task_id ";
  const std::string there = " AND t.gone = 0 AND t.is_task = 1";
  auto kind = [](FacetKind k) { return std::to_string(Facet(k)); };
  auto side = [&](FacetKind k, int n, const char* argument) {
    return " UNION ALL SELECT DISTINCT " + kind(k) + " + d.unit_id" + columns +
           "JOIN task_units d ON d.task_id = c.task_id AND d.side = " + std::to_string(n) + " WHERE " +
           where + argument + there;
  };
  return "SELECT " + kind(FacetKind::kAll) + columns + "WHERE " + where + "1" + there + " UNION ALL SELECT " +
         kind(FacetKind::kRound) + " + t.round_id" + columns + "WHERE " + where + "2" + there +
         " UNION ALL SELECT " + kind(FacetKind::kUnit) + " + u.unit_id" + columns +
         "JOIN (SELECT DISTINCT task_id, unit_id FROM task_units) u ON u.task_id = c.task_id WHERE " + where +
         "3" + there + " UNION ALL SELECT " + kind(FacetKind::kSeen) + " + s.unit_id" + columns +
         "JOIN task_seen s ON s.task_id = c.task_id WHERE " + where + "5" + there +
         side(FacetKind::kUnitDoes, 0, "6") + side(FacetKind::kUnitAccepts, 1, "7");
}
const std::string kInsertFacets = "INSERT INTO case_facets (facet, place, entered, task_id, due) ";

// The subquery of units is narrowed too, where not all are wanted. It comes before the third `where`.
std::string Narrowed(const std::string& where, const std::string& units) {
  std::string sql = FacetSelect(where);
  const std::string all = "(SELECT DISTINCT task_id, unit_id FROM task_units)";
  return sql.replace(sql.find(all), all.size(), units);
}
const Query kAddOne{
    "case_facets_add",
    kInsertFacets + Narrowed("c.task_id = :task",
                             "(SELECT DISTINCT task_id, unit_id FROM task_units WHERE task_id = :task4)")};
const Query kRemoveOne{"case_facets_remove", "DELETE FROM case_facets WHERE task_id = :task"};
const Query kOldFacets{"case_facets_of", "SELECT facet, place FROM case_facets WHERE task_id = :task"};
const Query kCount{
    "case_count",
    "INSERT INTO case_counts (facet, place, n) VALUES (:facet, :place, :by) ON CONFLICT (facet, place) "
    "DO UPDATE SET n = case_counts.n + excluded.n"};

const Query kAddBegun{
    "case_facets_begun",
    kInsertFacets +
        Narrowed("c.begun_seq = :seq",
                 "(SELECT DISTINCT tu.task_id, tu.unit_id FROM task_cases b JOIN task_units tu ON tu.task_id "
                 "= b.task_id WHERE b.begun_seq = :seq4)")};
const Query kCountBegun{"case_counts_begun",
                        "INSERT INTO case_counts (facet, place, n) SELECT f.facet, f.place, count(*) FROM "
                        "task_cases c JOIN case_facets f "
                        "ON f.task_id = c.task_id WHERE c.begun_seq = :seq GROUP BY f.facet, f.place ON "
                        "CONFLICT (facet, place) DO UPDATE "
                        "SET n = case_counts.n + excluded.n"};
const Query kDeadline{
    "case_deadline",
    "UPDATE task_cases SET due = (SELECT t.due FROM tasks t WHERE t.id = task_cases.task_id) WHERE "
    "task_id = :task AND by_deadline = 1"};
const Query kHasCase{"case_is_there", "SELECT count(*) FROM task_cases WHERE task_id = :task"};

const Query kClear[] = {{"case_facets_clear", "DELETE FROM case_facets"},
                        {"case_counts_clear", "DELETE FROM case_counts"}};
const Query kAddAll{"case_facets_all", kInsertFacets + FacetSelect("0 < :n")};
const Query kCountAll{
    "case_counts_all",
    "INSERT INTO case_counts (facet, place, n) SELECT facet, place, count(*) FROM case_facets GROUP BY "
    "facet, place"};
const Query kWrong{"recount_cases",
                   "SELECT f.place, f.n, coalesce(c.n, 0) FROM (SELECT facet, place, count(*) AS n FROM "
                   "case_facets GROUP BY facet, "
                   "place) AS f LEFT JOIN case_counts c ON c.facet = f.facet AND c.place = f.place WHERE f.n "
                   "<> coalesce(c.n, 0) "
                   "LIMIT :n"};
const Query kOrphans{"recount_case_orphans",
                     "SELECT c.place, 0, c.n FROM case_counts c WHERE c.n <> 0 AND NOT EXISTS (SELECT 1 FROM "
                     "case_facets f WHERE f.facet = c.facet AND f.place = c.place) LIMIT :n"};
const Query kMoved{"recount_case_places",
                   "SELECT v.workflow || '/' || c.state, 1, 0 FROM task_cases c JOIN workflow_versions v ON "
                   "v.id = c.version_id JOIN "
                   "tasks t ON t.id = c.task_id WHERE t.gone = 0 AND t.is_task = 1 AND NOT EXISTS (SELECT 1 "
                   "FROM case_facets f WHERE "
                   "f.facet = 0 AND f.task_id = c.task_id AND f.place = v.workflow || '/' || c.state AND "
                   "f.entered = c.entered AND "
                   "f.due = coalesce(c.due, '9999-12-31')) LIMIT :n"};

// Rows by side, where they are kept (due.h): 8 * 2^40 and 10 * 2^40 are the facets of the two sides.
const Query kSidesMissing{
    "recount_case_sides",
    "SELECT f.place, 1, 0 FROM case_facets f JOIN task_units u ON u.task_id = f.task_id WHERE f.facet = 0 "
    "AND NOT "
    "EXISTS (SELECT 1 FROM case_facets s WHERE s.facet = u.unit_id + CASE WHEN u.side = 0 THEN 8796093022208 "
    "ELSE "
    "10995116277760 END AND s.task_id = f.task_id AND s.place = f.place AND s.due = f.due) LIMIT :n"};

void CountOf(Session& session, TaskId task, int64_t by) {
  std::vector<std::pair<int64_t, std::string>> rows;
  session.Each<int64_t, std::string>(
      kOldFacets, [&](int64_t facet, const std::string& place) { rows.emplace_back(facet, place); }, task);
  for (const auto& [facet, place] : rows) session.Run(kCount, facet, place, by);
}

}  // namespace

void RefreshCase(Session& session, TaskId task) {
  if (!session.Value<int64_t>(kHasCase, task).value_or(0)) return;
  session.Run(kDeadline, task);
  CountOf(session, task, -1);
  session.Run(kRemoveOne, task);
  session.Run(kAddOne, task, task, task, task, task, task, task);
  CountOf(session, task, 1);
}

void IndexBegun(Session& session, int64_t seq) {
  session.Run(kAddBegun, seq, seq, seq, seq, seq, seq, seq);
  session.Run(kCountBegun, seq);
}

void RebuildCases(Session& session) {
  for (const auto& clear : kClear) session.Run(clear);
  session.Run(kAddAll, 1, 1, 1, 1, 1, 1);
  session.Run(kCountAll);
}

std::vector<std::string> CaseCountBreaks(Session& session, size_t most) {
  std::vector<std::string> breaks;
  std::vector<const Query*> queries = {&kWrong, &kOrphans, &kMoved};
  if (SidesAreKept(session)) queries.push_back(&kSidesMissing);
  for (const auto* query : queries) {
    session.Each<std::string, int64_t, int64_t>(
        *query,
        [&](const std::string& place, int64_t is, int64_t counted) {
          if (breaks.size() >= most) return;
          breaks.push_back(fmt::format("销号环节（{}）的计数是{}，重数是{}，请运行 zhenggai rebuild 重建。",
                                       place, counted, is));
        },
        int64_t(most));
  }
  return breaks;
}

}  // namespace zg::store
