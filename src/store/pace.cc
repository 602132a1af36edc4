#include "store/pace.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include "ledger/breakdown.h"
#include "store/breakdowns.h"
#include "store/facet.h"
#include "store/reports.h"

namespace zg::store {
namespace {

using Text = std::string;

const Query kFacts{
    "pace_facts",
    "SELECT r.state, r.due, t.behind_schedule, substr(t.created_at, 1, 10), f.doc_date, o.year FROM "
    "task_rows r JOIN tasks t ON t.id = r.task_id JOIN documents d ON d.id = t.document_id JOIN "
    "documents f ON f.id = d.family_id JOIN rounds o ON o.id = r.round_id WHERE r.task_id = :task"};
const Query kSteps{
    "pace_steps",
    "SELECT body, due, weight, done_day FROM breakdown_steps WHERE task_id = :task AND gone = 0 ORDER BY "
    "ord"};
// The newest accepted answer of each unit (4: accepted).
const Query kFigures{
    "pace_figures",
    "SELECT p.figures FROM reports p WHERE p.task_id = :task AND p.status = 4 AND NOT EXISTS (SELECT 1 "
    "FROM reports q WHERE q.task_id = p.task_id AND q.unit_id = p.unit_id AND q.id > p.id AND q.status "
    "= 4)"};
const Query kRow{"pace_row", "SELECT ord, due, state, round_id, facets FROM task_rows WHERE task_id = :task"};
const Query kAnything{
    "pace_anything",
    "SELECT CASE WHEN EXISTS (SELECT 1 FROM breakdown_steps WHERE task_id = :task AND gone = 0) OR EXISTS "
    "(SELECT 1 FROM reports WHERE task_id = :task2 AND status = 4) THEN 1 ELSE 0 END"};
const Query kInsert{
    "pace_insert",
    "INSERT INTO task_pace (facet, ord, from_day, due, state, round_id) VALUES (:facet, :ord, :from, "
    ":due, :state, :round)"};
const Query kDelete{"pace_delete", "DELETE FROM task_pace WHERE ord = :ord"};
const Query kClear{"pace_clear", "DELETE FROM task_pace"};
const Query kTasks{"pace_tasks",
                   "SELECT task_id FROM task_rows WHERE task_id > :after ORDER BY task_id LIMIT :n"};
const Query kRule{"pace_rule", "SELECT tolerance, unstarted_days FROM pace_rules WHERE id = 1"};
const Query kSaveRule{
    "pace_rule_save",
    "INSERT INTO pace_rules (id, tolerance, unstarted_days) VALUES (1, :tolerance, :days) ON CONFLICT "
    "(id) DO UPDATE SET tolerance = excluded.tolerance, unstarted_days = excluded.unstarted_days"};
const Query kOfFacet{
    "pace_counts",
    "SELECT due, state, n FROM task_counts WHERE round_id = :round AND facet = :facet AND n > 0"};
const Query kBehind{
    "pace_behind",
    "SELECT due, state, count(*) FROM task_pace WHERE facet = :facet AND from_day <= :day AND due >= "
    ":day2 GROUP BY due, state"};
const Query kBehindRound{
    "pace_behind_round",
    "SELECT due, state, count(*) FROM task_pace WHERE facet = :facet AND from_day <= :day AND due "
    ">= :day2 AND round_id = :round GROUP BY due, state"};

std::optional<Date> DayOf(const std::optional<Text>& iso) {
  return iso ? Date::ParseIso(*iso) : std::nullopt;
}

// By the kinds of facets that counts are asked for.
bool IsCounted(int64_t facet) {
  switch (KindOfFacet(facet)) {
    case FacetKind::kAll:
    case FacetKind::kUnit:
    case FacetKind::kRegion:
    case FacetKind::kSeen:
    case FacetKind::kUnitDoes:
    case FacetKind::kRegionDoes:
      return true;
    default:
      return false;
  }
}

std::optional<Date> BeginOf(std::optional<Date> document, std::optional<Date> came, int64_t year,
                            std::optional<Date> due) {
  auto round = year > 0 ? Date::Make(int(year), 12, 31) : std::nullopt;
  if (!document && round && came && *round < *came) came = round;  // typed in long after it was handed out
  std::optional<Date> begin = document ? document : came;
  if (!due || (begin && *begin < *due)) return begin;
  // A report that came after the last day says nothing of the beginning; the round does.
  return round && *round < *due ? round : std::nullopt;
}

}  // namespace

PaceFacts LoadPace(Session& session, TaskId task) {
  PaceFacts facts;
  auto row = session.Row<int64_t, int64_t, int64_t, Text, std::optional<Text>, int64_t>(kFacts, task);
  if (!row) return facts;
  auto& [state, due, behind, came, document, year] = *row;
  facts.state = TaskState(state);
  facts.due = DateOfDue(due);
  facts.behind = behind != 0;
  facts.begin = BeginOf(DayOf(document), Date::ParseIso(came), year, facts.due);
  if (IsSettled(facts.state)) return facts;
  session.Each<Text, std::optional<Text>, int, std::optional<Text>>(
      kSteps,
      [&](const Text& body, const std::optional<Text>& day, int weight, const std::optional<Text>& done) {
        BreakdownStep step;
        step.text = body;
        step.due = DayOf(day);
        step.weight = weight;
        step.done = DayOf(done);
        facts.steps.push_back(std::move(step));
      },
      task);
  session.Each<Text>(
      kFigures,
      [&](const Text& text) {
        for (auto& figure : FiguresFromJson(text)) facts.figures.push_back(std::move(figure));
      },
      task);
  return facts;
}

void RemovePace(Session& session, int64_t ord) {
  session.Run(kDelete, ord);
}

void RefreshPace(Session& session, TaskId task) {
  auto row = session.Row<int64_t, int64_t, int64_t, int64_t, Text>(kRow, task);
  if (!row) return;
  auto& [ord, due, state, round, facets] = *row;
  session.Run(kDelete, ord);
  if (IsSettled(TaskState(state))) return;
  // Most tasks have nothing that could put them at risk but their day.
  std::vector<int64_t> of;
  std::istringstream in(facets);
  for (int64_t facet; in >> facet;) of.push_back(facet);
  bool behind = std::count(of.begin(), of.end(), Facet(FacetKind::kFlag, kBehindBit)) > 0;
  if (!behind && session.Value<int64_t>(kAnything, task, task).value_or(0) == 0) return;
  PaceRule rule = KeptPaceRule(session);
  rule.unstarted_days = 0;  // counted from state and day
  auto from = AtRiskFrom(LoadPace(session, task), rule);
  if (!from) return;
  for (int64_t facet : of)
    if (IsCounted(facet)) session.Run(kInsert, facet, ord, DueNumber(from), due, state, round);
}

void RebuildPace(Session& session) {
  constexpr int kAtOnce = 1000;
  session.Run(kClear);
  for (int64_t after = 0;;) {
    std::vector<TaskId> tasks;
    session.Each<int64_t>(
        kTasks, [&](int64_t id) { tasks.push_back({id}); }, after, kAtOnce);
    for (TaskId task : tasks) RefreshPace(session, task);
    if (tasks.size() < size_t(kAtOnce)) return;
    after = tasks.back().value;
  }
}

PaceRule KeptPaceRule(Session& session) {
  PaceRule rule = PaceRule::Builtin();
  if (auto kept = session.Row<int, int>(kRule)) std::tie(rule.tolerance, rule.unstarted_days) = *kept;
  return rule;
}

void KeepPaceRule(Session& session, const PaceRule& rule) {
  PaceRule before = KeptPaceRule(session);
  bool there = session.Row<int, int>(kRule).has_value();
  if (there && before.tolerance == rule.tolerance && before.unstarted_days == rule.unstarted_days) return;
  session.Run(kSaveRule, rule.tolerance, rule.unstarted_days);
  if (before.tolerance != rule.tolerance) RebuildPace(session);
}

StandingCounts CountStandings(Session& session, std::optional<RoundId> round, int64_t facet, Date as_of,
                              const PaceRule& rule) {
  StandingCounts counts{};
  auto add = [&](Standing standing, int64_t n) { counts[size_t(standing)] += n; };
  // By state and day alone: steps and answers come after.
  auto plain = [&](int64_t due, int64_t state) {
    PaceFacts facts;
    facts.state = TaskState(state);
    facts.due = DateOfDue(due);
    return StandingOn(facts, rule, as_of);
  };
  session.Each<int64_t, int64_t, int64_t>(
      kOfFacet, [&](int64_t due, int64_t state, int64_t n) { add(plain(due, state), n); },
      round ? round->value : 0, facet);
  auto behind = [&](int64_t due, int64_t state, int64_t n) {
    Standing without = plain(due, state);
    add(without, -n);
    add(Standing::kAtRisk, n);
  };
  int64_t day = DueNumber(as_of);
  if (round)
    session.Each<int64_t, int64_t, int64_t>(kBehindRound, behind, facet, day, day, round->value);
  else
    session.Each<int64_t, int64_t, int64_t>(kBehind, behind, facet, day, day);
  return counts;
}

}  // namespace zg::store
