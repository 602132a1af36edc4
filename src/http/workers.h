#pragma once
// A fixed number of threads and a queue that does not grow without end.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace zg::http {

class Workers {
 public:
  Workers(int threads, size_t max_waiting);
  ~Workers() { Stop(); }

  // False when the queue is full or stopped; the job is then dropped. Jobs must not throw. Any thread.
  bool Post(std::function<void()> job);
  size_t Waiting() const;  // jobs that no thread has taken yet. Any thread.
  // Waits for what is running; what is queued is dropped. May be called twice.
  void Stop();

 private:
  void Work();

  const size_t max_waiting_;
  mutable std::mutex mutex_;  // guards jobs_, stopping_
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace zg::http
