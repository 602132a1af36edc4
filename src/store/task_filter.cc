#include "store/task_filter.h"

#include <algorithm>

#include "store/pace.h"

namespace zg::store {
namespace {

constexpr int64_t kFewHits = 2000;      // words found so rarely that their tasks are simply listed
constexpr int64_t kLargeDriver = 3000;  // below it a scan of the driver is cheap anyway
constexpr int64_t kSparse = 20;         // a range of days leads where it holds less than a 20th of the driver

const Query kTotal{"facet_total", "SELECT n FROM facet_totals WHERE round_id = 0 AND facet = :facet"};

struct Need {
  int64_t facet;
  int64_t roles;  // bits of which one must be set; 0: any
};

int64_t RoleBits(RoleFilter role) {
  switch (role) {
    case RoleFilter::kAny:
      return 0;
    case RoleFilter::kResponsible:
      return kResponsibleBit;
    case RoleFilter::kLead:
      return kLeadBit;
    case RoleFilter::kSupporting:
      return kSupportingBit;
    case RoleFilter::kAcceptance:
      return kAcceptanceBit;
  }
  return 0;
}

std::string SettledList() {
  return std::to_string(int(TaskState::kCompleted)) + ", " + std::to_string(int(TaskState::kOngoing));
}

std::vector<Need> NeedsOf(const TaskFilter& filter, DocId family) {
  std::vector<Need> needs;
  int64_t roles = RoleBits(filter.role);
  if (!filter.scope.all) needs.push_back({Facet(FacetKind::kSeen, filter.scope.unit.value), 0});
  if (filter.round) needs.push_back({Facet(FacetKind::kRound, filter.round->value), 0});
  if (filter.document) needs.push_back({Facet(FacetKind::kDocument, family.value), 0});
  if (filter.unit) needs.push_back({Facet(FacetKind::kUnit, filter.unit->value), roles});
  if (!filter.region.empty()) {
    needs.push_back({Facet(FacetKind::kRegion, RegionNumber(filter.region)), filter.unit ? 0 : roles});
  }
  return needs;
}

// Conditions that need no probe, since every row carries them; they may lead all the same.
std::vector<int64_t> CarriedFacets(const TaskFilter& filter) {
  std::vector<int64_t> facets;
  if (filter.states.size() == 1) facets.push_back(Facet(FacetKind::kState, int64_t(filter.states[0])));
  if (filter.immediate == true) facets.push_back(Facet(FacetKind::kFlag, kImmediateBit));
  if (filter.long_term == true) facets.push_back(Facet(FacetKind::kFlag, kLongTermBit));
  if (filter.behind_schedule == true) facets.push_back(Facet(FacetKind::kFlag, kBehindBit));
  if (filter.doubt == true) facets.push_back(Facet(FacetKind::kFlag, kDoubtBit));
  return facets;
}

void AddFlags(const TaskFilter& filter, Clause& rest) {
  int64_t on = 0, off = 0;
  auto flag = [&](std::optional<bool> wanted, int64_t bit) {
    (wanted.value_or(false) ? on : off) |= wanted ? bit : 0;
  };
  flag(filter.immediate, kImmediateBit);
  flag(filter.long_term, kLongTermBit);
  flag(filter.behind_schedule, kBehindBit);
  flag(filter.doubt, kDoubtBit);
  if (on) rest.Add(" AND (f.bits & " + std::to_string(on) + ") = " + std::to_string(on));
  if (off) rest.Add(" AND (f.bits & " + std::to_string(off) + ") = 0");
}

// The plus signs keep the planner from leading by these columns: PlanFilter has already decided what leads.
Clause DatedOf(const TaskFilter& filter, Date as_of, bool due_leads) {
  Clause dated;
  std::string due = due_leads ? "f.due" : "+f.due";
  if (filter.due_from) dated.Add(" AND " + due + " >= :due_from", DueNumber(filter.due_from));
  // Tasks without a day are in no range of days.
  if (filter.due_from && !filter.due_to) dated.Add(" AND " + due + " < " + std::to_string(kNoDue));
  if (filter.due_to) dated.Add(" AND " + due + " <= :due_to", DueNumber(filter.due_to));
  if (!filter.states.empty()) {
    std::string list;
    for (auto state : filter.states) list += (list.empty() ? "" : ", ") + std::to_string(int(state));
    dated.Add(" AND +f.state IN (" + list + ")");
  }
  if (filter.overdue == true) {
    dated.Add(" AND " + due + " < :as_of", DueNumber(as_of));
    dated.Add(" AND +f.state NOT IN (" + SettledList() + ")");
  } else if (filter.overdue == false) {
    dated.Add(" AND (+f.due >= :as_of", DueNumber(as_of));
    dated.Add(" OR +f.state IN (" + SettledList() + "))");
  }
  return dated;
}

// Which counter answers "how many", if one does.
void ChooseCounter(const TaskFilter& filter, const std::vector<Need>& needs, FilterPlan& plan) {
  bool off = filter.immediate == false || filter.long_term == false || filter.behind_schedule == false ||
             filter.doubt == false || filter.at_risk;
  if (off || !filter.q.empty()) return;
  std::vector<int64_t> others;
  for (const auto& need : needs) {
    if (need.roles) return;
    if (KindOfFacet(need.facet) != FacetKind::kRound) others.push_back(need.facet);
  }
  for (int64_t facet : CarriedFacets(filter)) {
    if (KindOfFacet(facet) == FacetKind::kFlag) others.push_back(facet);
  }
  if (others.size() > 1) return;
  plan.counted_facet = others.empty() ? Facet(FacetKind::kAll) : others[0];
  plan.counted_round = filter.round ? filter.round->value : 0;
}

// The rarest of what every row must have; their sizes are asked where there is a choice.
void ChooseDriver(Session& session, const TaskFilter& filter, const std::vector<Need>& needs,
                  FilterPlan& plan) {
  std::vector<int64_t> facets = CarriedFacets(filter);
  for (const auto& need : needs) facets.push_back(need.facet);
  if (facets.empty()) facets.push_back(Facet(FacetKind::kAll));
  plan.driver = facets.back();
  if (facets.size() == 1) return;
  auto size_of = [&](int64_t facet) { return session.Value<int64_t>(kTotal, facet).value_or(0); };
  session.Ahead([&] {
    for (int64_t facet : facets) size_of(facet);
  });
  for (auto facet = facets.rbegin(); facet != facets.rend(); ++facet) {
    int64_t size = size_of(*facet);
    if (!plan.driver_size || size < *plan.driver_size) plan.driver = *facet, plan.driver_size = size;
  }
  plan.nothing = plan.driver_size == 0;
}

int64_t CountDated(Session& session, const FilterPlan& plan, const Clause& dated) {
  Query query{
      "driver_dated",
      "SELECT coalesce(sum(n), 0) FROM task_counts f WHERE f.round_id = 0 AND f.facet = :facet" + dated.sql};
  return session.Value<int64_t>(query, plan.driver, dated.args).value_or(0);
}

// What CountStandings counts as at risk, row by row; few of them are listed first.
void AddAtRisk(Session& session, bool wanted, Date as_of, FilterPlan& plan) {
  PaceRule rule = KeptPaceRule(session);
  int64_t today = DueNumber(as_of), until = DueNumber(as_of.Plus(rule.unstarted_days));
  std::string unstarted =
      std::to_string(int(TaskState::kNotStated)) + ", " + std::to_string(int(TaskState::kNotStarted));
  StandingCounts counts = CountStandings(session, std::nullopt, Facet(FacetKind::kAll), as_of, rule);
  if (wanted && counts[size_t(Standing::kAtRisk)] <= kFewHits) {
    plan.rest.Add(
        " AND f.ord IN (SELECT p.ord FROM task_pace p WHERE p.facet = 0 AND p.from_day <= :risk_day", today);
    plan.rest.Add(" AND p.due >= :risk_day2", today);
    for (auto state : {TaskState::kNotStated, TaskState::kNotStarted}) {
      std::string n = std::to_string(int(state));
      plan.rest.Add(
          " UNION SELECT u" + n + ".ord FROM task_facets u" + n + " WHERE u" + n + ".facet = :risk_state" + n,
          Facet(FacetKind::kState, int64_t(state)));
      plan.rest.Add(" AND u" + n + ".due >= :risk_from" + n, today);
      plan.rest.Add(" AND u" + n + ".due < :risk_until" + n, until);
    }
    plan.rest.Add(")");
    return;
  }
  plan.rest.Add(wanted ? " AND (" : " AND NOT (");
  plan.rest.Add("+f.due >= :risk_day", today);
  plan.rest.Add(" AND ((+f.state IN (" + unstarted + ") AND +f.due < :risk_until", until);
  plan.rest.Add(
      ") OR EXISTS (SELECT 1 FROM task_pace p WHERE p.facet = 0 AND p.ord = f.ord AND p.from_day <= "
      ":risk_day2",
      today);
  plan.rest.Add(")))");
}

void AddWords(Session& session, TextIndex& text, const std::string& q, FilterPlan& plan) {
  std::string expression = text.Expression(q);
  if (expression.empty()) {
    plan.nothing = true;
    return;
  }
  int64_t most = text.AtMost(session, TextIndex::kTasks, expression, kFewHits);
  if (most == 0) plan.nothing = true;
  std::string condition =
      most <= kFewHits ? "f.ord IN (" + text.TaskKeys(":words") + ")" : text.TaskHas("f.ord", ":words");
  plan.rest.Add(" AND " + condition, expression);
  plan.looks = most > kFewHits;
}

}  // namespace

int64_t DriverSize(Session& session, const FilterPlan& plan) {
  return plan.driver_size ? *plan.driver_size : session.Value<int64_t>(kTotal, plan.driver).value_or(0);
}

FilterPlan PlanFilter(Session& session, TextIndex& text, const TaskFilter& filter, DocId family, Date as_of) {
  FilterPlan plan;
  std::vector<Need> needs = NeedsOf(filter, family);
  ChooseDriver(session, filter, needs, plan);

  int probe = 0;
  for (const auto& need : needs) {
    std::string p = "p" + std::to_string(++probe);
    std::string roles = need.roles ? " AND (%.bits & " + std::to_string(need.roles) + ") <> 0" : "";
    std::string table = need.facet == plan.driver ? "f" : p;
    if (!roles.empty()) roles.replace(roles.find('%'), 1, table);
    if (need.facet == plan.driver) {
      plan.rest.Add(roles);
    } else {
      plan.rest.Add(" AND EXISTS (SELECT 1 FROM task_facets " + p + " WHERE " + p + ".facet = :" + p,
                    need.facet);
      plan.rest.Add(" AND " + p + ".ord = f.ord" + roles + ")");
    }
  }
  AddFlags(filter, plan.rest);
  plan.dated = DatedOf(filter, as_of, false);
  if (filter.due_from) plan.due_from = DueNumber(filter.due_from), plan.due_before = kNoDue;
  if (filter.due_to) plan.due_before = DueNumber(filter.due_to) + 1;
  if (filter.overdue == true) plan.due_before = std::min(plan.due_before, DueNumber(as_of));
  bool ranged = filter.due_from || filter.due_to || filter.overdue == true;
  if (ranged) plan.driver_size = DriverSize(session, plan);
  if (ranged && *plan.driver_size > kLargeDriver) {
    plan.due_leads = CountDated(session, plan, DatedOf(filter, as_of, true)) * kSparse < *plan.driver_size;
    if (plan.due_leads) plan.dated = DatedOf(filter, as_of, true);
  }
  if (filter.at_risk) AddAtRisk(session, *filter.at_risk, as_of, plan);
  if (!filter.q.empty()) AddWords(session, text, filter.q, plan);
  ChooseCounter(filter, needs, plan);
  return plan;
}

}  // namespace zg::store
