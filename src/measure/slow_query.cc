#include "measure/slow_query.h"

#include <atomic>

namespace zg::measure {
namespace {

std::atomic<int64_t> g_threshold{0};
std::atomic<void (*)(const SlowQuery&)> g_told{nullptr};

}  // namespace

void TellSlowQueries(std::chrono::nanoseconds threshold, void (*told)(const SlowQuery&)) {
  g_told = told;
  g_threshold = threshold.count();
}

void QueryTook(const SlowQuery& query) {
  int64_t threshold = g_threshold.load(std::memory_order_relaxed);
  if (threshold <= 0 || query.took.count() < threshold) return;
  if (auto told = g_told.load()) told(query);
}

}  // namespace zg::measure
