#pragma once
// What the program counts of itself, for Prometheus. One set for the process: whoever counts asks for the
// counter once and keeps the reference, which is good until the process ends. Counting takes no lock and
// costs some nanoseconds: threads add to different places, which are summed up when somebody asks. All of it
// may be called from any thread.
//
//   static measure::Counter& made = measure::CounterOf("zhenggai_things_total", "Things made.");
//   made.Add();

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace zg::measure {

using Labels = std::map<std::string, std::string>;

constexpr size_t kStripes = 8;
size_t Stripe();  // of the calling thread, below kStripes

// Only ever more.
class Counter {
 public:
  void Add(uint64_t n = 1) { parts_[Stripe()].n.fetch_add(n, std::memory_order_relaxed); }
  uint64_t Sum() const;

 private:
  struct alignas(64) Part {
    std::atomic<uint64_t> n{0};
  };
  std::array<Part, kStripes> parts_;
};

// How many there are just now.
class Gauge {
 public:
  void Add(int64_t n) { n_.fetch_add(n, std::memory_order_relaxed); }
  void Set(int64_t n) { n_.store(n, std::memory_order_relaxed); }
  int64_t Value() const { return n_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int64_t> n_{0};
};

// One more while it stands.
class Held {
 public:
  explicit Held(Gauge& gauge) : gauge_(gauge) { gauge_.Add(1); }
  ~Held() { gauge_.Add(-1); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

 private:
  Gauge& gauge_;
};

// How values are spread. Values are whole numbers; `unit` of them make one of what is shown.
class Histogram {
 public:
  // `upper`: bounds as shown, ascending, at most kMostBounds.
  static constexpr size_t kMostBounds = 14;
  Histogram(std::vector<double> upper, double unit);
  void Observe(int64_t value) {
    Part& part = parts_[Stripe()];
    size_t i = 0;
    while (i < bounds_ && value > upper_[i]) ++i;
    part.n[i].fetch_add(1, std::memory_order_relaxed);
    part.sum.fetch_add(value, std::memory_order_relaxed);
  }
  void Observe(std::chrono::nanoseconds took) { Observe(int64_t(took.count())); }

  struct State {
    std::vector<double> upper;
    std::vector<uint64_t> within;  // not cumulative; one more than `upper`: what is above
    uint64_t count = 0;
    double sum = 0;
  };
  State Read() const;

 private:
  struct alignas(64) Part {
    std::array<std::atomic<uint64_t>, kMostBounds + 1> n{};
    std::atomic<int64_t> sum{0};
  };
  const std::vector<double> shown_;
  const double unit_;
  size_t bounds_;
  std::array<int64_t, kMostBounds> upper_{};
  std::array<Part, kStripes> parts_;
};

// Bounds for what takes time, in seconds; unit kNanoseconds.
constexpr double kNanoseconds = 1e9;
const std::vector<double>& RequestBounds();
const std::vector<double>& QueryBounds();

// The same name and labels give the same object. Names follow Prometheus: base units, _total for counters.
Counter& CounterOf(const std::string& name, const std::string& help, const Labels& labels = {});
Gauge& GaugeOf(const std::string& name, const std::string& help, const Labels& labels = {});
Histogram& HistogramOf(const std::string& name, const std::string& help, const Labels& labels,
                       const std::vector<double>& upper, double unit);

// A value that is asked for when it is shown, as long as the handle stands. `read` is quick, and is not
// called any more once the handle is gone.
using Watch = std::shared_ptr<void>;
[[nodiscard]] Watch WatchValue(const std::string& name, const std::string& help, const Labels& labels,
                               std::function<double()> read);
// The same for a counter that something else counts.
[[nodiscard]] Watch WatchCounter(const std::string& name, const std::string& help, const Labels& labels,
                                 std::function<double()> read);

// Everything as Prometheus reads it (text format 0.0.4), with what the system says of the process
// (process_…).
std::string Expose();

}  // namespace zg::measure
