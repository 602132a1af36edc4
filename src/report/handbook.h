#pragma once
// The handbook (交账手册): tasks with their measures, steps, units, days, deliverables; a document in
// official form.

#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "ledger/breakdown.h"
#include "report/template.h"

namespace zg {

struct HandbookTask {
  TaskId id;
  Entry entry;
  Breakdown breakdown;
  std::vector<std::string> gaps;  // sentences
  std::vector<LowerTask> lower;
};
struct HandbookModel {
  std::string round;
  Date as_of;
  std::vector<HandbookTask> tasks;
};

// Pure.
paper::Paper HandbookPaper(const HandbookModel& model);
paper::TemplateData DataOf(const HandbookModel& model);  // for a template

}  // namespace zg
