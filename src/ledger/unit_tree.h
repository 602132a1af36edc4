#pragma once
// How units stand under each other: region over prefecture over county, departments under their government.
// Pure; what people have put by hand stays.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/id.h"
#include "ledger/unit.h"

namespace zg {

struct UnitNode {
  UnitId id;
  std::string name;
  std::string kind;    // as Unit::kind
  std::string region;  // code; may be empty
  UnitId parent;       // none: stands by itself
  bool said = false;   // a person put it there
};

// Where the table of regions knows a unit's region, that tells. Elsewhere the names do: 霁川市委 and
// 霁川市政府 share the stem 霁川市, whose units begin with it, and stand under the one stem that is a 省 or
// 自治区.
class UnitTree {
 public:
  UnitTree(const std::vector<UnitNode>& nodes, const RegionIndex& regions);  // both outlive it

  // Where units stand that nobody put anywhere, as far as that differs from where they are: unit, new parent.
  // The party committee of a region stands under the government of the region above it (or its party
  // committee, where no government is known), the government under its party committee, all others of the
  // region under its government. Units of no known region and groups stand by themselves.
  std::vector<std::pair<UnitId, UnitId>> Proposals() const;
  // Party committees and governments of the prefectures: who is meant by 各地（州、市）党委、政府.
  std::vector<UnitId> PrefectureSeats() const;

 private:
  struct Seat {
    const UnitNode* party = nullptr;
    const UnitNode* government = nullptr;
    const UnitNode* lowest() const { return government ? government : party; }
  };
  std::string KeyOf(const UnitNode& node) const;                   // region code, "~stem", or nothing
  std::vector<std::string> ChainOf(const std::string& key) const;  // itself first
  const UnitNode* Above(const std::string& key, bool itself) const;
  UnitId ParentOf(const UnitNode& node) const;
  bool IsPrefecture(const std::string& key) const;

  const std::vector<UnitNode>& nodes_;
  const RegionIndex& regions_;
  std::map<std::string, Seat> seats_;  // by key
  std::string province_;               // the key of the shortest stem that is a 省 or 自治区
};

// What is left of the name of a party committee or a government when that word is taken off: 霁川市委 →
// 霁川市, 梧坪地委 → 梧坪. "" where nothing is left, or for other names.
std::string StemOfSeat(const std::string& name, const std::string& kind);

}  // namespace zg
