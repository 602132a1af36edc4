// What counting costs: one value, and what a query of the store pays (two readings of the clock and one
// value; two more for each of the first eight rows, and for one in eight of those after).
#include <benchmark/benchmark.h>

#include <chrono>

#include "measure/metrics.h"

namespace {

using Time = std::chrono::steady_clock;

zg::measure::Histogram& Seconds() {
  return zg::measure::HistogramOf("bench_seconds", "Time.", {}, zg::measure::QueryBounds(),
                                  zg::measure::kNanoseconds);
}

void Observe(benchmark::State& state) {
  auto& seconds = Seconds();
  int64_t n = 0;
  for (auto _ : state) seconds.Observe(int64_t(++n % 1'000'000));
}
BENCHMARK(Observe)->Threads(1)->Threads(2)->Threads(16);

void OneQuery(benchmark::State& state) {
  auto& seconds = Seconds();
  for (auto _ : state) {
    auto began = Time::now();
    benchmark::ClobberMemory();
    seconds.Observe(std::chrono::nanoseconds(Time::now() - began));
  }
}
BENCHMARK(OneQuery)->Threads(1)->Threads(2);

void OneRow(benchmark::State& state) {
  int64_t took = 0;
  for (auto _ : state) {
    auto began = Time::now();
    benchmark::ClobberMemory();
    took += std::chrono::nanoseconds(Time::now() - began).count();
  }
  benchmark::DoNotOptimize(took);
}
BENCHMARK(OneRow);

void Show(benchmark::State& state) {
  for (int i = 0; i < 400; ++i)
    zg::measure::HistogramOf("bench_query_seconds", "Time.", {{"query", std::to_string(i)}},
                             zg::measure::QueryBounds(), zg::measure::kNanoseconds)
        .Observe(int64_t(i));
  for (auto _ : state) benchmark::DoNotOptimize(zg::measure::Expose());
}
BENCHMARK(Show)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
