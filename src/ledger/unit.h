#pragma once
// Units and the regions they belong to.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/id.h"

namespace zg {

struct Region {
  std::string code;  // 650100
  std::string name;
  std::string level;   // region, prefecture, county, xpcc-city, group
  std::string parent;  // code; empty at the top
  std::vector<std::string> short_names;
};

struct Unit {
  UnitId id;
  std::string name;    // canonical
  std::string kind;    // party, government, department, enterprise, corps, group, other
  std::string region;  // code; empty: unknown, or a group
  std::string level;   // level of that region; empty where unknown
  bool known = false;  // in the directory from the start, or made of known parts
  std::vector<std::string> aliases;
};

// What the name itself says of a unit's kind: 党委 → party, 公司 → enterprise, 各地（州、市）党委 → group.
std::string KindOfUnit(std::string_view name);

// What a group stands for: 各地（州、市）党委 → every 党委 of a prefecture; 各县（市、区）政府 → every 政府
// of a county. nullopt for a name that is no such group, or says no organ (各地).
struct GroupMeaning {
  std::string organ;                // as unit names end: 党委
  std::vector<std::string> levels;  // of regions: prefecture, county
};
std::optional<GroupMeaning> MeaningOfGroup(std::string_view name);

// Finds the region in a unit's name. Immutable after building; any thread may ask.
class RegionIndex {
 public:
  RegionIndex() = default;
  explicit RegionIndex(std::vector<Region> regions);
  // The code of the deepest region that the name begins with (昌吉州党委, 巴州和静县政府); "" where there is
  // none. Of two regions of one name the higher is meant, unless the one named before it holds the lower.
  std::string CodeOf(std::string_view unit) const;
  // What two spellings of one unit share: the region's code and the rest of the name. 巴州党委 and
  // 巴音郭楞蒙古自治州党委 give the same.
  std::string IdentOf(std::string_view unit) const;
  const Region* Find(std::string_view code) const;
  // The region and everything above it, itself first.
  std::vector<std::string> Chain(std::string_view code) const;
  // Which regions a unit counts for when a list is filtered by region: its own and those above it. A group
  // such as 各地（州、市）党委 stands for every prefecture, and so for the region above them, but not for
  // single counties.
  std::vector<std::string> CountsFor(const Unit& unit) const;
  const std::vector<Region>& all() const { return regions_; }

 private:
  size_t Prefix(std::u32string_view text, std::string* code) const;
  size_t Longest(std::u32string_view text, std::string_view within, std::string* code) const;

  std::vector<Region> regions_;
  std::unordered_map<std::string, size_t> by_code_;
  std::unordered_map<std::u32string, std::vector<size_t>> by_name_;
  size_t longest_ = 0;
};

}  // namespace zg
