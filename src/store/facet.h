#pragma once
// Facets: what lists of tasks are filtered by, as numbers that an index can hold.

#include <cstdint>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/id.h"
#include "ledger/filter.h"
#include "ledger/scope.h"
#include "ledger/task.h"

namespace zg::store {

enum class FacetKind : int64_t {
  kAll,
  kRound,
  kDocument,
  kState,
  kFlag,
  kUnit,
  kRegion,
  kSeen,        // by the unit, itself or from above
  kUnitDoes,    // the unit is responsible; only counted, no rows in task_facets
  kRegionDoes,  // a unit of the region is
  kUnitAccepts  // the unit is to accept; of cases only, and kUnitDoes too has rows there (case_facets)
};

inline int64_t Facet(FacetKind kind, int64_t id = 0) {
  return (int64_t(kind) << 40) | id;
}
inline FacetKind KindOfFacet(int64_t facet) {
  return FacetKind(facet >> 40);
}
inline int64_t IdOfFacet(int64_t facet) {
  return facet & ((int64_t(1) << 40) - 1);
}
// All that is seen.
inline int64_t FacetOf(const Scope& scope) {
  return scope.all ? Facet(FacetKind::kAll) : Facet(FacetKind::kSeen, scope.unit.value);
}
// Region codes are digits; others (a later table of divisions may use letters) hash into the same room.
inline int64_t RegionNumber(const std::string& code) {
  int64_t n = 0;
  bool digits = !code.empty() && code.size() <= 12;
  for (char c : code) digits = digits && c >= '0' && c <= '9';
  if (digits) return std::stoll(code) & ((int64_t(1) << 40) - 1);
  for (char c : code) n = (n * 131 + static_cast<unsigned char>(c)) & ((int64_t(1) << 39) - 1);
  return n | (int64_t(1) << 39);
}

// Bits of task_facets.bits. The roles hold for unit and region facets: in which roles the unit stands at the
// task.
enum FacetBit : int64_t {
  kImmediateBit = 1,
  kLongTermBit = 2,
  kBehindBit = 4,
  kDoubtBit = 8,
  kLeadBit = 16,
  kSupportingBit = 32,
  kResponsibleBit = 64,
  kAcceptanceBit = 128,
};

constexpr int64_t kNoDue = 99999999;
inline int64_t DueNumber(std::optional<Date> due) {
  return due ? due->year() * 10000 + due->month() * 100 + due->day() : kNoDue;
}
inline std::optional<Date> DateOfDue(int64_t n) {
  return n >= kNoDue ? std::nullopt : Date::Make(int(n / 10000), int(n / 100 % 100), int(n % 100));
}

// The order by number: documents in the order in which they first came, tasks as they stand in them.
constexpr int64_t kOrdPerDocument = 1'000'000;
#define ZG_ORDS "1000000"  // the same in SQL
// Passages in the same way, by document. A text has at most 20 million code points (document/reader.h), and a
// passage has some of them.
constexpr int64_t kPassagesPerDocument = int64_t(1) << 25;

}  // namespace zg::store
