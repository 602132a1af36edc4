// One case: looked at, taken a step further.
#include "office/cases.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/text.h"
#include "office/case_json.h"
#include "office/core.h"
#include "store/events.h"
#include "store/tasks.h"
#include "store/units.h"

namespace zg {
namespace {

using nlohmann::json;
constexpr size_t kMostText = 10'000;  // characters
constexpr size_t kMostEvidence = 100;
constexpr int kMostLookedBack = 500;

Error NotFound() {
  return {Code::kNotFound, "没有这项任务，请刷新后重新选择。", "", "task.not_found"};
}

const char* EventKind(StepKind kind) {
  switch (kind) {
    case StepKind::kForward:
      return "case.step";
    case StepKind::kRecheck:
      return "case.rechecked";
    case StepKind::kLookBack:
      return "case.look_back";
    case StepKind::kRebound:
      return "case.rebound";
    case StepKind::kReturn:
      return "case.returned";
  }
  return "case.step";
}

Status CheckRequest(const CaseStepRequest& request) {
  for (const auto& [text, where] : {std::pair(&request.text, "text"), std::pair(&request.opinion, "opinion")})
    if (ToUtf32(*text).size() > kMostText)
      return Error{Code::kInvalid, "文字太长，请压到一万字以内，其余作为资料上传。", where, "case.too_long"};
  if (request.evidence.size() > kMostEvidence)
    return Error{Code::kInvalid, "一步最多引用100份资料。", "evidence", "case.too_long"};
  return {};
}

Status CheckEvidence(store::Session& s, TaskId task, const std::vector<EvidenceId>& evidence) {
  for (EvidenceId id : evidence) {
    if (store::EvidenceIsThere(s, task, id)) continue;
    return Error{Code::kInvalid,
                 "引用的资料（" + std::to_string(id.value) + "）不在这项任务的资料里，或已移除，请重新选择。",
                 "evidence", "case.no_evidence"};
  }
  return {};
}

std::string TitleOf(const Workflow& workflow, const std::string& id) {
  const WorkflowState* state = workflow.State(id);
  return state ? state->title : id;
}

const WorkflowStep* LookBackFrom(const Workflow& workflow, const std::string& state) {
  for (const auto& step : workflow.steps)
    if (step.kind == StepKind::kLookBack && std::count(step.from.begin(), step.from.end(), state))
      return &step;
  return nullptr;
}

// The `count` of them that the seed draws: the same for the same ids, whatever their order.
std::vector<TaskId> Draw(std::vector<TaskId> from, size_t count, uint64_t seed) {
  auto lot = [&](TaskId id) { return Sm3Hex(std::to_string(seed) + ":" + std::to_string(id.value)); };
  std::vector<std::pair<std::string, TaskId>> lots;
  for (TaskId id : from) lots.emplace_back(lot(id), id);
  std::sort(lots.begin(), lots.end());
  if (lots.size() > count) lots.resize(count);
  std::vector<TaskId> drawn;
  for (const auto& [unused, id] : lots) drawn.push_back(id);
  std::sort(drawn.begin(), drawn.end());
  return drawn;
}

}  // namespace

Result<Cases::Version> Cases::VersionOf(store::Session& session, int64_t id) const {
  {
    std::lock_guard lock(mutex_);
    auto it = versions_.find(id);
    if (it != versions_.end()) return it->second;
  }
  auto stored = store::LoadVersion(session, id);
  if (!stored) {
    return Error{Code::kUnavailable, "找不到这项任务的流程版本，请运行 zhenggai verify 核对台账。", "",
                 "workflow.missing"};
  }
  // Kinds of evidence may have gone since; what a version asks for stays.
  ZG_ASSIGN(Workflow parsed, ParseWorkflow(stored->source, stored->workflow + ".toml", nullptr));
  auto version = std::make_shared<const Workflow>(std::move(parsed));
  std::lock_guard lock(mutex_);
  return versions_.emplace(id, version).first->second;
}

Result<store::CaseRow> Cases::Load(store::Session& s, TaskId task, const Actor& actor) {
  s.Ahead([&] { store::LoadCase(s, task); });
  auto head = store::LoadHead(s, task);
  if (!head || !store::TaskVisibleForCase(s, actor.scope(), task)) return NotFound();
  auto row = store::LoadCase(s, task);
  if (row) return *row;
  return Error{Code::kNotFound,
               head->is_task ? "这项任务还没有进入流程，请联系整改办。"
                             : "这是标题，不单独办理验收销号。请看它下面的任务。",
               "", "case.none"};
}

Result<json> Cases::Get(TaskId task, const Actor& actor) {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(auto row, Load(s, task, actor));
    ZG_ASSIGN(Version workflow, VersionOf(s, row.version));
    return CaseJson(s, core_, *workflow, row, actor);
  });
}

