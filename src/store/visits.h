#pragma once
// The plan of on-site supervision.

#include <optional>
#include <string>
#include <vector>

#include "ledger/scope.h"
#include "ledger/visit.h"
#include "store/sql.h"

namespace zg::store {

struct VisitQuery {
  std::optional<Date> from, to;  // those that touch these days
  std::string region;            // code; empty: any
  Scope scope;                   // where not all: visits to the unit or one under it
  int limit = 200;
};
struct VisitLine {
  Visit visit;
  std::string place;  // the region's name, else the unit's
  std::string unit_name;
};
std::vector<VisitLine> FindVisits(Session& session,
                                  const VisitQuery& query);    // by first day; those on the plan
std::optional<Visit> LoadVisit(Session& session, VisitId id);  // taken off ones too
VisitId InsertVisit(Session& session, const Visit& visit);
void UpdateVisit(Session& session, const Visit& visit);

}  // namespace zg::store
