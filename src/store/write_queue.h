#pragma once
// Turns of those who write: one at a time, first come, first served. Who has the turn can see whether the
// next in line would share a transaction, and then leaves it open for them (store.h).

#include <condition_variable>
#include <deque>
#include <mutex>

namespace zg::store {

// Thread-safe.
class WriteQueue {
 public:
  // `shares`: may be put into one transaction with those before and after.
  void Enter(bool shares);  // returns when it is this one's turn
  void Leave();             // the next one's turn; by who has it
  bool NextShares() const;  // somebody is waiting, and shares; asked by who has the turn

 private:
  void Wait(bool shares);
  struct Place {
    bool shares = true, called = false;
    std::condition_variable call;
  };
  mutable std::mutex mutex_;
  std::deque<Place*> line_;  // of those who wait; the places stand on their stacks
  bool taken_ = false;
};

}  // namespace zg::store
