#pragma once
// Turns that stand in the database (store/jobs.h): a job of the clockwork is done by one node at a time, and
// by another one when that is gone.

#include "office/clockwork.h"

namespace zg {

struct OfficeCore;

class SharedTurns : public Turns {
 public:
  explicit SharedTurns(OfficeCore& core) : core_(core) {}
  bool Take(const std::string& job, std::chrono::seconds every, Time now) override;
  void Done(const std::string& job, Time next, const Status& status) override;

 private:
  OfficeCore& core_;
};

}  // namespace zg
