#pragma once
// Reports: a unit writes and submits, the office accepts or returns.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "office/actor.h"

namespace zg {

struct OfficeCore;

// Thread-safe.
class Reporting {
 public:
  explicit Reporting(OfficeCore& core) : core_(core) {}
  // The report with its task, what was said last, and what is to be asked about it. kNotFound:
  // report.not_found; kForbidden: report.not_yours.
  Result<nlohmann::json> Get(ReportId id, const Actor& actor) const;
  // A draft is kept. `changes`: a JSON object of those of state, on_schedule, reason, text, figures,
  // evidence, next_step that changed. → as Get. kConflict: report.changed (`revision` is old), report.locked
  // (submitted or accepted), period.closed; kInvalid: report.bad (`where`: the member), report.no_evidence
  // (it is not of the task, or was removed).
  Result<nlohmann::json> Save(ReportId id, int64_t revision, const std::string& changes, const Actor& actor);
  // kInvalid: what is missing (ledger/dispatch_report.h); kConflict as Save.
  Result<nlohmann::json> Submit(ReportId id, int64_t revision, const Actor& actor);
  // All of them or none; one event each. Accepted ones bring their tasks' status to what was said
  // (StandingOf). → {decided}. kConflict: report.not_submitted; kInvalid: report.no_remark (a return needs
  // one), report.too_many.
  Result<nlohmann::json> Accept(PeriodId period, const std::vector<ReportId>& reports,
                                const std::string& remark, const Actor& actor);
  Result<nlohmann::json> Return(PeriodId period, const std::vector<ReportId>& reports,
                                const std::string& remark, const Actor& actor);

 private:
  OfficeCore& core_;
};

}  // namespace zg
