#pragma once
// How a task stands for those who look from above: done, late, at risk by its pace, or under way. Pure; any
// thread.
//
// The rule. A settled task (已完成、长期坚持) is neither late nor at risk. Past its last day it is late.
// Before that it is at risk (滞后风险, 未达序时进度) from the first day on which one of these holds:
//   - its newest word, a dispatch answer accepted or the document itself, says that it is behind schedule;
//   - a step of its breakdown is past its day and not done;
//   - the share of its time that is gone is more than `tolerance` points ahead of the share that is done.
//   Time runs from
//     `begin` to `due`. Done is the weight of the steps done (where none has a weight, their number), or the
//     mean of what its cumulative figures have reached of their targets; where both are known, the lower;
//   - nobody has started it, or said anything of it, and its last day is less than `unstarted_days` away.
// What is neither known nor said counts for nothing: a task under way without steps and figures is at risk
// only when somebody says so.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "ledger/breakdown.h"
#include "ledger/dispatch_report.h"
#include "ledger/task.h"

namespace zg {

struct PaceRule {
  int tolerance = 20;       // points of a hundred
  int unstarted_days = 60;  // 0: does not count

  static const PaceRule& Builtin();  // vocab/pace.toml
};
// kInvalid (pace.invalid) with `where` "file:line".
Result<PaceRule> ParsePaceRule(const std::string& toml, const std::string& file);
// The built-in one, or `folder`/pace.toml where that is there; folder empty: none.
Result<PaceRule> LoadPaceRule(const std::filesystem::path& folder);

struct PaceFacts {
  TaskState state = TaskState::kNotStated;
  bool behind = false;        // 未达序时进度, as somebody said
  std::optional<Date> begin;  // when it was handed out
  std::optional<Date> due;
  std::vector<BreakdownStep> steps;
  std::vector<ReportFigure> figures;  // of the newest answers
};

// In hundredths; nullopt where neither steps nor figures with targets tell.
std::optional<int> DoneShare(const PaceFacts& facts);
// The first day on which the task is at risk while nothing changes; nullopt: never, or settled. Not later
// than `due`.
std::optional<Date> AtRiskFrom(const PaceFacts& facts, const PaceRule& rule);

enum class Standing : uint8_t { kDone, kKept, kOnTrack, kNotStarted, kNotStated, kAtRisk, kLate };
inline constexpr int kStandings = 7;
std::string_view StandingChinese(
    Standing standing);  // 已完成, 长期坚持, 正在推进, 未启动, 未报状态, 滞后风险, 已逾期
Standing StandingOn(const PaceFacts& facts, const PaceRule& rule, Date today);

}  // namespace zg
