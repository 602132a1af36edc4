#include "ledger/calendar.h"

#include <gtest/gtest.h>

namespace zg {
namespace {

Date D(const char* iso) {
  return Date::ParseIso(iso).value();
}
const WorkCalendar& Calendar() {
  return WorkCalendar::Builtin();
}

TEST(WorkCalendar, KnowsTheYearsThatAreDataAndTheirSource) {
  for (int year = 2021; year <= 2026; ++year) {
    ASSERT_TRUE(Calendar().Knows(year)) << year;
    EXPECT_NE(Calendar().years().at(year).source.find("国办发明电"), std::string::npos);
  }
}

TEST(WorkCalendar, HolidaysAreFreeAndMakeUpDaysAreWorked) {
  EXPECT_FALSE(Calendar().IsWorkday(D("2024-10-01")));
  EXPECT_TRUE(Calendar().IsWorkday(D("2024-10-12"))) << "a Saturday made up for";
  EXPECT_TRUE(Calendar().IsWorkday(D("2024-09-29"))) << "a Sunday made up for";
  EXPECT_FALSE(Calendar().IsWorkday(D("2024-10-13")));
  EXPECT_EQ(Calendar().Name(D("2024-10-01")), "国庆节");
  EXPECT_EQ(Calendar().Name(D("2024-10-12")), "调休上班");
  EXPECT_EQ(Calendar().Name(D("2024-10-13")), "周日");
  EXPECT_EQ(Calendar().Name(D("2024-10-14")), "");
}

// The sums of a year; every single day was held against an independent list when the data was written.
TEST(WorkCalendar, AYearHasItsNumberOfWorkingDays) {
  struct Row {
    int year, days;
  } rows[] = {{2021, 250}, {2022, 249}, {2023, 249}, {2024, 251}, {2025, 248}, {2026, 248}};
  for (auto row : rows) {
    Date last = *Date::Make(row.year - 1, 12, 31);
    EXPECT_EQ(Calendar().WorkingDays(last, *Date::Make(row.year, 12, 31)), row.days) << row.year;
  }
}

TEST(WorkCalendar, CountsWorkingDaysOverAHoliday) {
  struct Row {
    const char* from;
    int n;
    const char* to;
  } rows[] = {
      {"2024-09-24", 10, "2024-10-12"},  // Sunday 29 September and Saturday 12 October are worked
      {"2024-09-30", 1, "2024-10-08"},   // over the National Day
      {"2024-07-01", 5, "2024-07-08"},   // over a plain weekend
      {"2024-07-05", 0, "2024-07-05"},   // nothing to add
      {"2024-07-06", 1, "2024-07-08"},   // from a Saturday
      {"2026-02-13", 1, "2026-02-14"},   // a Saturday that is worked before the Spring Festival
      {"2026-02-14", 1, "2026-02-24"},  {"2024-12-31", 1, "2025-01-02"},  // over the turn of the year
  };
  for (auto row : rows) {
    EXPECT_EQ(Calendar().AddWorkingDays(D(row.from), row.n).Iso(), row.to) << row.from << " + " << row.n;
    EXPECT_EQ(Calendar().WorkingDays(D(row.from), D(row.to)), row.n) << row.from << " … " << row.to;
  }
  EXPECT_EQ(Calendar().WorkingDays(D("2024-07-08"), D("2024-07-01")), 0);
}

TEST(WorkCalendar, AYearThatIsNotKnownFallsBackToWeekendsAndSaysSo) {
  EXPECT_FALSE(Calendar().Knows(2031));
  EXPECT_TRUE(Calendar().IsWorkday(D("2031-10-01")));
  EXPECT_EQ(Calendar().Unknown(D("2026-12-30"), D("2027-01-05")),
            "2027年的放假调休安排尚未录入，暂按周六、周日休息计算。");
  EXPECT_EQ(Calendar().Unknown(D("2025-12-30"), D("2026-01-05")), "");
}

std::string Fault(const std::string& text) {
  auto year = WorkCalendar::ParseYear(text, "calendar-2030.toml");
  return year.ok() ? "" : year.error().where + " " + year.error().message;
}

TEST(WorkCalendar, MistakesInItsDataAreNamedWithTheirLine) {
  EXPECT_EQ(Fault("year = 2030\nsource = \"通知\"\nworkdays = [2030-01-07]\n"),
            "calendar-2030.toml:3 2030-01-07不是周六、周日，不必列为调休上班。");
  EXPECT_EQ(Fault("year = 2030\nsource = \"通知\"\nworkday = [2030-01-06]\n"),
            "calendar-2030.toml:3 不认识“workday”；是不是“workdays”？");
  EXPECT_EQ(Fault("year = 2030\nsource = \"通知\"\n[[holiday]]\nname = \"元旦\"\nfrom = 2030-01-03\nto = "
                  "2030-01-01\n"),
            "calendar-2030.toml:3 放假的“to”早于“from”，请核对。");
  EXPECT_EQ(
      Fault("year = 2030\nsource = \"通知\"\nworkdays = [2030-01-05]\n[[holiday]]\nname = \"元旦\"\nfrom = "
            "2030-01-01\nto = 2030-01-05\n"),
      "calendar-2030.toml:3 2030-01-05既列为放假又列为上班，请核对。");
  EXPECT_EQ(Fault("year = 2030\n"), "calendar-2030.toml:1 缺少“source”。");
}

}  // namespace
}  // namespace zg
