#pragma once
// Charts for the wall (挂图作战) and the leaders' figures, out of the ledger.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "ledger/filter.h"
#include "office/exports.h"
#include "office/kept.h"
#include "report/chart.h"

namespace zg {

struct OfficeCore;

// A chart takes at most so many tasks; what is left out is said on it.
inline constexpr int kGanttTasks = 1000, kWallTasks = 2000, kCloseoutTasks = 500, kChartStops = 400;

struct ChartQuery {
  std::string chart;  // gantt, wall, closeout, regions, departments, map, route
  TaskFilter filter;  // regions, departments, map: the round only; route: the days only
  TaskSort sort;
  std::string group = "round";  // of the wall: round, unit
  ChartPaper paper = ChartPaper::kA3;
};

// Thread-safe; reads only, and what it reads may be a little old (store.h, ReadStale). kInvalid: chart.filter
// (a condition that this chart does not know), chart.page
// (`where`: page); round.not_found; chart.not_drawn.
class Charts {
 public:
  explicit Charts(OfficeCore& core) : core_(core) {}
  // {chart, title, as_of, page, pages, drawn, left_out, svg}: one page (from 1) to be shown.
  Result<nlohmann::json> Show(const ChartQuery& query, int page) const;
  // `format`: pdf (all pages), svg, png (one page).
  Result<ExportedFile> File(const ChartQuery& query, const std::string& format, int page) const;
  // How all tasks stand, by unit, region and period: {as_of, rule, counts, units, tiles, periods}.
  Result<JsonText> Standing(std::optional<RoundId> round, std::optional<Date> as_of,
                            const Scope& scope) const;

 private:
  OfficeCore& core_;
  mutable Kept kept_{64};
};

}  // namespace zg
