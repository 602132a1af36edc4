#pragma once
// Queries that took long are told to whoever keeps the log. Names only, never arguments.

#include <chrono>
#include <cstdint>
#include <string_view>

namespace zg::measure {

struct SlowQuery {
  std::string_view name;
  std::chrono::nanoseconds took;
  int64_t rows = 0;
};

// `told` is called in the thread that asked, for each query that took `threshold` or longer; zero: never.
// Any thread; holds for the process.
void TellSlowQueries(std::chrono::nanoseconds threshold, void (*told)(const SlowQuery&));
void QueryTook(const SlowQuery& query);

}  // namespace zg::measure
