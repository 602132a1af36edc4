#include "app/filter.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "base/nearest.h"
#include "office/directory.h"
#include "office/office.h"

namespace zg::app {
namespace {

using nlohmann::json;

Error Bad(const std::string& flag, const std::string& message) {
  return {Code::kInvalid, message, flag, "parameter.bad"};
}

std::optional<int64_t> Number(const std::string& text) {
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != text.npos)
    return std::nullopt;
  return std::stoll(text);
}

Result<std::optional<Date>> Day(const char* flag, const std::string& text) {
  if (text.empty()) return std::optional<Date>();
  auto date = Date::ParseIso(text);
  if (!date) return Bad(flag, "日期应写成 2024-12-31 这样。");
  return date;
}

// The one of `items` whose `key` is `name`; by number where `name` is one.
Result<int64_t> IdByName(const char* flag, const json& items, const std::string& name) {
  if (auto id = Number(name)) return *id;
  std::vector<std::string> known;
  for (const auto& item : items) {
    known.push_back(item["name"].get<std::string>());
    if (known.back() == name) return item["id"].get<int64_t>();
  }
  std::string near = Nearest(name, known);
  return Bad(flag, "没有“" + name + "”" + (near.empty() ? "。" : "，是不是“" + near + "”？"));
}

Result<std::string> RegionCode(Office& office, const std::string& name) {
  ZG_ASSIGN(json regions, office.units().Regions());
  std::vector<std::string> known;
  for (const auto& region : regions) {
    if (region["code"] == name || region["name"] == name) return region["code"].get<std::string>();
    known.push_back(region["name"].get<std::string>());
  }
  std::string near = Nearest(name, known);
  return Bad("--region", "没有“" + name + "”这个地区" + (near.empty() ? "。" : "，是不是“" + near + "”？"));
}

Result<std::vector<TaskState>> States(const std::string& list) {
  std::vector<TaskState> states;
  std::istringstream in(list);
  for (std::string name; std::getline(in, name, ',');) {
    auto state = ParseTaskState(name);
    if (!state) {
      return Bad("--state",
                 "状态只有 not_stated、not_started、in_progress、ongoing、completed，可用逗号隔开几个。");
    }
    states.push_back(*state);
  }
  return states;
}

}  // namespace

void FilterFlags::Declare(Options& options) {
  options.Text("--round", round, "督察轮次：名称或编号", "轮次");
  options.Text("--document", document, "文件号", "编号");
  options.Text("--unit", unit, "单位：名称或编号", "单位");
  options.Text("--role", role, "单位的角色：responsible、lead、supporting、acceptance", "角色");
  options.Text("--region", region, "地区：名称或代码，含其下级", "地区");
  options.Text("--state", state, "状态，逗号隔开：not_stated,not_started,in_progress,ongoing,completed",
               "状态");
  options.Text("--due-from", due_from, "完成期限不早于", "日期");
  options.Text("--due-to", due_to, "完成期限不晚于", "日期");
  options.Text("--as-of", as_of, "以哪一天判断逾期（默认今天）", "日期");
  options.Text("-q,--query", q, "含有这些字词", "字词");
  options.Text("--sort", sort, "排序：number、due、state、updated，前加 - 为倒序", "列");
  options.Flag("--overdue", overdue, "只看逾期的");
  options.Flag("--immediate", immediate, "只看立行立改的");
  options.Flag("--long-term", long_term, "只看长期坚持的");
  options.Flag("--behind-schedule", behind, "只看未达序时进度的");
  options.Flag("--doubt", doubt, "只看有待核对的");
}

Result<TaskFilter> FilterFlags::Read(Office& office) const {
  TaskFilter filter;
  if (!round.empty()) {
    ZG_ASSIGN(json rounds, office.rounds().List());
    ZG_ASSIGN(int64_t id, IdByName("--round", rounds, round));
    filter.round = RoundId{id};
  }
  if (!document.empty()) {
    auto id = Number(document);
    if (!id) return Bad("--document", "文件号应是整数。");
    filter.document = DocId{*id};
  }
  if (!unit.empty()) {
    ZG_ASSIGN(json found, office.units().Find(Number(unit) ? "" : unit, 200));
    ZG_ASSIGN(int64_t id, IdByName("--unit", found["items"], unit));
    filter.unit = UnitId{id};
  }
  auto as_role = ParseRoleFilter(role);
  if (!as_role) return Bad("--role", "角色只有 responsible、lead、supporting、acceptance。");
  filter.role = *as_role;
  if (!region.empty()) {
    ZG_ASSIGN(filter.region, RegionCode(office, region));
  }
  ZG_ASSIGN(filter.states, States(state));
  ZG_ASSIGN(filter.due_from, Day("--due-from", due_from));
  ZG_ASSIGN(filter.due_to, Day("--due-to", due_to));
  ZG_ASSIGN(filter.as_of, Day("--as-of", as_of));
  if (overdue) filter.overdue = true;
  if (immediate) filter.immediate = true;
  if (long_term) filter.long_term = true;
  if (behind) filter.behind_schedule = true;
  if (doubt) filter.doubt = true;
  filter.q = q;
  return filter;
}

}  // namespace zg::app
