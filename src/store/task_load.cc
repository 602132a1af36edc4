#include <map>

#include "store/json.h"
#include "store/tasks.h"

namespace zg::store {
namespace {

using S = std::string;
using OptS = std::optional<std::string>;
using OptI = std::optional<int64_t>;

#define ZG_TASK_SELECT                                                                                  \
  "SELECT id, document_id, round_id, parent_id, seq, path, label, label_begin, label_end, is_task, "    \
  "headings, "                                                                                          \
  "problem, problem_begin, problem_end, goal, goal_begin, goal_end, responsible_open, deadline, "       \
  "deadline_begin, "                                                                                    \
  "deadline_end, due, immediate, long_term, ambiguous, status, status_begin, status_end, status_kind, " \
  "status_long_term, behind_schedule, upstream_ordinal, upstream_begin, upstream_end, span_begin, "     \
  "span_end, "                                                                                          \
  "doubts, corrected, gone, revision, updated_at FROM tasks "

const Query kLoad{"task_load", ZG_TASK_SELECT "WHERE id = :id"};
const Query kOfDocument{"tasks_of_document", ZG_TASK_SELECT "WHERE document_id = :document ORDER BY seq, id"};
const Query kMeasures{"measures_of_task",
                      "SELECT number, text, span_begin, span_end, lead, lead_begin, lead_end FROM measures "
                      "WHERE task_id = :task ORDER BY ord"};
const Query kDated{"dated_of_task",
                   "SELECT measure_ord, day, text, span_begin, span_end FROM dated WHERE task_id = :task "
                   "ORDER BY measure_ord, ord"};
const Query kTargets{
    "targets_of_task",
    "SELECT measure_ord, quantity, comparator, number, klass, unit, by_day, span_begin, span_end "
    "FROM targets WHERE task_id = :task ORDER BY ord"};
const Query kProgress{
    "progress_of_task",
    "SELECT number, text, span_begin, span_end FROM progress WHERE task_id = :task ORDER BY ord"};
const Query kUnits{
    "units_of_task",
    "SELECT side, measure_ord, unit_id, name, role, written, span_begin, span_end, known, inherited "
    "FROM task_units WHERE task_id = :task ORDER BY side, measure_ord, ord"};

#define ZG_HEAD_SELECT                                                                                  \
  "SELECT id, document_id, round_id, parent_id, seq, path, label, problem, is_task, gone, span_begin, " \
  "span_end, "                                                                                          \
  "upstream_ordinal, due, status_kind FROM tasks "

const Query kHead{"task_head", ZG_HEAD_SELECT "WHERE id = :id"};
const Query kNames{"task_names",
                   "SELECT id, path, substr(problem, 1, 121), is_task, document_id, span_begin, span_end "
                   "FROM tasks WHERE id "
                   "IN (:ids...)"};
const Query kHeads{"task_heads", ZG_HEAD_SELECT "WHERE document_id = :document AND gone = 0 ORDER BY seq"};
const Query kChildren{"task_children", ZG_HEAD_SELECT "WHERE parent_id = :parent AND gone = 0 ORDER BY seq"};
const Query kAt{"task_at", ZG_HEAD_SELECT
                "WHERE document_id = :document AND gone = 0 AND span_begin <= :a AND span_end > :b "
                "ORDER BY span_begin DESC, span_end LIMIT 1"};
const Query kTerms{"task_terms",
                   "SELECT due, long_term, status_long_term, status_kind FROM tasks WHERE id = :id"};
const Query kBefore{"task_before", ZG_HEAD_SELECT
                    "WHERE document_id = :document AND seq < :seq AND is_task = 1 AND gone = 0 "
                    "ORDER BY seq DESC LIMIT 1"};
const Query kAfter{"task_after", ZG_HEAD_SELECT
                   "WHERE document_id = :document AND seq > :seq AND is_task = 1 AND gone = 0 "
                   "ORDER BY seq LIMIT 1"};

std::optional<Date> DateOf(const OptS& iso) {
  return iso ? Date::ParseIso(*iso) : std::nullopt;
}
std::optional<int> IntOf(const OptI& n) {
  return n ? std::optional<int>(int(*n)) : std::nullopt;
}

template <class... A>
std::vector<Task> Rows(Session& session, const Query& query, const A&... args) {
  std::vector<Task> tasks;
  session.Each<int64_t, int64_t, int64_t, int64_t, int, S, S, uint32_t, uint32_t, bool, S, S, uint32_t,
               uint32_t, S, uint32_t, uint32_t, bool, OptS, uint32_t, uint32_t, OptS, bool, bool, bool, OptS,
               uint32_t, uint32_t, S, bool, bool, OptI, uint32_t, uint32_t, uint32_t, uint32_t, S, S, bool,
               int64_t, S>(
      query,
      [&](int64_t id, int64_t document, int64_t round, int64_t parent, int seq, S& path, S& label,
          uint32_t label_b, uint32_t label_e, bool is_task, S& headings, S& problem, uint32_t problem_b,
          uint32_t problem_e, S& goal, uint32_t goal_b, uint32_t goal_e, bool open, OptS& deadline,
          uint32_t deadline_b, uint32_t deadline_e, OptS& due, bool immediate, bool long_term, bool ambiguous,
          OptS& status, uint32_t status_b, uint32_t status_e, S& kind, bool status_long_term, bool behind,
          OptI& upstream, uint32_t upstream_b, uint32_t upstream_e, uint32_t begin, uint32_t end, S& doubts,
          S& corrected, bool gone, int64_t revision, S& updated) {
        Task t;
        t.id = {id};
        t.document = {document};
        t.round = {round};
        t.parent = {parent};
        t.seq = seq;
        t.corrected = StringsFromJson(corrected);
        t.gone = gone;
        t.revision = revision;
        t.updated_at = updated;
        Entry& e = t.entry;
        e.path = path;
        e.label = label;
        e.label_span = {label_b, label_e};
        e.is_task = is_task;
        e.headings = StringsFromJson(headings);
        e.problem = {problem, {problem_b, problem_e}};
        e.goal = {goal, {goal_b, goal_e}};
        e.responsible_open = open;
        if (deadline) {
          e.deadline =
              Deadline{*deadline, {deadline_b, deadline_e}, DateOf(due), immediate, long_term, ambiguous, {}};
        }
        if (status) {
          e.status = TaskStatus{*status,
                                {status_b, status_e},
                                ParseStatusKind(kind).value_or(StatusKind::kInProgress),
                                status_long_term,
                                behind};
        }
        e.upstream_ordinal = IntOf(upstream);
        e.upstream_span = {upstream_b, upstream_e};
        e.doubts = DoubtsFromJson(doubts);
        e.span = {begin, end};
        tasks.push_back(std::move(t));
      },
      args...);
  return tasks;
}

void LoadUnits(Session& session, TaskId id, Entry& e) {
  session.Each<int, int, int64_t, S, int, S, uint32_t, uint32_t, bool, bool>(
      kUnits,
      [&](int side, int measure, int64_t, S& name, int role, S& written, uint32_t begin, uint32_t end,
          bool known, bool inherited) {
        UnitRef ref{name, written, {begin, end}, UnitRole(role), known, inherited};
        if (measure >= 0 && size_t(measure) < e.measures.size()) {
          e.measures[size_t(measure)].acceptance.push_back(std::move(ref));
        } else if (measure < 0) {
          (side == 0 ? e.responsible : e.acceptance).push_back(std::move(ref));
        }
      },
      id);
}

void LoadParts(Session& session, TaskId id, Entry& e) {
  session.Each<OptI, S, uint32_t, uint32_t, S, uint32_t, uint32_t>(
      kMeasures,
      [&](OptI& number, S& text, uint32_t begin, uint32_t end, S& lead, uint32_t lead_b, uint32_t lead_e) {
        e.measures.push_back({IntOf(number), text, {begin, end}, {}, lead, {lead_b, lead_e}, {}});
      },
      id);
  session.Each<int, S, S, uint32_t, uint32_t>(
      kDated,
      [&](int measure, S& day, S& text, uint32_t begin, uint32_t end) {
        DatedText dated{Date::ParseIso(day).value_or(Date()), text, {begin, end}};
        if (measure < 0 && e.deadline)
          e.deadline->milestones.push_back(dated);
        else if (measure >= 0 && size_t(measure) < e.measures.size())
          e.measures[size_t(measure)].due.push_back(dated);
      },
      id);
  session.Each<int, S, S, std::optional<double>, S, S, OptS, uint32_t, uint32_t>(
      kTargets,
      [&](int measure, S& quantity, S& comparator, std::optional<double>& number, S& klass, S& unit, OptS& by,
          uint32_t begin, uint32_t end) {
        e.targets.push_back({quantity, comparator, number, klass, unit, DateOf(by), {begin, end}, measure});
      },
      id);
  session.Each<OptI, S, uint32_t, uint32_t>(
      kProgress,
      [&](OptI& number, S& text, uint32_t begin, uint32_t end) {
        e.progress.push_back({IntOf(number), text, {begin, end}});
      },
      id);
  LoadUnits(session, id, e);
}

// Columns of ZG_HEAD_SELECT into take(TaskHead).
template <class F>
auto HeadTaker(F take) {
  return [take](int64_t id, int64_t document, int64_t round, int64_t parent, int seq, S& path, S& label,
                S& problem, bool is_task, bool gone, uint32_t begin, uint32_t end, OptI& upstream, OptS& due,
                S& kind) {
    take(TaskHead{{id},
                  {document},
                  {round},
                  {parent},
                  seq,
                  std::move(path),
                  std::move(label),
                  std::move(problem),
                  is_task,
                  gone,
                  {begin, end},
                  upstream,
                  std::move(due),
                  std::move(kind)});
  };
}
#define ZG_HEAD_TYPES \
  int64_t, int64_t, int64_t, int64_t, int, S, S, S, bool, bool, uint32_t, uint32_t, OptI, OptS, S

template <class... A>
std::vector<TaskHead> Heads(Session& session, const Query& query, const A&... args) {
  std::vector<TaskHead> heads;
  session.Each<ZG_HEAD_TYPES>(query, HeadTaker([&](TaskHead head) { heads.push_back(std::move(head)); }),
                              args...);
  return heads;
}

std::optional<TaskHead> First(std::vector<TaskHead> heads) {
  return heads.empty() ? std::nullopt : std::optional<TaskHead>(std::move(heads[0]));
}

}  // namespace

std::optional<Task> LoadTask(Session& session, TaskId id) {
  session.Ahead([&] {
    Entry entry;
    LoadParts(session, id, entry);
  });
  auto tasks = Rows(session, kLoad, id);
  if (tasks.empty()) return std::nullopt;
  LoadParts(session, id, tasks[0].entry);
  return std::move(tasks[0]);
}

std::vector<Task> LoadTasks(Session& session, DocId document, bool with_gone) {
  auto tasks = Rows(session, kOfDocument, document);
  if (!with_gone) std::erase_if(tasks, [](const Task& t) { return t.gone; });
  for (auto& task : tasks) LoadParts(session, task.id, task.entry);
  return tasks;
}

std::optional<TaskHead> LoadHead(Session& session, TaskId id) {
  return First(Heads(session, kHead, id));
}
std::unordered_map<TaskId, TaskName> LoadNames(Session& session, const std::vector<TaskId>& ids) {
  std::unordered_map<TaskId, TaskName> names;
  auto asked = Numbers(ids);
  if (asked.empty()) return names;
  KnownNames* known = session.names();
  auto stamp = known ? TaskNamesStamp(session) : std::nullopt;
  if (stamp) asked = known->Tasks(*stamp, asked, names);
  if (asked.empty()) return names;
  session.Each<int64_t, S, S, bool, int64_t, uint32_t, uint32_t>(
      kNames,
      [&](int64_t id, S& path, S& problem, bool is_task, int64_t document, uint32_t begin, uint32_t end) {
        TaskName name{std::move(path), std::move(problem), is_task, {document}, {begin, end}};
        if (stamp) known->Add(*stamp, {id}, name);
        names.emplace(TaskId{id}, std::move(name));
      },
      asked);
  return names;
}
std::vector<TaskHead> HeadsOf(Session& session, DocId document) {
  return Heads(session, kHeads, document);
}
std::vector<TaskHead> ChildrenOf(Session& session, TaskId parent) {
  return Heads(session, kChildren, parent);
}
std::optional<TaskHead> HeadAt(Session& session, DocId document, uint32_t at) {
  return First(Heads(session, kAt, document, at, at));
}

std::pair<std::optional<TaskHead>, std::optional<TaskHead>> Neighbours(Session& session,
                                                                       const TaskHead& head) {
  auto before = First(Heads(session, kBefore, head.document, head.seq));
  return {std::move(before), First(Heads(session, kAfter, head.document, head.seq))};
}

TaskHead HeadOf(const Task& task) {
  const Entry& e = task.entry;
  TaskHead head{task.id,    task.document,
                task.round, task.parent,
                task.seq,   e.path,
                e.label,    e.problem.text,
                e.is_task,  task.gone,
                e.span,     {},
                {},         e.status ? std::string(StatusKindName(e.status->kind)) : ""};
  if (e.upstream_ordinal) head.upstream_ordinal = *e.upstream_ordinal;
  if (e.deadline && e.deadline->date) head.due = e.deadline->date->Iso();
  return head;
}

TaskState StateOf(const TaskHead& head) {
  auto kind = ParseStatusKind(head.status_kind);
  if (!kind) return TaskState::kNotStated;
  Entry entry;
  entry.status = TaskStatus{"", {}, *kind, false, false};
  return zg::StateOf(entry);
}

std::optional<TaskTerms> LoadTerms(Session& session, TaskId id) {
  auto row = session.Row<OptS, bool, bool, S>(kTerms, id);
  if (!row) return std::nullopt;
  const auto& [due, by_deadline, by_status, kind] = *row;
  return TaskTerms{DateOf(due), by_deadline || by_status || kind == StatusKindName(StatusKind::kOngoing)};
}

std::vector<TaskUnit> UnitsOf(Session& session, TaskId id) {
  std::vector<TaskUnit> units;
  session.Each<int, int, int64_t, S, int, S, uint32_t, uint32_t, bool, bool>(
      kUnits,
      [&](int side, int measure, int64_t unit, S&, int role, S&, uint32_t, uint32_t, bool, bool) {
        units.push_back({{unit}, side, measure, UnitRole(role)});
      },
      id);
  return units;
}

}  // namespace zg::store
