#include "store/write_queue.h"

namespace zg::store {

void WriteQueue::Enter(bool shares) {
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
