#include "office/paper_models.h"

#include <algorithm>
#include <map>
#include <set>

#include "office/core.h"
#include "office/dispatch_scope.h"
#include "office/handbook_task.h"
#include "office/paper_reading.h"
#include "report/circular.h"
#include "report/letters.h"
#include "report/task_papers.h"
#include "store/articles.h"
#include "store/breakdowns.h"
#include "store/documents.h"
#include "store/periods.h"
#include "store/reports.h"
#include "store/rounds.h"
#include "store/task_list.h"

namespace zg {
namespace {

constexpr int kMostLetterTasks = 50;
constexpr int kMostArticles = 100'000;
constexpr int kMostReports = 20'000;
constexpr int kRemindWithin = 30;  // days before the deadline

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

Result<PaperSource> Handbook(store::Session& s, const OfficeCore& core, const PaperRequest& request,
                             const Actor& actor) {
  ZG_ASSIGN(DocumentTasks from, TasksOfDocument(s, request, actor));
  HandbookModel model{from.document.round_name, DayOf(core, request), {}};
  for (const auto& task : from.tasks) {
    Breakdown breakdown = store::LoadBreakdown(s, task.id);
    if (breakdown.revision > 0) model.tasks.push_back(HandbookTaskOf(s, task, breakdown, model.as_of));
  }
  if (model.tasks.empty()) return Nothing("这份文件的任务还没有分解，请先在任务页面分解。", "document");
  return SourceOf(std::move(model), HandbookPaper);
}

Result<PaperSource> Circular(store::Session& s, const OfficeCore& core, const PaperRequest& request,
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
  return SourceOf(std::move(model), paper::CircularPaper);
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

}  // namespace

Result<PaperSource> ReadPaper(store::Session& s, const OfficeCore& core, const PaperKind& kind,
                              const PaperRequest& request, const Actor& actor) {
  std::string id = kind.id;
  if (kind.letter) {
    ZG_ASSIGN(paper::LetterModel letter, LetterOf(s, core, kind, request, actor));
    return PaperSource{[=] { return LetterPaper(letter); }, [=] { return LetterFields(letter); }};
  }
  if (id == "circular") return Circular(s, core, request, actor);
  if (id == "handbook") return Handbook(s, core, request, actor);
  if (id == "closeout_ledger") return CloseoutLedger(s, core, request, actor);
  if (id == "closeout_application" || id == "acceptance_opinion" || id == "catalogue")
    return OfOneTask(s, core, id, request, actor);
  ZG_ASSIGN(paper::TaskPaperModel model, TaskModel(s, core, request, actor));
  if (id == "task_list") return SourceOf(std::move(model), paper::TaskListPaper);
  if (id == "plan") return SourceOf(std::move(model), paper::PlanPaper);
  if (id != "report") return SourceOf(std::move(model), paper::UnitReport);
  auto document = store::LoadDocument(s, request.document);
  if (document && actor.scope().all && !request.unit)
    model.coverage = CoverageOf(s, core.articles.words(), document->round, model.as_of);
  return SourceOf(std::move(model), paper::RectificationReport);
}

}  // namespace zg
