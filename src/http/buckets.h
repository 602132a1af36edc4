#pragma once
// Token buckets by name: how often somebody may do something. Thread-safe; bounded in memory.

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace zg {
class Limits;
}

namespace zg::http {

class Buckets {
 public:
  using Clock = std::chrono::steady_clock;
  // `per_second` 0: no limit.
  Buckets(double per_second, double burst) : per_second_(per_second), burst_(burst) {}

  enum class Counting {
    kEach,     // everybody asks the database each time
    kSettled,  // once a second a name: what was taken is told, what others took is heard
  };
  // Counted over all nodes, in buckets whose names begin with `kind`; null, or a database of one program:
  // here alone. `limits` outlives it. Settled: in the second before the others are heard of each node may
  // give away what there was; that is a debt, so that on average it is never more than `per_second`.
  void Share(Limits* limits, std::string kind, Counting counting);

  // Takes one; 0 where there was one, else the seconds until there is one again, rounded up.
  int Take(const std::string& name, Clock::time_point now = Clock::now());

 private:
  struct Bucket {
    double left;
    Clock::time_point at;
    double used = 0;  // since
    Clock::time_point settled{};
  };
  Bucket& Filled(const std::string& name, Clock::time_point now);
  int SecondsUntil(double left) const;
  void Settle(const std::string& name, Clock::time_point now);

  double per_second_, burst_;
  Limits* limits_ = nullptr;
  std::string kind_;
  Counting counting_ = Counting::kEach;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace zg::http
