#pragma once
// Papers of close-out: 销号申请表, 验收意见表, 销号台账; and a task's file catalogue (资料目录). Pure.

#include "base/date.h"
#include "ledger/evidence.h"
#include "report/paper_task.h"
#include "report/template.h"

namespace zg::paper {

struct StepTaken {
  std::string day;  // ISO
  std::string title, actor, unit, text, opinion;
};
struct CloseoutTask {
  PaperTask task;
  std::string state;    // 公示, 销号, …
  std::string entered;  // ISO; empty: unknown
  bool closed = false;
  std::vector<StepTaken> steps;                           // oldest first
  std::vector<std::pair<std::string, int64_t>> evidence;  // kind's name, pieces
};

// Forms with room to sign.
Paper ApplicationPaper(const std::string& round, const CloseoutTask& task, Date today);
Paper OpinionPaper(const std::string& round, const CloseoutTask& task, Date today);
// For templates of both; likewise below.
TemplateData DataOf(const std::string& round, const CloseoutTask& task, Date today);

struct CloseoutLedgerModel {
  std::string round;
  Date today;
  std::vector<CloseoutTask> tasks;
};
Paper CloseoutLedgerPaper(const CloseoutLedgerModel& model);
TemplateData DataOf(const CloseoutLedgerModel& model);

struct CatalogueModel {
  std::string round;
  PaperTask task;
  Date today;
  EvidencePlan plan;
  std::vector<Evidence> pieces;
};
// By the office's headings, with what is still missing for close-out.
Paper CataloguePaper(const CatalogueModel& model);
TemplateData DataOf(const CatalogueModel& model);

}  // namespace zg::paper
