#include "office/case_json.h"

#include <algorithm>
#include <set>

#include "office/core.h"
#include "office/json.h"
#include "store/events.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;
constexpr int kMostEvents = 2000;

json DayOrNull(std::optional<Date> day) {
  return day ? json(day->Iso()) : json();
}

json WhoJson(const std::vector<Who>& all) {
  json out = json::array();
  for (Who who : all) out.push_back(WhoTitle(who));
  return out;
}

json RequirementJson(const Requirement& r) {
  const char* kind = r.kind == Requirement::Kind::kNotice     ? "notice"
                     : r.kind == Requirement::Kind::kEvidence ? "evidence"
                                                              : "long_term";
  return {{"kind", kind},       {"met", r.met},     {"message", r.message},     {"evidence", r.evidence},
          {"needed", r.needed}, {"there", r.there}, {"open", DayOrNull(r.open)}};
}

json OfferJson(const Workflow& workflow, const StepOffer& offer) {
  json requirements = json::array();
  for (const auto& r : offer.requirements) requirements.push_back(RequirementJson(r));
  return {{"id", offer.step.id},
          {"title", offer.step.title},
          {"kind", StepKindName(offer.step.kind)},
          {"to", StateRef(workflow, offer.to)},
          {"who", WhoJson(offer.step.who)},
          {"mine", offer.mine},
          {"ready", offer.ready()},
          {"text", offer.step.text},
          {"opinion", offer.step.opinion},
          {"requirements", std::move(requirements)}};
}

// States aside from the main line: look-backs, and what only tasks that are kept up come to.
std::set<std::string> Aside(const Workflow& workflow, bool long_term) {
  std::set<std::string> aside;
  for (const auto& step : workflow.steps)
    if (step.kind == StepKind::kLookBack || (step.only_long_term && !long_term)) aside.insert(step.to);
  return aside;
}

json StagesJson(const Workflow& workflow, const CaseState& state, bool long_term) {
  auto aside = Aside(workflow, long_term);
  std::string at = state.back.empty() ? state.state : state.back;
  json out = json::array();
  bool before = true;
  for (const auto& s : workflow.states) {
    bool here = s.id == state.state;
    if (s.id == at) before = false;
    if (aside.count(s.id) && !here && s.id != at) continue;
    const char* where = here ? "here" : aside.count(s.id) ? "aside" : before || s.id == at ? "done" : "ahead";
    out.push_back({{"id", s.id}, {"title", s.title}, {"closed", s.closed}, {"where", where}});
  }
  return out;
}

json HistoryJson(store::Session& session, TaskId task) {
  json out = json::array();
  for (const auto& event : store::FindEvents(session, {task, std::nullopt, 0, kMostEvents, "case"})) {
    json after = ValueOf(event.after);
    if (!after.is_object()) continue;
    out.push_back({{"seq", event.seq},
                   {"at", event.at},
                   {"actor", event.actor},
                   {"unit", after.value("unit", "")},
                   {"cycle", after.value("step_cycle", 1)},
                   {"step", after.value("step", "")},
                   {"kind", after.value("step_kind", "")},
                   {"title", after.value("step_title", "")},
                   {"from", after.value("from_title", "")},
                   {"to", after.value("to_title", "")},
                   {"waited", after.value("waited", 0)},
                   {"text", after.value("text", "")},
                   {"opinion", after.value("opinion", "")},
                   {"evidence", after.value("evidence", json::array())}});
  }
  return out;
}

}  // namespace

CaseFacts FactsOf(store::Session& session, const OfficeCore& core, const store::CaseRow& row) {
  CaseFacts facts;
  facts.plan = &core.evidence.plan();
  session.Ahead([&] {
    store::NamesUnits(session, row.task, 0);
    store::NamesUnits(session, row.task, 1);
    store::EvidenceSince(session, row.task, row.cycle_at);
  });
  auto terms = store::LoadTerms(session, row.task).value_or(store::TaskTerms());
  facts.long_term = terms.long_term;
  facts.deadline = terms.due;
  facts.names_responsible = store::NamesUnits(session, row.task, 0);
  facts.names_acceptance = store::NamesUnits(session, row.task, 1);
  facts.evidence = store::EvidenceSince(session, row.task, row.cycle_at);
  return facts;
}

