#include "office/visits.h"

#include <nlohmann/json.hpp>

#include "office/core.h"
#include "store/events.h"
#include "store/tasks.h"
#include "store/units.h"
#include "store/visits.h"

namespace zg {
namespace {

using nlohmann::json;
constexpr int kShown = 200;

json VisitJson(const Visit& v, const std::string& place, const std::string& unit) {
  json tasks = json::array();
  for (TaskId task : v.tasks) tasks.push_back(task.value);
  return {{"id", v.id.value},
          {"team", v.team},
          {"region", v.region},
          {"unit_id", v.unit ? json(v.unit.value) : json()},
          {"unit", unit},
          {"place", place},
          {"from", v.from.Iso()},
          {"to", v.to.Iso()},
          {"tasks", std::move(tasks)},
          {"note", v.note},
          {"done", v.done},
          {"revision", v.revision},
          {"updated_by", v.updated_by},
          {"updated_at", v.updated_at}};
}

Error NoVisit() {
  return {Code::kNotFound, "没有这项督导安排，可能已被撤下，请刷新。", "", "visit.not_found"};
}

// The form put into the visit, and what it names looked up. → its unit's name.
Result<std::string> Fill(store::Session& s, const OfficeCore& core, const VisitForm& form, Visit& v) {
  v.team = form.team;
  v.region = form.region;
  v.unit = form.unit;
  v.from = form.from;
  v.to = form.to;
  v.tasks = form.tasks;
  v.note = form.note;
  v.done = form.done;
  ZG_TRY(CheckVisit(v));
  if (!v.region.empty() && !core.regions.Find(v.region))
    return Error{Code::kNotFound, "没有这个地区，请重新选择。", "region", "region.not_found"};
  std::string name;
  if (v.unit) {
    auto unit = store::LoadUnit(s, v.unit);
    if (!unit) return Error{Code::kNotFound, "没有这个单位，请重新选择。", "unit_id", "unit.not_found"};
    name = unit->name;
  }
  for (TaskId task : v.tasks)
    if (!store::LoadHead(s, task))
      return Error{Code::kNotFound, "关联的任务已不在台账里，请重新选择。", "tasks", "task.not_found"};
  return name;
}

std::string PlaceOf(const OfficeCore& core, const Visit& v, const std::string& unit) {
  const Region* region = core.regions.Find(v.region);
  return region ? region->name : unit;
}

void Tell(const OfficeCore& core, store::Session& s, const char* kind, const json& before, const Visit& v,
          const Actor& actor) {
  Event event = core.EventOf(actor, kind, "visit:" + std::to_string(v.id.value));
  event.before = before.dump();
  event.after = VisitTold(v).dump();
  store::AppendEvent(s, std::move(event));
}

}  // namespace

Result<json> Visits::List(std::optional<Date> from, std::optional<Date> to, const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) {
    auto lines = store::FindVisits(s, {from, to, "", actor.scope(), kShown + 1});
    bool more = lines.size() > size_t(kShown);
    if (more) lines.pop_back();
    json items = json::array();
    for (const auto& line : lines) items.push_back(VisitJson(line.visit, line.place, line.unit_name));
    return json{{"items", std::move(items)}, {"more", more}};
  });
}

Result<json> Visits::Add(const VisitForm& form, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    Visit v;
    ZG_ASSIGN(std::string unit, Fill(s, core_, form, v));
    v.updated_by = actor.name;
    v.updated_at = core_.Now();
    v.id = store::InsertVisit(s, v);
    Tell(core_, s, "visit.added", json::object(), v, actor);
    return VisitJson(v, PlaceOf(core_, v, unit), unit);
  });
}

Result<json> Visits::Change(VisitId id, const VisitForm& form, int64_t revision, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    auto v = store::LoadVisit(s, id);
    if (!v || v->gone) return NoVisit();
    if (v->revision != revision)
      return Error{Code::kConflict, "这项督导安排刚被别人改过，请看过最新内容后再改。", "revision",
                   "visit.changed"};
    json before = VisitTold(*v);
    ZG_ASSIGN(std::string unit, Fill(s, core_, form, *v));
    v->revision += 1;
    v->updated_by = actor.name;
    v->updated_at = core_.Now();
    store::UpdateVisit(s, *v);
    Tell(core_, s, "visit.changed", before, *v, actor);
    return VisitJson(*v, PlaceOf(core_, *v, unit), unit);
  });
}

Result<json> Visits::Remove(VisitId id, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    auto v = store::LoadVisit(s, id);
    if (!v || v->gone) return NoVisit();
    json before = VisitTold(*v);
    v->gone = true;
    v->revision += 1;
    v->updated_by = actor.name;
    v->updated_at = core_.Now();
    store::UpdateVisit(s, *v);
    Tell(core_, s, "visit.removed", before, *v, actor);
    return json{{"id", id.value}};
  });
}

}  // namespace zg