// One step, one event. `row` becomes what it is after it.
Status Cases::Step(store::Session& s, store::CaseRow& row, const CaseStepRequest& request,
                   const Actor& actor) {
  ZG_ASSIGN(Version workflow, VersionOf(s, row.version));
  auto head = store::LoadHead(s, row.task);
  if (head->gone)
    return Error{Code::kConflict, "文件的新版本里已没有这项任务，不能再办理。", "任务" + head->path,
                 "case.gone"};
  CaseFacts facts = FactsOf(s, core_, row);
  const WorkCalendar& calendar = core_.workflows.calendar;
  ZG_ASSIGN(CaseState after,
            TakeStep(*workflow, row.state, facts, StandingOf(s, row.task, actor),
                     {request.step, request.text, request.opinion}, calendar, core_.Today()));
  ZG_TRY(CheckEvidence(s, row.task, request.evidence));
  auto steps = workflow->StepsFrom(row.state.state);
  const WorkflowStep& step =
      *std::find_if(steps.begin(), steps.end(), [&](const WorkflowStep& x) { return x.id == request.step; });
  Event event = core_.EventOf(actor, EventKind(step.kind), "case:" + std::to_string(row.task.value));
  event.document = head->document;
  event.task = row.task;
  json before = CaseTold(row);
  before["title"] = TitleOf(*workflow, row.state.state);
  event.before = before.dump();
  json told = {{"step", step.id},
               {"step_title", step.title},
               {"step_kind", StepKindName(step.kind)},
               {"step_cycle", row.state.cycle},
               {"from_title", TitleOf(*workflow, row.state.state)},
               {"to_title", TitleOf(*workflow, after.state)},
               {"waited", core_.Today().days() - row.state.entered.days()},
               {"unit", ""},
               {"text", request.text},
               {"opinion", request.opinion},
               {"evidence", json::array()}};
  if (actor.unit)
    if (auto unit = store::LoadUnit(s, actor.unit)) told["unit"] = unit->name;
  for (EvidenceId id : request.evidence) told["evidence"].push_back(id.value);
  if (after.cycle != row.state.cycle) row.cycle_at = event.at;
  row.state = after;
  row.due = CaseDue(*workflow, after, facts.deadline, calendar);
  row.by_deadline = workflow->State(after.state)->until_deadline;
  row.revision += 1;
  row.updated_by = actor.name;
  row.updated_at = event.at;
  store::UpdateCase(s, row);
  told.update(CaseTold(row));
  event.after = told.dump();
  event.note = request.opinion.empty() ? request.text : request.opinion;
  store::AppendEvent(s, std::move(event));
  return {};
}

Status Cases::Published(store::Session& s, TaskId task, const Actor& actor) {
  auto row = store::LoadCase(s, task);
  auto head = store::LoadHead(s, task);
  if (!row || !head || head->gone) return {};
  ZG_ASSIGN(Version workflow, VersionOf(s, row->version));
  for (const auto& offer : OfferSteps(*workflow, row->state, FactsOf(s, core_, *row),
                                      StandingOf(s, task, actor), core_.workflows.calendar, core_.Today())) {
    if (offer.step.id != kPublishStep || !offer.mine || !offer.ready()) continue;
    std::string text = "在整改情况公开网站公开（" + core_.Today().Iso() + "）。";
    return Step(s, *row, {offer.step.id, text, offer.step.opinion.empty() ? "" : text, {}, row->revision},
                actor);
  }
  return {};
}

Result<json> Cases::Take(TaskId task, const CaseStepRequest& request, const Actor& actor) {
  ZG_TRY(CheckRequest(request));
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(auto row, Load(s, task, actor));
    if (row.revision != request.revision) {
      return Error{Code::kConflict, "这项任务刚被别人办理过，请看过最新情况后再办。", "revision",
                   "case.changed"};
    }
    ZG_TRY(Step(s, row, request, actor));
    ZG_ASSIGN(Version workflow, VersionOf(s, row.version));
    return CaseJson(s, core_, *workflow, row, actor);
  });
}

Result<json> Cases::LookBack(const LookBackRequest& request, const Actor& actor) {
  bool drawn = request.tasks.empty();
  if (drawn ? request.count < 1 || request.count > kMostLookedBack : request.tasks.size() > kMostLookedBack) {
    return Error{Code::kInvalid, "一次回头看1到500项任务，请改抽取的数量。", "count", "look_back.count"};
  }
  CaseStepRequest step{"", request.text, "", {}, 0};
  ZG_TRY(CheckRequest(step));
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    std::vector<TaskId> chosen = request.tasks;
    size_t candidates = chosen.size();
    if (drawn) {
      std::vector<TaskId> from;
      for (int64_t id : store::VersionIds(s)) {
        ZG_ASSIGN(Version workflow, VersionOf(s, id));
        for (const auto& state : workflow->states) {
          if (!LookBackFrom(*workflow, state.id)) continue;
          store::CaseFilter filter{workflow->id + "/" + state.id, request.round, request.unit, false,
                                   core_.Today()};
          auto at = store::TasksAt(s, actor.scope(), filter);
          from.insert(from.end(), at.begin(), at.end());
        }
      }
      std::sort(from.begin(), from.end());
      from.erase(std::unique(from.begin(), from.end()), from.end());
      candidates = from.size();
      chosen = Draw(std::move(from), size_t(request.count), request.seed);
    }
    if (chosen.empty()) {
      return Error{Code::kNotFound, "范围内没有已销号的任务可以回头看，请放宽轮次或单位。", "",
                   "look_back.nothing"};
    }
    json list = json::array();
    for (TaskId task : chosen) {
      ZG_ASSIGN(auto row, Load(s, task, actor));
      ZG_ASSIGN(Version workflow, VersionOf(s, row.version));
      const WorkflowStep* way = LookBackFrom(*workflow, row.state.state);
      auto head = store::LoadHead(s, task);
      if (!way) {
        return Error{Code::kConflict,
                     "任务“" + head->path + "”还没有销号，或正在回头看，不能列入。请从名单里去掉。",
                     "任务" + head->path, "look_back.not_closed"};
      }
      step.step = way->id;
      ZG_TRY(Step(s, row, step, actor));
      list.push_back({{"task_id", task.value}, {"path", head->path}, {"problem", head->problem}});
    }
    return json{{"seed", drawn ? json(request.seed) : json()},
                {"candidates", candidates},
                {"chosen", std::move(list)}};
  });
}

}  // namespace zg