CaseActor StandingOf(store::Session& session, TaskId task, const Actor& actor) {
  if (!actor.unit) return {actor.roles, true, true};
  auto stands = store::WhereStands(session, actor.unit, {task});
  return {actor.roles, stands.count({task, 0}) > 0, stands.count({task, 1}) > 0};
}

json CaseTold(const store::CaseRow& r) {
  return {{"task", r.task.value},   {"version", r.version},
          {"state", r.state.state}, {"entered", r.state.entered.Iso()},
          {"cycle", r.state.cycle}, {"cycle_at", r.cycle_at},
          {"back", r.state.back},   {"checked", r.state.checked ? r.state.checked->Iso() : ""},
          {"revision", r.revision}};
}

json StateRef(const Workflow& workflow, const std::string& id) {
  const WorkflowState* state = workflow.State(id);
  return {{"id", id}, {"title", state ? state->title : id}};
}

json CaseJson(store::Session& session, const OfficeCore& core, const Workflow& workflow,
              const store::CaseRow& row, const Actor& actor) {
  const WorkCalendar& calendar = core.workflows.calendar;
  Date today = core.Today();
  session.Ahead([&] { HistoryJson(session, row.task); });
  CaseFacts facts = FactsOf(session, core, row);
  json steps = json::array();
  for (const auto& offer :
       OfferSteps(workflow, row.state, facts, StandingOf(session, row.task, actor), calendar, today))
    steps.push_back(OfferJson(workflow, offer));
  const WorkflowState* at = workflow.State(row.state.state);
  json state = StateRef(workflow, row.state.state);
  state["closed"] = at && at->closed;
  json evidence = json::object();
  for (const auto& [kind, n] : facts.evidence) evidence[kind] = n;
  return {{"task_id", row.task.value},
          {"workflow", {{"version", row.version}, {"id", workflow.id}, {"title", workflow.title}}},
          {"state", std::move(state)},
          {"cycle", row.state.cycle},
          {"entered", row.state.entered.Iso()},
          {"waiting_days", std::max<int64_t>(0, today.days() - row.state.entered.days())},
          {"due", DayOrNull(row.due)},
          {"late", row.due.has_value() && *row.due < today},
          {"days_left", row.due ? json(row.due->days() - today.days()) : json()},
          {"back", row.state.back.empty() ? json() : StateRef(workflow, row.state.back)},
          {"checked", DayOrNull(row.state.checked)},
          {"calendar", row.due ? calendar.Unknown(std::min(today, *row.due), *row.due) : ""},
          {"revision", row.revision},
          {"evidence", std::move(evidence)},
          {"states", StagesJson(workflow, row.state, facts.long_term)},
          {"steps", std::move(steps)},
          {"history", HistoryJson(session, row.task)}};
}

json WorkflowJson(const Workflow& w) {
  json states = json::array(), steps = json::array(), applies = json::array();
  std::set<std::string> begin;
  for (const auto& [name, state] : w.begin) begin.insert(state);
  for (const auto& s : w.states) {
    states.push_back({{"id", s.id},
                      {"title", s.title},
                      {"closed", s.closed},
                      {"begins", begin.count(s.id) > 0},
                      {"within", s.within},
                      {"until_deadline", s.until_deadline},
                      {"recheck_months", s.recheck_months}});
    for (const auto& step : w.StepsFrom(s.id)) {
      json evidence = json::object();
      for (const auto& [kind, n] : step.evidence) evidence[kind] = n;
      steps.push_back({{"id", step.id},
                       {"title", step.title},
                       {"kind", StepKindName(step.kind)},
                       {"from", s.id},
                       {"to", step.to},
                       {"who", WhoJson(step.who)},
                       {"text", step.text},
                       {"opinion", step.opinion},
                       {"evidence", std::move(evidence)},
                       {"notice_days", step.notice_days},
                       {"only_long_term", step.only_long_term}});
    }
  }
  for (RoundLevel level : w.applies) applies.push_back(RoundLevelName(level));
  return {{"workflow", w.id},
          {"title", w.title},
          {"digest", w.digest},
          {"applies", std::move(applies)},
          {"states", std::move(states)},
          {"steps", std::move(steps)}};
}

}  // namespace zg
