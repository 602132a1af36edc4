// What happens by itself, at which times, and what a failure does to it.
#include "office/clockwork.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zg {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST(Clockwork, RunsEachJobAtItsTimeAndGoesOnAfterFailures) {
  FixedClock clock(*Date::Make(2024, 6, 30));
  std::vector<std::string> logged;
  Clockwork clockwork(clock, [&](const Error& error) { logged.push_back(error.where); });
  int often = 0, seldom = 0, throws = 0;
  clockwork.Add("often", seconds(20), [&]() -> Status {
    ++often;
    return Error{Code::kUnavailable, "不行。"};
  });
  clockwork.Add("throws", minutes(1), [&]() -> Status {
    ++throws;
    throw std::runtime_error("no");
  });
  clockwork.Add("seldom", minutes(60), [&]() -> Status {
    ++seldom;
    return {};
  });
  for (int i = 0; i < 7; ++i) {  // 0, 10, …, 60 seconds
    clockwork.RunDue(clock.Now());
    clock.Advance(seconds(10));
  }
  EXPECT_EQ(often, 4);
  EXPECT_EQ(throws, 2);
  EXPECT_EQ(seldom, 1);
  EXPECT_THAT(logged, testing::Contains("定时任务 throws"));
  clock.Advance(-std::chrono::hours(48));
  clockwork.RunDue(clock.Now());
  EXPECT_EQ(seldom, 2) << "a clock that was set back stops nothing";
}

TEST(Clockwork, StopsQuicklyAndAJobSeesIt) {
  SystemClock clock;
  Clockwork clockwork(clock, nullptr);
  std::atomic<bool> began = false, saw = false;
  clockwork.Add("long", minutes(60), [&]() -> Status {
    began = true;
    while (!clockwork.stopping()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    saw = true;
    return {};
  });
  clockwork.Start();
  while (!began) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  auto begin = std::chrono::steady_clock::now();
  clockwork.Stop();
  EXPECT_TRUE(saw);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(2));
}

}  // namespace
}  // namespace zg
