#pragma once
// Reads that may be a little old, from a replica of the database: which connection, and whether what it sees
// is new enough.
//
// How old it is comes from two places in the log of changes and from this machine's clock alone: about once a
// second the database is asked how far its log goes. A replica that has followed it as far as it went four
// seconds ago is four seconds old at most, also when nothing was written since, and whatever the clocks of
// the other machines say. While the database does not answer, the age is what it was when it last did.

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "store/database.h"

namespace zg::store {

inline constexpr std::chrono::milliseconds kMostLag{10'000};

// Thread-safe.
class Replica {
 public:
  // → how far the log of the database goes; nullopt: it does not answer.
  using Ask = std::function<std::optional<int64_t>()>;

  // `database` outlives it. At most `most` idle connections are kept.
  Replica(Database& database, std::chrono::milliseconds most_lag, int most)
      : database_(database), most_lag_(most_lag), most_(size_t(most < 1 ? 1 : most)) {}

  // In a read transaction whose state is at most `most_lag` old; null: ask the database itself, there is no
  // replica, or it is down, promoted or too far behind. `ask` is called about once a second.
  std::unique_ptr<Session> Begin(const Ask& ask);
  // Ends the transaction; the connection is used again. One on which something failed is simply dropped.
  void Done(std::unique_ptr<Session> session);

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Sample {
    Time at;  // before it was asked for: the log went so far by then, or later
    int64_t position;
  };
  enum class Look { kGood, kOld, kLost };

  bool Rests();
  void Rest(std::chrono::milliseconds time);
  void TakeSample(const Ask& ask);
  std::unique_ptr<Session> Pooled();
  Look LookAt(Session& session);
  bool NewEnough(int64_t position);

  Database& database_;
  const std::chrono::milliseconds most_lag_;
  const size_t most_;

  std::mutex mutex_;                            // guards what follows; never held while a database is asked
  std::vector<std::unique_ptr<Session>> pool_;  // idle
  std::deque<Sample> samples_;                  // oldest first, no older than most_lag_ before the last
  Time next_sample_{}, rests_until_{};
  bool sampling_ = false;
};

}  // namespace zg::store
