#pragma once
// Dispatch periods: opened, looked at as a board of units, closed.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "ledger/dispatch_report.h"
#include "office/actor.h"
#include "office/json_text.h"

namespace zg {

struct OfficeCore;

struct PeriodOpening {
  std::string code;             // "2026-11", "2026-Q4"
  std::optional<Date> due;      // last day to answer; none: the last day of the period
  std::vector<RoundId> rounds;  // empty: all
};

// Thread-safe. Shapes: docs/api.md. Who sees what: whoever may dispatch sees all units, anybody else their
// own.
class Periods {
 public:
  explicit Periods(OfficeCore& core) : core_(core) {}
  // {items, next}, newest first. kInvalid (parameter.after).
  Result<nlohmann::json> List(const std::string& after, int limit, const Actor& actor) const;
  // period.not_found.
  Result<nlohmann::json> Get(PeriodId id, const Actor& actor) const;
  // Asks every responsible unit about its open tasks; a quarter also about those that are kept up. kInvalid:
  // period.code, period.due, period.nothing; kConflict: period.exists; kNotFound: round.not_found.
  Result<nlohmann::json> Open(const PeriodOpening& opening, const Actor& actor);
  // No more answers. kConflict: period.closed.
  Result<nlohmann::json> Close(PeriodId id, const Actor& actor);
  // {items: [{unit, counts, cells}], next}: the units, each with its tasks as squares (at most 200). A page
  // may end before `limit` where its units have many tasks.
  Result<JsonText> Board(PeriodId id, bool owing, const std::string& after, int limit,
                         const Actor& actor) const;
  // {items, next}: reports of one unit or of all, in one status or in any.
  Result<JsonText> Reports(PeriodId id, UnitId unit, std::optional<ReportStatus> status,
                           const std::string& after, int limit, const Actor& actor) const;

 private:
  OfficeCore& core_;
};

}  // namespace zg
