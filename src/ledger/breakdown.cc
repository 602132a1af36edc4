#include "ledger/breakdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace zg {
namespace {

constexpr size_t kMostSteps = 200, kMostText = 2000, kMostDeliverable = 500;

std::string Cut(const std::string& text) {
  std::u32string words = ToUtf32(text);
  return words.size() <= 20 ? text : ToUtf8(words.substr(0, 20)) + "…";
}

class Gaps {
 public:
  Gaps(const Breakdown& b, const BreakdownFacts& f) : b_(b), f_(f) {}

  std::vector<BreakdownGap> Find() {
    Weights();
    Measures();
    Units();
    for (size_t i = 0; i < b_.steps.size(); ++i) Step(int(i), b_.steps[i]);
    Lower();
    return std::move(gaps_);
  }

 private:
  void Add(const char* kind, int step, int measure, std::string message) {
    gaps_.push_back({kind, step, measure, std::move(message)});
  }
  std::optional<Date> Due() const { return f_.entry->deadline ? f_.entry->deadline->date : std::nullopt; }

  void Weights() {
    int sum = 0;
    for (const auto& step : b_.steps) sum += step.weight;
    if (b_.steps.empty() || sum == 100) return;
    Add("weights", -1, -1,
        fmt::format("各步骤的权重合计是{}，应为100，{}{}。", sum, sum < 100 ? "还差" : "多出",
                    std::abs(100 - sum)));
  }

  void Measures() {
    std::set<int> with;
    for (const auto& step : b_.steps) with.insert(step.measure);
    for (size_t m = 0; m < f_.entry->measures.size(); ++m) {
      if (with.count(int(m))) continue;
      Add("no_step", -1, int(m),
          fmt::format("措施{}“{}”还没有分解步骤。", m + 1, Cut(f_.entry->measures[m].text)));
    }
  }

  void Units() {
    std::set<std::string> with;
    for (const auto& step : b_.steps) with.insert(step.unit_name);
    for (const auto& lower : f_.lower) with.insert(lower.unit);
    for (const auto& unit : f_.units) {
      if (!with.insert(unit.name).second) continue;
      Add("unit_without_step", -1, -1, fmt::format("责任单位{}一步也没有分到。", unit.name));
    }
  }

  void Step(int i, const BreakdownStep& step) {
    std::string name = fmt::format("第{}步“{}”", i + 1, Cut(step.text));
    if (step.measure >= int(f_.entry->measures.size())) {
      Add("measure_gone", i, -1, name + "所属的措施已不在任务里，请改挂到现有的措施。");
    }
    if (!step.unit) Add("no_unit", i, step.measure, name + "没有责任单位。");
    if (!step.due) Add("no_due", i, step.measure, name + "没有完成时限。");
    if (step.deliverable.empty()) Add("no_deliverable", i, step.measure, name + "没有写明成果。");
    if (auto due = Due(); due && step.due && *step.due > *due) {
      Add("late", i, step.measure,
          fmt::format("{}的时限{}晚于任务的时限{}。", name, step.due->Chinese(), due->Chinese()));
    }
    if (step.due && !step.done && *step.due < f_.today) {
      Add("unfinished", i, step.measure,
          fmt::format("{}应于{}完成，已过{}天。", name, step.due->Chinese(),
                      f_.today.days() - step.due->days()));
    }
  }

  void Lower() {
    auto due = Due();
    for (const auto& lower : f_.lower) {
      if (!due || !lower.due || *lower.due <= *due) continue;
      Add("lower_late", -1, -1,
          fmt::format("{}的任务{}时限{}，晚于本任务的时限{}。", lower.unit, lower.path, lower.due->Chinese(),
                      due->Chinese()));
    }
  }

  const Breakdown& b_;
  const BreakdownFacts& f_;
  std::vector<BreakdownGap> gaps_;
};

Error Bad(size_t step, const std::string& hint) {
  return {Code::kInvalid, fmt::format("第{}步：{}", step + 1, hint), fmt::format("steps[{}]", step),
          "breakdown.bad"};
}

}  // namespace

std::vector<BreakdownGap> FindGaps(const Breakdown& breakdown, const BreakdownFacts& facts) {
  if (breakdown.revision == 0) return {};
  return Gaps(breakdown, facts).Find();
}

std::optional<BreakdownProgress> ProgressOf(const Breakdown& breakdown, Date today) {
  int sum = 0;
  BreakdownProgress progress;
  for (const auto& step : breakdown.steps) {
    sum += step.weight;
    if (step.due && *step.due < today) progress.planned += step.weight;
    if (step.done) progress.done += step.weight;
  }
  if (sum == 0) return std::nullopt;
  progress.planned = progress.planned * 100 / sum;
  progress.done = progress.done * 100 / sum;
  return progress;
}

Status CheckSteps(const std::vector<BreakdownStep>& steps, size_t measures) {
  if (steps.size() > kMostSteps) {
    return Error{Code::kInvalid, "一项任务最多分解成200步。", "steps", "breakdown.bad"};
  }
  for (size_t i = 0; i < steps.size(); ++i) {
    const BreakdownStep& step = steps[i];
    size_t words = ToUtf32(step.text).size();
    if (Trim(ToUtf32(step.text)).empty()) return Bad(i, "请写明要做什么。");
    if (words > kMostText) return Bad(i, "内容请压到两千字以内。");
    if (ToUtf32(step.deliverable).size() > kMostDeliverable) return Bad(i, "成果请压到五百字以内。");
    if (step.weight < 0 || step.weight > 100) return Bad(i, "权重是0到100的整数。");
    if (step.measure < -1 || step.measure >= int(measures)) return Bad(i, "没有这条措施，请重新选择。");
  }
  return {};
}

}  // namespace zg
