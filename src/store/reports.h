#pragma once
// Reports of units: one for each period, unit and task.

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/dispatch_report.h"
#include "ledger/scope.h"
#include "store/sql.h"

namespace zg::store {

std::optional<DispatchReport> LoadReport(Session& session, ReportId id);
void UpdateReport(Session& session, const DispatchReport& report);
// What the unit last said of the task before that report: submitted or accepted.
std::optional<DispatchReport> LastAnswer(Session& session, const DispatchReport& report);
// All reports of the period on the task, of whatever unit.
std::vector<DispatchReport> ReportsOn(Session& session, PeriodId period, TaskId task);

// As a row keeps them.
std::vector<ReportFigure> FiguresFromJson(const std::string& text);
std::string FiguresToJson(const std::vector<ReportFigure>& figures);
// Of each unit the last that was accepted on the task, in whatever period.
std::vector<DispatchReport> LastAccepted(Session& session, TaskId task);

// For the proof: by id after `after`.
std::vector<DispatchReport> ReportsAfter(Session& session, ReportId after, int limit);

struct ReportLine {
  ReportId id;
  UnitId unit;
  std::string unit_name;
  TaskId task;
  std::string path, problem;
  std::optional<std::string> due;
  ReportStatus status = ReportStatus::kEmpty;
  std::string state;
  std::optional<int64_t> on_schedule;
  bool still = false;
  std::string text, remark;
  int64_t revision = 0;
};
struct ReportQuery {
  PeriodId period;
  UnitId unit;  // none: of all units
  std::optional<ReportStatus> status;
  ReportId after;
  int limit = 50;
  Scope scope;
  bool in_short = false;  // no more than the first 121 characters of problems and texts
};
std::vector<ReportLine> ListReports(Session& session, const ReportQuery& query);  // by id

// A square of the board.
struct ReportCell {
  ReportId id;
  ReportStatus status = ReportStatus::kEmpty;
  TaskId task;
  bool behind = false, still = false;
};
// All cells of units that are known to have few.
std::unordered_map<UnitId, std::vector<ReportCell>> CellsOf(Session& session, PeriodId period,
                                                            const std::vector<UnitId>& units);
std::vector<ReportCell> CellsOf(Session& session, PeriodId period, UnitId unit, int limit);

}  // namespace zg::store
