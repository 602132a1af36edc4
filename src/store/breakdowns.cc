#include "store/breakdowns.h"

#include <set>

#include "store/pace.h"

namespace zg::store {
namespace {

const Query kHead{"breakdown_head",
                  "SELECT revision, updated_by, updated_at FROM breakdowns WHERE task_id = :task"};
const Query kSaveHead{
    "breakdown_save",
    "INSERT INTO breakdowns (task_id, revision, updated_by, updated_at) VALUES (:task, "
    ":revision, :by, :at) ON CONFLICT (task_id) DO UPDATE SET revision = "
    "excluded.revision, updated_by = excluded.updated_by, updated_at = excluded.updated_at"};
const Query kSteps{"breakdown_steps",
                   "SELECT s.id, s.measure_ord, s.body, s.unit_id, coalesce(u.name, ''), s.due, "
                   "s.deliverable, s.weight, s.done_day, s.done_by FROM breakdown_steps s LEFT JOIN units u "
                   "ON u.id = s.unit_id WHERE s.task_id = :task AND s.gone = 0 ORDER BY s.ord"};
const Query kIds{"breakdown_step_ids", "SELECT id FROM breakdown_steps WHERE task_id = :task AND gone = 0"};
const Query kInsert{"breakdown_step_insert",
                    "INSERT INTO breakdown_steps (task_id, ord, gone, measure_ord, body, unit_id, due, "
                    "deliverable, weight, done_day, done_by) VALUES (:task, :ord, 0, :measure, :body, :unit, "
                    ":due, :deliverable, :weight, :done, :by) RETURNING id"};
const Query kUpdate{"breakdown_step_update",
                    "UPDATE breakdown_steps SET ord = :ord, measure_ord = :measure, body = :body, unit_id = "
                    ":unit, due = :due, deliverable = :deliverable, weight = :weight, done_day = :done, "
                    "done_by = :by WHERE id = :id AND task_id = :task"};
const Query kTakeOut{"breakdown_step_out", "UPDATE breakdown_steps SET gone = 1 WHERE id = :id"};
const Query kAfter{"breakdowns_after",
                   "SELECT task_id FROM breakdowns WHERE task_id > :after ORDER BY task_id LIMIT :n"};

std::optional<std::string> Iso(std::optional<Date> date) {
  return date ? std::optional<std::string>(date->Iso()) : std::nullopt;
}
std::optional<Date> DayOf(const std::optional<std::string>& iso) {
  return iso ? Date::ParseIso(*iso) : std::nullopt;
}

}  // namespace

Breakdown LoadBreakdown(Session& session, TaskId task) {
  Breakdown b;
  b.task = task;
  auto head = session.Row<int64_t, std::string, std::string>(kHead, task);
  if (!head) return b;
  std::tie(b.revision, b.updated_by, b.updated_at) = *head;
  using Text = std::string;
  session.Each<int64_t, int, Text, int64_t, Text, std::optional<Text>, Text, int, std::optional<Text>, Text>(
      kSteps,
      [&](int64_t id, int measure, const Text& text, int64_t unit, const Text& name,
          const std::optional<Text>& due, const Text& deliverable, int weight,
          const std::optional<Text>& done, const Text& by) {
        b.steps.push_back(
            {{id}, measure, text, {unit}, name, DayOf(due), deliverable, weight, DayOf(done), by});
      },
      task);
  return b;
}

void SaveBreakdown(Session& session, Breakdown& b) {
  std::set<int64_t> out;
  session.Each<int64_t>(
      kIds, [&](int64_t id) { out.insert(id); }, b.task);
  session.Run(kSaveHead, b.task, b.revision, b.updated_by, b.updated_at);
  for (size_t i = 0; i < b.steps.size(); ++i) {
    BreakdownStep& s = b.steps[i];
    if (s.id) {
      session.Run(kUpdate, int(i), s.measure, s.text, s.unit, Iso(s.due), s.deliverable, s.weight,
                  Iso(s.done), s.done_by, s.id, b.task);
      out.erase(s.id.value);
    } else {
      s.id = {session.Insert(kInsert, b.task, int(i), s.measure, s.text, s.unit, Iso(s.due), s.deliverable,
                             s.weight, Iso(s.done), s.done_by)};
    }
  }
  for (int64_t id : out) session.Run(kTakeOut, id);
  RefreshPace(session, b.task);
}

std::vector<Breakdown> BreakdownsAfter(Session& session, TaskId after, int limit) {
  std::vector<TaskId> tasks;
  session.Each<int64_t>(
      kAfter, [&](int64_t id) { tasks.push_back({id}); }, after, limit);
  std::vector<Breakdown> all;
  for (TaskId task : tasks) all.push_back(LoadBreakdown(session, task));
  return all;
}

}  // namespace zg::store
