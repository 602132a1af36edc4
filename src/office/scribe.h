#pragma once
// A thread of ordinary priority that does short things for one of the lowest. Who holds the turn to write
// must not be kept from the processor by everybody who waits for it.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace zg {

// For one caller at a time.
class Scribe {
 public:
  // By a thread of ordinary priority: a thread has the priority of the one that makes it.
  Scribe() : thread_([this] { Run(); }) {}
  ~Scribe() {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    change_.notify_all();
    thread_.join();
  }
  // Returns when it is done; what it throws ends the program.
  void Do(const std::function<void()>& work) {
    std::unique_lock lock(mutex_);
    work_ = &work;
    change_.notify_all();
    change_.wait(lock, [&] { return work_ == nullptr; });
  }

 private:
  void Run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      change_.wait(lock, [&] { return work_ || stopping_; });
      if (!work_) return;
      lock.unlock();
      (*work_)();
      lock.lock();
      work_ = nullptr;
      change_.notify_all();
    }
  }

  std::mutex mutex_;  // guards what follows
  std::condition_variable change_;
  const std::function<void()>* work_ = nullptr;
  bool stopping_ = false;
  std::thread thread_;  // last: uses all of the above
};

}  // namespace zg
