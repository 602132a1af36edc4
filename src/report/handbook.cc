#include "report/handbook.h"

#include <fmt/format.h>

#include "report/composer.h"
#include "report/task_fields.h"

namespace zg {
namespace {

std::string Joined(const std::vector<UnitRef>& units) {
  std::string names;
  for (const auto& unit : units) names += (names.empty() ? "" : "、") + unit.name;
  return names.empty() ? "未写明" : names;
}

// 2024.6.30: a column has no room for more.
std::string Short(Date day) {
  return fmt::format("{}.{}.{}", day.year(), day.month(), day.day());
}

std::string State(const BreakdownStep& step, Date as_of) {
  if (step.done) return Short(*step.done) + "完成";
  return step.due && *step.due < as_of ? "逾期未完成" : "未完成";
}

// Steps under the measure that they carry out, in the order of the measures; those of the task as a whole
// last.
paper::Table TableOf(const HandbookTask& task, Date as_of) {
  paper::Table table;
  table.title = "任务" + task.entry.path;
  table.head = {"序号", "措施与步骤", "责任单位", "完成时限", "成果", "权重", "完成情况"};
  table.widths = {10, 43, 27, 23, 24, 11, 18};
  int measures = int(task.entry.measures.size()), number = 0;
  auto add = [&](int measure, const std::string& title) {
    bool any = false;
    for (const auto& step : task.breakdown.steps) {
      bool here = measure < 0 ? step.measure < 0 || step.measure >= measures : step.measure == measure;
      if (!here) continue;
      if (!any && !title.empty()) table.rows.push_back({paper::Cell{.text = title, .span = 7}});
      any = true;
      std::vector<paper::Cell> cells;
      for (std::string text :
           {std::to_string(++number), step.text, step.unit_name, step.due ? Short(*step.due) : std::string(),
            step.deliverable, step.weight ? std::to_string(step.weight) : std::string(), State(step, as_of)})
        cells.push_back({.text = std::move(text)});
      cells.front().centred = true;
      table.rows.push_back(std::move(cells));
    }
    if (!any && measure >= 0) table.rows.push_back({paper::Cell{.text = title + "（尚未分解）", .span = 7}});
  };
  for (int m = 0; m < measures; ++m)
    add(m, fmt::format("措施{}：{}", m + 1, task.entry.measures[size_t(m)].text));
  add(-1, measures > 0 ? "其他步骤" : "");
  return table;
}

using paper::Field;
using paper::FieldMaker;
using paper::Fields;

// As the table has them.
Field MeasureFields(const HandbookTask& task, Date as_of) {
  Field list = FieldMaker::List("整改措施，逐条重复；不属于哪条措施的步骤在最后");
  int measures = int(task.entry.measures.size()), number = 0;
  for (int m = 0; m <= measures; ++m) {
    Field steps = FieldMaker::List("步骤，逐个重复");
    for (const auto& step : task.breakdown.steps) {
      int of = step.measure < 0 || step.measure >= measures ? measures : step.measure;
      if (of != m) continue;
      Fields item;
      FieldMaker::Renumber(item, ++number);
      item["步骤"] = FieldMaker::Value(step.text, "要做的事");
      item["单位名称"] = FieldMaker::Value(step.unit_name, "责任单位");
      item["完成时限"] = FieldMaker::Value(step.due ? Short(*step.due) : "", "如2024.6.30");
      item["成果"] = FieldMaker::Value(step.deliverable, "要交的成果");
      item["权重"] = FieldMaker::Value(step.weight ? std::to_string(step.weight) : "", "百分制的权重");
      item["完成情况"] = FieldMaker::Value(State(step, as_of), "完成的日期，或者未完成、逾期未完成");
      steps.items.push_back(std::move(item));
    }
    if (m == measures && steps.items.empty()) break;
    std::string title = m < measures ? fmt::format("措施{}：{}", m + 1, task.entry.measures[size_t(m)].text)
                        : measures > 0 ? "其他步骤"
                                       : "";
    list.items.push_back({{"措施标题", FieldMaker::Value(title, "措施1：……；没有措施时为空")},
                          {"步骤清单", std::move(steps)}});
  }
  return list;
}

Fields TaskFields(FieldMaker& make, const HandbookTask& task, int n, Date as_of) {
  const Entry& e = task.entry;
  Fields f;
  FieldMaker::Renumber(f, n);
  f["任务号"] = make.Told(e.path, "任务" + e.path, "task", {task.id.value}, "任务在清单里的序号");
  f["反馈问题"] = FieldMaker::Value(e.problem.text, "反馈问题原文");
  f["责任单位"] = FieldMaker::Value(Joined(e.responsible), "责任单位，以顿号分开");
  f["验收单位"] = FieldMaker::Value(Joined(e.acceptance), "验收单位，以顿号分开");
  f["整改目标"] = FieldMaker::Value(e.goal.text, "整改目标原文");
  f["整改时限"] = FieldMaker::Value(e.deadline ? e.deadline->text : "未写明", "整改时限原文");
  auto progress = ProgressOf(task.breakdown, as_of);
  f["应完成"] = FieldMaker::Value(progress ? std::to_string(progress->planned) : "", "按权重应完成的百分数");
  f["已完成"] = FieldMaker::Value(progress ? std::to_string(progress->done) : "", "按权重已完成的百分数");
  f["措施清单"] = MeasureFields(task, as_of);
  Field lower = FieldMaker::List("下级清单里承接的任务，逐项重复"), gaps = FieldMaker::List("待完善的地方");
  for (const auto& one : task.lower)
    lower.items.push_back(
        {{"单位名称", FieldMaker::Value(one.unit, "承接的单位")},
         {"下级任务号", FieldMaker::Value(one.path, "在下级清单里的序号")},
         {"下级时限", FieldMaker::Value(one.due ? one.due->Chinese() : "", "下级定的时限，可以为空")}});
  for (const auto& gap : task.gaps) gaps.items.push_back({{"内容", FieldMaker::Value(gap, "一句话")}});
  f["下级承接"] = std::move(lower);
  f["待完善"] = std::move(gaps);
  return f;
}

}  // namespace

paper::Paper HandbookPaper(const HandbookModel& model) {
  paper::Composer c("handbook");
  c.paper.name = "交账手册-" + model.round;
  c.paper.title = model.round + "\n整改任务交账手册";
  for (const auto& task : model.tasks) {
    const Entry& e = task.entry;
    c.Heading(1, "任务" + e.path);
    c.Say("反馈问题：" + e.problem.text);
    c.Say("责任单位：" + Joined(e.responsible));
    c.Say("验收单位：" + Joined(e.acceptance));
    if (!e.goal.text.empty()) c.Say("整改目标：" + e.goal.text);
    c.Say("整改时限：" + (e.deadline ? e.deadline->text : "未写明"));
    if (auto p = ProgressOf(task.breakdown, model.as_of)) {
      c.Say(fmt::format("截至{}，按权重应完成{}%，已完成{}%。", model.as_of.Chinese(), p->planned, p->done),
            true);
    }
    c.Add(TableOf(task, model.as_of));
    for (const auto& lower : task.lower) {
      c.Say("下级承接：" + lower.unit + "，其清单任务" + lower.path +
            (lower.due ? "，时限" + lower.due->Chinese() : "") + "。");
    }
    for (const auto& gap : task.gaps) c.Say("待完善：" + gap);
  }
  c.paper.date = model.as_of;
  return std::move(c).Take();
}

paper::TemplateData DataOf(const HandbookModel& model) {
  FieldMaker make;
  Field tasks = FieldMaker::List("已经分解的任务，逐项重复");
  for (const auto& task : model.tasks)
    tasks.items.push_back(TaskFields(make, task, int(tasks.items.size()) + 1, model.as_of));
  Fields f;
  f["轮次"] = FieldMaker::Value(model.round, "督察轮次");
  f["署名"] = FieldMaker::Value("", "编制的单位，可以为空");
  f["日期"] = FieldMaker::Value(model.as_of.Chinese(), "编制日期");
  f["任务"] = std::move(tasks);
  return {std::move(f), std::move(make.figures)};
}

}  // namespace zg
