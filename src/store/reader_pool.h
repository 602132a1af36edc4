#pragma once
// The read connections of a store that nobody reads on just now.
//
// The end of a read transaction is not sent by itself where the database is far: whoever reads next on the
// connection sends it with their own first question, which saves the database a turn, and under load that is
// at once (docs/performance.md has what it is worth). Where nobody comes, a thread of the pool sends it after
// some milliseconds, so that no table and no old row is held for a connection that rests.

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/sql.h"

namespace zg::store {

// Thread-safe.
class ReaderPool {
 public:
  static constexpr std::chrono::milliseconds kEndWithin{10};  // an end that nobody came to send is sent

  // `readers`: connections at most, resting and taken.
  explicit ReaderPool(int readers) : left_(readers) {}
  ~ReaderPool();
  ReaderPool(const ReaderPool&) = delete;
  ReaderPool& operator=(const ReaderPool&) = delete;

  // One that rests, the last to come first; null: the right to make a new one. Waits where all are taken.
  std::unique_ptr<Session> Take();
  void Return(std::unique_ptr<Session> session);
  void Lost();         // one that was taken does not come back
  void DropResting();  // the database went away: those that rest are no better than the one just taken

 private:
  struct Resting {
    std::unique_ptr<Session> session;
    std::chrono::steady_clock::time_point since;
  };
  void SendEnds();
  std::vector<Resting> TakeUnsent(std::chrono::steady_clock::time_point until);  // under mutex_

  std::mutex mutex_;
  std::condition_variable free_, unsent_;
  std::vector<Resting> resting_;
  int left_;
  bool asleep_ = false, stopping_ = false;
  std::thread sender_;  // runs from the first end that was not sent
};

}  // namespace zg::store
