// What a breakdown lacks, said in sentences; how far it is.
#include "ledger/breakdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zg {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Date Day(const char* iso) {
  return *Date::ParseIso(iso);
}

// A task due at the end of June with two measures and one unit; both steps are as they should be.
struct Case {
  Case() {
    entry.deadline = Deadline{"2024年6月底前", {}, Day("2024-06-30")};
    entry.measures.resize(2);
    entry.measures[0].text = "建设";
    entry.measures[1].text = "管护";
    breakdown.revision = 1;
    breakdown.steps = {Step(0, "2024-04-30", 60), Step(1, "2024-06-30", 40)};
  }
  static BreakdownStep Step(int measure, const char* due, int weight) {
    return {{1}, measure, "做一件事。", {7}, "青河市政府", Day(due), "报告", weight, {}, ""};
  }
  std::vector<std::string> Kinds(const char* today = "2024-03-01") const {
    BreakdownFacts facts{&entry, {{"青河市政府"}}, lower, Day(today)};
    std::vector<std::string> kinds;
    for (const auto& gap : FindGaps(breakdown, facts)) kinds.push_back(gap.kind);
    return kinds;
  }
  Entry entry;
  Breakdown breakdown;
  std::vector<LowerTask> lower;
};

TEST(Gaps, ThereAreNoneWhereAllIsSaid) {
  EXPECT_THAT(Case().Kinds(), IsEmpty());
}

TEST(Gaps, NothingIsAskedOfATaskThatWasNeverBrokenDown) {
  Case c;
  c.breakdown = {};
  EXPECT_THAT(c.Kinds(), IsEmpty());
  c.breakdown.revision = 2;
  EXPECT_THAT(c.Kinds(), ElementsAre("no_step", "no_step", "unit_without_step")) << "emptied on purpose";
}

TEST(Gaps, AStepMayBeDueOnTheLastDayAndNotAfter) {
  Case c;
  c.breakdown.steps[1].due = Day("2024-07-01");
  EXPECT_THAT(c.Kinds(), ElementsAre("late"));
}

TEST(Gaps, AStepThatIsOverItsDayIsNamedUntilItIsDone) {
  Case c;
  EXPECT_THAT(c.Kinds("2024-04-30"), IsEmpty()) << "the day itself still counts";
  EXPECT_THAT(c.Kinds("2024-05-01"), ElementsAre("unfinished"));
  c.breakdown.steps[0].done = Day("2024-05-01");
  EXPECT_THAT(c.Kinds("2024-05-01"), IsEmpty());
}

TEST(Gaps, WeightsMakeAHundredTheMeasureIsThereAndTheUnitHasAStep) {
  Case c;
  c.breakdown.steps[0].weight = 61;
  EXPECT_THAT(c.Kinds(), ElementsAre("weights"));
  c.entry.measures.pop_back();
  EXPECT_THAT(c.Kinds(), ElementsAre("weights", "measure_gone"));
  for (auto& step : c.breakdown.steps) step.unit_name = "青河市水务局";
  EXPECT_THAT(c.Kinds(), ElementsAre("weights", "unit_without_step", "measure_gone"));
}

TEST(Gaps, ALowerTaskMayNotBeLater) {
  Case c;
  c.lower = {{{9}, "1", "青河市水务局", Day("2024-06-30")}, {{10}, "4", "小镇政府", Day("2024-07-01")}};
  EXPECT_THAT(c.Kinds(), ElementsAre("lower_late"));
}

TEST(Progress, GoesByWeight) {
  Case c;
  EXPECT_EQ(ProgressOf(c.breakdown, Day("2024-05-01"))->planned, 60);
  EXPECT_EQ(ProgressOf(c.breakdown, Day("2024-04-30"))->planned, 0);
  c.breakdown.steps[1].done = Day("2024-04-01");
  EXPECT_EQ(ProgressOf(c.breakdown, Day("2024-05-01"))->done, 40);
  for (auto& step : c.breakdown.steps) step.weight = 0;
  EXPECT_FALSE(ProgressOf(c.breakdown, Day("2024-05-01")));
}

}  // namespace
}  // namespace zg
