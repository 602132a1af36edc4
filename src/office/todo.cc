#include "office/todo.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "office/core.h"
#include "office/due_things.h"
#include "office/inbox.h"
#include "office/json.h"
#include "store/cases.h"
#include "store/due.h"
#include "store/findings.h"
#include "store/reports.h"
#include "store/tasks.h"
#include "store/units.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kMost = 20;         // items of a group
constexpr int kMostPeriods = 24;  // that are looked into
constexpr int kAhead = 30;        // days: steps due later are not shown yet
constexpr int kLooked = 50;       // steps at one place

json Item(std::string title, std::string note, std::optional<Date> due, Date today, std::string link) {
  return {{"title", std::move(title)},
          {"note", std::move(note)},
          {"due", due ? json(due->Iso()) : json()},
          {"days_left", due ? json(due->days() - today.days()) : json()},
          {"link", std::move(link)}};
}

class Groups {
 public:
  // `more`: the total is at least that.
  void Add(const char* kind, int64_t total, json items, bool more = false) {
    if (total > 0)
      all_.push_back({{"kind", kind}, {"total", total}, {"more", more}, {"items", std::move(items)}});
  }
  json Take() { return std::move(all_); }

 private:
  json all_ = json::array();
};

std::string ReportLink(const Period& period, UnitId unit, ReportId report = {}) {
  std::string link =
      "/reports?period=" + std::to_string(period.id.value) + "&unit=" + std::to_string(unit.value);
  return report ? link + "&report=" + std::to_string(report.value) : link;
}

std::string TaskTitle(const std::string& path, const std::string& problem) {
  return path + " " + Shortened(problem, 60);
}

// Reports of one status in one period, of which the list shows `n`.
struct Shown {
  const Period* period;
  ReportStatus status;
  int n;
};

// All of them in one round, in their order.
void EachReport(store::Session& s, UnitId unit, const std::vector<Shown>& shown,
                const std::function<void(const Shown&, const store::ReportLine&)>& take) {
  auto list = [&](const Shown& one) {
    return store::ListReports(s, {one.period->id, unit, one.status, {}, one.n, {}, true});
  };
  s.Ahead([&] {
    for (const auto& one : shown) list(one);
  });
  for (const auto& one : shown)
    for (const auto& line : list(one)) take(one, line);
}

// A group of the list, as counts say it will be: how many, and where those come from that are shown.
struct Counted {
  int64_t total = 0;
  int room = kMost;
  void Add(const Period& period, ReportStatus status, int64_t n, std::vector<Shown>& shown) {
    total += n;
    int here = int(std::min<int64_t>(room, n));
    if (here > 0) shown.push_back({&period, status, here});
    room -= here;
  }
};

// A unit's own reports: returned ones first, then those past their day, then the others.
void AddOwnReports(store::Session& s, UnitId unit, Date today, Groups& groups) {
  Counted returned, late, due;
  std::vector<Shown> shown;
  auto periods = store::PeriodsOwedBy(s, unit, kMostPeriods);
  s.Ahead([&] {
    for (const auto& period : periods) store::CountsOf(s, period.id, unit);
  });
  for (const auto& period : periods) {
    auto counts = store::CountsOf(s, period.id, unit);
    auto add = [&](ReportStatus status, Counted& group) {
      group.Add(period, status, counts[size_t(status)], shown);
    };
    add(ReportStatus::kReturned, returned);
    for (ReportStatus status : {ReportStatus::kDraft, ReportStatus::kEmpty})
      add(status, period.due < today ? late : due);
  }
  json of_returned = json::array(), of_late = json::array(), of_due = json::array();
  EachReport(s, unit, shown, [&](const Shown& one, const store::ReportLine& line) {
    bool is_returned = one.status == ReportStatus::kReturned;
    std::string note = is_returned                          ? "退回意见：" + line.remark
                       : one.status == ReportStatus::kDraft ? PeriodChinese(*one.period) + "调度 · 草稿未报出"
                                                            : PeriodChinese(*one.period) + "调度 · 未填";
    (is_returned               ? of_returned
     : one.period->due < today ? of_late
                               : of_due)
        .push_back(Item(TaskTitle(line.path, line.problem), note, one.period->due, today,
                        ReportLink(*one.period, unit, line.id)));
  });
  groups.Add("returned", returned.total, std::move(of_returned));
  groups.Add("late", late.total, std::move(of_late));
  groups.Add("due", due.total, std::move(of_due));
}

