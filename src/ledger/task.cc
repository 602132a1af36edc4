#include "ledger/task.h"

namespace zg {
namespace {
constexpr TaskState kAll[] = {TaskState::kNotStated, TaskState::kNotStarted, TaskState::kInProgress,
                              TaskState::kOngoing, TaskState::kCompleted};
}

std::string_view TaskStateName(TaskState state) {
  switch (state) {
    case TaskState::kNotStated:
      return "not_stated";
    case TaskState::kNotStarted:
      return "not_started";
    case TaskState::kInProgress:
      return "in_progress";
    case TaskState::kOngoing:
      return "ongoing";
    case TaskState::kCompleted:
      return "completed";
  }
  return "not_stated";
}

std::string_view TaskStateChinese(TaskState state) {
  switch (state) {
    case TaskState::kNotStated:
      return "未报状态";
    case TaskState::kNotStarted:
      return "未启动";
    case TaskState::kInProgress:
      return "正在推进";
    case TaskState::kOngoing:
      return "长期坚持";
    case TaskState::kCompleted:
      return "已完成";
  }
  return "未报状态";
}

std::optional<TaskState> ParseTaskState(std::string_view name) {
  for (auto state : kAll) {
    if (TaskStateName(state) == name) return state;
  }
  return std::nullopt;
}

TaskState StateOf(const Entry& entry) {
  if (!entry.status) return TaskState::kNotStated;
  switch (entry.status->kind) {
    case StatusKind::kNotStarted:
      return TaskState::kNotStarted;
    case StatusKind::kInProgress:
      return TaskState::kInProgress;
    case StatusKind::kCompleted:
      return TaskState::kCompleted;
    case StatusKind::kOngoing:
      return TaskState::kOngoing;
  }
  return TaskState::kNotStated;
}

bool IsOverdue(std::optional<Date> due, TaskState state, Date as_of) {
  return due && *due < as_of && !IsSettled(state);
}

}  // namespace zg
