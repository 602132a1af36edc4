#include "office/schedule.h"

#include <nlohmann/json.hpp>

#include "office/core.h"
#include "store/events.h"
#include "store/period_rules.h"
#include "store/periods.h"
#include "store/rounds.h"

namespace zg {
namespace {

using nlohmann::json;

json RuleJson(store::Session& s, const OfficeCore& core, const PeriodRule& rule) {
  const WorkCalendar& calendar = core.workflows.calendar;
  json out = RuleTold(rule);
  out["updated_by"] = rule.updated_by;
  out["updated_at"] = rule.updated_at;
  out["next"] = nullptr;
  if (auto next = NextDue(rule, core.Today(), calendar)) {
    out["next"] = {{"code", next->code},
                   {"name", PeriodChinese(*next)},
                   {"opens", OpeningDay(rule, *next).Iso()},
                   {"due", next->due.Iso()}};
  }
  out["missed"] = json::array();
  for (const auto& period : PeriodsDue(rule, core.Today(), calendar))
    if (period.due < core.Today() && !store::FindPeriod(s, period.code))
      out["missed"].push_back(PeriodChinese(period));
  return out;
}

json RulesJson(store::Session& s, const OfficeCore& core) {
  json rules = json::array();
  for (bool quarter : {false, true}) rules.push_back(RuleJson(s, core, store::LoadRule(s, quarter)));
  return {{"rules", std::move(rules)}};
}

}  // namespace

json RuleTold(const PeriodRule& rule) {
  json rounds = json::array();
  for (RoundId id : rule.rounds) rounds.push_back(id.value);
  return {{"kind", RuleKindName(rule)}, {"active", rule.active},
          {"opens", rule.opens},        {"due", rule.due},
          {"workdays", rule.workdays},  {"rounds", std::move(rounds)},
          {"since", rule.since.Iso()},  {"revision", rule.revision}};
}

Result<json> Schedule::Get() const {
  return core_.store->Read([&](store::Session& s) -> Result<json> { return RulesJson(s, core_); });
}

Result<json> Schedule::Change(PeriodRule rule, const Actor& actor) {
  ZG_TRY(CheckRule(rule));
  return core_.store->WriteAlone([&](store::Session& s) -> Result<json> {
    PeriodRule now = store::LoadRule(s, rule.quarter);
    if (now.revision != rule.revision) {
      return Error{Code::kConflict,
                   "定期调度的规则刚被" + now.updated_by + "改过，请对照现在的内容后再保存。",
                   "",
                   "schedule.changed",
                   "",
                   RuleJson(s, core_, now).dump()};
    }
    for (RoundId round : rule.rounds) {
      if (store::LoadRound(s, round)) continue;
      return Error{Code::kNotFound, "没有这个督察轮次，请重新选择。", "rounds", "round.not_found"};
    }
    rule.revision += 1;
    rule.since = core_.Today();
    rule.updated_by = actor.name;
    rule.updated_at = core_.Now();
    store::SaveRule(s, rule);
    Event event = core_.EventOf(actor, "schedule.changed", "schedule:" + RuleKindName(rule));
    event.before = now.revision ? RuleTold(now).dump() : "";
    event.after = RuleTold(rule).dump();
    store::AppendEvent(s, event);
    return RulesJson(s, core_);
  });
}

Result<json> Schedule::OpenDuePeriods(Date today) {
  const Actor machine{"系统"};
  json opened = json::array(), missed = json::array();
  for (bool quarter : {false, true}) {
    ZG_ASSIGN(PeriodRule rule, core_.store->Read([&](store::Session& s) -> Result<PeriodRule> {
      return store::LoadRule(s, quarter);
    }));
    for (const auto& period : PeriodsDue(rule, today, core_.workflows.calendar)) {
      bool there = core_.store
                       ->Read([&](store::Session& s) -> Result<bool> {
                         return store::FindPeriod(s, period.code).has_value();
                       })
                       .value();
      if (there) continue;
      if (period.due < today) {
        missed.push_back(period.code);
        continue;
      }
      auto done = core_.periods.Open({period.code, period.due, rule.rounds}, machine);
      if (done.ok())
        opened.push_back(period.code);
      else if (done.error().id != "period.exists" && done.error().id != "period.nothing")
        return done.error();
    }
  }
  return json{{"opened", std::move(opened)}, {"missed", std::move(missed)}};
}

}  // namespace zg
