#include "http/buckets.h"

#include <algorithm>
#include <cmath>

#include "office/limits.h"

namespace zg::http {
namespace {
constexpr size_t kMost = 20'000;
constexpr std::chrono::seconds kSettle{1};
}  // namespace

void Buckets::Share(Limits* limits, std::string kind, Counting counting) {
  if (!limits || !limits->shared()) return;
  limits_ = limits;
  kind_ = std::move(kind);
  counting_ = counting;
}

// Under mutex_.
Buckets::Bucket& Buckets::Filled(const std::string& name, Clock::time_point now) {
  auto filled = [&](const Bucket& b) {
    return std::min(burst_, b.left + per_second_ * std::chrono::duration<double>(now - b.at).count());
  };
  if (buckets_.size() >= kMost) {  // those that are full again say nothing
    std::erase_if(buckets_, [&](const auto& item) { return filled(item.second) >= burst_; });
    if (buckets_.size() >= kMost) buckets_.clear();
  }
  Bucket& bucket = buckets_.try_emplace(name, Bucket{burst_, now}).first->second;
  bucket.left = filled(bucket);
  bucket.at = now;
  return bucket;
}

int Buckets::SecondsUntil(double left) const {
  return std::max(1, int(std::ceil((1 - left) / per_second_)));
}

// Nobody waits for the database but the one whose name it is. Where it does not answer, this node goes on by
// what it knows.
void Buckets::Settle(const std::string& name, Clock::time_point now) {
  double used;
  {
    std::lock_guard lock(mutex_);
    Bucket& bucket = Filled(name, now);
    if (now - bucket.settled < kSettle) return;
    bucket.settled = now;
    used = bucket.used;
    bucket.used = 0;
  }
  auto left = limits_->Spend(kind_ + name, used, per_second_, burst_);
  if (!left.ok()) return;
  std::lock_guard lock(mutex_);
  Bucket& bucket = Filled(name, now);
  bucket.left = *left - bucket.used;  // others of this node may have been here meanwhile
}

int Buckets::Take(const std::string& name, Clock::time_point now) {
  if (per_second_ <= 0) return 0;
  if (limits_ && counting_ == Counting::kEach) {
    auto taken = limits_->Take(kind_ + name, per_second_, burst_);
    if (taken.ok()) return *taken ? 0 : SecondsUntil(0);
  }
  if (limits_ && counting_ == Counting::kSettled) Settle(name, now);
  std::lock_guard lock(mutex_);
  Bucket& bucket = Filled(name, now);
  if (bucket.left < 1) return SecondsUntil(bucket.left);
  bucket.left -= 1;
  bucket.used += 1;
  return 0;
}

}  // namespace zg::http
