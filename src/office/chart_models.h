#pragma once
// What charts show, read from the ledger. Inside of office/ only.

#include "office/charts.h"

namespace zg {

namespace store {
class Session;
}

struct DrawnChart {
  Drawing drawing;    // A3
  int64_t drawn = 0;  // tasks or lines
  int64_t left_out = 0;
};
Result<DrawnChart> DrawChart(store::Session& session, const OfficeCore& core, const ChartQuery& query);
MapModel LoadMap(store::Session& session, const OfficeCore& core, std::optional<RoundId> round, Date as_of);

}  // namespace zg
