#include "report/task_groups.h"

#include <algorithm>

namespace zg::paper {

bool Any(const PaperTask&) {
  return true;
}
bool Settled(const PaperTask& task) {
  return IsSettled(task.state);
}
bool Open(const PaperTask& task) {
  return !IsSettled(task.state);
}
bool Late(const PaperTask& task) {
  return task.overdue;
}
bool Behind(const PaperTask& task) {
  return task.behind && !IsSettled(task.state);
}
bool LongTerm(const PaperTask& task) {
  const Entry& e = task.entry;
  return (e.deadline && e.deadline->long_term) || (e.status && e.status->long_term) ||
         task.state == TaskState::kOngoing;
}

std::string PartyOf(const TaskPaperModel& model) {
  return model.party.empty() ? "我单位" : model.party;
}

std::vector<std::pair<std::string, std::vector<TaskId>>> ByUnit(const std::vector<PaperTask>& tasks) {
  std::map<std::string, std::vector<TaskId>> units;
  for (const auto& task : tasks) {
    if (!task.entry.is_task) continue;
    for (const auto& unit : task.entry.responsible) {
      auto& ids = units[unit.name];
      if (ids.empty() || ids.back() != task.id) ids.push_back(task.id);
    }
  }
  std::vector<std::pair<std::string, std::vector<TaskId>>> out(units.begin(), units.end());
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
  return out;
}

std::map<int, std::vector<TaskId>> ByYear(const std::vector<PaperTask>& tasks) {
  std::map<int, std::vector<TaskId>> years;
  for (const auto& task : tasks)
    if (task.entry.is_task && task.entry.deadline && task.entry.deadline->date)
      years[task.entry.deadline->date->year()].push_back(task.id);
  return years;
}

std::vector<TaskId> Among(const std::vector<PaperTask>& tasks, const std::vector<TaskId>& ids,
                          bool (*which)(const PaperTask&)) {
  std::vector<TaskId> out;
  for (const auto& task : tasks)
    if (which(task) && std::find(ids.begin(), ids.end(), task.id) != ids.end()) out.push_back(task.id);
  return out;
}

}  // namespace zg::paper
