#include "office/directory.h"

#include <nlohmann/json.hpp>

#include "office/core.h"
#include "office/json.h"
#include "store/facet.h"
#include "store/overview.h"
#include "store/rounds.h"
#include "store/units.h"

namespace zg {

using nlohmann::json;

Result<json> Units::Find(const std::string& q, int limit) const {
  return core_.store->Read([&](store::Session& s) {
    json items = json::array();
    for (const auto& hit : store::FindUnits(s, q, std::clamp(limit, 1, 200))) {
      const Region* region = core_.regions.Find(hit.unit.region);
      items.push_back({{"id", hit.unit.id.value},
                       {"name", hit.unit.name},
                       {"kind", hit.unit.kind},
                       {"level", hit.unit.level.empty() ? json() : json(hit.unit.level)},
                       {"region", region ? json{{"code", region->code}, {"name", region->name}} : json()},
                       {"known", hit.unit.known},
                       {"aliases", hit.unit.aliases},
                       {"tasks", hit.tasks}});
    }
    return ListJson(std::move(items), q.empty() ? store::CountUnits(s) : int64_t(items.size()));
  });
}

Result<json> Units::Regions() const {
  return core_.store->Read([&](store::Session& s) {
    auto tasks = store::TasksByRegion(s);
    json regions = json::array();
    for (const auto& region : core_.regions.all()) {
      auto it = tasks.find(region.code);
      regions.push_back({{"code", region.code},
                         {"name", region.name},
                         {"level", region.level},
                         {"parent", region.parent.empty() ? json() : json(region.parent)},
                         {"tasks", it == tasks.end() ? 0 : it->second}});
    }
    return regions;
  });
}

Result<json> Rounds::List() const {
  return core_.store->Read([&](store::Session& s) {
    json rounds = json::array();
    for (const auto& round : store::AllRounds(s)) {
      auto tally = store::CountFacet(s, round.id, store::Facet(store::FacetKind::kAll), core_.Today());
      rounds.push_back({{"id", round.id.value},
                        {"name", round.name},
                        {"level", RoundLevelName(round.level)},
                        {"number", round.number},
                        {"year", round.year ? json(round.year) : json()},
                        {"tasks", tally.total}});
    }
    return rounds;
  });
}

}  // namespace zg
