#include "report/template_example.h"

#include "report/circular.h"
#include "report/closeout_papers.h"
#include "report/handbook.h"
#include "report/letters.h"
#include "report/paper_head.h"
#include "report/question_list.h"
#include "report/task_papers.h"

namespace zg::paper {
namespace {

constexpr const char* kRound = "第二轮省级生态环境保护督察";

Date Day(int month, int day) {
  return *Date::Make(2026, month, day);
}
const Date kToday = Day(11, 26);

PaperTask Task(int64_t id, const char* path, const char* problem, Date due) {
  PaperTask task;
  task.id = TaskId{id};
  task.entry.path = path;
  task.entry.problem.text = problem;
  task.entry.responsible = {{"青松市党委"}, {"青松市政府"}};
  task.entry.acceptance = {{"省水利厅"}};
  task.entry.goal.text = "完成河道清淤，水质稳定达标。";
  task.entry.deadline = Deadline{due.Chinese() + "前", {}, due};
  task.entry.headings = {"水环境方面"};
  task.entry.measures.push_back({1, "清淤15公里。"});
  task.entry.measures.push_back({2, "关闭沿岸排污口6处。"});
  task.entry.progress.push_back({std::nullopt, "已完成清淤12公里，剩余3公里正在施工。", {}});
  task.state = TaskState::kInProgress;
  return task;
}

std::vector<PaperTask> Tasks() {
  std::vector<PaperTask> tasks = {Task(1, "3", "白石河下游水质长期不达标。", Day(10, 31)),
                                  Task(2, "16.2", "青松市生活垃圾填埋场渗滤液处理能力不足。", Day(12, 31)),
                                  Task(3, "17", "青松市工业园区没有集中供热。", Day(6, 30))};
  tasks[0].overdue = tasks[0].behind = true;
  tasks[0].entry.upstream_ordinal = 3;
  tasks[1].entry.measures = {{std::nullopt, "新建渗滤液处理站。"}};
  tasks[2].entry.headings = {"大气环境方面"};
  tasks[2].state = TaskState::kOngoing;
  tasks[2].entry.status = TaskStatus{"已完成，长期坚持", {}, StatusKind::kCompleted, true, false};
  return tasks;
}

Example Letter(std::string_view kind) {
  LetterModel m;
  m.kind = kind;
  m.round = kRound;
  m.unit = "青松市政府";
  m.issuer = "江岚省整改办";
  m.number = "江环整督〔2026〕12号";
  m.today = kToday;
  m.contact = "张三";
  m.phone = "0123-4567890";
  m.time = "2026年12月3日9时30分";
  m.place = "省政府2号楼会议室";
  m.tasks = Tasks();
  m.tasks.pop_back();
  return {LetterPaper(m).value(), LetterFields(m)};
}

Example OfTasks(Paper (*compose)(const TaskPaperModel&)) {
  TaskPaperModel m{"江岚省整改任务清单", kRound, "江岚省整改办", kToday, Tasks(), {}};
  m.coverage.media = {"各级各类媒体", "篇（条次）", 12, {1, 2}};
  m.coverage.briefs = {{"工作简报", "期", 3, {3}}, {"舆情周报", "期", 8, {4}}};
  m.coverage.levels = {{"省级", "篇（条次）", 5, {1}}, {"地州级", "篇（条次）", 7, {2}}};
  return {compose(m), DataOf(m)};
}

Example OfPeriod() {
  CircularModel m{"2026年11月", "江岚省整改办", Day(11, 25), kToday, {}};
  CircularUnit unit{UnitId{1}, "青松市水利局", {}};
  for (int i = 0; i < 3; ++i) {
    CircularReport report;
    report.id = ReportId{i + 1};
    report.task = TaskId{i + 1};
    report.path = std::to_string(i + 3);
    report.answered = i != 0;
    report.accepted = i == 1;
    report.still = report.behind = i == 1;
    report.returned = i == 0;
    unit.reports.push_back(std::move(report));
  }
  m.units.push_back(std::move(unit));
  return {CircularPaper(m), DataOf(m)};
}

CloseoutTask Closeout() {
  CloseoutTask one;
  one.task = Tasks()[0];
  one.state = "公示";
  one.entered = "2026-11-20";
  one.closed = true;
  one.steps = {{"2026-11-18", "州级验收", "李四", "青松市政府", "现场核查", "同意通过验收"}};
  one.evidence = {{"验收报告", 2}, {"现场照片", 12}};
  return one;
}

Example OfEvidence() {
  CatalogueModel m{kRound, Tasks()[0], kToday, EvidencePlan::Builtin(), {}};
  for (const auto& kind : m.plan.kinds) {
    if (m.pieces.size() == 2) break;
    Evidence piece;
    piece.kind = kind.id;
    piece.title = "白石河清淤" + kind.name;
    piece.fact_day = Day(10, 20);
    piece.author = "青松市水利局";
    piece.name = kind.name + ".pdf";
    m.pieces.push_back(std::move(piece));
  }
  return {CataloguePaper(m), DataOf(m)};
}

Example OfSteps() {
  HandbookTask task;
  task.id = TaskId{1};
  task.entry = Tasks()[0].entry;
  BreakdownStep step;
  step.measure = 0;
  step.text = "完成剩余3公里清淤";
  step.unit_name = "青松市水利局";
  step.due = Day(12, 20);
  step.deliverable = "竣工报告";
  step.weight = 60;
  task.breakdown.steps = {step};
  task.lower = {{TaskId{9}, "二", "青松市", Day(10, 15)}};
  task.gaps = {"措施2还没有分解成步骤。"};
  HandbookModel m{kRound, kToday, {task}};
  return {HandbookPaper(m), DataOf(m)};
}

Example OfQuestions() {
  Question q;
  q.unit = "青松市政府";
  q.severity = "差错";
  q.kind = "合计与分项";
  q.document = "整改进展情况报告";
  q.path = "3";
  q.quote = "共关闭排污口6处，其中白石河4处、青河3处";
  q.text = "分项相加与合计不一致，请核实。";
  q.computed = "4 + 3 = 7，材料写6";
  q.explained = "已更正为7处";
  QuestionList list{kToday, {q}};
  return {QuestionPaper(list), DataOf(list)};
}

Example OfKind(std::string_view kind) {
  if (kind == "task_list") return OfTasks(TaskListPaper);
  if (kind == "plan") return OfTasks(PlanPaper);
  if (kind == "report") return OfTasks(RectificationReport);
  if (kind == "unit_report") return OfTasks(UnitReport);
  if (kind == "circular") return OfPeriod();
  CloseoutTask task = Closeout();
  if (kind == "closeout_application")
    return {ApplicationPaper(kRound, task, kToday), DataOf(kRound, task, kToday)};
  if (kind == "acceptance_opinion") return {OpinionPaper(kRound, task, kToday), DataOf(kRound, task, kToday)};
  CloseoutLedgerModel ledger{kRound, kToday, {task}};
  if (kind == "closeout_ledger") return {CloseoutLedgerPaper(ledger), DataOf(ledger)};
  if (kind == "catalogue") return OfEvidence();
  if (kind == "handbook") return OfSteps();
  return kind == "questions" ? OfQuestions() : Letter(kind);
}

}  // namespace

Example ExampleOf(std::string_view kind) {
  Example out = OfKind(kind);
  AddHead(out.data.fields,
          {"江岚省整改办文件", "江环整督〔2026〕12号", "王五", "", "省生态环境厅", "江岚省整改办秘书科"});
  return out;
}

}  // namespace zg::paper
