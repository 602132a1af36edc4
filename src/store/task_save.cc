#include <algorithm>
#include <nlohmann/json.hpp>

#include "store/cases.h"
#include "store/json.h"
#include "store/known_names.h"
#include "store/tasks.h"

namespace zg::store {
namespace {

const Query kInsert{
    "task_insert",
    "INSERT INTO tasks (document_id, round_id, parent_id, seq, path, label, label_begin, label_end, is_task, "
    "headings, "
    "problem, problem_begin, problem_end, goal, goal_begin, goal_end, responsible_open, deadline, "
    "deadline_begin, "
    "deadline_end, due, immediate, long_term, ambiguous, status, status_begin, status_end, status_kind, "
    "status_long_term, behind_schedule, upstream_ordinal, upstream_begin, upstream_end, span_begin, "
    "span_end, doubts, "
    "corrected, gone, revision, updated_at, created_at) VALUES (:a1, :a2, :a3, :a4, :a5, :a6, :a7, :a8, :a9, "
    ":a10, "
    ":a11, :a12, :a13, :a14, :a15, :a16, :a17, :a18, :a19, :a20, :a21, :a22, :a23, :a24, :a25, :a26, :a27, "
    ":a28, "
    ":a29, :a30, :a31, :a32, :a33, :a34, :a35, :a36, :a37, :a38, :a39, :a40, :a41) RETURNING id"};
const Query kUpdate{
    "task_update",
    "UPDATE tasks SET document_id = :a1, round_id = :a2, parent_id = :a3, seq = :a4, path = :a5, label = "
    ":a6, "
    "label_begin = :a7, label_end = :a8, is_task = :a9, headings = :a10, problem = :a11, problem_begin = "
    ":a12, "
    "problem_end = :a13, goal = :a14, goal_begin = :a15, goal_end = :a16, responsible_open = :a17, deadline "
    "= :a18, "
    "deadline_begin = :a19, deadline_end = :a20, due = :a21, immediate = :a22, long_term = :a23, ambiguous = "
    ":a24, "
    "status = :a25, status_begin = :a26, status_end = :a27, status_kind = :a28, status_long_term = :a29, "
    "behind_schedule = :a30, upstream_ordinal = :a31, upstream_begin = :a32, upstream_end = :a33, span_begin "
    "= :a34, "
    "span_end = :a35, doubts = :a36, corrected = :a37, gone = :a38, revision = :a39, updated_at = :a40 "
    "WHERE id = :a41"};

const Query kMeasureIds{"measure_ids", "SELECT id FROM measures WHERE task_id = :task ORDER BY ord"};
const Query kInsertMeasure{"measure_insert",
                           "INSERT INTO measures (number, text, span_begin, span_end, lead, lead_begin, "
                           "lead_end, task_id, ord) VALUES "
                           "(:number, :text, :b, :e, :lead, :lead_begin, :lead_end, :task, :ord)"};
const Query kUpdateMeasure{"measure_update",
                           "UPDATE measures SET number = :number, text = :text, span_begin = :b, span_end = "
                           ":e, lead = :lead, lead_begin = "
                           ":lead_begin, lead_end = :lead_end WHERE task_id = :task AND ord = :ord"};
const Query kTrimMeasures{"measures_trim", "DELETE FROM measures WHERE task_id = :task AND ord >= :n"};
const Query kInsertDated{
    "dated_insert",
    "INSERT INTO dated (task_id, measure_ord, ord, day, text, span_begin, span_end) VALUES "
    "(:task, :measure, :ord, :day, :text, :b, :e)"};
const Query kInsertTarget{"target_insert",
                          "INSERT INTO targets (task_id, ord, measure_ord, quantity, comparator, number, "
                          "klass, unit, by_day, span_begin, "
                          "span_end) VALUES (:task, :ord, :measure, :quantity, :comparator, :number, :klass, "
                          ":unit, :by_day, :b, :e)"};
const Query kInsertProgress{
    "progress_insert",
    "INSERT INTO progress (task_id, ord, number, text, span_begin, span_end) VALUES (:task, "
    ":ord, :number, :text, :b, :e)"};
const Query kInsertUnit{
    "task_unit_insert",
    "INSERT INTO task_units (task_id, side, measure_ord, ord, unit_id, name, role, written, span_begin, "
    "span_end, "
    "known, inherited) VALUES (:task, :side, :measure, :ord, :unit, :name, :role, :written, :b, :e, :known, "
    ":inherited)"};
const Query kClear[] = {{"dated_clear", "DELETE FROM dated WHERE task_id = :task"},
                        {"targets_clear", "DELETE FROM targets WHERE task_id = :task"},
                        {"progress_clear", "DELETE FROM progress WHERE task_id = :task"},
                        {"task_units_clear", "DELETE FROM task_units WHERE task_id = :task"}};

std::optional<std::string> Iso(std::optional<Date> date) {
  return date ? std::optional<std::string>(date->Iso()) : std::nullopt;
}
std::optional<int64_t> OrNull(TaskId id) {
  return id ? std::optional<int64_t>(id.value) : std::nullopt;
}

// The columns of `tasks` in the order of both statements, then the last one of each.
template <class Do, class Last>
auto WithColumns(const Task& t, Do run, const Last& last) {
  const Entry& e = t.entry;
  std::optional<std::string> deadline, status;
  Deadline d;
  TaskStatus s;
  if (e.deadline) d = *e.deadline, deadline = d.text;
  if (e.status) s = *e.status, status = s.text;
  std::string kind(e.status ? StatusKindName(s.kind) : "");
  return run(t.document, t.round, OrNull(t.parent), t.seq, e.path, e.label, e.label_span.begin,
             e.label_span.end, e.is_task, ToJsonText(e.headings), e.problem.text, e.problem.span.begin,
             e.problem.span.end, e.goal.text, e.goal.span.begin, e.goal.span.end, e.responsible_open,
             deadline, d.span.begin, d.span.end, Iso(d.date), d.immediate, d.long_term, d.ambiguous, status,
             s.span.begin, s.span.end, kind, s.long_term, s.behind_schedule, e.upstream_ordinal,
             e.upstream_span.begin, e.upstream_span.end, e.span.begin, e.span.end, ToJsonText(e.doubts),
             ToJsonText(t.corrected), t.gone, t.revision, t.updated_at, last);
}

void InsertDates(Session& session, TaskId task, int measure, const std::vector<DatedText>& dates) {
  int ord = 0;
  for (const auto& d : dates) {
    session.Run(kInsertDated, task, measure, ord++, d.date.Iso(), d.text, d.span.begin, d.span.end);
  }
}

void InsertUnits(Session& session, TaskId task, int side, int measure, const std::vector<UnitRef>& refs,
                 UnitDirectory& units) {
  int ord = 0;
  for (const auto& u : refs) {
    session.Run(kInsertUnit, task, side, measure, ord++, units.Resolve(u.name, u.known), u.name, int(u.role),
                u.written, u.span.begin, u.span.end, u.known, u.inherited);
  }
}

void SaveMeasures(Session& session, TaskId task, const std::vector<Measure>& measures, size_t there) {
  for (size_t i = 0; i < measures.size(); ++i) {
    const Measure& m = measures[i];
    session.Run(i < there ? kUpdateMeasure : kInsertMeasure, m.number, m.text, m.span.begin, m.span.end,
                m.lead, m.lead_span.begin, m.lead_span.end, task, int64_t(i));
  }
  if (measures.size() < there) session.Run(kTrimMeasures, task, int64_t(measures.size()));
}

// Everything that hangs on the task's row, of which nothing but measures is there.
void InsertParts(Session& session, TaskId id, const Entry& e, UnitDirectory& units) {
  InsertUnits(session, id, 0, -1, e.responsible, units);
  InsertUnits(session, id, 1, -1, e.acceptance, units);
  if (e.deadline) InsertDates(session, id, -1, e.deadline->milestones);
  for (size_t i = 0; i < e.measures.size(); ++i) {
    InsertDates(session, id, int(i), e.measures[i].due);
    InsertUnits(session, id, 1, int(i), e.measures[i].acceptance, units);
  }
  int ord = 0;
  for (const auto& t : e.targets) {
    session.Run(kInsertTarget, id, ord++, t.measure, t.quantity, t.comparator, t.number, t.klass, t.unit,
                Iso(t.by), t.span.begin, t.span.end);
  }
  ord = 0;
  for (const auto& p : e.progress) {
    session.Run(kInsertProgress, id, ord++, p.number, p.text, p.span.begin, p.span.end);
  }
}

}  // namespace

TaskId InsertTask(Session& session, const Task& task, UnitDirectory& units, const std::string& now) {
  TaskId id{WithColumns(
      task, [&](const auto&... column) { return session.Insert(kInsert, column...); }, now)};
  SaveMeasures(session, id, task.entry.measures, 0);
  InsertParts(session, id, task.entry, units);
  return id;
}

void UpdateTask(Session& session, const Task& task, UnitDirectory& units) {
  const Entry& e = task.entry;
  TaskNamesChange(session, task.id, {e.path, e.problem.text, e.is_task, task.document, e.span});
  WithColumns(
      task, [&](const auto&... column) { session.Run(kUpdate, column...); }, task.id);
  size_t there = 0;
  session.Each<int64_t>(
      kMeasureIds, [&](int64_t) { ++there; }, task.id);
  SaveMeasures(session, task.id, task.entry.measures, there);
  for (const auto& clear : kClear) session.Run(clear, task.id);
  InsertParts(session, task.id, task.entry, units);
  RefreshCase(session, task.id);
}

}  // namespace zg::store
