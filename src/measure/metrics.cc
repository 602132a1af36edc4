#include "measure/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <cassert>
#include <mutex>

#include "measure/process.h"

namespace zg::measure {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// All that is shown under one name.
struct Family {
  std::string help;
  MetricType type = MetricType::Untyped;
  std::map<Labels, std::unique_ptr<Counter>> counters;
  std::map<Labels, std::unique_ptr<Gauge>> gauges;
  std::map<Labels, std::unique_ptr<Histogram>> histograms;
  std::map<uint64_t, std::pair<Labels, std::function<double()>>> watched;
};

struct Registry {
  std::mutex mutex;  // guards all of it; taken when something is asked for the first time, and to show it
  std::map<std::string, Family> families;
  uint64_t last_watch = 0;

  Family& Of(const std::string& name, const std::string& help, MetricType type) {
    Family& family = families[name];
    if (family.help.empty()) {
      family.help = help;
      family.type = type;
    }
    assert(family.type == type);
    return family;
  }
};

// Never destroyed: threads may count until the very end.
Registry& TheRegistry() {
  static auto* registry = new Registry;
  return *registry;
}

ClientMetric Labelled(const Labels& labels) {
  ClientMetric metric;
  for (const auto& [name, value] : labels) metric.label.push_back({name, value});
  return metric;
}

ClientMetric Of(const Labels& labels, const Histogram& histogram) {
  ClientMetric metric = Labelled(labels);
  Histogram::State state = histogram.Read();
  uint64_t so_far = 0;
  for (size_t i = 0; i < state.upper.size(); ++i) {
    so_far += state.within[i];
    metric.histogram.bucket.push_back({so_far, state.upper[i]});
  }
  metric.histogram.sample_count = state.count;
  metric.histogram.sample_sum = state.sum;
  return metric;
}

ClientMetric Of(const Labels& labels, MetricType type, double value) {
  ClientMetric metric = Labelled(labels);
  if (type == MetricType::Counter)
    metric.counter.value = value;
  else
    metric.gauge.value = value;
  return metric;
}

MetricFamily Shown(const std::string& name, const Family& family) {
  MetricFamily out{name, family.help, family.type, {}};
  for (const auto& [labels, counter] : family.counters)
    out.metric.push_back(Of(labels, family.type, double(counter->Sum())));
  for (const auto& [labels, gauge] : family.gauges)
    out.metric.push_back(Of(labels, family.type, double(gauge->Value())));
  for (const auto& [labels, histogram] : family.histograms) out.metric.push_back(Of(labels, *histogram));
  for (const auto& [id, watched] : family.watched)
    out.metric.push_back(Of(watched.first, family.type, watched.second()));
  return out;
}

Watch WatchAs(MetricType type, const std::string& name, const std::string& help, const Labels& labels,
              std::function<double()> read) {
  Registry& registry = TheRegistry();
  std::lock_guard lock(registry.mutex);
  uint64_t id = ++registry.last_watch;
  registry.Of(name, help, type).watched[id] = {labels, std::move(read)};
  auto end = [name, id](void*) {
    std::lock_guard ending(TheRegistry().mutex);
    TheRegistry().families[name].watched.erase(id);
  };
  return Watch(&registry, end);
}

}  // namespace

size_t Stripe() {
  static std::atomic<size_t> next{0};
  thread_local const size_t mine = next.fetch_add(1, std::memory_order_relaxed) % kStripes;
  return mine;
}

uint64_t Counter::Sum() const {
  uint64_t sum = 0;
  for (const Part& part : parts_) sum += part.n.load(std::memory_order_relaxed);
  return sum;
}

Histogram::Histogram(std::vector<double> upper, double unit)
    : shown_(std::move(upper)), unit_(unit), bounds_(std::min(shown_.size(), kMostBounds)) {
  assert(shown_.size() <= kMostBounds);
  for (size_t i = 0; i < bounds_; ++i) upper_[i] = int64_t(shown_[i] * unit_);
}

Histogram::State Histogram::Read() const {
  State state;
  state.upper = shown_;
  state.within.resize(bounds_ + 1);
  int64_t sum = 0;
  for (const Part& part : parts_) {
    for (size_t i = 0; i <= bounds_; ++i) state.within[i] += part.n[i].load(std::memory_order_relaxed);
    sum += part.sum.load(std::memory_order_relaxed);
  }
  for (uint64_t n : state.within) state.count += n;
  state.sum = double(sum) / unit_;
  return state;
}

const std::vector<double>& RequestBounds() {
  static const std::vector<double> bounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                             0.25,  0.5,    1,     2.5,  5,     10,   30};
  return bounds;
}
const std::vector<double>& QueryBounds() {
  static const std::vector<double> bounds = {0.0001, 0.001, 0.01, 0.05, 0.2, 1, 5};
  return bounds;
}

Counter& CounterOf(const std::string& name, const std::string& help, const Labels& labels) {
  std::lock_guard lock(TheRegistry().mutex);
  auto& place = TheRegistry().Of(name, help, MetricType::Counter).counters[labels];
  if (!place) place = std::make_unique<Counter>();
  return *place;
}

Gauge& GaugeOf(const std::string& name, const std::string& help, const Labels& labels) {
  std::lock_guard lock(TheRegistry().mutex);
  auto& place = TheRegistry().Of(name, help, MetricType::Gauge).gauges[labels];
  if (!place) place = std::make_unique<Gauge>();
  return *place;
}

Histogram& HistogramOf(const std::string& name, const std::string& help, const Labels& labels,
                       const std::vector<double>& upper, double unit) {
  std::lock_guard lock(TheRegistry().mutex);
  auto& place = TheRegistry().Of(name, help, MetricType::Histogram).histograms[labels];
  if (!place) place = std::make_unique<Histogram>(upper, unit);
  return *place;
}

Watch WatchValue(const std::string& name, const std::string& help, const Labels& labels,
                 std::function<double()> read) {
  return WatchAs(MetricType::Gauge, name, help, labels, std::move(read));
}
Watch WatchCounter(const std::string& name, const std::string& help, const Labels& labels,
                   std::function<double()> read) {
  return WatchAs(MetricType::Counter, name, help, labels, std::move(read));
}

std::string Expose() {
  std::vector<MetricFamily> all;
  {
    std::lock_guard lock(TheRegistry().mutex);
    for (const auto& [name, family] : TheRegistry().families) {
      all.push_back(Shown(name, family));
      if (all.back().metric.empty()) all.pop_back();
    }
  }
  for (const ProcessValue& value : AboutThisProcess()) {
    MetricType type = value.counter ? MetricType::Counter : MetricType::Gauge;
    all.push_back({value.name, value.help, type, {Of({}, type, value.value)}});
  }
  return prometheus::TextSerializer().Serialize(all);
}

}  // namespace zg::measure
