#include "office/directory.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "office/core.h"
#include "office/json.h"
#include "store/events.h"
#include "store/facet.h"
#include "store/overview.h"
#include "store/rounds.h"
#include "store/task_index.h"
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

namespace {

Error NoUnit() {
  return {Code::kNotFound, "没有这个单位，请刷新后重新选择。", "", "unit.not_found"};
}

json SpotJson(const store::UnitSpot& spot) {
  return {{"id", spot.unit.id.value}, {"name", spot.unit.name},
          {"kind", spot.unit.kind},   {"level", spot.unit.level.empty() ? json() : json(spot.unit.level)},
          {"known", spot.unit.known}, {"parent_id", spot.parent ? json(spot.parent.value) : json()},
          {"placed", spot.said},      {"children", spot.children},
          {"tasks", spot.tasks},      {"users", spot.users}};
}

}  // namespace

Result<json> Units::Under(UnitId parent, const std::string& after, int limit) const {
  limit = std::clamp(limit, 1, 200);
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    auto upper = parent ? store::LoadUnitSpot(s, parent) : std::nullopt;
    if (parent && !upper) return NoUnit();
    auto spots = store::UnitsDirectlyUnder(s, parent, after, limit + 1);
    json next, items = json::array();
    if (int(spots.size()) > limit) {
      spots.pop_back();
      next = spots.back().unit.name;
    }
    for (const auto& spot : spots) items.push_back(SpotJson(spot));
    return json{{"items", std::move(items)}, {"next", next}, {"parent", upper ? SpotJson(*upper) : json()}};
  });
}

Result<json> Units::Place(UnitId id, UnitId parent, const Actor& actor) {
  return core_.store->WriteAlone([&](store::Session& s) -> Result<json> {
    auto spot = store::LoadUnitSpot(s, id);
    if (!spot || (parent && !store::LoadUnit(s, parent))) return NoUnit();
    if (parent && store::StandsUnder(s, parent, id))
      return Error{Code::kInvalid, "不能把单位放到它自己或它的下级之下，请另选上级。", "parent_id",
                   "unit.circle"};
    store::SetParent(s, id, parent, true);
    store::UnitDirectory units(s, core_.regions, core_.Now());
    store::TaskIndex index(s, core_.store->text_index(), units);
    std::vector<UnitId> below;
    store::EachUnitUnder(s, id, [&](UnitId unit) { below.push_back(unit); });
    index.SeenAnew(below);
    index.Flush();
    Event event = core_.EventOf(actor, "unit.placed", "unit:" + std::to_string(id.value));
    event.before = json{{"name", spot->unit.name}, {"parent", spot->parent.value}}.dump();
    event.after = json{{"name", spot->unit.name}, {"parent", parent.value}}.dump();
    store::AppendEvent(s, event);
    return SpotJson(*store::LoadUnitSpot(s, id));
  });
}

Result<json> Units::Make(const std::string& name, UnitId parent, const Actor& actor) {
  std::u32string text(Trim(ToUtf32(name)));
  if (text.size() < 2 || text.size() > 60)
    return Error{Code::kInvalid, "单位名称应有2到60个字。请改正。", "name", "unit.name"};
  return core_.store->WriteAlone([&](store::Session& s) -> Result<json> {
    if (parent && !store::LoadUnit(s, parent)) return NoUnit();
    store::UnitDirectory units(s, core_.regions, core_.Now());
    UnitId id = units.Resolve(ToUtf8(text), true);
    if (units.made().empty()) {
      auto there = store::LoadUnit(s, id);
      return Error{Code::kConflict, "已经有这个单位了：" + (there ? there->name : "") + "。", "name",
                   "unit.exists"};
    }
    store::TaskIndex index(s, core_.store->text_index(), units);
    index.Flush();
    if (parent) {
      store::SetParent(s, id, parent, true);
      units.Forget();
    }
    Event event = core_.EventOf(actor, "unit.made", "unit:" + std::to_string(id.value));
    event.after = json{{"name", ToUtf8(text)}, {"parent", parent.value}}.dump();
    store::AppendEvent(s, event);
    return SpotJson(*store::LoadUnitSpot(s, id));
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
