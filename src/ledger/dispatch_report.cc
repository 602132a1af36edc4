#include "ledger/dispatch_report.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace zg {
namespace {

constexpr std::array<std::string_view, kReportStatuses> kNames = {"empty", "draft", "submitted", "returned",
                                                                  "accepted"};

std::u32string WithoutSpace(const std::string& text) {
  std::u32string out;
  for (char32_t c : ToUtf32(text)) {
    if (c != U' ' && c != U'\n' && c != U'\r' && c != U'\t' && c != U'\u3000') out += c;
  }
  return out;
}

bool IsBlank(const std::string& text) {
  return WithoutSpace(text).empty();
}

Error Missing(const char* where, const char* id, std::string message) {
  return {Code::kInvalid, std::move(message), where, id};
}

}  // namespace

std::string_view ReportStatusName(ReportStatus status) {
  return kNames[size_t(status)];
}

std::optional<ReportStatus> ParseReportStatus(std::string_view name) {
  auto it = std::find(kNames.begin(), kNames.end(), name);
  if (it == kNames.end()) return std::nullopt;
  return ReportStatus(it - kNames.begin());
}

bool IsStandstill(const ReportContent& now, const ReportContent& last) {
  if (IsBlank(now.text) || WithoutSpace(now.text) != WithoutSpace(last.text)) return false;
  return std::equal(now.figures.begin(), now.figures.end(), last.figures.begin(), last.figures.end(),
                    [](const ReportFigure& a, const ReportFigure& b) {
                      return a.name == b.name && a.unit == b.unit && a.value == b.value;
                    });
}

std::vector<FallingFigure> Falling(const ReportContent& now, const ReportContent& last) {
  std::vector<FallingFigure> falling;
  for (const auto& figure : now.figures) {
    if (!figure.cumulative) continue;
    for (const auto& before : last.figures) {
      if (before.name != figure.name || before.unit != figure.unit || figure.value >= before.value) continue;
      falling.push_back({figure.name, figure.unit, before.value, figure.value, !IsBlank(figure.note)});
    }
  }
  return falling;
}

Status CheckComplete(const ReportContent& content, const std::vector<FallingFigure>& falling) {
  if (!content.state || *content.state == TaskState::kNotStated) {
    return Missing("state", "report.no_state", "请选择这项任务目前的整改状态。");
  }
  if (!content.on_schedule && !IsSettled(*content.state)) {
    return Missing("on_schedule", "report.no_schedule", "请说明是否达到序时进度。");
  }
  if (content.on_schedule == false && IsBlank(content.reason)) {
    return Missing("reason", "report.no_reason", "未达序时进度的，请写明原因。");
  }
  if (IsBlank(content.text)) return Missing("text", "report.no_text", "请填写本期整改进展情况。");
  for (const auto& figure : falling) {
    if (figure.explained) continue;
    return Missing("figures", "report.falling",
                   "累计数“" + figure.name + "”比上期少，请核对；确实减少的，请在该数后写明原因。");
  }
  return {};
}

std::optional<TaskStanding> StandingOf(const std::vector<ReportContent>& accepted, bool all_accepted) {
  if (accepted.empty()) return std::nullopt;
  bool settled = all_accepted, started = false, kept_up = false, behind = false;
  for (const auto& content : accepted) {
    TaskState state = content.state.value_or(TaskState::kNotStated);
    settled = settled && IsSettled(state);
    kept_up = kept_up || state == TaskState::kOngoing;
    started = started || (state != TaskState::kNotStarted && state != TaskState::kNotStated);
    behind = behind || content.on_schedule == false;
  }
  if (settled) return TaskStanding{kept_up ? TaskState::kOngoing : TaskState::kCompleted, behind};
  return TaskStanding{started ? TaskState::kInProgress : TaskState::kNotStarted, behind};
}

}  // namespace zg
