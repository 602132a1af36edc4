#include "office/breakdown_json.h"

#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "office/json.h"
#include "store/links.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;

json DayJson(std::optional<Date> day) {
  return day ? json(day->Iso()) : json();
}

json StepJson(const BreakdownStep& s) {
  return {
      {"id", s.id.value},      {"measure", s.measure},
      {"text", s.text},        {"unit", s.unit ? json{{"id", s.unit.value}, {"name", s.unit_name}} : json()},
      {"due", DayJson(s.due)}, {"deliverable", s.deliverable},
      {"weight", s.weight},    {"done", DayJson(s.done)},
      {"done_by", s.done_by}};
}

Error Bad(size_t i, const std::string& hint) {
  return {Code::kInvalid, fmt::format("第{}步：{}", i + 1, hint), fmt::format("steps[{}]", i),
          "breakdown.bad"};
}

// One step as it was sent, member by member; nothing that no one asked for.
class StepReader {
 public:
  StepReader(store::Session& s, store::UnitDirectory& units, const Breakdown& now)
      : s_(s), units_(units), now_(now) {}

  Result<BreakdownStep> Read(const json& value, size_t i) {
    at_ = i;
    if (!value.is_object()) return Bad(i, "格式不对，请刷新后重试。");
    BreakdownStep step;
    ZG_TRY(Known(value));
    if (value.contains("id") && !value["id"].is_null()) ZG_TRY(Keep(value["id"], step));
    ZG_TRY(Text(value, "text", step.text));
    ZG_TRY(Text(value, "deliverable", step.deliverable));
    ZG_TRY(Whole(value, "measure", step.measure));
    ZG_TRY(Whole(value, "weight", step.weight));
    ZG_TRY(Due(value, step));
    ZG_TRY(Unit(value, step));
    return step;
  }

 private:
  Status Known(const json& value) {
    static const std::set<std::string> names = {"id",        "measure", "text",        "unit",
                                                "unit_name", "due",     "deliverable", "weight"};
    for (const auto& [name, unused] : value.items())
      if (!names.count(name)) return Bad(at_, "没有“" + name + "”这一项。");
    return {};
  }
  Status Keep(const json& id, BreakdownStep& step) {
    for (const auto& old : now_.steps) {
      if (!id.is_number_integer() || old.id.value != id.get<int64_t>()) continue;
      if (!used_.insert(old.id.value).second) break;
      step.id = old.id;
      step.done = old.done;
      step.done_by = old.done_by;
      return {};
    }
    return Bad(at_, "没有这一步，请刷新后重试。");
  }
  Status Text(const json& value, const char* name, std::string& to) {
    if (!value.contains(name)) return {};
    if (!value[name].is_string()) return Bad(at_, std::string("“") + name + "”须是文字。");
    to = ToUtf8(Trim(ToUtf32(value[name].get_ref<const std::string&>())));
    return {};
  }
  Status Whole(const json& value, const char* name, int& to) {
    if (!value.contains(name)) return {};
    bool good = value[name].is_number_integer() && value[name] >= -1 && value[name] <= 100'000;
    if (!good) return Bad(at_, std::string("“") + name + "”须是整数。");
    to = value[name].get<int>();
    return {};
  }
  Status Due(const json& value, BreakdownStep& step) {
    if (!value.contains("due") || value["due"].is_null()) return {};
    if (value["due"].is_string()) step.due = Date::ParseIso(value["due"].get<std::string>());
    return step.due ? Status() : Bad(at_, "完成时限须是日期，如 2024-06-30。");
  }
  Status Unit(const json& value, BreakdownStep& step) {
    if (value.contains("unit") && !value["unit"].is_null()) {
      if (value["unit"].is_number_integer()) step.unit = {value["unit"].get<int64_t>()};
      if (!step.unit || !store::LoadUnit(s_, step.unit))
        return Error{Code::kNotFound, fmt::format("第{}步的责任单位不在名录里，请重新选择。", at_ + 1),
                     fmt::format("steps[{}]", at_), "unit.not_found"};
    } else if (std::string name; value.contains("unit_name")) {
      ZG_TRY(Text(value, "unit_name", name));
      if (ToUtf32(name).size() > 100) return Bad(at_, "单位名称不超过一百字。");
      if (!name.empty()) step.unit = units_.Resolve(name, false);
    }
    if (step.unit) step.unit_name = units_.Get(step.unit).name;
    return {};
  }

