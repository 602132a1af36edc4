#include "ledger/visit.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace zg {
namespace {

constexpr size_t kMostTeam = 40, kMostNote = 500, kMostTasks = 200;
constexpr int64_t kMostDays = 60;

Error Bad(const char* where, const char* message) {
  return {Code::kInvalid, message, where, "visit.bad"};
}

}  // namespace

Status CheckVisit(const Visit& visit) {
  std::u32string team = ToUtf32(visit.team);
  if (Trim(team).empty()) return Bad("team", "请写明哪个督导组。");
  if (team.size() > kMostTeam) return Bad("team", "督导组的名称请压到40字以内。");
  if (visit.region.empty() && !visit.unit) return Bad("region", "请选择去哪个地区或单位。");
  if (visit.to < visit.from) return Bad("to", "结束日期不能早于开始日期，请改正。");
  if (visit.to.days() - visit.from.days() > kMostDays) return Bad("to", "一次督导最多60天，请分成几次安排。");
  if (visit.tasks.size() > kMostTasks) return Bad("tasks", "一次督导最多关联200项任务，请分成几次安排。");
  if (ToUtf32(visit.note).size() > kMostNote) return Bad("note", "说明请压到500字以内。");
  return {};
}

nlohmann::json VisitTold(const Visit& visit) {
  nlohmann::json tasks = nlohmann::json::array();
  for (TaskId task : visit.tasks) tasks.push_back(task.value);
  return {{"id", visit.id.value},      {"team", visit.team},        {"region", visit.region},
          {"unit", visit.unit.value},  {"from", visit.from.Iso()},  {"to", visit.to.Iso()},
          {"tasks", std::move(tasks)}, {"note", visit.note},        {"done", visit.done},
          {"gone", visit.gone},        {"revision", visit.revision}};
}

}  // namespace zg
