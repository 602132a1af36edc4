#pragma once
// Digests that tie reports and periods to the chain of events (docs/dispatch.md). Inside of office/ only.

#include <optional>
#include <string>
#include <string_view>

#include "ledger/dispatch_report.h"
#include "ledger/period.h"

namespace zg {

// SM3 of what the unit wrote, by whom and when; kept with the row, so that drafts need no event each.
std::string ReportDigest(const DispatchReport& report);
// "report 17 5 <what a draft cannot change> <ReportDigest>\n": id, revision.
std::string ProofLine(const DispatchReport& report);
struct ReportSeal {
  ReportId id;
  int64_t revision = 0;
  std::string fixed, content;
};
std::optional<ReportSeal> ReadReportSeal(std::string_view proof);
// Whether the report is what that event left, or a draft that came out of it since. `locked`: it was
// submitted or accepted, so nothing may have changed.
bool Holds(const ReportSeal& seal, bool locked, const DispatchReport& report);

// "period 3 <digest>\n". `rounds`: as the row keeps them.
std::string ProofLine(const Period& period, const std::string& rounds);

}  // namespace zg
