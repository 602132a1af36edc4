#include "store/findings.h"

#include <set>

#include "store/sight.h"
#include "store/task_filter.h"

namespace zg::store {
namespace {

#define ZG_FINDING_COLUMNS                                                                                \
  "f.id, f.document_id, f.other_id, f.round_id, f.period, f.task_id, f.severity, f.kind, f.key, f.body, " \
  "m.reason, m.actor, m.at"
#define ZG_FINDING_FROM " FROM findings f LEFT JOIN finding_marks m ON m.key = f.key WHERE 1 = 1"

const Query kOfDocument{
    "findings_of_document",
    "SELECT id, document_id, other_id, key, severity, body FROM findings WHERE document_id = :a OR "
    "other_id = :b"};
const Query kOfPeriod{
    "findings_of_period",
    "SELECT id, document_id, other_id, key, severity, body FROM findings WHERE document_id = 0 AND "
    "period = :period"};
// Where the answers of a period stand is kept under its id, negative.
const Query kUncheckedPeriods{"periods_unchecked",
                              "SELECT p.id, (SELECT count(*) FROM reports r WHERE r.period_id = p.id AND "
                              "r.status IN (2, 4)), coalesce((SELECT "
                              "max(r.updated_at) FROM reports r WHERE r.period_id = p.id AND r.status IN (2, "
                              "4)), ''), coalesce(c.state, '') FROM "
                              "periods p LEFT JOIN check_runs c ON c.document_id = -p.id WHERE p.closed = 0 "
                              "OR c.state IS NULL ORDER BY p.id"};
const Query kInsertFinding{
    "finding_insert",
    "INSERT INTO findings (document_id, other_id, round_id, period, task_id, severity, kind, key, body) "
    "VALUES "
    "(:document, :other, :round, :period, :task, :severity, :kind, :key, :body) RETURNING id"};
const Query kUpdateFinding{
    "finding_update",
    "UPDATE findings SET task_id = :task, severity = :severity, body = :body WHERE id = :id"};
const Query kDeleteFinding{"finding_delete", "DELETE FROM findings WHERE id = :id"};
const Query kDeleteFindingUnits{"finding_units_delete", "DELETE FROM finding_units WHERE finding_id = :id"};
const Query kInsertUnit{
    "finding_unit_insert",
    "INSERT INTO finding_units (unit_id, finding_id) VALUES (:unit, :finding) ON CONFLICT DO NOTHING"};
const Query kDeleteRelations{"relations_delete", "DELETE FROM relations WHERE document_id = :document"};
const Query kInsertRelation{
    "relation_insert",
    "INSERT INTO relations (document_id, task_id, kind, body) VALUES (:document, :task, :kind, :body)"};
const Query kSuperseded[] = {
    {"finding_units_superseded",
     "DELETE FROM finding_units WHERE finding_id IN (SELECT f.id FROM findings f JOIN documents d ON d.id = "
     "f.document_id WHERE d.newest = 0)"},
    {"finding_units_superseded_other",
     "DELETE FROM finding_units WHERE finding_id IN (SELECT f.id FROM findings f JOIN documents d ON d.id = "
     "f.other_id WHERE d.newest = 0)"},
    {"findings_superseded",
     "DELETE FROM findings WHERE document_id IN (SELECT id FROM documents WHERE newest = 0) OR other_id IN "
     "(SELECT id "
     "FROM documents WHERE newest = 0)"},
    {"relations_superseded",
     "DELETE FROM relations WHERE document_id IN (SELECT id FROM documents WHERE newest = 0)"}};
const Query kClear[] = {{"finding_units_clear", "DELETE FROM finding_units"},
                        {"findings_clear", "DELETE FROM findings"},
                        {"relations_clear", "DELETE FROM relations"},
                        {"check_runs_clear", "DELETE FROM check_runs"}};
const Query kMark{"finding_mark", "SELECT key, reason, actor, at FROM finding_marks WHERE key = :key"};
const Query kMarks{"finding_marks", "SELECT key, reason, actor, at FROM finding_marks ORDER BY key"};
const Query kSaveMark{
    "finding_mark_save",
    "INSERT INTO finding_marks (key, reason, actor, at) VALUES (:key, :reason, :actor, :at) ON CONFLICT "
    "(key) DO UPDATE SET reason = excluded.reason, actor = excluded.actor, at = excluded.at"};
const Query kDropMark{"finding_mark_drop", "DELETE FROM finding_marks WHERE key = :key"};
const Query kUnchecked{
    "documents_unchecked",
    "SELECT d.id, d.text_id, d.bytes, coalesce((SELECT max(t.updated_at) FROM tasks t WHERE "
    "t.document_id = d.id), ''), "
    "coalesce(c.state, '') FROM documents d LEFT JOIN check_runs c ON c.document_id = "
    "d.id WHERE d.newest = 1 ORDER BY "
    "d.id"};
const Query kNoteChecked{
    "check_run_save",
    "INSERT INTO check_runs (document_id, state) VALUES (:document, :state) ON CONFLICT (document_id) "
    "DO UPDATE SET state = excluded.state"};
// How many runs were noted, under id 0.
const Query kCountRun{
    "check_runs_count",
    "INSERT INTO check_runs (document_id, state) VALUES (0, '1') ON CONFLICT (document_id) DO "
    "UPDATE SET state = CAST(CAST(check_runs.state AS INTEGER) + 1 AS TEXT)"};
const Query kRuns{"check_runs_counted", "SELECT state FROM check_runs WHERE document_id = 0"};
const Query kForgetChecked{"check_run_delete", "DELETE FROM check_runs WHERE document_id = :document"};
const Query kNeighbours{
    "check_neighbours",
    "SELECT n.id, n.bytes FROM documents n JOIN rounds nr ON nr.id = n.round_id, documents d JOIN rounds dr "
    "ON dr.id = d.round_id WHERE d.id = :document AND n.newest = 1 AND n.id <> d.id AND n.family_id <> "
    "d.family_id ORDER BY n.round_id = d.round_id DESC, n.id IN (SELECT t.document_id FROM links l JOIN "
    "tasks "
    "f ON f.id = l.from_task JOIN tasks t ON t.id = l.to_task WHERE f.document_id = d.id AND l.state = "
    "'confirmed' UNION SELECT f.document_id FROM links l JOIN tasks f ON f.id = l.from_task JOIN tasks t ON "
    "t.id = l.to_task WHERE t.document_id = d.id AND l.state = 'confirmed') DESC, nr.level = dr.level DESC, "
    "n.id DESC LIMIT 400"};

Clause Where(const FindingFilter& filter) {
  Clause where;
  if (!filter.scope.all) where.Add(AndSeen("f.task_id", "seen"), filter.scope.unit.value);
  if (filter.severity) where.Add(" AND f.severity = :severity", int64_t(*filter.severity));
  if (!filter.kind.empty()) where.Add(" AND f.kind = :kind", filter.kind);
  if (filter.task) where.Add(" AND f.task_id = :task", filter.task->value);
  if (filter.document) where.Add(" AND f.document_id = :document", filter.document->value);
  if (filter.round) where.Add(" AND f.round_id = :round", filter.round->value);
  if (filter.unit) {
    where.Add(" AND EXISTS (SELECT 1 FROM finding_units u WHERE u.finding_id = f.id AND u.unit_id = :unit)",
              filter.unit->value);
  }
  if (filter.explained) where.Add(*filter.explained ? " AND m.key IS NOT NULL" : " AND m.key IS NULL");
  return where;
}

std::vector<FindingRow> Rows(Session& session, const Query& query, const std::vector<AnyArg>& args) {
  std::vector<FindingRow> rows;
  session
      .Each<int64_t, int64_t, int64_t, int64_t, std::string, int64_t, int, std::string, std::string,
            std::string, std::optional<std::string>, std::optional<std::string>, std::optional<std::string>>(
          query,
          [&](int64_t id, int64_t document, int64_t other, int64_t round, std::string& period, int64_t task,
              int severity, std::string& kind, std::string& key, std::string& body,
              std::optional<std::string>& reason, std::optional<std::string>& actor,
              std::optional<std::string>& at) {
            FindingRow row{id,       {document}, {other}, {round}, period, {task},
                           severity, kind,       key,     body,    {},     {}};
            if (reason) row.mark = FindingMark{key, *reason, actor.value_or(""), at.value_or("")};
            rows.push_back(std::move(row));
          },
          args);
  return rows;
}

void DropFinding(Session& session, int64_t id) {
  session.Run(kDeleteFindingUnits, id);
  session.Run(kDeleteFinding, id);
}

Clause OfRelations(std::optional<DocId> document, std::optional<TaskId> task, const Scope& scope) {
  Clause where;
  if (!scope.all) where.Add(AndSeen("relations.task_id", "seen"), scope.unit.value);
  if (document) where.Add(" AND document_id = :document", document->value);
  if (task) where.Add(" AND task_id = :task", task->value);
  return where;
}

}  // namespace

namespace {

// What the query finds becomes `rows`; those that are there already keep their ids.
template <class... A>
int64_t Replace(Session& session, const std::vector<FindingRow>& rows, const Query& query, const A&... args) {
  struct Old {
    int64_t id;
    int severity;
    std::string body;
  };
  std::map<std::tuple<int64_t, int64_t, std::string>, Old> old;
  session.Each<int64_t, int64_t, int64_t, std::string, int, std::string>(
      query,
      [&](int64_t id, int64_t of, int64_t other, std::string& key, int severity, std::string& body) {
        old[{of, other, key}] = {id, severity, body};
      },
      args...);
  int64_t changes = 0;
  for (const FindingRow& row : rows) {
    auto there = old.find({row.document.value, row.other.value, row.key});
    int64_t id = 0;
    if (there == old.end()) {
      id = session.Insert(kInsertFinding, row.document, row.other, row.round, row.period, row.task,
                          row.severity, row.kind, row.key, row.body);
      ++changes;
    } else {
      id = there->second.id;
      if (there->second.body != row.body || there->second.severity != row.severity)
        session.Run(kUpdateFinding, row.task, row.severity, row.body, id);
      session.Run(kDeleteFindingUnits, id);
      old.erase(there);
    }
    for (UnitId unit : row.units) session.Run(kInsertUnit, unit, id);
  }
  for (const auto& [key, gone] : old) DropFinding(session, gone.id);
  return changes + int64_t(old.size());
}

}  // namespace

int64_t ReplaceFindings(Session& session, DocId document, const std::vector<FindingRow>& rows) {
  return Replace(session, rows, kOfDocument, document, document);
}

int64_t ReplacePeriodFindings(Session& session, const std::string& period,
                              const std::vector<FindingRow>& rows) {
  return Replace(session, rows, kOfPeriod, period);
}

void ReplaceRelations(Session& session, DocId document, const std::vector<RelationRow>& rows) {
  session.Run(kDeleteRelations, document);
  for (const RelationRow& row : rows)
    session.Run(kInsertRelation, row.document, row.task, row.kind, row.body);
}

void DropSuperseded(Session& session) {
  for (const auto& query : kSuperseded) session.Run(query);
  session.Run(kCountRun);
}

void ClearFindings(Session& session) {
  for (const auto& query : kClear) session.Run(query);
}

std::vector<FindingRow> FindFindings(Session& session, const FindingFilter& filter,
                                     std::optional<std::pair<int, int64_t>> after, int limit) {
  Clause where = Where(filter);
  if (after) {
    where.Add(" AND (f.severity, f.id) > (:after_severity", int64_t(after->first));
    where.Add(", :after_id)", after->second);
  }
  where.Add(" ORDER BY f.severity, f.id LIMIT :n", int64_t(limit));
  return Rows(session, Query{"findings_list", "SELECT " ZG_FINDING_COLUMNS ZG_FINDING_FROM + where.sql},
              where.args);
}

std::optional<FindingRow> LoadFinding(Session& session, int64_t id) {
  Clause where;
  where.Add(" AND f.id = :id", id);
  auto rows = Rows(session, Query{"finding_load", "SELECT " ZG_FINDING_COLUMNS ZG_FINDING_FROM + where.sql},
                   where.args);
  return rows.empty() ? std::nullopt : std::optional(std::move(rows[0]));
}

FindingCounts CountFindings(Session& session, const FindingFilter& filter) {
  FindingFilter any = filter;
  any.severity.reset();
  any.kind.clear();
  any.explained.reset();
  Clause where = Where(any);
  FindingCounts counts;
  session.Each<int, std::string, int, int64_t>(
      Query{"findings_counts",
            "SELECT f.severity, f.kind, CASE WHEN m.key IS NULL THEN 0 ELSE 1 END AS marked, "
            "count(*)" ZG_FINDING_FROM +
                where.sql + " GROUP BY f.severity, f.kind, marked"},
      [&](int severity, const std::string& kind, int explained, int64_t n) {
        bool same_severity = !filter.severity || *filter.severity == severity;
        bool same_kind = filter.kind.empty() || filter.kind == kind;
        bool same_mark = !filter.explained || *filter.explained == (explained != 0);
        if (same_kind && same_mark) counts.by_severity[severity] += n;
        if (same_severity && same_mark) counts.by_kind[kind] += n;
        if (same_severity && same_kind && explained != 0) counts.explained += n;
        if (same_severity && same_kind && same_mark) counts.total += n;
      },
      where.args);
  return counts;
}

std::vector<UnitFindings> FindingUnits(Session& session, const FindingFilter& filter, int limit) {
  FindingFilter any = filter;
  any.unit.reset();
  Clause where = Where(any);
  where.Add(" GROUP BY u.unit_id, n.name ORDER BY count(*) DESC, u.unit_id LIMIT :n", int64_t(limit));
  std::vector<UnitFindings> out;
  session.Each<int64_t, std::string, int64_t>(
      Query{"findings_by_unit",
            "SELECT u.unit_id, n.name, count(*) FROM finding_units u JOIN units n ON n.id = u.unit_id JOIN "
            "findings f ON "
            "f.id = u.finding_id LEFT JOIN finding_marks m ON m.key = f.key WHERE 1 = 1" +
                where.sql},
      [&](int64_t unit, std::string& name, int64_t n) {
        out.push_back({{unit}, name, n});
      },
      where.args);
  return out;
}

std::vector<RelationRow> FindRelations(Session& session, std::optional<DocId> document,
                                       std::optional<TaskId> task, int64_t after, int limit,
                                       const Scope& scope) {
  Clause where = OfRelations(document, task, scope);
  where.Add(" AND id > :after", after);
  where.Add(" ORDER BY id LIMIT :n", int64_t(limit));
  std::vector<RelationRow> rows;
  session.Each<int64_t, int64_t, int64_t, std::string, std::string>(
      Query{"relations_list",
            "SELECT id, document_id, task_id, kind, body FROM relations WHERE 1 = 1" + where.sql},
      [&](int64_t id, int64_t of, int64_t at, std::string& kind, std::string& body) {
        rows.push_back({id, {of}, {at}, kind, body});
      },
      where.args);
  return rows;
}

int64_t CountRelations(Session& session, std::optional<DocId> document, std::optional<TaskId> task,
                       const Scope& scope) {
  Clause where = OfRelations(document, task, scope);
  return session
      .Value<int64_t>(Query{"relations_count", "SELECT count(*) FROM relations WHERE 1 = 1" + where.sql},
                      where.args)
      .value_or(0);
}

std::optional<FindingMark> LoadMark(Session& session, const std::string& key) {
  auto row = session.Row<std::string, std::string, std::string, std::string>(kMark, key);
  if (!row) return std::nullopt;
  return FindingMark{std::get<0>(*row), std::get<1>(*row), std::get<2>(*row), std::get<3>(*row)};
}

void SaveMark(Session& session, const FindingMark& mark) {
  session.Run(kSaveMark, mark.key, mark.reason, mark.actor, mark.at);
}

void DropMark(Session& session, const std::string& key) {
  session.Run(kDropMark, key);
}

std::vector<FindingMark> AllMarks(Session& session) {
  std::vector<FindingMark> marks;
  session.Each<std::string, std::string, std::string, std::string>(
      kMarks, [&](std::string& key, std::string& reason, std::string& actor, std::string& at) {
        marks.push_back({key, reason, actor, at});
      });
  return marks;
}

std::vector<Unchecked> UncheckedDocuments(Session& session, const std::string& engine) {
  std::vector<Unchecked> out;
  session.Each<int64_t, int64_t, int64_t, std::string, std::string>(
      kUnchecked, [&](int64_t id, int64_t text, int64_t bytes, std::string& changed, std::string& state) {
        std::string now = engine + " " + std::to_string(text) + " " + changed;
        if (now != state) out.push_back({{id}, now, bytes});
      });
  return out;
}

std::vector<UncheckedPeriod> UncheckedPeriods(Session& session, const std::string& engine) {
  std::vector<UncheckedPeriod> out;
  session.Each<int64_t, int64_t, std::string, std::string>(
      kUncheckedPeriods, [&](int64_t id, int64_t answers, std::string& changed, std::string& state) {
        std::string now = engine + " " + std::to_string(answers) + " " + changed;
        if (now != state) out.push_back({{id}, now});
      });
  return out;
}

void NotePeriodChecked(Session& session, const UncheckedPeriod& done) {
  session.Run(kNoteChecked, -done.period.value, done.state);
  session.Run(kCountRun);
}

void NoteChecked(Session& session, const Unchecked& done) {
  session.Run(kNoteChecked, done.document, done.state);
  session.Run(kCountRun);
}

void ForgetChecked(Session& session, DocId document) {
  session.Run(kForgetChecked, document);
}

std::string FindingsState(Session& session) {
  return session.Value<std::string>(kRuns).value_or("0");
}

std::vector<Neighbour> CheckNeighbours(Session& session, DocId document, int64_t bytes) {
  std::vector<Neighbour> out;
  session.Each<int64_t, int64_t>(
      kNeighbours,
      [&](int64_t id, int64_t size) {
        bytes -= size;
        if (bytes >= 0) out.push_back({{id}, size});
      },
      document);
  return out;
}

}  // namespace zg::store
