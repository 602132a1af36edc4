// When a task is late, at risk by its pace, or under way.
#include "ledger/pace.h"

#include <gtest/gtest.h>

#include "ledger/tiles.h"

namespace zg {
namespace {

Date D(const char* iso) {
  return *Date::ParseIso(iso);
}
std::string At(std::optional<Date> day) {
  return day ? day->Iso() : "never";
}
// A year long: one day is a little more than a quarter of a point.
PaceFacts Open(TaskState state = TaskState::kInProgress) {
  PaceFacts facts;
  facts.state = state;
  facts.begin = D("2024-01-01");
  facts.due = D("2024-12-31");
  return facts;
}
BreakdownStep Step(const char* due, int weight, bool done) {
  BreakdownStep step;
  step.due = D(due);
  step.weight = weight;
  if (done) step.done = D("2024-02-01");
  return step;
}
constexpr PaceRule kRule{20, 60};

TEST(Pace, UnderWayWithoutStepsAndFiguresIsAtRiskOnlyWhenSomebodySaysSo) {
  PaceFacts facts = Open();
  EXPECT_EQ(StandingOn(facts, kRule, D("2024-12-30")), Standing::kOnTrack);
  facts.behind = true;
  EXPECT_EQ(StandingOn(facts, kRule, D("2024-01-02")), Standing::kAtRisk);
}

TEST(Pace, AStepPastItsDayAndNotDoneIsRiskFromTheNextMorning) {
  PaceFacts facts = Open();
  facts.steps = {Step("2024-06-30", 50, false), Step("2024-12-31", 50, false)};
  facts.begin.reset();
  EXPECT_EQ(At(AtRiskFrom(facts, kRule)), "2024-07-01");
  facts.steps[0].done = D("2024-06-30");
  EXPECT_EQ(At(AtRiskFrom(facts, kRule)), "never");
}

TEST(Pace, TimeMayBeTwentyPointsAheadOfTheWorkAndNotMore) {
  PaceFacts facts = Open();
  facts.steps = {Step("2024-12-31", 30, true), Step("2024-12-31", 70, false)};
  // 365 days from 1 January: half of them, 30 + 20 points, are gone with the 182nd; the 183rd is too much.
  EXPECT_EQ(At(AtRiskFrom(facts, kRule)), D("2024-01-01").Plus(183).Iso());
  EXPECT_EQ(StandingOn(facts, kRule, D("2024-01-01").Plus(182)), Standing::kOnTrack);
  EXPECT_EQ(StandingOn(facts, kRule, D("2024-01-01").Plus(183)), Standing::kAtRisk);
  EXPECT_EQ(At(AtRiskFrom(facts, {70, 60})), "never") << "30 + 70 points are the whole time";
}

TEST(Pace, OfStepsAndFiguresTheLowerShareCounts) {
  PaceFacts facts = Open();
  facts.steps = {Step("2024-12-31", 0, true), Step("2024-12-31", 0, false)};
  EXPECT_EQ(DoneShare(facts), 50) << "no weights: by number";
  facts.figures = {{"矿坑", 10, "处", 40.0, true, ""},
                   {"整治", 50, "家", 50.0, true, ""},
                   {"罚款", 9, "万元", {}, true, ""}};
  EXPECT_EQ(DoneShare(facts), 50) << "(25 + 100) / 2 = 62 is the higher";
  facts.figures[1].value = 0;
  EXPECT_EQ(DoneShare(facts), 12);
  facts.figures[0].value = 400;
  EXPECT_EQ(DoneShare(facts), 50) << "more than the target is the whole of it, no more";
}

TEST(Pace, NotStartedBeforeTheLastDaysIsRisk) {
  for (auto state : {TaskState::kNotStarted, TaskState::kNotStated}) {
    EXPECT_EQ(At(AtRiskFrom(Open(state), kRule)), D("2024-12-31").Plus(-59).Iso());
    EXPECT_EQ(At(AtRiskFrom(Open(state), {20, 0})), "never");
  }
  EXPECT_EQ(StandingOn(Open(TaskState::kNotStarted), kRule, D("2024-06-01")), Standing::kNotStarted);
  EXPECT_EQ(StandingOn(Open(TaskState::kNotStated), kRule, D("2024-06-01")), Standing::kNotStated);
}

TEST(Pace, SettledIsNeverLateAndLateIsNotAtRisk) {
  PaceFacts facts = Open(TaskState::kCompleted);
  facts.behind = true;
  EXPECT_EQ(StandingOn(facts, kRule, D("2025-06-01")), Standing::kDone);
  facts.state = TaskState::kOngoing;
  EXPECT_EQ(StandingOn(facts, kRule, D("2025-06-01")), Standing::kKept);
  facts.state = TaskState::kInProgress;
  EXPECT_EQ(StandingOn(facts, kRule, D("2024-12-31")), Standing::kAtRisk);
  EXPECT_EQ(StandingOn(facts, kRule, D("2025-01-01")), Standing::kLate);
}

TEST(Pace, RulesAreDataThatSaysWhereItIsWrong) {
  auto rule = ParsePaceRule("tolerance = 10\nunstarted_days = 30\n", "pace.toml");
  ASSERT_TRUE(rule.ok());
  EXPECT_EQ(rule->tolerance, 10);
  EXPECT_EQ(ParsePaceRule("\ntolerance = 101\n", "pace.toml").error().where, "pace.toml:2");
  EXPECT_EQ(ParsePaceRule("tolerence = 10\n", "pace.toml").error().id, "pace.invalid");
}

TEST(Tiles, EveryRegionHasAPlaceOfItsOwn) {
  auto tiles = LoadTileMap("");
  ASSERT_TRUE(tiles.ok());
  EXPECT_GE(tiles->size(), 14u);
  EXPECT_EQ(ParseTileMap("[tiles]\n1 = [0, 0]\n2 = [0, 0]\n", "map.toml").error().where, "map.toml:3");
  EXPECT_EQ(ParseTileMap("[tiles]\n1 = [0, -1]\n", "map.toml").error().where, "map.toml:2");
  EXPECT_EQ(ParseTileMap("[tiles]\n1 = 7\n", "map.toml").error().id, "map.invalid");
}

}  // namespace
}  // namespace zg
