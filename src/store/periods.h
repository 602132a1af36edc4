#pragma once
// Dispatch periods, and how the reports of each unit stand in them.

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/dispatch_report.h"
#include "ledger/period.h"
#include "ledger/scope.h"
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
// tasks are not asked about; those that are kept up (长期坚持) only with `in_full`. A group of units is asked
// as its members that the directory knows; beside them itself, unless those are all. Returns how many.
int64_t FillPeriod(Session& session, PeriodId id, const std::vector<RoundId>& rounds, bool in_full);

// For the proof.
struct PeriodFacts {
  Period period;
  std::string rounds;  // JSON
  int64_t reports = 0;
};
std::vector<PeriodFacts> AllPeriods(Session& session);
// Where the counts disagree with a recount: Chinese sentences, at most `most`. RebuildPeriodCounts makes them
// anew.
std::vector<std::string> PeriodCountBreaks(Session& session, size_t most);
void RebuildPeriodCounts(Session& session);

// unit none: of all.
StatusCounts CountsOf(Session& session, PeriodId period, UnitId unit);
void MoveCount(Session& session, PeriodId period, UnitId unit, ReportStatus from, ReportStatus to);

struct UnitStanding {
  UnitId unit;
  std::string name;
  StatusCounts counts{};
};
// Units by id after `after`; `owing`: only those who have something to answer.
std::vector<UnitStanding> ListStandings(Session& session, PeriodId period, bool owing, const Scope& scope,
                                        UnitId after, int limit);
int64_t CountOwing(Session& session, PeriodId period);
// The same for a page of periods: what the scope sees of each, and how many units owe (scope: all).
struct PeriodSums {
  StatusCounts counts{};
  int64_t owing = 0;
};
std::map<PeriodId, PeriodSums> SumsOf(Session& session, const std::vector<Period>& periods,
                                      const Scope& scope);

}  // namespace zg::store
