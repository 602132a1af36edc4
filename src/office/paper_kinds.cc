#include "office/paper_models.h"

namespace zg {

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

std::vector<TemplateKind> TemplateKinds() {
  std::vector<TemplateKind> out;
  for (const auto& kind : PaperKinds()) out.push_back({kind.id, kind.title});
  out.push_back({"questions", "核验问询单"});
  return out;
}

}  // namespace zg
