#include "office/paper_reading.h"

#include <set>

#include "store/reports.h"
#include "store/sight.h"
#include "store/tasks.h"
#include "store/units.h"

namespace zg {

using paper::PaperTask;

namespace {

constexpr size_t kMostTasks = 5'000;

Error NoTask() {
  return {Code::kNotFound, "没有这项任务，请回到任务清单重新选择。", "tasks", "task.not_found"};
}

bool NamesUnit(store::Session& s, TaskId task, UnitId unit) {
  for (const auto& at : store::UnitsOf(s, task))
    if (at.side == 0 && store::StandsUnder(s, at.unit, unit)) return true;
  return false;
}

}  // namespace

Error Nothing(const char* message, const char* where) {
  return {Code::kConflict, message, where, "paper.nothing"};
}

Date DayOf(const OfficeCore& core, const PaperRequest& request) {
  return request.date.value_or(core.Today());
}

PaperTask PaperTaskOf(store::Session& s, const Task& task, Date as_of) {
  PaperTask out;
  out.id = task.id;
  out.entry = task.entry;
  out.state = StateOf(task.entry);
  auto due = task.entry.deadline ? task.entry.deadline->date : std::nullopt;
  out.overdue = task.entry.is_task && IsOverdue(due, out.state, as_of);
  out.behind = task.entry.status && task.entry.status->behind_schedule;
  if (!task.entry.is_task || !task.entry.progress.empty()) return out;
  for (const auto& report : store::LastAccepted(s, task.id)) {
    auto unit = store::LoadUnit(s, report.unit);
    if (!report.content.text.empty())
      out.answers.push_back((unit ? unit->name + "：" : "") + report.content.text);
  }
  return out;
}

Result<Task> SeenTask(store::Session& s, TaskId id, const Actor& actor) {
  auto task = store::LoadTask(s, id);
  if (!task || task->gone || !task->entry.is_task || !store::SeesTask(s, actor.scope(), id)) return NoTask();
  return std::move(*task);
}

Result<DocumentTasks> TasksOfDocument(store::Session& s, const PaperRequest& request, const Actor& actor) {
  auto document = store::LoadDocument(s, request.document);
  if (!document || !store::SeesDocument(s, actor.scope(), request.document))
    return Error{Code::kNotFound, "没有这份文件，请刷新后重新选择。", "document", "document.not_found"};
  DocumentTasks out{std::move(*document), {}};
  std::vector<Task> all = store::LoadTasks(s, request.document);
  if (all.size() > kMostTasks)
    return Error{Code::kInvalid, "这份文件的任务超过5000项，请按单位分开出文。", "document",
                 "paper.too_many"};
  std::set<TaskId> wanted;
  for (auto it = all.rbegin(); it != all.rend(); ++it) {
    bool itself = it->entry.is_task && store::SeesTask(s, actor.scope(), it->id) &&
                  (!request.unit || NamesUnit(s, it->id, request.unit));
    if (!itself && !wanted.count(it->id)) continue;
    wanted.insert(it->id);
    if (it->parent) wanted.insert(it->parent);
  }
  for (auto& task : all)
    if (wanted.count(task.id)) out.tasks.push_back(std::move(task));
  if (out.tasks.empty())
    return Nothing(request.unit ? "这份文件里没有这个单位负责的任务，请另选文件或单位。"
                                : "这份文件里没有任务，请另选文件。",
                   "document");
  return out;
}

Result<Unit> UnitOf(store::Session& s, UnitId id) {
  auto unit = store::LoadUnit(s, id);
  if (unit) return std::move(*unit);
  return Error{Code::kNotFound, "没有这个单位，请重新选择。", "unit", "unit.not_found"};
}

}  // namespace zg
