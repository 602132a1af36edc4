#include "store/units.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "store/facet.h"

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
