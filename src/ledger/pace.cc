#include "ledger/pace.h"

#include <algorithm>
#include <cassert>
#include <fstream>
#include <iterator>
#include <span>

#include "base/embedded.h"
#include "ledger/toml_table.h"

extern const zg::EmbeddedFile zg_pace_vocab[];
extern const unsigned zg_pace_vocab_count;

namespace zg {
namespace {

std::optional<int> ShareOfSteps(const std::vector<BreakdownStep>& steps) {
  if (steps.empty()) return std::nullopt;
  int64_t weights = 0, done_weights = 0, done = 0;
  for (const auto& step : steps) {
    weights += step.weight;
    if (step.done) ++done, done_weights += step.weight;
  }
  if (weights > 0) return int(done_weights * 100 / weights);
  return int(done * 100 / int64_t(steps.size()));
}

std::optional<int> ShareOfFigures(const std::vector<ReportFigure>& figures) {
  double sum = 0;
  int n = 0;
  for (const auto& figure : figures) {
    if (!figure.cumulative || !figure.target || *figure.target <= 0) continue;
    sum += std::clamp(figure.value / *figure.target, 0.0, 1.0);
    ++n;
  }
  return n ? std::optional<int>(int(sum * 100 / n)) : std::nullopt;
}

// The first day on which the time gone is more than `tolerance` points ahead of `share`.
std::optional<Date> Overtaken(Date begin, Date due, int share, int tolerance) {
  int64_t length = due.days() - begin.days(), limit = share + tolerance;
  if (length <= 0 || limit >= 100) return std::nullopt;
  return begin.Plus(length * limit / 100 + 1);
}

}  // namespace

const PaceRule& PaceRule::Builtin() {
  static const PaceRule rule = [] {
    PaceRule out;
    for (const EmbeddedFile& file : std::span(zg_pace_vocab, zg_pace_vocab_count)) {
      auto parsed = ParsePaceRule(std::string(file.bytes()), file.name);
      assert(parsed.ok());
      if (parsed.ok()) out = *parsed;
    }
    return out;
  }();
  return rule;
}

Result<PaceRule> ParsePaceRule(const std::string& text, const std::string& file) {
  ZG_ASSIGN(toml::table table, ParseTomlText(text, file, "pace.invalid"));
  TomlTable reader(table, file, "pace.invalid");
  PaceRule rule;
  rule.tolerance = reader.Whole("tolerance", 0, 100, rule.tolerance);
  rule.unstarted_days = reader.Whole("unstarted_days", 0, 3650, rule.unstarted_days);
  ZG_TRY(reader.Finish());
  return rule;
}

Result<PaceRule> LoadPaceRule(const std::filesystem::path& folder) {
  std::filesystem::path file = folder / "pace.toml";
  std::error_code none;
  if (folder.empty() || !std::filesystem::exists(file, none)) return PaceRule::Builtin();
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.good() && !in.eof())
    return Error{Code::kUnavailable, "读不了滞后规则文件，请检查权限。", file.string(), "pace.unreadable"};
  return ParsePaceRule(text, file.string());
}

std::optional<int> DoneShare(const PaceFacts& facts) {
  auto steps = ShareOfSteps(facts.steps), figures = ShareOfFigures(facts.figures);
  if (steps && figures) return std::min(*steps, *figures);
  return steps ? steps : figures;
}

std::optional<Date> AtRiskFrom(const PaceFacts& facts, const PaceRule& rule) {
  if (IsSettled(facts.state)) return std::nullopt;
  std::optional<Date> first;
  auto take = [&](std::optional<Date> day) {
    if (day && (!first || *day < *first)) first = day;
  };
  if (facts.behind) take(Date());
  for (const auto& step : facts.steps)
    if (step.due && !step.done) take(step.due->Plus(1));
  auto share = DoneShare(facts);
  if (share && facts.begin && facts.due) take(Overtaken(*facts.begin, *facts.due, *share, rule.tolerance));
  bool unstarted = facts.state == TaskState::kNotStarted || facts.state == TaskState::kNotStated;
  if (unstarted && facts.due && rule.unstarted_days > 0 && share.value_or(0) == 0)
    take(facts.due->Plus(1 - rule.unstarted_days));
  if (first && facts.due && *first > *facts.due) return std::nullopt;
  return first;
}

std::string_view StandingChinese(Standing standing) {
  switch (standing) {
    case Standing::kDone:
      return "已完成";
    case Standing::kKept:
      return "长期坚持";
    case Standing::kOnTrack:
      return "正在推进";
    case Standing::kNotStarted:
      return "未启动";
    case Standing::kNotStated:
      return "未报状态";
    case Standing::kAtRisk:
      return "滞后风险";
    case Standing::kLate:
      return "已逾期";
  }
  return "";
}

Standing StandingOn(const PaceFacts& facts, const PaceRule& rule, Date today) {
  if (facts.state == TaskState::kCompleted) return Standing::kDone;
  if (facts.state == TaskState::kOngoing) return Standing::kKept;
  if (IsOverdue(facts.due, facts.state, today)) return Standing::kLate;
  auto risk = AtRiskFrom(facts, rule);
  if (risk && *risk <= today) return Standing::kAtRisk;
  if (facts.state == TaskState::kNotStarted) return Standing::kNotStarted;
  return facts.state == TaskState::kInProgress ? Standing::kOnTrack : Standing::kNotStated;
}

}  // namespace zg
