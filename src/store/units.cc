#include "store/units.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "store/facet.h"
#include "store/known_names.h"

namespace zg::store {
namespace {

const Query kUpsertRegion{"region_upsert",
                          "INSERT INTO regions (code, name, level, parent, short_names) VALUES (:code, "
                          ":name, :level, :parent, :short) "
                          "ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level, "
                          "parent = excluded.parent, "
                          "short_names = excluded.short_names"};
const Query kRegions{"regions_all",
                     "SELECT code, name, level, parent, short_names FROM regions ORDER BY code"};

#define ZG_UNIT_COLUMNS "u.id, u.name, u.kind, u.region, coalesce(r.level, ''), u.known"
#define ZG_UNIT_TABLES "units u LEFT JOIN regions r ON r.code = u.region"

const Query kLoad{"unit_load", "SELECT " ZG_UNIT_COLUMNS " FROM " ZG_UNIT_TABLES " WHERE u.id = :id"};
const Query kNames{"unit_names", "SELECT id, name FROM units WHERE id IN (:ids...)"};
const Query kAliases{"unit_aliases", "SELECT alias FROM unit_aliases WHERE unit_id = :id ORDER BY alias"};
const Query kByName{"unit_by_name", "SELECT id FROM units WHERE name = :name"};
const Query kByAlias{"unit_by_alias", "SELECT unit_id FROM unit_aliases WHERE alias = :alias"};
const Query kByIdent{"unit_by_ident", "SELECT id FROM units WHERE ident = :ident"};
const Query kInsert{
    "unit_insert",
    "INSERT INTO units (name, ident, kind, region, known, created_at) VALUES (:name, :ident, :kind, "
    ":region, :known, :at) RETURNING id"};
const Query kInsertAlias{
    "unit_alias_insert",
    "INSERT INTO unit_aliases (alias, unit_id) VALUES (:alias, :id) ON CONFLICT DO NOTHING"};
const Query kCount{"units_count", "SELECT count(*) FROM units"};
// Facet kind 5 is the unit (store/facet.h).
const Query kBusiest{"units_busiest",
                     "SELECT " ZG_UNIT_COLUMNS
                     ", t.n FROM facet_totals t JOIN units u ON u.id = t.facet - :base "
                     "LEFT JOIN regions r ON r.code = u.region WHERE t.round_id = 0 AND t.kind = 5 "
                     "ORDER BY t.n DESC, t.facet DESC LIMIT :n"};
const Query kLike{
    "units_like",
    "SELECT " ZG_UNIT_COLUMNS ", coalesce(t.n, 0) FROM " ZG_UNIT_TABLES
    " LEFT JOIN facet_totals t ON t.round_id = 0 AND t.facet = :base + u.id "
    "WHERE u.name LIKE :a ESCAPE '!' OR r.name LIKE :b ESCAPE '!' OR r.short_names LIKE :c ESCAPE '!' "
    "OR u.id IN (SELECT unit_id FROM unit_aliases WHERE alias LIKE :d ESCAPE '!') "
    "ORDER BY coalesce(t.n, 0) DESC, u.id LIMIT :n"};

const Query kNodes{
    "unit_nodes",
    "SELECT id, name, kind, region, coalesce(parent_id, 0), parent_said FROM units ORDER BY id"};
const Query kParent{"unit_parent", "SELECT coalesce(parent_id, 0) FROM units WHERE id = :id"};
const Query kSetParent{"unit_set_parent",
                       "UPDATE units SET parent_id = :parent, parent_said = :said WHERE id = :id"};
const Query kAllUnder{"units_all_under", UnitsUnder("unit")};
const Query kAnyUnder{"units_any_under", "SELECT 1 FROM units WHERE parent_id = :unit LIMIT 1"};
const Query kGroups{"units_groups", "SELECT id FROM units WHERE kind = 'group'"};

#define ZG_SPOT_COLUMNS                                                                                  \
  ZG_UNIT_COLUMNS                                                                                        \
  ", coalesce(u.parent_id, 0), u.parent_said, (SELECT count(*) FROM units c WHERE c.parent_id = u.id), " \
  "coalesce((SELECT t.n FROM facet_totals t WHERE t.round_id = 0 AND t.facet = :base + u.id), 0), "      \
  "(SELECT count(*) FROM users p WHERE p.unit_id = u.id AND p.state = 'active')"

const Query kSpot{"unit_spot", "SELECT " ZG_SPOT_COLUMNS " FROM " ZG_UNIT_TABLES " WHERE u.id = :id"};
const Query kUnder{"units_under",
                   "SELECT " ZG_SPOT_COLUMNS " FROM " ZG_UNIT_TABLES
                   " WHERE u.parent_id = :parent AND u.name > :after ORDER BY u.name LIMIT :n"};
const Query kTop{"units_top", "SELECT " ZG_SPOT_COLUMNS " FROM " ZG_UNIT_TABLES
                              " WHERE u.parent_id IS NULL AND u.name > :after ORDER BY u.name LIMIT :n"};

Unit UnitFrom(int64_t id, const std::string& name, const std::string& kind, const std::string& region,
              const std::string& level, bool known) {
  return {{id}, name, kind, region, level, known, {}};
}

std::vector<std::string> AliasesOf(Session& session, UnitId id) {
  std::vector<std::string> aliases;
  session.Each<std::string>(
      kAliases, [&](std::string& alias) { aliases.push_back(alias); }, id);
  return aliases;
}

std::string LikePattern(const std::string& q) {
  std::string pattern = "%";
  for (char c : q) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + "%";
}

}  // namespace

void SaveRegions(Session& session, const std::vector<Region>& regions) {
  for (const auto& r : regions) {
    session.Run(kUpsertRegion, r.code, r.name, r.level, r.parent, nlohmann::json(r.short_names).dump());
  }
}

std::vector<Region> LoadRegions(Session& session) {
  std::vector<Region> regions;
  session.Each<std::string, std::string, std::string, std::string,
               std::string>(kRegions, [&](std::string& code, std::string& name, std::string& level,
                                          std::string& parent, std::string& s) {
    regions.push_back({code, name, level, parent, nlohmann::json::parse(s).get<std::vector<std::string>>()});
  });
  return regions;
}

std::unordered_map<UnitId, std::string> UnitNames(Session& session, const std::vector<UnitId>& ids) {
  std::unordered_map<UnitId, std::string> names;
  auto asked = Numbers(ids);
  KnownNames* known = session.names();
  if (known) asked = known->Units(asked, names);
  if (asked.empty()) return names;
  session.Each<int64_t, std::string>(
      kNames,
      [&](int64_t id, std::string& name) {
        if (known) known->Add(UnitId{id}, name);
        names.emplace(UnitId{id}, std::move(name));
      },
      asked);
  return names;
}

std::optional<Unit> LoadUnit(Session& session, UnitId id) {
  auto row = session.Row<int64_t, std::string, std::string, std::string, std::string, bool>(kLoad, id);
  if (!row) return std::nullopt;
  Unit unit = std::apply(UnitFrom, *row);
  unit.aliases = AliasesOf(session, id);
  return unit;
}

std::vector<UnitHit> FindUnits(Session& session, const std::string& q, int limit) {
  std::vector<UnitHit> hits;
  auto take = [&](int64_t id, std::string& name, std::string& kind, std::string& region, std::string& level,
                  bool known, int64_t tasks) {
    hits.push_back({UnitFrom(id, name, kind, region, level, known), tasks});
  };
  int64_t base = Facet(FacetKind::kUnit);
  if (q.empty()) {
    session.Each<int64_t, std::string, std::string, std::string, std::string, bool, int64_t>(kBusiest, take,
                                                                                             base, limit);
  } else {
    std::string like = LikePattern(q);
    session.Each<int64_t, std::string, std::string, std::string, std::string, bool, int64_t>(
        kLike, take, base, like, like, like, like, limit);
  }
  for (auto& hit : hits) hit.unit.aliases = AliasesOf(session, hit.unit.id);
  return hits;
}

int64_t CountUnits(Session& session) {
  return session.Value<int64_t>(kCount).value_or(0);
}

std::vector<UnitNode> LoadUnitNodes(Session& session) {
  std::vector<UnitNode> nodes;
  session.Each<int64_t, std::string, std::string, std::string, int64_t, bool>(
      kNodes,
      [&](int64_t id, std::string& name, std::string& kind, std::string& region, int64_t parent, bool said) {
        nodes.push_back({{id}, name, kind, region, {parent}, said});
      });
  return nodes;
}

UnitId ParentOf(Session& session, UnitId id) {
  return {session.Value<int64_t>(kParent, id).value_or(0)};
}

void SetParent(Session& session, UnitId id, UnitId parent, bool said) {
  session.Run(kSetParent, parent ? std::optional(parent.value) : std::nullopt, said, id);
}

bool StandsUnder(Session& session, UnitId id, UnitId upper) {
  int steps = 0;
  for (UnitId at = id; at && steps < 64; at = ParentOf(session, at), ++steps) {
    if (at == upper) return true;
  }
  return false;
}

void EachUnitUnder(Session& session, UnitId id, const std::function<void(UnitId)>& take) {
  session.Each<int64_t>(
      kAllUnder, [&](int64_t unit) { take({unit}); }, id);
}

bool HasUnitsUnder(Session& session, UnitId id) {
  return session.Value<int64_t>(kAnyUnder, id).has_value();
}

std::string UnitsUnder(const std::string& name) {
  return "WITH RECURSIVE below(id) AS (SELECT CAST(:" + name +
         " AS BIGINT) UNION SELECT c.id FROM units c JOIN below b ON c.parent_id = b.id) SELECT id FROM "
         "below";
}

std::string InUnitsUnder(const std::string& name) {
  return "IN (LIST " + UnitsUnder(name) + " LISTED)";
}

namespace {
template <class... A>
std::vector<UnitSpot> Spots(Session& session, const Query& query, const A&... args) {
  std::vector<UnitSpot> spots;
  session.Each<int64_t, std::string, std::string, std::string, std::string, bool, int64_t, bool, int64_t,
               int64_t, int64_t>(
      query,
      [&](int64_t id, std::string& name, std::string& kind, std::string& region, std::string& level,
          bool known, int64_t parent, bool said, int64_t children, int64_t tasks, int64_t users) {
        spots.push_back(
            {UnitFrom(id, name, kind, region, level, known), {parent}, said, children, tasks, users});
      },
      Facet(FacetKind::kUnit), args...);
  return spots;
}
}  // namespace

std::vector<UnitSpot> UnitsDirectlyUnder(Session& session, UnitId parent, const std::string& after,
                                         int limit) {
  return parent ? Spots(session, kUnder, parent, after, limit) : Spots(session, kTop, after, limit);
}

std::optional<UnitSpot> LoadUnitSpot(Session& session, UnitId id) {
  auto spots = Spots(session, kSpot, id);
  if (spots.empty()) return std::nullopt;
  spots[0].unit.aliases = AliasesOf(session, id);
  return std::move(spots[0]);
}

const std::vector<UnitId>& UnitDirectory::SeenBy(UnitId id) {
  auto it = seen_by_.find(id);
  if (it != seen_by_.end()) return it->second;
  std::set<UnitId> seen;
  auto climb = [&](UnitId from) {
    for (UnitId at = from; at && seen.insert(at).second; at = ParentOf(session_, at)) {
    }
  };
  climb(id);
  if (Get(id).kind == "group") {
    for (UnitId seat : Prefectures()) climb(seat);
  }
  return seen_by_.emplace(id, std::vector<UnitId>(seen.begin(), seen.end())).first->second;
}

std::vector<UnitId> UnitDirectory::Arrange(bool all) {
  if (!all && arranged_ == made_.size()) return {};
  std::vector<UnitId> fresh(made_.begin() + long(arranged_), made_.end());
  arranged_ = made_.size();
  auto nodes = LoadUnitNodes(session_);
  UnitTree tree(nodes, regions_);
  std::set<UnitId> moved;
  for (auto [unit, parent] : tree.Proposals()) {
    SetParent(session_, unit, parent, false);
    moved.insert(unit);
  }
  moved.insert(fresh.begin(), fresh.end());  // a new seat of a prefecture is meant by groups
  Forget();
  // Who sees them changes for all that stand below, too.
  std::unordered_map<UnitId, std::vector<UnitId>> below;
  for (const auto& node : LoadUnitNodes(session_)) below[node.parent].push_back(node.id);
  std::vector<UnitId> affected(moved.begin(), moved.end());
  for (size_t i = 0; i < affected.size(); ++i) {
    for (UnitId child : below[affected[i]])
      if (moved.insert(child).second) affected.push_back(child);
  }
  return affected;
}

std::vector<UnitId> UnitDirectory::WithGroups(const std::vector<UnitId>& units) {
  std::vector<UnitId> all = units;
  const auto& seats = Prefectures();
  bool meant = std::any_of(units.begin(), units.end(), [&](UnitId unit) {
    return std::find(seats.begin(), seats.end(), unit) != seats.end();
  });
  if (meant) session_.Each<int64_t>(kGroups, [&](int64_t id) { all.push_back({id}); });
  return all;
}

const std::vector<UnitId>& UnitDirectory::Prefectures() {
  if (!prefectures_) {
    auto nodes = LoadUnitNodes(session_);
    prefectures_ = UnitTree(nodes, regions_).PrefectureSeats();
  }
  return *prefectures_;
}

void UnitDirectory::Forget() {
  seen_by_.clear();
  prefectures_.reset();
}

UnitId UnitDirectory::Find(const std::string& name, const std::string& ident) {
  if (auto id = session_.Value<int64_t>(kByName, name)) return {*id};
  if (auto id = session_.Value<int64_t>(kByAlias, name)) return {*id};
  auto id = session_.Value<int64_t>(kByIdent, ident);
  if (!id) return {};
  session_.Run(kInsertAlias, name, *id);
  return {*id};
}

UnitId UnitDirectory::Resolve(const std::string& name, bool known) {
  if (auto it = by_name_.find(name); it != by_name_.end()) return it->second;
  std::string ident = regions_.IdentOf(name);
  UnitId id = Find(name, ident);
  if (!id) {
    std::string code = regions_.CodeOf(name);
    id = {session_.Insert(kInsert, name, ident, KindOfUnit(name), code, known, now_)};
    made_.push_back(id);
  }
  by_name_.emplace(name, id);
  return id;
}

const Unit& UnitDirectory::Get(UnitId id) {
  auto it = units_.find(id);
  if (it == units_.end()) it = units_.emplace(id, LoadUnit(session_, id).value_or(Unit())).first;
  return it->second;
}

}  // namespace zg::store
