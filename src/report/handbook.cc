#include "report/handbook.h"

#include <fmt/format.h>

#include "report/composer.h"

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

}  // namespace zg
