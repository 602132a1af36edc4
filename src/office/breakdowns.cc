#include "office/breakdowns.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "office/breakdown_json.h"
#include "office/cascade_list.h"
#include "office/case_json.h"
#include "office/core.h"
#include "office/dispatch_scope.h"
#include "office/handbook_task.h"
#include "office/own_template.h"
#include "store/breakdowns.h"
#include "store/cases.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/rounds.h"
#include "store/sight.h"
#include "store/task_index.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;

std::string Dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

Error NotFound() {
  return {Code::kNotFound, "没有这项任务，请回到任务清单重新选择。", "", "task.not_found"};
}

Error NoDocument() {
  return {Code::kNotFound, "没有这份文件，请刷新后重新选择。", "", "document.not_found"};
}

struct Opened {
  Task task;
  Breakdown breakdown;
};
// Whoever sees the task, or has a step of it.
bool Sees(store::Session& s, const Breakdown& breakdown, const Actor& actor) {
  if (store::SeesTask(s, actor.scope(), breakdown.task)) return true;
  return std::any_of(breakdown.steps.begin(), breakdown.steps.end(),
                     [&](const BreakdownStep& step) { return step.unit && step.unit == actor.unit; });
}
Result<Opened> OpenTask(store::Session& s, TaskId id, const Actor& actor) {
  auto task = store::LoadTask(s, id);
  if (!task || task->gone || !task->entry.is_task) return NotFound();
  Opened open{std::move(*task), store::LoadBreakdown(s, id)};
  if (!Sees(s, open.breakdown, actor)) return NotFound();
  return open;
}

// … where nobody has changed it since the person saw it.
Result<Opened> OpenFor(store::Session& s, TaskId id, int64_t revision, Date today, const Actor& actor) {
  ZG_ASSIGN(Opened open, OpenTask(s, id, actor));
  if (open.breakdown.revision == revision) return open;
  return Error{Code::kConflict,
               "任务分解刚被" + open.breakdown.updated_by + "改过，请对照现在的内容后再保存。",
               "任务" + open.task.entry.path,
               "breakdown.changed",
               "",
               Dump(BreakdownJson(s, open.task, open.breakdown, today))};
}

// Writes it with its event and gives it as it is now.
json Keep(OfficeCore& core, store::Session& s, Opened& open, const char* kind, const json& before,
          const Actor& actor) {
  Breakdown& b = open.breakdown;
  b.revision += 1;
  b.updated_by = actor.name;
  b.updated_at = core.Now();
  store::SaveBreakdown(s, b);
  Event event = core.EventOf(actor, kind, "breakdown:" + std::to_string(b.task.value));
  event.task = b.task;
  event.document = open.task.document;
  event.before = Dump(before);
  event.after = Dump(BreakdownTold(b));
  store::AppendEvent(s, event);
  return BreakdownJson(s, open.task, b, core.Today());
}

Status MayMark(store::Session& s, const BreakdownStep& step, const Actor& actor) {
  bool own = step.unit ? AnswersFor(s, actor, step.unit) : actor.May(Right::kDispatch);
  if (own) return {};
  return Error{Code::kForbidden,
               "这一步由" + (step.unit ? step.unit_name : "整改办") + "办理，请由其登记完成。", "",
               "breakdown.not_yours"};
}

struct NamedHandbook {
  HandbookModel model;
  std::string name;
};
Result<ExportedFile> FileOf(const OfficeCore& core, const NamedHandbook& handbook) {
  const HandbookModel& model = handbook.model;
  ZG_ASSIGN(std::string bytes, DocxOf(core, "handbook", HandbookPaper(model), DataOf(model)));
  return ExportedFile{handbook.name + ".docx",
                      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                      std::move(bytes)};
}

}  // namespace

HandbookTask HandbookTaskOf(store::Session& s, const Task& of, const Breakdown& breakdown, Date today) {
  HandbookTask task{of.id, of.entry, breakdown, {}, {}};
  for (auto& gap : GapsOf(s, of, breakdown, today)) task.gaps.push_back(std::move(gap.message));
  task.lower = LowerTasksOf(s, of.id);
  return task;
}

Result<json> Breakdowns::Get(TaskId id, const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(Opened open, OpenTask(s, id, actor));
    return BreakdownJson(s, open.task, open.breakdown, core_.Today());
  });
}

