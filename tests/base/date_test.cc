#include "base/date.h"

#include <gtest/gtest.h>

namespace zg {
namespace {

TEST(Date, OnlyRealDatesExist) {
  EXPECT_TRUE(Date::Make(2024, 2, 29));
  EXPECT_FALSE(Date::Make(2023, 2, 29));
  EXPECT_FALSE(Date::Make(2023, 6, 31));
  EXPECT_FALSE(Date::ParseIso("2023-6-30"));
  EXPECT_EQ(Date::EndOfMonth(2024, 2)->Iso(), "2024-02-29");
  EXPECT_EQ(Date::ParseIso("2024-12-31")->Plus(1).Iso(), "2025-01-01");
}

TEST(Clock, TellsBeijingTime) {
  FixedClock clock(*Date::Make(2024, 12, 31), 23);
  EXPECT_EQ(clock.NowIso(), "2024-12-31T23:00:00.000+08:00");
  clock.Advance(std::chrono::hours(1));
  EXPECT_EQ(clock.Today().Iso(), "2025-01-01");
}

}  // namespace
}  // namespace zg
