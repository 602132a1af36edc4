#pragma once
// The handbook (交账手册): tasks with their measures, steps, units, days, deliverables; a document in
// official form.

#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "ledger/breakdown.h"
#include "report/docx.h"

namespace zg {

struct HandbookTask {
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
std::vector<DocxPart> HandbookParts(const HandbookModel& model);
// A .docx file. kUnavailable (export.failed).
Result<std::string> WriteHandbook(const HandbookModel& model);

}  // namespace zg
