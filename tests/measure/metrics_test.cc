#include "measure/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "measure/slow_query.h"

namespace zg::measure {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Metrics, WhatThreadsCountIsSummedUp) {
  Counter& counter = CounterOf("test_things_total", "Things.", {{"kind", "a"}});
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) counter.Add();
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(counter.Sum(), 12'000u);
  EXPECT_EQ(&CounterOf("test_things_total", "Things.", {{"kind", "a"}}), &counter);
  EXPECT_NE(&CounterOf("test_things_total", "Things.", {{"kind", "b"}}), &counter);
  std::string text = Expose();
  EXPECT_THAT(text, HasSubstr("# HELP test_things_total Things.\n# TYPE test_things_total counter\n"));
  EXPECT_THAT(text, HasSubstr("test_things_total{kind=\"a\"} 12000\n"));
}

TEST(Metrics, AHistogramIsCumulativeAndInSeconds) {
  using namespace std::chrono_literals;
  Histogram& seconds = HistogramOf("test_seconds", "Time.", {}, {0.01, 0.1}, kNanoseconds);
  seconds.Observe(std::chrono::nanoseconds(10ms));  // the bound itself is within
  seconds.Observe(std::chrono::nanoseconds(50ms));
  seconds.Observe(std::chrono::nanoseconds(2s));
  std::string text = Expose();
  EXPECT_THAT(text, HasSubstr("test_seconds_count 3\n"));
  EXPECT_THAT(text, HasSubstr("test_seconds_sum 2.06"));
  EXPECT_THAT(text, HasSubstr("test_seconds_bucket{le=\"0.01\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("test_seconds_bucket{le=\"0.1\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("test_seconds_bucket{le=\"+Inf\"} 3\n"));
}

TEST(Metrics, AWatchedValueGoesWithItsHandle) {
  {
    Watch watch = WatchValue("test_length", "Length.", {{"of", "queue"}}, [] { return 7.0; });
    EXPECT_THAT(Expose(), HasSubstr("test_length{of=\"queue\"} 7\n"));
  }
  EXPECT_THAT(Expose(), Not(HasSubstr("test_length")));
}

TEST(Metrics, OneMoreWhileItStands) {
  Gauge gauge;
  {
    Held one(gauge), two(gauge);
    EXPECT_EQ(gauge.Value(), 2);
  }
  EXPECT_EQ(gauge.Value(), 0);
}

TEST(Metrics, LabelsAreEscaped) {
  CounterOf("test_escaped_total", "E.", {{"what", "a\"b\\c\nd"}}).Add();
  EXPECT_THAT(Expose(), HasSubstr("test_escaped_total{what=\"a\\\"b\\\\c\\nd\"} 1\n"));
}

TEST(Metrics, TheProcessTellsOfItself) {
  std::string text = Expose();
  for (const char* name : {"process_cpu_seconds_total", "process_open_fds", "process_max_fds",
                           "process_resident_memory_bytes", "process_start_time_seconds"})
    EXPECT_THAT(text, HasSubstr("\n" + std::string(name) + " "));
}

int g_told = 0;

TEST(SlowQueries, OnlyThoseAtOrAboveTheThreshold) {
  using namespace std::chrono_literals;
  TellSlowQueries(100ms, [](const SlowQuery& query) {
    ++g_told;
    EXPECT_EQ(query.name, "late");
    EXPECT_EQ(query.rows, 4);
  });
  QueryTook({"soon", 99ms, 1});
  QueryTook({"late", 100ms, 4});
  EXPECT_EQ(g_told, 1);
  TellSlowQueries(0ms, nullptr);
  QueryTook({"late", 10s, 4});
  EXPECT_EQ(g_told, 1);
}

}  // namespace
}  // namespace zg::measure
