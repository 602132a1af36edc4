#include "store/period_rules.h"

#include <nlohmann/json.hpp>

namespace zg::store {
namespace {

const Query kRules{
    "period_rules",
    "SELECT kind, active, opens, due, workdays, rounds, since, revision, updated_by, updated_at "
    "FROM period_rules ORDER BY kind"};
const Query kSave{
    "period_rule_save",
    "INSERT INTO period_rules (kind, active, opens, due, workdays, rounds, since, revision, "
    "updated_by, updated_at) VALUES (:kind, :active, :opens, :due, :workdays, :rounds, :since, "
    ":revision, :by, :at) ON CONFLICT (kind) DO UPDATE SET active = excluded.active, opens = "
    "excluded.opens, due = excluded.due, workdays = excluded.workdays, rounds = excluded.rounds, "
    "since = excluded.since, revision = excluded.revision, updated_by = excluded.updated_by, "
    "updated_at = excluded.updated_at"};

}  // namespace

std::vector<PeriodRule> LoadRules(Session& session) {
  std::vector<PeriodRule> rules;
  session
      .Each<std::string, bool, int, int, bool, std::string, std::string, int64_t, std::string, std::string>(
          kRules, [&](const std::string& kind, bool active, int opens, int due, bool workdays,
                      const std::string& rounds, const std::string& since, int64_t revision,
                      const std::string& by, const std::string& at) {
            PeriodRule rule{kind == "quarter", active, opens, due, workdays, {}, {}, revision, by, at};
            rule.since = Date::ParseIso(since).value_or(Date());
            for (const auto& id : nlohmann::json::parse(rounds, nullptr, false))
              rule.rounds.push_back({id.get<int64_t>()});
            rules.push_back(std::move(rule));
          });
  return rules;
}

PeriodRule LoadRule(Session& session, bool quarter) {
  for (auto& rule : LoadRules(session))
    if (rule.quarter == quarter) return rule;
  PeriodRule rule;
  rule.quarter = quarter;
  return rule;
}

void SaveRule(Session& session, const PeriodRule& rule) {
  nlohmann::json rounds = nlohmann::json::array();
  for (RoundId id : rule.rounds) rounds.push_back(id.value);
  session.Run(kSave, RuleKindName(rule), rule.active, rule.opens, rule.due, rule.workdays, rounds.dump(),
              rule.since.Iso(), rule.revision, rule.updated_by, rule.updated_at);
}

}  // namespace zg::store
