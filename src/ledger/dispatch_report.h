#pragma once
// What a unit answers for one task in one period, and what follows from the answers. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "ledger/task.h"

namespace zg {

// kEmpty: nothing written yet. Only kEmpty, kDraft and kReturned can be written to and submitted; only
// kSubmitted can be accepted or returned.
enum class ReportStatus : uint8_t { kEmpty, kDraft, kSubmitted, kReturned, kAccepted };
inline constexpr int kReportStatuses = 5;
std::string_view ReportStatusName(ReportStatus status);  // "empty", "draft", …, as in the API
std::optional<ReportStatus> ParseReportStatus(std::string_view name);
inline bool IsOwed(ReportStatus status) {
  return status == ReportStatus::kEmpty || status == ReportStatus::kDraft ||
         status == ReportStatus::kReturned;
}

struct ReportFigure {
  std::string name;  // 完成修复矿坑
  double value = 0;
  std::string unit;              // 处
  std::optional<double> target;  // 38
  bool cumulative = true;        // counted from the beginning: it cannot fall
  std::string note;              // why it fell all the same
  friend bool operator==(const ReportFigure&, const ReportFigure&) = default;
};

struct ReportContent {
  std::optional<TaskState> state;  // kNotStated is not an answer
  std::optional<bool> on_schedule;
  std::string reason;  // why it is behind schedule
  std::string text;
  std::vector<ReportFigure> figures;
  std::vector<EvidenceId> evidence;
  std::string next_step;
};

struct DispatchReport {
  ReportId id;
  PeriodId period;
  UnitId unit;
  TaskId task;
  ReportStatus status = ReportStatus::kEmpty;
  ReportContent content;
  std::string remark;  // the office's word when it last decided
  bool still = false;  // says the same as the answer before it (IsStandstill)
  int64_t revision = 1;
  std::string updated_by, updated_at, submitted_at, decided_by, decided_at;
  std::string digest;  // of what it says, as of this revision; empty: untouched
};

// The same words (white space aside) and the same figures: nothing has moved.
bool IsStandstill(const ReportContent& now, const ReportContent& last);

// A cumulative figure that is lower than it was.
struct FallingFigure {
  std::string name, unit;
  double before = 0, now = 0;
  bool explained = false;  // it has a note
};
std::vector<FallingFigure> Falling(const ReportContent& now, const ReportContent& last);

// What is still missing before it can be submitted; the first of it, in the order of the form. Ids:
// report.no_state, report.no_schedule, report.no_reason, report.no_text, report.falling.
Status CheckComplete(const ReportContent& content, const std::vector<FallingFigure>& falling);

// The state of a task whose units answer one by one: under way as soon as one unit has started, completed or
// kept up only when all of its units have been accepted saying so. nullopt: none accepted. Behind schedule as
// soon as one unit is.
struct TaskStanding {
  TaskState state;
  bool behind_schedule;
  friend bool operator==(const TaskStanding&, const TaskStanding&) = default;
};
std::optional<TaskStanding> StandingOf(const std::vector<ReportContent>& accepted, bool all_accepted);

}  // namespace zg
