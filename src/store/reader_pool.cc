#include "store/reader_pool.h"

#include <algorithm>
#include <iterator>

namespace zg::store {

using Clock = std::chrono::steady_clock;

ReaderPool::~ReaderPool() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  unsent_.notify_all();
  if (sender_.joinable()) sender_.join();
}

std::unique_ptr<Session> ReaderPool::Take() {
  std::unique_lock lock(mutex_);
  free_.wait(lock, [&] { return !resting_.empty() || left_ > 0; });
  if (resting_.empty()) {
    --left_;
    return nullptr;
  }
  auto session = std::move(resting_.back().session);
  resting_.pop_back();
  return session;
}

void ReaderPool::Return(std::unique_ptr<Session> session) {
  std::lock_guard lock(mutex_);
  bool unsent = session->Unsent();
  resting_.push_back({std::move(session), Clock::now()});
  free_.notify_one();
  if (!unsent) return;
  if (!sender_.joinable()) sender_ = std::thread([this] { SendEnds(); });
  if (asleep_) unsent_.notify_one();
}

void ReaderPool::Lost() {
  std::lock_guard lock(mutex_);
  ++left_;
  free_.notify_one();
}

void ReaderPool::DropResting() {
  std::vector<Resting> dead;
  std::lock_guard lock(mutex_);
  dead.swap(resting_);
  left_ += int(dead.size());
  free_.notify_all();
}

std::vector<ReaderPool::Resting> ReaderPool::TakeUnsent(Clock::time_point until) {
  auto old = std::stable_partition(resting_.begin(), resting_.end(),
                                   [&](const Resting& r) { return r.since > until || !r.session->Unsent(); });
  std::vector<Resting> taken(std::make_move_iterator(old), std::make_move_iterator(resting_.end()));
  resting_.erase(old, resting_.end());
  return taken;
}

void ReaderPool::SendEnds() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    bool any =
        std::any_of(resting_.begin(), resting_.end(), [](const Resting& r) { return r.session->Unsent(); });
    asleep_ = !any;
    if (any)
      unsent_.wait_for(lock, kEndWithin, [&] { return stopping_; });
    else
      unsent_.wait(lock);
    asleep_ = false;
    if (!any) continue;
    auto taken = TakeUnsent(Clock::now() - kEndWithin / 2);
    lock.unlock();
    int lost = 0;
    for (auto& resting : taken) {
      try {
        resting.session->Flush();
      } catch (const std::exception&) {
        resting.session.reset();
        ++lost;
      }
    }
    lock.lock();
    left_ += lost;
    for (auto& resting : taken)
      if (resting.session) resting_.insert(resting_.begin(), std::move(resting));
    free_.notify_all();
  }
}

}  // namespace zg::store
