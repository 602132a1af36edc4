#include "store/write_queue.h"

#include <chrono>

#include "measure/metrics.h"

namespace zg::store {
namespace {

measure::Gauge& Waiting() {
  static measure::Gauge& gauge =
      measure::GaugeOf("zhenggai_store_writes_waiting", "Changes that wait for their turn to write.");
  return gauge;
}
measure::Histogram& WaitSeconds() {
  static measure::Histogram& seconds = measure::HistogramOf(
      "zhenggai_store_write_wait_seconds", "Time a change waited for its turn in this process.", {},
      measure::QueryBounds(), measure::kNanoseconds);
  return seconds;
}

}  // namespace

void WriteQueue::Enter(bool shares) {
  auto came = std::chrono::steady_clock::now();
  measure::Held waiting(Waiting());
  Wait(shares);
  WaitSeconds().Observe(std::chrono::steady_clock::now() - came);
}

void WriteQueue::Wait(bool shares) {
  std::unique_lock lock(mutex_);
  if (!taken_) {
    taken_ = true;
    return;
  }
  Place place;
  place.shares = shares;
  line_.push_back(&place);
  place.call.wait(lock, [&] { return place.called; });
}

// The turn goes from hand to hand: nobody who comes later gets between.
void WriteQueue::Leave() {
  std::lock_guard lock(mutex_);
  if (line_.empty()) {
    taken_ = false;
    return;
  }
  Place* next = line_.front();
  line_.pop_front();
  next->called = true;
  next->call.notify_one();
}

bool WriteQueue::NextShares() const {
  std::lock_guard lock(mutex_);
  return !line_.empty() && line_.front()->shares;
}

}  // namespace zg::store
