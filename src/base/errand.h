#pragma once
// What this thread is working for just now: a request, or a job of the server's own. Said once, at the
// outside; lines of the log and slow queries read it, so that no function has to hand it down.

#include <string_view>

namespace zg {

struct Errand {
  std::string_view request;  // the request's id; empty: a job, or nothing
  std::string_view what;     // the route's pattern (/api/tasks/{id}), or the job's name
};

// Of the calling thread; both empty outside of any.
const Errand& CurrentErrand();

// For as long as it stands. Both texts are borrowed and outlive it. One inside another is fine.
class OnErrand {
 public:
  OnErrand(std::string_view request, std::string_view what);
  ~OnErrand();
  OnErrand(const OnErrand&) = delete;
  OnErrand& operator=(const OnErrand&) = delete;

 private:
  Errand before_;
};

}  // namespace zg
