#pragma once
// Papers made of a list of tasks: 整改任务清单, 整改方案, 整改落实情况报告, a unit's own report. Pure.

#include "base/date.h"
#include "report/paper_task.h"
#include "report/template.h"

namespace zg::paper {

// What the publicity record comes to, and what it was counted from.
struct CoverageSum {
  std::string name, measure;  // 工作简报, 期; 国家级, 篇（条次）
  int64_t pieces = 0;
  std::vector<int64_t> ids;  // of articles
};
struct PaperCoverage {
  CoverageSum media;                        // all of media; pieces 0: none
  std::vector<CoverageSum> briefs, levels;  // those of more than none
};

struct TaskPaperModel {
  std::string title;  // of the list, as its document has it; empty: made of round and kind
  std::string round;  // 第二轮中央生态环境保护督察
  std::string party;  // who hands it out; empty: 我单位
  Date as_of;
  std::vector<PaperTask> tasks;  // in the order of the list, headings (is_task false) among them
  PaperCoverage coverage;        // of the round, until `as_of`; told in RectificationReport alone
};

// The list as paragraphs that read back as the same tasks; as a workbook, a row each.
Paper TaskListPaper(const TaskPaperModel& model);
// 整改方案: the sections that every plan has, with what the ledger knows (counts, units, deadlines), and the
// list as its annex.
Paper PlanPaper(const TaskPaperModel& model);
// 整改落实情况报告: body with counts from the ledger; annex 具体问题整改进展情况, task by task.
Paper RectificationReport(const TaskPaperModel& model);
// A unit's own report on its tasks, each with the number in the upper list.
Paper UnitReport(const TaskPaperModel& model);
// What templates of these four kinds are filled with.
TemplateData DataOf(const TaskPaperModel& model);

}  // namespace zg::paper
