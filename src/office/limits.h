#pragma once
// How often somebody may do something, counted over all nodes. The buckets stand in the database, outside of
// the ledger and of the turn to write.

#include <string>

#include "base/result.h"

namespace zg {

struct OfficeCore;

// Thread-safe. kUnavailable where the database does not answer.
class Limits {
 public:
  explicit Limits(OfficeCore& core) : core_(core) {}
  bool shared() const;  // false: there is one program, which counts by itself
  // Takes `n` out of the bucket of that name. → what is left in it; below 0: a debt
  Result<double> Spend(const std::string& name, double n, double per_second, double burst);
  Result<bool> Take(const std::string& name, double per_second, double burst);  // one, where there is one
  Status Sweep();

 private:
  OfficeCore& core_;
};

}  // namespace zg