Result<json> Breakdowns::Save(TaskId id, int64_t revision, const std::string& steps, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(Opened open, OpenFor(s, id, revision, core_.Today(), actor));
    json before = BreakdownTold(open.breakdown);
    store::UnitDirectory units(s, core_.regions, core_.Now());
    ZG_ASSIGN(open.breakdown.steps, ReadSteps(s, units, open.breakdown, steps));
    ZG_TRY(CheckSteps(open.breakdown.steps, open.task.entry.measures.size()));
    json kept = Keep(core_, s, open, "breakdown.changed", before, actor);
    store::TaskIndex index(s, core_.store->text_index(), units);
    index.StepsChanged(id);
    index.Flush();
    return kept;
  });
}

Result<json> Breakdowns::MarkDone(TaskId id, int64_t revision, StepId step_id, std::optional<Date> day,
                                  const Actor& actor) {
  if (day && *day > core_.Today()) {
    return Error{Code::kInvalid, "完成日期不能晚于今天。", "day", "breakdown.day"};
  }
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(Opened open, OpenFor(s, id, revision, core_.Today(), actor));
    json before = BreakdownTold(open.breakdown);
    auto& steps = open.breakdown.steps;
    auto step = std::find_if(steps.begin(), steps.end(), [&](const auto& one) { return one.id == step_id; });
    if (step == steps.end()) {
      return Error{Code::kNotFound, "没有这一步，请刷新后重试。", "step", "breakdown.no_step"};
    }
    ZG_TRY(MayMark(s, *step, actor));
    step->done = day;
    step->done_by = day ? actor.name : "";
    return Keep(core_, s, open, day ? "breakdown.done" : "breakdown.reopened", before, actor);
  });
}

Result<json> Breakdowns::Cascade(TaskId id, const CascadeRequest& request, const Actor& actor) {
  auto handed = core_.store->WriteAlone([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(Opened open, OpenFor(s, id, request.revision, core_.Today(), actor));
    ZG_ASSIGN(HandedDown made, HandDown(core_, s, open.task, open.breakdown, request, actor));
    return json{{"task_id", made.task.value},
                {"document_id", made.document.value},
                {"path", made.path},
                {"breakdown", BreakdownJson(s, open.task, open.breakdown, core_.Today())}};
  });
  if (handed.ok()) core_.checks->Wake();
  return handed;
}

Result<json> Breakdowns::CascadeAll(DocId id, UnitId unit, RoundId round, const Actor& actor) {
  auto handed = core_.store->WriteAlone([&](store::Session& s) -> Result<json> {
    auto document = store::LoadDocument(s, id);
    if (!document || !document->newest) return NoDocument();
    std::vector<Task> uppers;
    for (auto& task : store::LoadTasks(s, id))
      if (task.entry.is_task && Sees(s, store::LoadBreakdown(s, task.id), actor))
        uppers.push_back(std::move(task));
    ZG_ASSIGN(auto made, HandDownAll(core_, s, uppers, unit, round ? round : document->round, actor));
    return json{{"document_id", made.front().document.value}, {"tasks", made.size()}};
  });
  if (handed.ok()) core_.checks->Wake();
  return handed;
}

Result<ExportedFile> Breakdowns::Handbook(TaskId id, const Actor& actor) const {
  ZG_ASSIGN(NamedHandbook handbook, core_.store->Read([&](store::Session& s) -> Result<NamedHandbook> {
    ZG_ASSIGN(Opened open, OpenTask(s, id, actor));
    auto round = store::LoadRound(s, open.task.round);
    HandbookModel model{round ? round->name : "",
                        core_.Today(),
                        {HandbookTaskOf(s, open.task, open.breakdown, core_.Today())}};
    return NamedHandbook{std::move(model), "交账手册-任务" + open.task.entry.path};
  }));
  return FileOf(core_, handbook);
}

Result<ExportedFile> Breakdowns::Handbook(DocId id, const Actor& actor) const {
  ZG_ASSIGN(NamedHandbook handbook, core_.store->Read([&](store::Session& s) -> Result<NamedHandbook> {
    auto document = store::LoadDocument(s, id);
    if (!document) return NoDocument();
    HandbookModel model{document->round_name, core_.Today(), {}};
    for (auto& task : store::LoadTasks(s, id)) {
      Opened open{std::move(task), {}};
      open.breakdown = store::LoadBreakdown(s, open.task.id);
      if (open.breakdown.revision > 0 && Sees(s, open.breakdown, actor))
        model.tasks.push_back(HandbookTaskOf(s, open.task, open.breakdown, core_.Today()));
    }
    if (model.tasks.empty()) {
      return Error{Code::kConflict, "这份文件的任务还没有分解，请先在任务页面分解。", document->head.title,
                   "breakdown.nothing"};
    }
    return NamedHandbook{std::move(model), "交账手册-" + document->head.title};
  }));
  return FileOf(core_, handbook);
}

}  // namespace zg
