#pragma once
// The directory: units that grow with use, regions to filter by, rounds.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"

namespace zg {

struct OfficeCore;

// Thread-safe.
class Units {
 public:
  explicit Units(OfficeCore& core) : core_(core) {}
  // For a picker: those whose name or alias has `q` in it (all where empty), busiest first. {items, next,
  // total}
  Result<nlohmann::json> Find(const std::string& q, int limit) const;
  // [{code, name, level, parent, tasks}]; a task counts where a unit of the region or of one below it stands
  // at it.
  Result<nlohmann::json> Regions() const;

 private:
  OfficeCore& core_;
};

class Rounds {
 public:
  explicit Rounds(OfficeCore& core) : core_(core) {}
  Result<nlohmann::json> List() const;  // [{id, name, level, year, tasks}]

 private:
  OfficeCore& core_;
};

}  // namespace zg
