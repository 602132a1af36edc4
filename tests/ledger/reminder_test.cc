// When somebody is reminded, and whom it goes up to.
#include "ledger/reminder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zg {
namespace {

using testing::HasSubstr;

const Date kDue = *Date::Make(2026, 11, 30);  // a Monday

ReminderRules Rules(int after = 3) {
  return {after, [](UnitId unit) { return UnitId{unit.value == 11 ? 1 : 0}; },
          [](UnitId unit) { return "单位" + std::to_string(unit.value); }};
}
std::map<UnitId, ReminderSummary> On(Date today, std::vector<DueThing> things, int after = 3) {
  return Summarize(things, today, WorkCalendar::Builtin(), Rules(after));
}
DueThing Reports(int64_t unit, int64_t n = 3) {
  return {{unit}, kDue, "2026年11月调度，{n}份上报未报", n, "/reports?period=1"};
}

TEST(Reminder, ComesThirtySevenAndOneDaysBeforeOnTheDayAndDailyWhenLate) {
  std::vector<int64_t> days;
  for (int64_t left = 40; left >= -3; --left)
    if (IsReminderDay(kDue, kDue.Plus(-left))) days.push_back(left);
  EXPECT_THAT(days, testing::ElementsAre(30, 7, 1, 0, -1, -2, -3));
}

TEST(Reminder, SaysWhatAndWhen) {
  EXPECT_EQ(On(kDue.Plus(-7), {Reports(11)})[{11}].lines[0].text,
            "2026年11月调度，3份上报未报，2026年11月30日到期，还有7天");
  EXPECT_THAT(On(kDue.Plus(-1), {Reports(11)})[{11}].lines[0].text, HasSubstr("明天"));
  EXPECT_THAT(On(kDue, {Reports(11)})[{11}].title, HasSubstr("3项即将到期"));
  auto late = On(kDue.Plus(2), {Reports(11)})[{11}];
  EXPECT_THAT(late.lines[0].text, HasSubstr("已逾期2天"));
  EXPECT_TRUE(late.lines[0].late);
  EXPECT_TRUE(On(kDue.Plus(-6), {Reports(11)}).empty());
}

TEST(Reminder, GoesUpAfterThatManyWorkingDaysAndNotBefore) {
  // Monday due: Tuesday, Wednesday, Thursday are three working days.
  EXPECT_EQ(On(*Date::Make(2026, 12, 2), {Reports(11)}).size(), 1u);
  auto third = On(*Date::Make(2026, 12, 3), {Reports(11)});
  ASSERT_EQ(third.size(), 2u);
  EXPECT_THAT(third[{1}].lines[0].text, HasSubstr("单位11："));
  // The weekend does not count: the sixth working day is Tuesday the 8th, when the office hears of it.
  EXPECT_EQ(On(*Date::Make(2026, 12, 7), {Reports(11)}).size(), 2u);
  auto sixth = On(*Date::Make(2026, 12, 8), {Reports(11)});
  ASSERT_EQ(sixth.size(), 3u);
  EXPECT_THAT(sixth[{0}].title, HasSubstr("下级3项逾期未办"));
  EXPECT_EQ(On(*Date::Make(2026, 12, 30), {Reports(11)}, 0).size(), 1u) << "0: never";
}

TEST(Reminder, ManyUnitsAreOneLineForWhoeverIsAbove) {
  std::vector<DueThing> things;
  for (int64_t unit = 20; unit < 60; ++unit) things.push_back(Reports(unit, 2));
  auto office = On(*Date::Make(2026, 12, 3), things)[{0}];
  ASSERT_EQ(office.lines.size(), 1u);
  EXPECT_THAT(office.lines[0].text,
              HasSubstr("单位20、单位21、单位22、单位23、单位24等40个单位：2026年11月调度，80份"));
}

TEST(Reminder, AChainOfUnitsThatLeadsIntoItselfEnds) {
  ReminderRules rules = Rules(1);
  rules.above = [](UnitId unit) { return UnitId{unit.value == 1 ? 2 : 1}; };
  auto told = Summarize({Reports(1)}, *Date::Make(2027, 3, 1), WorkCalendar::Builtin(), rules);
  EXPECT_EQ(told.size(), 2u);
}

}  // namespace
}  // namespace zg
