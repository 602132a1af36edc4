// Periods open by rule: after New Year too, after the machine was off, and never twice.
#include "office/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "office/desk.h"
#include "office/periods.h"

namespace zg {
namespace {

Date Day(const char* iso) {
  return *Date::ParseIso(iso);
}

std::vector<std::string> Codes(const std::vector<Period>& periods) {
  std::vector<std::string> codes;
  for (const auto& p : periods) codes.push_back(p.code);
  return codes;
}

PeriodRule Monthly(const char* since, int opens = 1, int due = 25) {
  PeriodRule rule;
  rule.active = true;
  rule.opens = opens;
  rule.due = due;
  rule.since = Day(since);
  return rule;
}

TEST(Rule, FindsWhatIsDueAcrossNewYear) {
  const auto& calendar = WorkCalendar::Builtin();
  PeriodRule rule = Monthly("2024-11-10");
  EXPECT_THAT(Codes(PeriodsDue(rule, Day("2024-11-30"), calendar)), testing::IsEmpty())
      << "November's day was before the rule";
  EXPECT_THAT(Codes(PeriodsDue(rule, Day("2025-02-01"), calendar)),
              testing::ElementsAre("2024-12", "2025-01", "2025-02"));
  rule.quarter = true;
  rule.due = 0;
  EXPECT_THAT(Codes(PeriodsDue(rule, Day("2025-04-01"), calendar)),
              testing::ElementsAre("2025-Q1", "2025-Q2"));
  rule.active = false;
  EXPECT_TRUE(PeriodsDue(rule, Day("2025-04-01"), calendar).empty());
}

TEST(Rule, MovesALastDayThatIsNotWorked) {
  const auto& calendar = WorkCalendar::Builtin();
  PeriodRule rule = Monthly("2024-09-01", 1, 33);  // 3 October 2024: national holiday until the 7th
  EXPECT_EQ(PeriodAt(rule, Day("2024-09-05"), calendar).due.Iso(), "2024-10-08");
  rule.workdays = false;
  EXPECT_EQ(PeriodAt(rule, Day("2024-09-05"), calendar).due.Iso(), "2024-10-03");
  rule.due = 0;
  EXPECT_EQ(PeriodAt(rule, Day("2024-02-05"), calendar).due.Iso(), "2024-02-29");
}

TEST(Rule, SaysWhatItCannotBe) {
  PeriodRule rule = Monthly("2024-09-01", 0);
  EXPECT_EQ(CheckRule(rule).error().where, "opens");
  rule.opens = 10;
  rule.due = 9;
  EXPECT_EQ(CheckRule(rule).error().where, "due");
  rule.due = 57;
  EXPECT_EQ(CheckRule(rule).error().where, "due");
  rule.due = 36;
  EXPECT_TRUE(CheckRule(rule).ok());
}

class ScheduleTest : public testing::Test {
 protected:
  ScheduleTest() : desk_("schedule") { desk_.Import(TaskListText()); }
  json Set(PeriodRule rule) { return desk_->schedule().Change(std::move(rule), desk_.me).value(); }
  json OpenDue(const char* day) {
    desk_.clock.Set(Day(day));
    return desk_->schedule().OpenDuePeriods(desk_->Today()).value();
  }
  Desk desk_;
};

TEST_F(ScheduleTest, OpensWhatIsDueOnceAndCatchesUp) {
  EXPECT_EQ(OpenDue("2024-11-10"), json({{"opened", json::array()}, {"missed", json::array()}}));
  Set(Monthly("2000-01-01", 1, 40));  // the rule counts from today, whatever is asked
  EXPECT_EQ(OpenDue("2024-11-30")["opened"], json::array());
  EXPECT_EQ(OpenDue("2024-12-01")["opened"], json::array({"2024-12"}));
  EXPECT_EQ(OpenDue("2024-12-01")["opened"], json::array()) << "once";
  // Off from December to March; January's answers were due on 10 February, February's are due on 11 March.
  json late = OpenDue("2025-03-05");
  EXPECT_EQ(late["opened"], json::array({"2025-02", "2025-03"}));
  EXPECT_EQ(late["missed"], json::array({"2025-01"}));
  EXPECT_EQ(desk_->schedule().Get().value()["rules"][0]["missed"], json::array({"2025年1月"}));
  EXPECT_EQ(OpenDue("2025-03-05")["opened"], json::array());
  json newest = desk_->periods().List("", 1, desk_.me).value()["items"][0];
  EXPECT_EQ(newest["code"], "2025-03");
  EXPECT_EQ(newest["opened_by"], "系统");
  EXPECT_EQ(newest["due"], "2025-04-09");
  EXPECT_EQ(desk_.Verify()["breaks"], json::array());
}

TEST_F(ScheduleTest, LeavesAPeriodThatSomebodyOpenedByHand) {
  Set(Monthly("2024-06-30"));
  desk_->periods().Open({"2024-07", {}, {}}, desk_.me).value();
  EXPECT_EQ(OpenDue("2024-07-02"), json({{"opened", json::array()}, {"missed", json::array()}}));
}

TEST_F(ScheduleTest, TheLaterOfTwoGetsTheRuleAsItIs) {
  json set = Set(Monthly("2024-06-30"));
  EXPECT_EQ(set["rules"][0]["next"]["code"], "2024-07");
  EXPECT_EQ(set["rules"][0]["next"]["opens"], "2024-07-01");
  EXPECT_EQ(set["rules"][1]["active"], false);
  auto late = desk_->schedule().Change(Monthly("2024-06-30", 3), desk_.me);
  EXPECT_EQ(late.error().id, "schedule.changed");
  EXPECT_EQ(json::parse(late.error().current)["opens"], 1);
  PeriodRule of_nothing = Monthly("2024-06-30");
  of_nothing.revision = 1;
  of_nothing.rounds = {{77}};
  EXPECT_EQ(desk_->schedule().Change(of_nothing, desk_.me).error().id, "round.not_found");
}

}  // namespace
}  // namespace zg
