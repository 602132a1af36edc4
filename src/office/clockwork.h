#pragma once
// What happens by itself: jobs with a name and an interval, one after the other in one thread. A job that
// fails is logged and comes again at its next time.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace zg {

// Whose turn a job is, where several programs have the same ones.
class Turns {
 public:
  using Time = std::chrono::system_clock::time_point;
  virtual ~Turns() = default;
  // True: it is this program's, until Done. False: somebody else does it or did it within `every`.
  virtual bool Take(const std::string& job, std::chrono::seconds every, Time now) = 0;
  virtual void Done(const std::string& job, Time next, const Status& status) = 0;
};

class Clockwork {
 public:
  using Time = std::chrono::system_clock::time_point;

  // `clock` and `turns` are borrowed; null: all turns are this program's. `log`: failures, from any thread;
  // may be empty.
  Clockwork(const Clock& clock, std::function<void(const Error&)> log, Turns* turns = nullptr)
      : clock_(clock), log_(std::move(log)), turns_(turns) {}
  ~Clockwork();  // Stop

  // Before Start. `work` looks at stopping() now and then where it takes long.
  void Add(std::string name, std::chrono::seconds every, std::function<Status()> work);
  void Start();
  // Waits for the job that is under way.
  void Stop();
  bool stopping() const;
  // Runs, in the order in which they were added, the jobs whose time has come at `now`: all of them at the
  // first call. One caller at a time.
  void RunDue(Time now);

 private:
  struct Job {
    std::string name;
    std::chrono::seconds every;
    std::function<Status()> work;
    Time next{};
  };
  Status Run(Job& job);

  const Clock& clock_;
  std::function<void(const Error&)> log_;
  Turns* const turns_;
  std::vector<Job> jobs_;
  std::mutex running_;  // held by RunDue
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace zg
