#include "office/paper_models.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "office/case_json.h"
#include "office/core.h"
#include "office/dispatch_scope.h"
#include "office/handbook_task.h"
#include "office/json.h"
#include "store/articles.h"
#include "store/breakdowns.h"
#include "store/cases.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/evidence.h"
#include "store/periods.h"
#include "store/reports.h"
#include "store/rounds.h"
#include "store/sight.h"
#include "store/task_list.h"
#include "store/tasks.h"
#include "store/units.h"

namespace zg {
namespace {

using nlohmann::json;
using paper::PaperTask;

constexpr int kMostTasks = 5'000;
constexpr int kMostLetterTasks = 50;
constexpr int kMostArticles = 100'000;
constexpr int kMostReports = 20'000;
constexpr int kRemindWithin = 30;  // days before the deadline

Error NoTask() {
  return {Code::kNotFound, "没有这项任务，请回到任务清单重新选择。", "tasks", "task.not_found"};
}
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

// The task, where it is seen.
Result<Task> SeenTask(store::Session& s, TaskId id, const Actor& actor) {
  auto task = store::LoadTask(s, id);
  if (!task || task->gone || !task->entry.is_task || !store::SeesTask(s, actor.scope(), id)) return NoTask();
  return std::move(*task);
}

bool NamesUnit(store::Session& s, TaskId task, UnitId unit) {
  for (const auto& at : store::UnitsOf(s, task))
    if (at.side == 0 && store::StandsUnder(s, at.unit, unit)) return true;
  return false;
}

struct DocumentTasks {
  store::DocumentRow document;
  std::vector<Task> tasks;  // those that are seen, and the headings over them
};
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

// The publicity record of the round until that day.
paper::PaperCoverage CoverageOf(store::Session& s, const MediaWords& words, RoundId round, Date as_of) {
  store::ArticleFilter filter;
  filter.round = round;
  filter.to = as_of;
  std::map<std::string, paper::CoverageSum> briefs, levels;
  paper::PaperCoverage out;
  out.media = {"各级各类媒体", "篇（条次）", 0, {}};
  auto add = [](paper::CoverageSum& sum, const Article& a) {
    sum.pieces += a.pieces;
    sum.ids.push_back(a.id.value);
  };
  for (const auto& line : store::FindArticles(s, filter, Date(), {}, kMostArticles)) {
    const MediaKind* kind = words.Find(line.article.kind);
    bool inside = kind && kind->inside;
    add(inside ? briefs[kind->name] : levels[line.article.level], line.article);
    if (!inside) add(out.media, line.article);
  }
  for (const auto& kind : words.kinds)
    if (auto it = briefs.find(kind.name); it != briefs.end())
      out.briefs.push_back({kind.name, kind.measure, it->second.pieces, std::move(it->second.ids)});
  for (const auto& level : words.levels)
    if (auto it = levels.find(level); it != levels.end())
      out.levels.push_back({level, out.media.measure, it->second.pieces, std::move(it->second.ids)});
  return out;
}

Result<paper::TaskPaperModel> TaskModel(store::Session& s, const OfficeCore& core,
                                        const PaperRequest& request, const Actor& actor) {
  ZG_ASSIGN(DocumentTasks from, TasksOfDocument(s, request, actor));
  paper::TaskPaperModel model;
  model.title = request.unit ? "" : from.document.head.title;
  model.round = from.document.round_name;
  model.party = request.issuer;
  model.as_of = DayOf(core, request);
  if (request.unit) {
    ZG_ASSIGN(Unit unit, UnitOf(s, request.unit));
    if (model.party.empty()) model.party = unit.name;
    model.title = unit.name + model.round + "整改任务清单";
  }
  for (const auto& task : from.tasks) model.tasks.push_back(PaperTaskOf(s, task, model.as_of));
  return model;
}

Result<paper::Paper> Handbook(store::Session& s, const OfficeCore& core, const PaperRequest& request,
                              const Actor& actor) {
  ZG_ASSIGN(DocumentTasks from, TasksOfDocument(s, request, actor));
  HandbookModel model{from.document.round_name, DayOf(core, request), {}};
  for (const auto& task : from.tasks) {
    Breakdown breakdown = store::LoadBreakdown(s, task.id);
    if (breakdown.revision > 0) model.tasks.push_back(HandbookTaskOf(s, task, breakdown, model.as_of));
  }
  if (model.tasks.empty()) return Nothing("这份文件的任务还没有分解，请先在任务页面分解。", "document");
  return HandbookPaper(model);
}

Result<paper::Paper> Circular(store::Session& s, const OfficeCore& core, const PaperRequest& request,
                              const Actor& actor) {
  auto period = store::LoadPeriod(s, request.period);
  if (!period) return Error{Code::kNotFound, "没有这个调度期，请重新选择。", "period", "period.not_found"};
  paper::CircularModel model;
  model.period = PeriodChinese(*period);
  model.issuer = request.issuer;
  model.due = period->due;
  model.today = DayOf(core, request);
  std::map<UnitId, size_t> at;
  store::ReportQuery query;
  query.period = period->id;
  query.scope = actor.scope();
  query.limit = 200;
  int read = 0;
  for (bool more = true; more && read < kMostReports;) {
    auto lines = store::ListReports(s, query);
    more = int(lines.size()) == query.limit;
    for (const auto& line : lines) {
      query.after = line.id;
      ++read;
      auto [it, fresh] = at.try_emplace(line.unit, model.units.size());
      if (fresh) model.units.push_back({line.unit, line.unit_name, {}});
      paper::CircularReport report;
      report.id = line.id;
      report.task = line.task;
      report.path = line.path;
      report.problem = line.problem;
      report.answered = line.status == ReportStatus::kSubmitted || line.status == ReportStatus::kAccepted;
      report.accepted = line.status == ReportStatus::kAccepted;
      report.returned = line.status == ReportStatus::kReturned;
      report.still = line.still;
      report.behind = line.on_schedule && *line.on_schedule == 0;
      model.units[it->second].reports.push_back(std::move(report));
    }
  }
  if (model.units.empty()) return Nothing("这一期没有需要上报的任务。", "period");
  return CircularPaper(model);
}

// The steps of its close-out as its events tell them.
std::vector<paper::StepTaken> StepsOf(store::Session& s, TaskId task) {
  std::vector<paper::StepTaken> out;
  for (const auto& event : store::FindEvents(s, {task, std::nullopt, 0, 2000})) {
    if (event.kind.rfind("case.", 0) != 0) continue;
    json after = ValueOf(event.after);
    if (!after.is_object()) continue;
    out.push_back({event.at.substr(0, 10), after.value("step_title", ""), event.actor,
                   after.value("unit", ""), after.value("text", ""), after.value("opinion", "")});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

class Closeouts {
 public:
  Closeouts(store::Session& s, const OfficeCore& core, Date today) : s_(s), core_(core), today_(today) {}

  paper::CloseoutTask Of(const Task& task) {
    paper::CloseoutTask out;
    out.task = PaperTaskOf(s_, task, today_);
    if (auto row = store::LoadCase(s_, task.id)) {
      const Workflow* workflow = VersionOf(row->version);
      const WorkflowState* state = workflow ? workflow->State(row->state.state) : nullptr;
      out.state = state ? state->title : row->state.state;
      out.entered = row->state.entered.Iso();
      out.closed = state && state->closed;
    }
    out.steps = StepsOf(s_, task.id);
    for (const auto& [kind, n] : store::EvidenceKindCounts(s_, task.id)) {
      const EvidenceKind* known = core_.evidence.plan().Find(kind);
      out.evidence.emplace_back(known ? known->name : kind, n);
    }
    return out;
  }

 private:
  const Workflow* VersionOf(int64_t id) {
    auto it = versions_.find(id);
    if (it == versions_.end()) {
      std::optional<Workflow> parsed;
      if (auto version = store::LoadVersion(s_, id))
        if (auto workflow = ParseWorkflow(version->source, version->workflow + ".toml", nullptr);
            workflow.ok())
          parsed = std::move(*workflow);
      it = versions_.emplace(id, std::move(parsed)).first;
    }
    return it->second ? &*it->second : nullptr;
  }

  store::Session& s_;
  const OfficeCore& core_;
  Date today_;
  std::map<int64_t, std::optional<Workflow>> versions_;
};

Result<paper::Paper> Catalogue(store::Session& s, const OfficeCore& core, const Task& task, Date today,
                               const Actor& actor) {
  auto round = store::LoadRound(s, task.round);
  paper::CatalogueModel model{
      round ? round->name : "", PaperTaskOf(s, task, today), today, core.evidence.plan(), {}};
  EvidenceFilter filter;
  filter.task = task.id;
  filter.limit = 200;
  for (bool more = true; more && model.pieces.size() < 5'000;) {
    auto page = store::FindEvidence(s, actor.scope(), filter);
    more = int(page.size()) == filter.limit;
    for (auto& piece : page) {
      filter.before = piece.id.value;
      model.pieces.push_back(std::move(piece));
    }
  }
  std::reverse(model.pieces.begin(), model.pieces.end());
  return CataloguePaper(model);
}

Result<paper::Paper> OfOneTask(store::Session& s, const OfficeCore& core, const std::string& kind,
                               const PaperRequest& request, const Actor& actor) {
  ZG_ASSIGN(Task task, SeenTask(s, request.tasks.front(), actor));
  Date today = DayOf(core, request);
  if (kind == "catalogue") return Catalogue(s, core, task, today, actor);
  auto round = store::LoadRound(s, task.round);
  auto closeout = Closeouts(s, core, today).Of(task);
  std::string name = round ? round->name : "";
  return kind == "closeout_application" ? ApplicationPaper(name, closeout, today)
                                        : OpinionPaper(name, closeout, today);
}

Result<paper::Paper> CloseoutLedger(store::Session& s, const OfficeCore& core, const PaperRequest& request,
                                    const Actor& actor) {
  ZG_ASSIGN(DocumentTasks from, TasksOfDocument(s, request, actor));
  paper::CloseoutLedgerModel model{from.document.round_name, DayOf(core, request), {}};
  Closeouts closeouts(s, core, model.today);
  for (const auto& task : from.tasks)
    if (task.entry.is_task) model.tasks.push_back(closeouts.Of(task));
  return CloseoutLedgerPaper(model);
}

// Those that the letter is about: as chosen, else what the unit is late with (a reminder: what falls due).
Result<std::vector<TaskId>> LetterTasks(store::Session& s, const OfficeCore& core,
                                        const PaperRequest& request, const Actor& actor) {
  if (!request.tasks.empty() || !request.unit) return request.tasks;
  TaskFilter filter;
  filter.unit = request.unit;
  filter.role = RoleFilter::kResponsible;
  filter.scope = actor.scope();
  if (request.document) filter.document = request.document;
  Date day = DayOf(core, request);
  filter.states = {TaskState::kNotStated, TaskState::kNotStarted, TaskState::kInProgress};
  filter.due_to = request.kind == "reminder" ? day.Plus(kRemindWithin) : day.Plus(-1);
  return store::ListTaskIds(s, core.store->text_index(), filter, {TaskSort::kDue, false}, day,
                            kMostLetterTasks);
}

}  // namespace

const std::vector<PaperKind>& PaperKinds() {
  static const std::vector<PaperKind> kinds = {
      {"task_list", "整改任务清单", "反馈问题、责任和验收单位、目标、时限、措施，逐项列出", "document", false,
       false},
      {"plan", "整改方案", "方案的骨架：要求、目标、分工、步骤、保障，附任务清单", "document", false, false},
      {"report", "整改落实情况报告", "总体情况和数字取自台账，附具体问题整改进展情况", "document", false,
       false},
      {"unit_report", "单位整改进展报告", "一个单位负责的任务，注明上级序号，附逐项进展", "document unit",
       false, false},
      {"handbook", "交账手册", "措施分解到步骤、单位、时限和成果", "document", false, false},
      {"circular", "调度通报", "谁没有报、排名、哪些任务没有进展", "period", true, false},
      {"reminder", "提醒函", "任务临近或者超过时限时提醒", "unit tasks", true, true},
      {"supervision", "督办函", "任务逾期或者滞后时督办", "unit tasks", true, true},
      {"summons", "约谈通知", "推进不力时约谈", "unit tasks", true, true},
      {"closeout_application", "销号申请表", "责任单位申请销号", "task", false, false},
      {"acceptance_opinion", "验收意见表", "验收单位现场核查和意见", "task", false, false},
      {"public_notice", "销号公示", "拟销号任务向社会公示", "tasks", true, true},
      {"closeout_ledger", "销号台账", "每项任务走到哪一环节", "document", false, false},
      {"catalogue", "资料目录", "一项任务的资料，和销号还缺什么", "task", false, false},
  };
  return kinds;
}

Result<paper::LetterModel> LetterOf(store::Session& s, const OfficeCore& core, const PaperKind& kind,
                                    const PaperRequest& request, const Actor& actor) {
  paper::LetterModel m;
  m.kind = kind.id;
  m.title = kind.title;
  m.issuer = request.issuer;
  m.number = request.number;
  m.today = DayOf(core, request);
  m.reply_by = request.reply_by;
  m.contact = request.contact;
  m.phone = request.phone;
  m.place = request.place;
  m.time = request.time;
  if (request.unit) {
    ZG_ASSIGN(Unit unit, UnitOf(s, request.unit));
    m.unit = unit.name;
  }
  ZG_ASSIGN(auto ids, LetterTasks(s, core, request, actor));
  std::set<RoundId> rounds;
  for (TaskId id : ids) {
    ZG_ASSIGN(Task task, SeenTask(s, id, actor));
    auto round = rounds.insert(task.round).second ? store::LoadRound(s, task.round) : std::nullopt;
    if (round) m.round += (m.round.empty() ? "" : "、") + round->name;
    m.tasks.push_back(PaperTaskOf(s, task, m.today));
  }
  if (m.tasks.empty())
    return Nothing(
        request.unit
            ? "这个单位没有需要写进来的任务（未选任务时取逾期的，提醒函取30天内到期的），请自行选择任务。"
            : "请选择任务。",
        "tasks");
  return m;
}

Result<paper::Paper> ComposePaper(store::Session& s, const OfficeCore& core, const PaperKind& kind,
                                  const PaperRequest& request, const Actor& actor) {
  std::string id = kind.id;
  if (kind.letter) {
    ZG_ASSIGN(paper::LetterModel letter, LetterOf(s, core, kind, request, actor));
    return LetterPaper(letter);
  }
  if (id == "circular") return Circular(s, core, request, actor);
  if (id == "handbook") return Handbook(s, core, request, actor);
  if (id == "closeout_ledger") return CloseoutLedger(s, core, request, actor);
  if (id == "closeout_application" || id == "acceptance_opinion" || id == "catalogue")
    return OfOneTask(s, core, id, request, actor);
  ZG_ASSIGN(paper::TaskPaperModel model, TaskModel(s, core, request, actor));
  if (id == "task_list") return TaskListPaper(model);
  if (id == "plan") return PlanPaper(model);
  if (id != "report") return UnitReport(model);
  auto document = store::LoadDocument(s, request.document);
  if (document && actor.scope().all && !request.unit)
    model.coverage = CoverageOf(s, core.articles.words(), document->round, model.as_of);
  return RectificationReport(model);
}

}  // namespace zg
