#include "office/task_standing.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/correction.h"
#include "ledger/proof.h"
#include "office/core.h"
#include "office/draft.h"
#include "store/documents.h"
#include "store/reports.h"
#include "store/task_index.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;

std::string Wording(const TaskStanding& standing) {
  std::string words(TaskStateChinese(standing.state));
  return standing.behind_schedule && !IsSettled(standing.state) ? words + "，未达序时进度" : words;
}

Status SetStatus(const OfficeCore& core, Task& task, const TaskStanding& standing) {
  ZG_ASSIGN(json value, ReadFieldValue(core, "status", json(Wording(standing)).dump()));
  ZG_TRY(SetField(task.entry, "status", value));
  std::string mark = MarkOf("status");
  if (std::find(task.corrected.begin(), task.corrected.end(), mark) == task.corrected.end()) {
    task.corrected.push_back(mark);
  }
  return {};
}

}  // namespace

Result<std::string> BringTaskTo(OfficeCore& core, store::Session& s, TaskId id, PeriodId period) {
  std::vector<ReportContent> accepted;
  bool all = true;
  for (auto& report : store::ReportsOn(s, period, id)) {
    if (report.status == ReportStatus::kAccepted)
      accepted.push_back(std::move(report.content));
    else
      all = false;
  }
  auto standing = StandingOf(accepted, all);
  auto task = store::LoadTask(s, id);
  if (!standing || !task || task->gone) return std::string();
  bool behind = task->entry.status && task->entry.status->behind_schedule;
  if (standing->state == StateOf(task->entry) && standing->behind_schedule == behind) return std::string();
  ZG_TRY(SetStatus(core, *task, *standing));
  task->revision += 1;
  task->updated_at = core.Now();
  store::UnitDirectory units(s, core.regions, task->updated_at);
  store::UpdateTask(s, *task, units);
  store::TaskIndex index(s, core.store->text_index(), units);
  index.Refresh(*task, store::LoadDocument(s, task->document)->family);
  index.Flush();
  return ProofLine(id, TaskDigest(*task));
}

}  // namespace zg
