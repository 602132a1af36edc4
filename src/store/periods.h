#pragma once
// Dispatch periods, and how the reports of each unit stand in them.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "ledger/dispatch_report.h"
#include "ledger/period.h"
#include "store/sql.h"

namespace zg::store {

using StatusCounts = std::array<int64_t, kReportStatuses>;  // by ReportStatus

PeriodId InsertPeriod(Session& session, const Period& period, const std::vector<RoundId>& rounds);
void ClosePeriod(Session& session, PeriodId id);
std::optional<Period> LoadPeriod(Session& session, PeriodId id);
std::optional<Period> FindPeriod(Session& session, const std::string& code);
// Newest end first; `before`: end day and id of the last one of the page before, empty at the first.
std::vector<Period> ListPeriods(Session& session, const std::string& before_day, PeriodId before, int limit);

// One empty report for each responsible unit of each open task of the rounds (all where empty). Completed
// tasks are not asked about; those that are kept up (长期坚持) only with `in_full`. Returns how many.
int64_t FillPeriod(Session& session, PeriodId id, const std::vector<RoundId>& rounds, bool in_full);

std::string RoundsOf(Session& session, PeriodId id);  // JSON list of ids, as it is kept
// "reports 3 <digest>\n": SM3 over (id, unit, task) of all reports of the period, for its proof.
std::string AskedLine(Session& session, PeriodId id);

// unit none: of all.
StatusCounts CountsOf(Session& session, PeriodId period, UnitId unit);
void MoveCount(Session& session, PeriodId period, UnitId unit, ReportStatus from, ReportStatus to);

struct UnitStanding {
  UnitId unit;
  std::string name;
  StatusCounts counts{};
};
// Units by id after `after`; `owing`: only those who have something to answer. `only`: that unit alone.
std::vector<UnitStanding> ListStandings(Session& session, PeriodId period, bool owing, UnitId only,
                                        UnitId after, int limit);
int64_t CountOwing(Session& session, PeriodId period);

}  // namespace zg::store
