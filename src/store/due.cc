#include "store/due.h"

#include <algorithm>
#include <tuple>

#include "store/facet.h"
#include "store/known_names.h"
#include "store/units.h"

namespace zg::store {
namespace {

const std::string kPeriod =
    "SELECT p.id, p.code, p.begin_day, p.end_day, p.due, p.closed, p.opened_by, p.opened_at FROM periods p ";
const Query kOpen{"periods_open", kPeriod + "WHERE p.closed = 0 ORDER BY p.due, p.id LIMIT :n"};
const Query kOwed{"periods_owed",
                  kPeriod +
                      "WHERE p.closed = 0 AND p.id IN (SELECT u.period_id FROM period_units u WHERE "
                      "u.unit_id = :unit AND u.owes = 1) ORDER BY p.due, p.id LIMIT :n"};

std::string StepsSql(const char* condition) {
  return std::string(
             "SELECT f.place, f.due, f.task_id, coalesce(u.unit_id, 0), coalesce(u.side, 0) FROM case_facets "
             "f "
             "LEFT JOIN task_units u ON u.task_id = f.task_id AND u.measure_ord = -1 WHERE f.facet = :facet "
             "AND f.due ") +
         condition + " :day ORDER BY f.task_id";
}
const Query kStepsOn{"steps_due_on", StepsSql("=")};
const Query kStepsBefore{"steps_due_before", StepsSql("<")};
const std::string kWaitingAt =
    "SELECT f.task_id, f.due FROM case_facets f WHERE f.facet = :facet AND f.place = :place AND f.due <= "
    ":until ";
const Query kWaiting{"steps_waiting", kWaitingAt + "ORDER BY f.due, f.task_id LIMIT :n"};
// Most units have none under them; where one has, it counts what stands there as its own. Row by row: there
// are no more than a page.
const Query kWaitingForSide{
    "steps_waiting_for_side",
    kWaitingAt +
        "AND ((SELECT 1 FROM task_units o WHERE o.unit_id = :unit AND o.task_id = f.task_id AND o.side IN "
        "(:side, :side2) LIMIT 1) = 1 OR (EXISTS (SELECT 1 FROM units c WHERE c.parent_id = :parent) AND "
        "(SELECT 1 FROM task_units u WHERE u.task_id = f.task_id AND u.side IN (:side3, :side4) AND "
        "u.unit_id "
        "IN (" +
        UnitsUnder("under") + ") LIMIT 1) = 1)) ORDER BY f.due, f.task_id LIMIT :n"};

const Query kSides{"case_sides_kept", "SELECT 1 FROM changes WHERE what = 'case_sides'"};
const Query kOwedSteps{
    "breakdown_steps_owed",
    "SELECT b.task_id, t.path, b.body, b.due FROM breakdown_steps b JOIN tasks t ON t.id = "
    "b.task_id WHERE b.unit_id = :unit AND b.gone = 0 AND b.done_day IS NULL AND b.due <= "
    ":until AND t.gone = 0 ORDER BY b.due, b.id LIMIT :n"};

template <class... A>
std::vector<Period> ReadPeriods(Session& session, const Query& query, const A&... args) {
  using Text = std::string;
  std::vector<Period> all;
  session.Each<int64_t, Text, Text, Text, Text, bool, Text, Text>(
      query,
      [&](int64_t id, const Text& code, const Text& begin, const Text& end, const Text& due, bool closed,
          const Text& by, const Text& at) {
        auto day = [](const Text& iso) { return Date::ParseIso(iso).value_or(Date()); };
        all.push_back({{id}, code, day(begin), day(end), day(due), closed, by, at});
      },
      args...);
  return all;
}

std::vector<DueStep> ReadSteps(Session& session, const Query& query, Date day) {
  std::vector<DueStep> all;
  session.Each<std::string, std::string, int64_t, int64_t, int>(
      query,
      [&](const std::string& place, const std::string& due, int64_t task, int64_t unit, int side) {
        all.push_back({place, due, {task}, {unit}, side});
      },
      Facet(FacetKind::kAll), day.Iso());
  return all;
}

}  // namespace

std::vector<Period> OpenPeriods(Session& session, int limit) {
  return ReadPeriods(session, kOpen, limit);
}
std::vector<Period> PeriodsOwedBy(Session& session, UnitId unit, int limit) {
  return ReadPeriods(session, kOwed, unit, limit);
}
std::vector<DueStep> StepsDueOn(Session& session, Date day) {
  return ReadSteps(session, kStepsOn, day);
}
std::vector<DueStep> StepsDueBefore(Session& session, Date day) {
  return ReadSteps(session, kStepsBefore, day);
}

bool SidesAreKept(Session& session) {
  return IsMarked(session, kSides);
}

std::vector<WaitingStep> StepsWaiting(Session& session, UnitId unit, const std::string& place, Date until,
                                      int limit, StandsAt at, bool by_side) {
  std::vector<WaitingStep> all;
  auto take = [&](int64_t task, const std::string& due) { all.push_back({{task}, due}); };
  auto of_facet = [&](int64_t facet) {
    session.Each<int64_t, std::string>(kWaiting, take, facet, place, until.Iso(), limit);
  };
  if (at == StandsAt::kAnySide || !unit) {
    of_facet(unit ? Facet(FacetKind::kUnit, unit.value) : Facet(FacetKind::kAll));
  } else if (by_side) {
    if (at != StandsAt::kAcceptance) of_facet(Facet(FacetKind::kUnitDoes, unit.value));
    if (at != StandsAt::kResponsible) of_facet(Facet(FacetKind::kUnitAccepts, unit.value));
    auto key = [](const WaitingStep& step) { return std::tie(step.due, step.task); };
    std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    all.erase(
        std::unique(all.begin(), all.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
        all.end());
    if (int(all.size()) > limit) all.resize(size_t(limit));
  } else {
    // task_units.side
    int side = at == StandsAt::kAcceptance ? 1 : 0, other = at == StandsAt::kResponsible ? 0 : 1;
    session.Each<int64_t, std::string>(kWaitingForSide, take, Facet(FacetKind::kUnit, unit.value), place,
                                       until.Iso(), unit, side, other, unit, side, other, unit, limit);
  }
  return all;
}

std::vector<OwedStep> StepsOwedBy(Session& session, UnitId unit, Date until, int limit) {
  std::vector<OwedStep> all;
  session.Each<int64_t, std::string, std::string, std::string>(
      kOwedSteps,
      [&](int64_t task, const std::string& path, const std::string& text, const std::string& due) {
        all.push_back({{task}, path, text, due});
      },
      unit, until.Iso(), limit);
  return all;
}

}  // namespace zg::store