// What the office has to decide on, and who has not answered though the day is over or near.
void AddOthersReports(store::Session& s, Date today, Groups& groups) {
  Counted submitted;
  std::vector<Shown> shown;
  json accept = json::array(), owing = json::array();
  int64_t n_owing = 0;
  auto periods = store::OpenPeriods(s, kMostPeriods);
  auto is_near = [&](const Period& period) { return period.due.days() - today.days() <= 7; };
  s.Ahead([&] {
    for (const auto& period : periods) {
      store::CountsOf(s, period.id, {});
      if (is_near(period)) store::CountOwing(s, period.id);
    }
  });
  for (const auto& period : periods) {
    submitted.Add(period, ReportStatus::kSubmitted,
                  store::CountsOf(s, period.id, {})[size_t(ReportStatus::kSubmitted)], shown);
    int64_t units = is_near(period) ? store::CountOwing(s, period.id) : 0;
    if (units > 0) {
      n_owing += units;
      owing.push_back(Item(PeriodChinese(period) + "调度", std::to_string(units) + "个单位还有未报",
                           period.due, today,
                           "/dispatch?period=" + std::to_string(period.id.value) + "&owing=1"));
    }
  }
  EachReport(s, {}, shown, [&](const Shown& one, const store::ReportLine& line) {
    accept.push_back(Item(TaskTitle(line.path, line.problem),
                          line.unit_name + " · " + PeriodChinese(*one.period), std::nullopt, today,
                          ReportLink(*one.period, line.unit, line.id)));
  });
  groups.Add("accept", submitted.total, std::move(accept));
  groups.Add("owing", n_owing, std::move(owing));
}

bool Acts(const std::set<Who>& who, Who one) {
  return who.count(one) > 0;
}

// Which sides of a task the person may take the step for.
struct Sides {
  bool any = false, responsible = false, acceptance = false;
};
Sides SidesOf(const std::set<Who>& who, const Actor& actor) {
  Sides sides;
  sides.any = (Acts(who, Who::kOffice) && actor.Has(Role::kClerk)) ||
              (Acts(who, Who::kLeader) && actor.Has(Role::kLeader)) ||
              (Acts(who, Who::kInspector) && actor.Has(Role::kInspector)) ||
              (Acts(who, Who::kDiscipline) && actor.Has(Role::kDiscipline));
  if (actor.unit) {
    sides.responsible = Acts(who, Who::kResponsible) && actor.Has(Role::kReporter);
    sides.acceptance = Acts(who, Who::kAcceptance) && actor.Has(Role::kAcceptor);
  }
  return sides;
}

// Which of the steps that wait at a place are whose: a place where the person may act for everybody, or only
// where their unit stands at the task.
struct Place {
  std::string id;
  const Waiting* waiting;
  Sides sides;
  UnitId unit;
};

void AddSteps(const OfficeCore& core, store::Session& s, const Actor& actor, Date today, Groups& groups) {
  struct Step {
    store::WaitingStep waits;
    const Place* place;
  };
  std::vector<Place> places;
  auto waiting_places = WaitingPlaces(core, s);
  for (const auto& [id, waiting] : *waiting_places) {
    Sides sides = SidesOf(waiting.who, actor);
    if (!sides.any && !sides.responsible && !sides.acceptance) continue;
    places.push_back({id, &waiting, sides, sides.any && !InboxOf(actor) ? UnitId() : actor.unit});
  }
  // A unit that has none under it is asked for what waits for it on a side, others for where one of theirs
  // stands.
  bool by_side = store::SidesAreKept(s) && !store::HasUnitsUnder(s, actor.unit);
  auto waiting_at = [&](const Place& place) {
    const Sides& sides = place.sides;
    store::StandsAt at = sides.any                               ? store::StandsAt::kAnySide
                         : sides.responsible && sides.acceptance ? store::StandsAt::kEither
                         : sides.responsible                     ? store::StandsAt::kResponsible
                                                                 : store::StandsAt::kAcceptance;
    return store::StepsWaiting(s, place.unit, place.id, today.Plus(kAhead), kLooked, at, by_side);
  };
  s.Ahead([&] {
    for (const auto& place : places) waiting_at(place);
  });
  std::vector<Step> steps;
  bool more = false;
  for (const auto& place : places) {
    auto found = waiting_at(place);
    more = more || int(found.size()) == kLooked;
    for (auto& step : found) steps.push_back({std::move(step), &place});
  }
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
    return std::tie(a.waits.due, a.waits.task) < std::tie(b.waits.due, b.waits.task);
  });
  size_t shown = std::min(steps.size(), size_t(kMost));
  std::vector<TaskId> ids;
  for (size_t i = 0; i < shown; ++i) ids.push_back(steps[i].waits.task);
  auto names = store::LoadNames(s, ids);
  json items = json::array();
  for (size_t i = 0; i < shown; ++i) {
    const store::TaskName& task = names[steps[i].waits.task];
    items.push_back(Item(
        TaskTitle(task.path, task.problem), "停在“" + steps[i].place->waiting->title + "”环节",
        Date::ParseIso(steps[i].waits.due), today, "/tasks/" + std::to_string(steps[i].waits.task.value)));
  }
  groups.Add("steps", int64_t(steps.size()), std::move(items), more);
}

