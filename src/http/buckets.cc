#include "http/buckets.h"

#include <algorithm>
#include <cmath>

namespace zg::http {
namespace {
constexpr size_t kMost = 20'000;
}

int Buckets::Take(const std::string& name, Clock::time_point now) {
  if (per_second_ <= 0) return 0;
  std::lock_guard lock(mutex_);
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
  if (bucket.left < 1) return std::max(1, int(std::ceil((1 - bucket.left) / per_second_)));
  bucket.left -= 1;
  return 0;
}

}  // namespace zg::http
