#include "office/due_things.h"

#include <tuple>

#include "office/core.h"
#include "store/cases.h"
#include "store/due.h"

namespace zg {
namespace {

constexpr int kMostPeriods = 60;

void AddReports(store::Session& s, Date today, std::vector<DueThing>& things) {
  for (const auto& period : store::OpenPeriods(s, kMostPeriods)) {
    if (!IsReminderDay(period.due, today)) continue;
    UnitId after;
    for (bool more = true; more;) {
      auto units = store::ListStandings(s, period.id, true, {}, after, 500);
      more = units.size() == 500;
      for (const auto& unit : units) {
        after = unit.unit;
        int64_t n = unit.counts[size_t(ReportStatus::kEmpty)] + unit.counts[size_t(ReportStatus::kDraft)] +
                    unit.counts[size_t(ReportStatus::kReturned)];
        things.push_back({unit.unit, period.due, PeriodChinese(period) + "调度，{n}份上报未报", n,
                          "/reports?period=" + std::to_string(period.id.value)});
      }
    }
  }
}

void AddSteps(const OfficeCore& core, store::Session& s, Date today, std::vector<DueThing>& things) {
  auto kept = WaitingPlaces(core, s);
  const Places& places = *kept;
  std::vector<store::DueStep> steps = store::StepsDueBefore(s, today);
  for (int days : {0, 1, 7, 30}) {
    auto more = store::StepsDueOn(s, today.Plus(days));
    steps.insert(steps.end(), more.begin(), more.end());
  }
  // Tasks counted once for each unit, place and day, whichever side the unit stands on.
  std::map<std::tuple<UnitId, std::string, std::string>, std::set<TaskId>> tasks;
  for (const auto& step : steps) {
    auto place = places.find(step.place);
    if (place == places.end()) continue;
    const std::set<Who>& who = place->second.who;
    if (step.unit && who.count(step.side == 0 ? Who::kResponsible : Who::kAcceptance))
      tasks[{step.unit, step.place, step.due}].insert(step.task);
    // What a unit has to do does not also fill the office's list.
    if (!who.count(Who::kResponsible) && !who.count(Who::kAcceptance))
      tasks[{UnitId(), step.place, step.due}].insert(step.task);
  }
  for (const auto& [key, list] : tasks) {
    const auto& [unit, place, due] = key;
    things.push_back({unit, Date::ParseIso(due).value_or(today),
                      "{n}项任务停在“" + places.at(place).title + "”环节", int64_t(list.size()), "/todo"});
  }
}

}  // namespace

std::shared_ptr<const Places> WaitingPlaces(const OfficeCore& core, store::Session& session) {
  auto versions = store::VersionIds(session);
  std::lock_guard lock(core.places.mutex);
  if (core.places.places && core.places.versions == versions) return core.places.places;
  Places places;
  auto add = [&](const Workflow& workflow) {
    for (const auto& state : workflow.states) {
      Waiting& waiting = places[workflow.id + "/" + state.id];
      waiting.title = state.title;
      for (const auto& step : workflow.StepsFrom(state.id))
        if (step.kind == StepKind::kForward || step.kind == StepKind::kRecheck)
          waiting.who.insert(step.who.begin(), step.who.end());
    }
  };
  // Older versions first, so that the newest title stays.
  for (auto it = versions.rbegin(); it != versions.rend(); ++it) {
    auto version = core.cases.VersionOf(session, *it);
    if (version.ok()) add(**version);
  }
  for (const auto& workflow : core.workflows.all) add(workflow);
  core.places.versions = std::move(versions);
  core.places.places = std::make_shared<const Places>(std::move(places));
  return core.places.places;
}

std::vector<DueThing> DueThings(const OfficeCore& core, store::Session& session, Date today) {
  std::vector<DueThing> things;
  AddReports(session, today, things);
  AddSteps(core, session, today, things);
  return things;
}

}  // namespace zg
