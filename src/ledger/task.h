#pragma once
// A task of the ledger: what was read from a document, and what people decided since.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "extract/draft.h"

namespace zg {

// kNotStated: no document says anything about its state (a task list without progress).
enum class TaskState : uint8_t { kNotStated, kNotStarted, kInProgress, kOngoing, kCompleted };
std::string_view TaskStateName(
    TaskState state);  // "not_stated", "not_started", "in_progress", "ongoing", "completed"
std::string_view TaskStateChinese(TaskState state);  // 未报状态, 未启动, 正在推进, 长期坚持, 已完成
std::optional<TaskState> ParseTaskState(std::string_view name);
TaskState StateOf(const Entry& entry);

// 整改到位 or kept up as a state of its own: neither can be late.
inline bool IsSettled(TaskState state) {
  return state == TaskState::kCompleted || state == TaskState::kOngoing;
}
// Late on the morning of `as_of`: the last day allowed is past and the task is not settled.
bool IsOverdue(std::optional<Date> due, TaskState state, Date as_of);

struct Task {
  TaskId id;
  DocId document;  // the newest version of the document it stands in
  RoundId round;
  TaskId parent;  // none at the top
  int seq = 0;    // place in the document, from 0
  Entry entry;
  std::vector<std::string> corrected;  // fields whose value is a person's decision, not the source's
  bool gone = false;                   // the newest version of its document no longer has it
  int64_t revision = 1;                // grows with every change
  std::string updated_at;
};

}  // namespace zg
