#pragma once
// The directory of units, which grows with use, and the regions it hangs on.

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/unit.h"
#include "store/sql.h"

namespace zg::store {

// Brings the table of regions to what the vocabulary says; regions are never removed.
void SaveRegions(Session& session, const std::vector<Region>& regions);
std::vector<Region> LoadRegions(Session& session);

std::optional<Unit> LoadUnit(Session& session, UnitId id);
// Units whose name or alias holds `q`, or that belong to a region so called; those at the most tasks first.
struct UnitHit {
  Unit unit;
  int64_t tasks = 0;
};
std::vector<UnitHit> FindUnits(Session& session, const std::string& q, int limit);
int64_t CountUnits(Session& session);

// Finds or makes units by name, remembering what it has seen. For one transaction; borrows both.
class UnitDirectory {
 public:
  UnitDirectory(Session& session, const RegionIndex& regions, std::string now)
      : session_(session), regions_(regions), now_(std::move(now)) {}
  // Another spelling of a unit that is there becomes its alias. `known`: the reader made it of known parts.
  UnitId Resolve(const std::string& name, bool known);
  const Unit& Get(UnitId id);
  const RegionIndex& regions() const { return regions_; }
  const std::vector<UnitId>& made() const { return made_; }

 private:
  UnitId Find(const std::string& name, const std::string& ident);

  Session& session_;
  const RegionIndex& regions_;
  std::string now_;
  std::unordered_map<std::string, UnitId> by_name_;
  std::unordered_map<UnitId, Unit> units_;
  std::vector<UnitId> made_;
};

}  // namespace zg::store
