#pragma once
// The directory of units, which grows with use, and the regions it hangs on.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/unit.h"
#include "ledger/unit_tree.h"
#include "store/sql.h"

namespace zg::store {

// Brings the table of regions to what the vocabulary says; regions are never removed.
void SaveRegions(Session& session, const std::vector<Region>& regions);
std::vector<Region> LoadRegions(Session& session);

std::optional<Unit> LoadUnit(Session& session, UnitId id);
std::unordered_map<UnitId, std::string> UnitNames(Session& session, const std::vector<UnitId>& ids);
// Units whose name or alias holds `q`, or that belong to a region so called; those at the most tasks first.
struct UnitHit {
  Unit unit;
  int64_t tasks = 0;
};
std::vector<UnitHit> FindUnits(Session& session, const std::string& q, int limit);
int64_t CountUnits(Session& session);

// The whole tree; a few thousand units.
std::vector<UnitNode> LoadUnitNodes(Session& session);
UnitId ParentOf(Session& session, UnitId id);
void SetParent(Session& session, UnitId id, UnitId parent, bool said);
// Whether `upper` is the unit itself or stands above it.
bool StandsUnder(Session& session, UnitId id, UnitId upper);
void EachUnitUnder(Session& session, UnitId id, const std::function<void(UnitId)>& take);  // itself too
bool HasUnitsUnder(Session& session, UnitId id);
// SELECT of the unit and all under it, the unit bound once as :name.
std::string UnitsUnder(const std::string& name);
// `IN (…)` of the same, for where few rows of many are of those units: they are looked for one by one, where
// IN of a SELECT may be done by looking at all rows.
std::string InUnitsUnder(const std::string& name);
struct UnitSpot {
  Unit unit;
  UnitId parent;
  bool said = false;
  int64_t children = 0, tasks = 0, users = 0;
};
// Directly under `parent` (none: those that stand by themselves), by name, after the one called `after`.
std::vector<UnitSpot> UnitsDirectlyUnder(Session& session, UnitId parent, const std::string& after,
                                         int limit);
std::optional<UnitSpot> LoadUnitSpot(Session& session, UnitId id);

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
  // The units that see what this one sees: itself and all above it; for a group (各地（州、市）党委) the
  // seats of the prefectures and all above those.
  const std::vector<UnitId>& SeenBy(UnitId id);
  // Puts units that nobody put anywhere where they belong, now that there are more of them. → those whose
  // tasks are seen by others than before. Costs the whole directory; nothing where none was made, but for
  // `all`.
  std::vector<UnitId> Arrange(bool all = false);
  // The units, and the groups that mean one of them.
  std::vector<UnitId> WithGroups(const std::vector<UnitId>& units);
  void Forget();  // the tree changed

 private:
  UnitId Find(const std::string& name, const std::string& ident);
  const std::vector<UnitId>& Prefectures();

  Session& session_;
  const RegionIndex& regions_;
  std::string now_;
  std::unordered_map<std::string, UnitId> by_name_;
  std::unordered_map<UnitId, Unit> units_;
  std::vector<UnitId> made_;
  std::unordered_map<UnitId, std::vector<UnitId>> seen_by_;
  std::optional<std::vector<UnitId>> prefectures_;
  size_t arranged_ = 0;  // of made_
};

}  // namespace zg::store
