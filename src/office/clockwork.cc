#include "office/clockwork.h"

#include "base/errand.h"

namespace zg {
namespace {

// Who did it last may be gone by now.
constexpr std::chrono::seconds kAskAgain{5};

}  // namespace

Clockwork::~Clockwork() {
  Stop();
}

void Clockwork::Add(std::string name, std::chrono::seconds every, std::function<Status()> work) {
  jobs_.push_back({std::move(name), every, std::move(work)});
}

void Clockwork::Start() {
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!stop_) {
      lock.unlock();
      RunDue(clock_.Now());
      lock.lock();
      wake_.wait_for(lock, std::chrono::seconds(1), [this] { return stop_; });
    }
  });
}

void Clockwork::Stop() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Clockwork::stopping() const {
  std::lock_guard lock(mutex_);
  return stop_;
}

Status Clockwork::Run(Job& job) {
  Status status;
  OnErrand errand({}, job.name);
  try {
    status = job.work();
  } catch (const std::exception& e) {
    status = Error{Code::kUnavailable, "定时任务没有做成，到下一次再做。", "", "clockwork.failed", e.what()};
  }
  if (status.ok() || !log_) return status;
  Error error = status.error();
  error.where = "定时任务 " + job.name + (error.where.empty() ? "" : "：" + error.where);
  log_(error);
  return status;
}

void Clockwork::RunDue(Time now) {
  std::lock_guard lock(running_);
  for (Job& job : jobs_) {
    if (stopping()) return;
    // A clock that was set back does not stop a job for as long as it was set back.
    if (job.next > now && job.next - now <= job.every) continue;
    if (turns_ && !turns_->Take(job.name, job.every, now)) {
      job.next = now + std::min(job.every, kAskAgain);
      continue;
    }
    job.next = now + job.every;
    Status status = Run(job);
    if (turns_) turns_->Done(job.name, job.next, status);
  }
}

}  // namespace zg
