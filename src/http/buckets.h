#pragma once
// Token buckets by name: how often somebody may do something. Thread-safe; bounded in memory.

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace zg::http {

class Buckets {
 public:
  using Clock = std::chrono::steady_clock;
  // `per_second` 0: no limit.
  Buckets(double per_second, double burst) : per_second_(per_second), burst_(burst) {}
  // Takes one; 0 where there was one, else the seconds until there is one again, rounded up.
  int Take(const std::string& name, Clock::time_point now = Clock::now());

 private:
  struct Bucket {
    double left;
    Clock::time_point at;
  };
  double per_second_, burst_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace zg::http
