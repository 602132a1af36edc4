// Charts and leaders' figures out of a ledger: counted is what a list of the same tasks shows.
#include "office/charts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "office/breakdowns.h"
#include "office/desk.h"
#include "office/visits.h"

namespace zg {
namespace {

using testing::HasSubstr;

// 30 June 2024: task 1 is due at the end of the year, 2 is kept up, 3 is past its day, 4 is due in August.
class ChartsTest : public testing::Test {
 protected:
  ChartsTest()
      : desk_("charts"),
        list_(desk_.Import(
            TaskListText("2024年底前",
                         "四、扬尘管控不到位。\n责任单位：青河市住房和城乡建设局\n整改时限：2024年8月底前\n"
                         "整改措施：\n1.落实六个百分之百。\n"))) {}

  json Standing() { return json::parse(desk_->charts().Standing({}, {}, {}).value().text); }
  int64_t Listed(std::optional<bool> at_risk, std::optional<UnitId> unit = {}) {
    TaskFilter filter;
    filter.at_risk = at_risk;
    filter.unit = unit;
    if (unit) filter.role = RoleFilter::kResponsible;
    return desk_.List(filter)["total"];
  }
  // Every figure against the list behind it.
  void HoldAgainstLists() {
    json s = Standing();
    EXPECT_EQ(s["counts"]["at_risk"], Listed(true));
    EXPECT_EQ(s["counts"]["total"].get<int64_t>() - s["counts"]["at_risk"].get<int64_t>(), Listed(false));
    for (const auto& u : s["units"]) {
      UnitId unit{u["unit_id"].get<int64_t>()};
      EXPECT_EQ(u["counts"]["at_risk"], Listed(true, unit)) << u["name"];
      TaskFilter filter;
      filter.unit = unit;
      filter.role = RoleFilter::kResponsible;
      EXPECT_EQ(u["counts"]["total"], desk_.List(filter)["total"]) << u["name"];
      filter.overdue = true;
      EXPECT_EQ(u["counts"]["overdue"], desk_.List(filter)["total"]) << u["name"];
    }
    EXPECT_EQ(desk_.Verify()["ok"], true);
  }
  TaskId IdOf(const char* path) { return {desk_.Task(list_, path)["id"].get<int64_t>()}; }
  void BreakDown(const char* path, const json& steps) {
    ASSERT_TRUE(desk_->breakdowns().Save(IdOf(path), 0, steps.dump(), desk_.me).ok());
  }