// Steps of breakdowns that are the unit's to do: late ones, and those due soon.
void AddOwnSteps(store::Session& s, UnitId unit, Date today, Groups& groups) {
  auto steps = store::StepsOwedBy(s, unit, today.Plus(kAhead), kLooked);
  json items = json::array();
  for (const auto& step : steps) {
    if (int(items.size()) == kMost) break;
    auto due = Date::ParseIso(step.due);
    items.push_back(Item("任务" + step.path + "：" + Shortened(step.text, 60),
                         due && *due < today ? "任务分解 · 已逾期，完成的请登记" : "任务分解 · 完成后请登记",
                         due, today, "/tasks/" + std::to_string(step.task.value)));
  }
  groups.Add("breakdown", int64_t(steps.size()), std::move(items), int(steps.size()) == kLooked);
}

std::vector<store::FindingRow> UrgentFindings(store::Session& s) {
  store::FindingFilter filter;
  filter.severity = 0;
  filter.explained = false;
  return store::FindFindings(s, filter, std::nullopt, kMost + 1);
}

void AddFindings(store::Session& s, Date today, Groups& groups) {
  auto rows = UrgentFindings(s);
  bool more = int(rows.size()) > kMost;
  if (more) rows.pop_back();
  json items = json::array();
  for (const auto& row : rows) {
    json body = ValueOf(row.body);
    items.push_back(Item(Shortened(body.is_object() ? body.value("message", "") : "", 100), "", std::nullopt,
                         today, "/checks?severity=error"));
  }
  groups.Add("findings", int64_t(rows.size()), std::move(items), more);
}

void AddNotices(store::Session& s, const Actor& actor, Date today, int64_t unread, Groups& groups) {
  json items = json::array();
  for (const auto& notice : store::ListNotices(s, InboxOf(actor), actor.user, 0, kMost))
    if (!notice.read && items.size() < 5)
      items.push_back(Item(notice.title, notice.day.Chinese(), std::nullopt, today,
                           "/notices#n" + std::to_string(notice.id)));
  groups.Add("notices", unread, std::move(items));
}

}  // namespace

Result<json> Todo::Get(const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    Date today = core_.Today();
    bool office = !InboxOf(actor);
    s.Ahead([&] {
      if (actor.unit) store::LoadUnit(s, actor.unit);
      store::CountUnread(s, InboxOf(actor), actor.user);
      if (actor.unit && actor.May(Right::kReport)) {
        store::PeriodsOwedBy(s, actor.unit, kMostPeriods);
        store::StepsOwedBy(s, actor.unit, today.Plus(kAhead), kLooked);
      }
      if (actor.May(Right::kDispatch)) {
        store::OpenPeriods(s, kMostPeriods);
        store::CountLetters(s, store::LetterState::kGivenUp);
      }
      if (actor.May(Right::kStep)) {
        store::VersionIds(s);
        store::TaskNamesStamp(s);
        store::SidesAreKept(s);
        store::HasUnitsUnder(s, actor.unit);
      }
      if (office && actor.May(Right::kExplain)) UrgentFindings(s);
      store::ListNotices(s, InboxOf(actor), actor.user, 0, kMost);
    });
    auto unit = actor.unit ? store::LoadUnit(s, actor.unit) : std::nullopt;
    int64_t unread = store::CountUnread(s, InboxOf(actor), actor.user);
    Groups groups;
    if (actor.unit && actor.May(Right::kReport)) AddOwnReports(s, actor.unit, today, groups);
    if (actor.unit && actor.May(Right::kReport)) AddOwnSteps(s, actor.unit, today, groups);
    if (actor.May(Right::kDispatch)) AddOthersReports(s, today, groups);
    if (actor.May(Right::kStep)) AddSteps(core_, s, actor, today, groups);
    if (office && actor.May(Right::kExplain)) AddFindings(s, today, groups);
    if (actor.May(Right::kDispatch)) {
      int64_t given_up = store::CountLetters(s, store::LetterState::kGivenUp);
      groups.Add("letters", given_up,
                 json::array({Item("邮件没有送达", "请核对邮箱后重发", std::nullopt, today,
                                   "/notices?letters=given_up")}));
    }
    AddNotices(s, actor, today, unread, groups);
    return json{{"office", office},
                {"unit", unit ? json{{"id", unit->id.value}, {"name", unit->name}} : json()},
                {"today", today.Iso()},
                {"unread", unread},
                {"groups", groups.Take()}};
  });
}

}  // namespace zg
