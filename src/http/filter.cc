#include "http/filter.h"

namespace zg::http {
namespace {

template <class SomeId>
std::optional<SomeId> ReadId(QueryReader& q, const char* name) {
  auto value = q.Id(name);
  return value ? std::optional(SomeId{*value}) : std::nullopt;
}

std::vector<TaskState> ReadStates(QueryReader& q) {
  std::vector<std::string> names;
  for (auto state : {TaskState::kNotStated, TaskState::kNotStarted, TaskState::kInProgress,
                     TaskState::kOngoing, TaskState::kCompleted})
    names.emplace_back(TaskStateName(state));
  std::vector<TaskState> states;
  for (const std::string& name : q.ListOf("state", names)) states.push_back(*ParseTaskState(name));
  return states;
}

TaskSort ReadSort(QueryReader& q) {
  auto sort = ParseTaskSort(q.Text("sort").value_or(""));
  if (sort.ok()) return *sort;
  q.Refuse("sort", "可以是number、due、state、updated，前面加-为倒序");
  return {};
}

}  // namespace

TaskChoice ReadTaskChoice(QueryReader& q) {
  TaskChoice out;
  TaskFilter& f = out.filter;
  f.round = ReadId<RoundId>(q, "round");
  f.document = ReadId<DocId>(q, "document");
  f.unit = ReadId<UnitId>(q, "unit");
  auto role = q.OneOf("role", {"responsible", "lead", "supporting", "acceptance"});
  f.role = ParseRoleFilter(role.value_or("")).value_or(RoleFilter::kAny);
  f.region = q.Text("region", 20).value_or("");
  f.states = ReadStates(q);
  f.due_from = q.Day("due_from");
  f.due_to = q.Day("due_to");
  if (f.due_from && f.due_to && *f.due_from > *f.due_to) q.Refuse("due_to", "不能早于due_from");
  f.immediate = q.Flag("immediate");
  f.long_term = q.Flag("long_term");
  f.behind_schedule = q.Flag("behind_schedule");
  f.overdue = q.Flag("overdue");
  f.at_risk = q.Flag("at_risk");
  f.doubt = q.Flag("doubt");
  f.q = q.Text("q").value_or("");
  f.as_of = q.Day("as_of");
  out.sort = ReadSort(q);
  return out;
}

}  // namespace zg::http
