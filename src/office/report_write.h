#pragma once
// What everything that writes a report does: looks whether it may be written, keeps it, tells it. Inside of
// office/ only.

#include <nlohmann/json.hpp>

#include "base/result.h"
#include "ledger/dispatch_report.h"
#include "ledger/event.h"
#include "office/actor.h"
#include "store/sql.h"

namespace zg {

struct OfficeCore;

Error NoReport();
// As GET /api/reports/{id}.
nlohmann::json ReportJson(store::Session& session, const DispatchReport& report);
// What its events say of it and `verify` compares again: JSON text.
std::string ReportTold(const DispatchReport& report);
Event ReportEvent(const OfficeCore& core, const Actor& actor, const char* kind, const DispatchReport& report);
// The report, where the person may write to it and nobody has since. Errors as Reporting::Save;
// report.changed tells what it is now.
Result<DispatchReport> WritableReport(store::Session& session, ReportId id, int64_t revision,
                                      const Actor& actor);
// Writes what became of the report and counts it.
void KeepReport(store::Session& session, DispatchReport& report, ReportStatus to);

}  // namespace zg
