#pragma once
// The plan of on-site supervision (督导安排): who goes where when.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "ledger/visit.h"
#include "office/actor.h"

namespace zg {

struct OfficeCore;

struct VisitForm {
  std::string team, region;
  UnitId unit;
  Date from, to;
  std::vector<TaskId> tasks;
  std::string note;
  bool done = false;
};

// Thread-safe. Each change is one event. kInvalid: visit.bad (ledger/visit.h); kNotFound: visit.not_found,
// unit.not_found, task.not_found, region.not_found; kConflict: visit.changed. A unit's user sees the visits
// to it and to units under it.
class Visits {
 public:
  explicit Visits(OfficeCore& core) : core_(core) {}
  // {items, more}: those that touch the days, by first day, at most 200.
  Result<nlohmann::json> List(std::optional<Date> from, std::optional<Date> to, const Actor& actor) const;
  Result<nlohmann::json> Add(const VisitForm& form, const Actor& actor);
  Result<nlohmann::json> Change(VisitId id, const VisitForm& form, int64_t revision, const Actor& actor);
  Result<nlohmann::json> Remove(VisitId id, const Actor& actor);  // → {id}

 private:
  OfficeCore& core_;
};

}  // namespace zg
