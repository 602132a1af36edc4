#include "report/task_papers.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/task_groups.h"

namespace zg::paper {
namespace {

void TellList(Composer& c, const std::vector<PaperTask>& tasks) {
  std::vector<std::string> told;
  for (const auto& task : tasks) {
    TellHeadings(c, task.entry, told);
    TellProblem(c, task.entry);
    TellDuties(c, task.entry);
  }
}

void TellAnnex(Composer& c, const std::vector<PaperTask>& tasks) {
  std::vector<std::string> told;
  for (const auto& task : tasks) {
    TellHeadings(c, task.entry, told);
    TellProblem(c, task.entry);
    TellProgress(c, task);
  }
}

std::string Lines(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) out += (out.empty() ? "" : "\n") + line;
  return out;
}

std::string MeasuresOf(const Entry& e) {
  std::vector<std::string> lines;
  for (const auto& m : e.measures)
    lines.push_back((m.number ? std::to_string(*m.number) + "." : "") + m.text);
  return Lines(lines);
}

std::string ProgressOf(const PaperTask& task) {
  std::vector<std::string> lines;
  for (const auto& p : task.entry.progress)
    lines.push_back((p.number ? std::to_string(*p.number) + "." : "") + p.text);
  return Lines(lines.empty() ? task.answers : lines);
}

// The list as a workbook has it: a row each.
Table SheetOf(const std::string& title, const std::vector<PaperTask>& tasks, bool progress) {
  Table sheet;
  sheet.title = title;
  sheet.head = {"序号", "反馈问题", "责任单位", "验收单位", "整改目标", "整改时限", "整改措施"};
  sheet.widths = {12, 80, 40, 30, 60, 26, 100};
  if (progress) {
    sheet.head = {"序号", "反馈问题", "责任单位", "整改时限", "整改状态", "整改进展情况"};
    sheet.widths = {12, 80, 40, 26, 26, 120};
  }
  for (const auto& task : tasks) {
    const Entry& e = task.entry;
    std::string due = e.deadline ? e.deadline->text : "";
    std::string units = e.responsible.empty() ? "" : UnitsOf(e.responsible, e.responsible_open);
    std::vector<std::string> texts;
    if (progress)
      texts = {e.path, e.problem.text, units, due, StandingText(task), ProgressOf(task)};
    else
      texts = {e.path, e.problem.text, units, e.acceptance.empty() ? "" : UnitsOf(e.acceptance), e.goal.text,
               due,    MeasuresOf(e)};
    std::vector<Cell> row;
    row.reserve(texts.size());
    for (auto& text : texts) row.push_back({.text = std::move(text)});
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

Run Share(Composer& c, std::string name, const std::vector<TaskId>& part, size_t whole) {
  std::vector<int64_t> ids;
  ids.reserve(part.size());
  for (TaskId id : part) ids.push_back(id.value);
  return c.Told(Percent(int64_t(part.size()), int64_t(whole)), std::move(name), "task", std::move(ids));
}

// 截至…，N项整改任务已完成…
void TellCounts(Composer& c, const TaskPaperModel& model) {
  auto all = IdsOf(model.tasks, Any), done = IdsOf(model.tasks, Settled), late = IdsOf(model.tasks, Late),
       behind = IdsOf(model.tasks, Behind), open = IdsOf(model.tasks, Open);
  Text text("截至" + model.as_of.Chinese() + "，");
  text << c.Count("全部整改任务", all) << "项整改任务已完成"
       << c.Count("已完成的任务（含完成后长期坚持）", done) << "项，占总任务的"
       << Share(c, "已完成的任务占比", done, all.size());
  if (open.empty())
    text << "。";
  else
    text << "；其余" << c.Count("正在推进的任务", open) << "项正在按整改方案确定的措施和时限推进。";
  c.Say(std::move(text));
  if (!late.empty() || !behind.empty()) {
    Text more("其中");
    if (!late.empty()) more << "超过整改时限尚未完成的" << c.Count("逾期任务", late) << "项";
    if (!behind.empty())
      more << (late.empty() ? "" : "，") << "未达到序时进度的" << c.Count("滞后任务", behind) << "项";
    c.Say(more << "，已纳入重点督办。");
  }
}

// 截至…，共编发工作简报36期；各级各类媒体共刊发督察整改报道1091篇（条次），其中国家级…
void TellCoverage(Composer& c, const TaskPaperModel& model) {
  const PaperCoverage& coverage = model.coverage;
  if (coverage.briefs.empty() && coverage.media.pieces == 0) return;
  auto sum = [&](const CoverageSum& s) {
    return c.Told(std::to_string(s.pieces), "宣传报道：" + s.name, "article", s.ids);
  };
  Text text("截至" + model.as_of.Chinese() + "，");
  const char* join = "共编发";
  for (const auto& s : coverage.briefs) {
    text << join << s.name << sum(s) << s.measure;
    join = "、";
  }
  if (coverage.media.pieces > 0) {
    text << (coverage.briefs.empty() ? "" : "；") << "各级各类媒体共刊发督察整改报道" << sum(coverage.media)
         << coverage.media.measure;
    join = "，其中";
    for (const auto& s : coverage.levels) {
      text << join << s.name << sum(s) << s.measure;
      join = "、";
    }
  }
  c.Say(text << "。");
}

// The tasks that a body names: label and wording, shortened to its first sentence.
void NameTasks(Composer& c, const std::vector<PaperTask>& tasks, bool (*which)(const PaperTask&)) {
  for (const auto& task : tasks) {
    if (!task.entry.is_task || !which(task)) continue;
    std::string problem = task.entry.problem.text;
    size_t stop = problem.find("。");
    if (stop != std::string::npos) problem.resize(stop);
    std::string units =
        task.entry.responsible.empty() ? "" : "责任单位：" + UnitsOf(task.entry.responsible) + "；";
    std::string due = task.entry.deadline ? "整改时限：" + task.entry.deadline->text : "整改时限未写明";
    c.Heading(3, Text() << c.Told("任务" + task.entry.path, "任务" + task.entry.path, "task", {task.id.value})
                        << "：" << problem << "。（" << units << due << "）");
  }
}

}  // namespace

Paper TaskListPaper(const TaskPaperModel& model) {
  Composer c("task_list");
  c.paper.title = model.title.empty() ? model.round + "整改任务清单" : model.title;
  c.paper.name = "整改任务清单-" + model.as_of.Iso();
  TellList(c, model.tasks);
  c.paper.sheets.push_back(SheetOf("整改任务清单", model.tasks, false));
  return std::move(c).Take();
}

Paper PlanPaper(const TaskPaperModel& model) {
  Composer c("plan");
  std::string party = PartyOf(model);
  c.paper.title = party + "贯彻落实" + model.round + "反馈意见整改方案";
  c.paper.name = "整改方案-" + model.as_of.Iso();
  auto all = IdsOf(model.tasks, Any), lasting = IdsOf(model.tasks, LongTerm);
  c.Say("为深入贯彻落实" + model.round + "反馈意见，切实抓好问题整改，结合实际，制定本方案。");
  c.Heading(1, "总体要求");
  c.Say(
      "坚持问题导向和目标导向，对反馈问题照单全收、逐项整改，做到整改到位一个、验收一个、销号一个、公开一个"
      "。");
  c.Heading(1, "整改目标");
  Text goal("反馈问题共梳理形成");
  goal << c.Count("全部整改任务", all) << "项整改任务。";
  for (const auto& [year, ids] : ByYear(model.tasks))
    goal << fmt::format("{}年底前应完成", year) << c.Count(fmt::format("{}年到期的任务", year), ids)
         << "项。";
  if (!lasting.empty()) goal << "需要长期坚持的" << c.Count("长期坚持的任务", lasting) << "项。";
  c.Say(goal);
  c.Heading(1, "责任分工");
  for (const auto& [unit, ids] : ByUnit(model.tasks))
    c.Heading(3, Text(unit + "：") << c.Count(unit + "承担的任务", ids) << "项。");
  c.Heading(1, "工作步骤");
  c.Heading(2, "动员部署。");
  c.Say("各责任单位对照清单制定细化方案，逐项明确措施、责任人和完成时限，建立任务台账。");
  c.Heading(2, "集中整改。");
  c.Say("实行清单化调度，每月报送进展，每季度全面调度一次；对进展滞后的及时提醒、督办、通报、约谈。");
  c.Heading(2, "验收销号。");
  c.Say("完成一项、自验一项，经验收单位验收、公示无异议后销号，并向社会公开；需要长期坚持的，定期复查。");
  c.Heading(1, "保障措施");
  c.Say("加强组织领导，压实整改责任，强化督导检查，严肃追责问责，做好信息公开。");
  c.paper.signature = model.party;
  c.paper.date = model.as_of;
  c.BeginAnnex(model.title.empty() ? "整改任务清单" : model.title);
  TellList(c, model.tasks);
  c.paper.sheets.push_back(SheetOf("整改任务清单", model.tasks, false));
  return std::move(c).Take();
}

Paper RectificationReport(const TaskPaperModel& model) {
  Composer c("report");
  std::string party = PartyOf(model);
  c.paper.title = party + "贯彻落实" + model.round + "反馈意见整改落实情况的报告";
  c.paper.name = "整改落实情况报告-" + model.as_of.Iso();
  c.Heading(1, "总体情况");
  c.Say(party + "高度重视" + model.round +
        "反馈意见整改工作，建立任务清单，实行清单化调度，推动问题逐项整改。");
  TellCounts(c, model);
  TellCoverage(c, model);
  c.Heading(1, "责任单位任务完成情况");
  c.Say("各责任单位承担任务和完成情况如下。", true);
  Table table;
  table.title = "责任单位完成情况";
  table.head = {"序号", "责任单位", "任务数", "已完成", "完成率", "逾期"};
  table.widths = {14, 66, 19, 19, 19, 19};
  for (const auto& [unit, ids] : ByUnit(model.tasks)) {
    auto done = Among(model.tasks, ids, Settled), late = Among(model.tasks, ids, Late);
    table.rows.push_back({{.text = std::to_string(table.rows.size() + 1), .centred = true},
                          {.text = unit},
                          {.text = Text() << c.Count(unit + "承担的任务", ids), .centred = true},
                          {.text = Text() << c.Count(unit + "已完成的任务", done), .centred = true},
                          {.text = Percent(int64_t(done.size()), int64_t(ids.size())), .centred = true},
                          {.text = Text() << c.Count(unit + "逾期的任务", late), .centred = true}});
  }
  if (table.rows.empty())
    c.Say("清单没有写明责任单位。");
  else
    c.Add(table);
  c.Heading(1, "存在的主要问题");
  if (IdsOf(model.tasks, Late).empty()) {
    c.Say("截至目前没有超过整改时限尚未完成的任务。");
  } else {
    c.Say("下列任务超过整改时限尚未完成。", true);
    NameTasks(c, model.tasks, Late);
  }
  c.Heading(1, "下一步工作");
  c.Say("对尚未完成的任务，紧盯时限倒排工期，加大督办力度；对已完成的任务，适时开展“回头看”，严防问题反弹。");
  c.paper.signature = model.party;
  c.paper.date = model.as_of;
  c.BeginAnnex(party + "贯彻落实" + model.round + "反馈意见具体问题整改进展情况");
  TellAnnex(c, model.tasks);
  c.paper.sheets.push_back(SheetOf("具体问题整改进展情况", model.tasks, true));
  if (!table.rows.empty()) c.paper.sheets.push_back(std::move(table));
  return std::move(c).Take();
}

Paper UnitReport(const TaskPaperModel& model) {
  Composer c("unit_report");
  std::string about = PartyOf(model) + "贯彻落实" + model.round;
  c.paper.title = "关于" + about + "反馈意见整改进展情况的报告";
  c.paper.name = "整改进展情况-" + PartyOf(model) + "-" + model.as_of.Iso();
  c.Say("现将" + model.round + "反馈意见中涉及" + PartyOf(model) + "的问题整改进展情况报告如下。");
  TellCounts(c, model);
  if (!IdsOf(model.tasks, Late).empty()) {
    c.Say("超过整改时限尚未完成的任务：", true);
    NameTasks(c, model.tasks, Late);
  }
  c.Say("逐项进展情况见附件。");
  c.paper.signature = model.party;
  c.paper.date = model.as_of;
  c.BeginAnnex(about + "反馈意见具体问题整改进展情况");
  TellAnnex(c, model.tasks);
  c.paper.sheets.push_back(SheetOf("整改进展情况", model.tasks, true));
  return std::move(c).Take();
}

}  // namespace zg::paper