  store::Session& s_;
  store::UnitDirectory& units_;
  const Breakdown& now_;
  size_t at_ = 0;
  std::set<int64_t> used_;
};

}  // namespace

json BreakdownTold(const Breakdown& b) {
  json steps = json::array();
  for (const auto& s : b.steps) {
    json step = StepJson(s);
    step["unit"] = s.unit.value;
    steps.push_back(std::move(step));
  }
  return {{"revision", b.revision}, {"steps", std::move(steps)}};
}

std::vector<LowerTask> LowerTasksOf(store::Session& s, TaskId task) {
  std::vector<LowerTask> lower;
  for (const auto& link : store::LinksOf(s, task)) {
    if (link.kind != LinkKind::kCascadesFrom || link.to != task || link.state != LinkState::kConfirmed)
      continue;
    auto head = store::LoadHead(s, link.from);
    if (!head || head->gone) continue;
    LowerTask one{head->id, head->path, "", head->due ? Date::ParseIso(*head->due) : std::nullopt};
    for (const auto& unit : store::UnitsOf(s, head->id)) {
      auto loaded = unit.side == 0 && unit.measure < 0 ? store::LoadUnit(s, unit.unit) : std::nullopt;
      if (loaded) one.unit += (one.unit.empty() ? "" : "、") + loaded->name;
    }
    lower.push_back(std::move(one));
  }
  return lower;
}

std::vector<BreakdownGap> GapsOf(store::Session& s, const Task& task, const Breakdown& b, Date today) {
  BreakdownFacts facts{&task.entry, {}, LowerTasksOf(s, task.id), today};
  for (const auto& unit : store::UnitsOf(s, task.id)) {
    auto loaded = unit.side == 0 && unit.measure < 0 ? store::LoadUnit(s, unit.unit) : std::nullopt;
    if (loaded) facts.units.push_back({loaded->name});
  }
  return FindGaps(b, facts);
}

json BreakdownJson(store::Session& s, const Task& task, const Breakdown& b, Date today) {
  json steps = json::array(), gaps = json::array(), lower = json::array();
  for (const auto& step : b.steps) steps.push_back(StepJson(step));
  for (const auto& g : GapsOf(s, task, b, today)) {
    gaps.push_back({{"kind", g.kind}, {"step", g.step}, {"measure", g.measure}, {"message", g.message}});
  }
  for (const auto& l : LowerTasksOf(s, task.id)) {
    lower.push_back({{"id", l.id.value}, {"path", l.path}, {"unit", l.unit}, {"due", DayJson(l.due)}});
  }
  auto progress = ProgressOf(b, today);
  return {{"task_id", b.task.value},
          {"revision", b.revision},
          {"updated_by", b.updated_by},
          {"updated_at", b.updated_at},
          {"steps", std::move(steps)},
          {"gaps", std::move(gaps)},
          {"progress", progress ? json{{"planned", progress->planned}, {"done", progress->done}} : json()},
          {"lower", std::move(lower)}};
}

Result<std::vector<BreakdownStep>> ReadSteps(store::Session& s, store::UnitDirectory& units,
                                             const Breakdown& now, const std::string& steps_json) {
  json list = json::parse(steps_json, nullptr, false);
  if (!list.is_array()) return Error{Code::kInvalid, "步骤须是一个列表。", "steps", "breakdown.bad"};
  std::vector<BreakdownStep> steps;
  StepReader reader(s, units, now);
  for (size_t i = 0; i < list.size(); ++i) {
    ZG_ASSIGN(BreakdownStep step, reader.Read(list[i], i));
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace zg
