#pragma once
// The directory: units that grow with use, regions to filter by, rounds.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/id.h"
#include "base/result.h"
#include "office/actor.h"

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
  // Units directly under one (none: those that stand by themselves), by name. {items, next, parent}
  Result<nlohmann::json> Under(UnitId parent, const std::string& after, int limit) const;
  // Puts the unit under another (none: by itself), for good; who sees its tasks changes with it.
  // kNotFound: unit.not_found; kInvalid: unit.circle. Costs a moment for each task below.
  Result<nlohmann::json> Place(UnitId id, UnitId parent, const Actor& actor);
  // kConflict: unit.exists; kInvalid: unit.name.
  Result<nlohmann::json> Make(const std::string& name, UnitId parent, const Actor& actor);

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