  Desk desk_;
  int64_t list_;
};

TEST_F(ChartsTest, LateAtRiskAndTheRestAreCountedOnce) {
  json counts = Standing()["counts"];
  EXPECT_EQ(counts["total"], 4);
  EXPECT_EQ(counts["overdue"], 1) << "the third";
  EXPECT_EQ(counts["at_risk"], 0) << "of the fourth nobody has said anything, but its day is 62 days away";
  EXPECT_EQ(counts["not_stated"], 3);
  HoldAgainstLists();
  desk_.clock.Set(*Date::Make(2024, 7, 3));
  EXPECT_EQ(Standing()["counts"]["at_risk"], 1) << "59 days away";
  HoldAgainstLists();
}

TEST_F(ChartsTest, AStepPastItsDayPutsItsTaskAtRiskUntilItIsDone) {
  BreakDown("1", {{{"text", "完成建设"}, {"due", "2024-06-29"}, {"weight", 60}},
                  {{"text", "通过验收"}, {"due", "2024-12-20"}, {"weight", 40}}});
  EXPECT_EQ(Standing()["counts"]["at_risk"], 1);
  HoldAgainstLists();
  json now = desk_->breakdowns().Get(IdOf("1"), desk_.me).value();
  StepId first{now["steps"][0]["id"].get<int64_t>()};
  ASSERT_TRUE(desk_->breakdowns().MarkDone(IdOf("1"), 1, first, *Date::Make(2024, 6, 30), desk_.me).ok());
  EXPECT_EQ(Standing()["counts"]["at_risk"], 0);
  HoldAgainstLists();
}

TEST_F(ChartsTest, ARebuildAndAnotherRuleCountAnew) {
  BreakDown("1", {{{"text", "完成建设"}, {"due", "2024-06-29"}}});
  json before = Standing();
  ASSERT_TRUE(desk_->keeping().Rebuild(desk_.me).ok());
  EXPECT_EQ(Standing()["counts"], before["counts"]);
  desk_.vocabulary = desk_.folder() / "words";
  std::filesystem::create_directories(desk_.vocabulary);
  std::ofstream(desk_.vocabulary / "pace.toml") << "tolerance = 5\nunstarted_days = 90\n";
  desk_.Open();
  EXPECT_EQ(Standing()["rule"]["unstarted_days"], 90);
  EXPECT_EQ(Standing()["counts"]["at_risk"], 2) << "the fourth too";
  HoldAgainstLists();
}

// As the version before this one left it: no counters of responsible units, nothing of pace.
TEST_F(ChartsTest, AnOlderLedgerIsCountedWhenItIsOpened) {
  BreakDown("1", {{{"text", "完成建设"}, {"due", "2024-06-29"}}});
  json before = Standing();
  desk_.Tamper(
      "DELETE FROM facet_totals WHERE kind >= 8; DELETE FROM task_counts WHERE facet >= 8 * 1099511627776;"
      "DELETE FROM task_pace;");
  EXPECT_EQ(Standing()["counts"], before["counts"]);
  EXPECT_EQ(Standing()["units"], before["units"]);
}

TEST_F(ChartsTest, ChartsShowTheTasksOfTheirFilter) {
  ChartQuery query{.chart = "gantt"};
  json all = desk_->charts().Show(query, 1).value();
  EXPECT_EQ(all["drawn"], 4);
  EXPECT_EQ(all["left_out"], 0);
  EXPECT_THAT(all["svg"].get<std::string>(), HasSubstr("/tasks/" + std::to_string(IdOf("3").value)));
  EXPECT_THAT(all["svg"].get<std::string>(), HasSubstr("已逾期182天，时限2023年12月31日"));
  query.filter.overdue = true;
  EXPECT_EQ(desk_->charts().Show(query, 1).value()["drawn"], 1);
  query.chart = "closeout";
  EXPECT_EQ(desk_->charts().Show(query, 1).value()["drawn"], 1);
  EXPECT_EQ(desk_->charts().Show(query, 2).error().id, "chart.page");
  query.filter.scope = {false, UnitId{}};
  EXPECT_EQ(desk_->charts().Show(query, 1).value()["drawn"], 0) << "who sees nothing gets an empty sheet";
}

TEST_F(ChartsTest, ThePlanOfVisitsIsToldByEventsAndDrawnAsRoute) {
  UnitId unit{desk_->units().Find("青河市政府", 1).value()["items"][0]["id"].get<int64_t>()};
  VisitForm form{"第一督导组", "",       unit, *Date::Make(2024, 7, 1), *Date::Make(2024, 7, 3),
                 {IdOf("1")},  "看现场", false};
  json added = desk_->visits().Add(form, desk_.me).value();
  VisitId id{added["id"].get<int64_t>()};
  form.team = " ";
  EXPECT_EQ(desk_->visits().Add(form, desk_.me).error().id, "visit.bad");
  form.team = "第一督导组";
  form.tasks = {TaskId{99999}};
  EXPECT_EQ(desk_->visits().Add(form, desk_.me).error().id, "task.not_found");
  form.tasks.clear();
  EXPECT_EQ(desk_->visits().Change(id, form, 7, desk_.me).error().id, "visit.changed");
  EXPECT_EQ(desk_->charts().Show({.chart = "route"}, 1).value()["drawn"], 1);
  Actor stranger{"某单位"};
  stranger.whole = false;
  stranger.unit = UnitId{desk_->units().Find("白石市政府", 1).value()["items"][0]["id"].get<int64_t>()};
  EXPECT_TRUE(desk_->visits().List({}, {}, stranger).value()["items"].empty());
  stranger.unit = unit;
  EXPECT_EQ(desk_->visits().List({}, {}, stranger).value()["items"].size(), 1u);
  ASSERT_TRUE(desk_->visits().Remove(id, desk_.me).ok());
  EXPECT_EQ(desk_->visits().Remove(id, desk_.me).error().id, "visit.not_found");
  EXPECT_EQ(desk_->charts().Show({.chart = "route"}, 1).value()["drawn"], 0);
  EXPECT_EQ(desk_.Verify()["ok"], true);
}

}  // namespace
}  // namespace zg
