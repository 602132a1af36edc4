#pragma once
// Periods that open by themselves.

#include <nlohmann/json_fwd.hpp>

#include "base/date.h"
#include "base/result.h"
#include "ledger/schedule.h"
#include "office/actor.h"

namespace zg {

struct OfficeCore;

// Thread-safe.
class Schedule {
 public:
  explicit Schedule(OfficeCore& core) : core_(core) {}
  // {rules: [{kind, active, opens, due, workdays, rounds, since, revision, updated_by, updated_at, next,
  // missed}]}: month, then quarter. `next`: {code, name, opens, due}; `missed`: those nobody opened in time.
  Result<nlohmann::json> Get() const;
  // From now on; what was to be opened before today is left alone. `rule.revision`: the one that the person
  // saw. kInvalid: schedule.bad; kConflict: schedule.changed, with what it is now; kNotFound:
  // round.not_found.
  Result<nlohmann::json> Change(PeriodRule rule, const Actor& actor);
  // Opens every period that is due by `today`, is not there yet and can still be answered. Idempotent; any
  // number of threads and restarts open each once. → {opened: [code], missed: [code]}; missed: too late to be
  // answered.
  Result<nlohmann::json> OpenDuePeriods(Date today);

 private:
  OfficeCore& core_;
};

// What `verify` compares again. Inside of office/ only.
nlohmann::json RuleTold(const PeriodRule& rule);

}  // namespace zg
