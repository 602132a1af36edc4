#include "ledger/workflow.h"

#include <algorithm>

namespace zg {
namespace {

struct WhoRow {
  std::string_view name, title;
};
constexpr WhoRow kWho[] = {{"responsible", "责任单位"},   {"acceptance", "验收单位"},
                           {"office", "整改办"},          {"leader", "整改办负责人"},
                           {"inspector", "督察督导人员"}, {"discipline", "纪检监察"}};
constexpr std::string_view kKinds[] = {"forward", "recheck", "look_back", "rebound", "return"};

}  // namespace

std::string_view WhoName(Who who) {
  return kWho[size_t(who)].name;
}
std::string_view WhoTitle(Who who) {
  return kWho[size_t(who)].title;
}
std::string_view StepKindName(StepKind kind) {
  return kKinds[size_t(kind)];
}

const WorkflowState* Workflow::State(std::string_view wanted) const {
  auto it =
      std::find_if(states.begin(), states.end(), [&](const WorkflowState& s) { return s.id == wanted; });
  return it == states.end() ? nullptr : &*it;
}

const WorkflowStep* Workflow::Step(std::string_view wanted) const {
  auto it = std::find_if(steps.begin(), steps.end(), [&](const WorkflowStep& s) { return s.id == wanted; });
  return it == steps.end() ? nullptr : &*it;
}

std::vector<WorkflowStep> Workflow::StepsFrom(std::string_view state) const {
  std::vector<WorkflowStep> out;
  for (const auto& step : steps)
    if (std::find(step.from.begin(), step.from.end(), state) != step.from.end()) out.push_back(step);
  const WorkflowState* from = State(state);
  if (from && !from->return_to.empty()) {
    WorkflowStep back;
    back.id = kReturn;
    back.title = from->return_title;
    back.kind = StepKind::kReturn;
    back.from = {from->id};
    back.to = from->return_to;
    back.who = from->return_who;
    back.text = "退回的理由";
    back.line = from->line;
    out.push_back(std::move(back));
  }
  return out;
}

const std::string& Workflow::BeginState(std::string_view document_kind, TaskState state) const {
  std::string name(TaskStateName(state));
  auto it = begin.find(std::string(document_kind) + "." + name);
  if (it == begin.end()) it = begin.find(name);
  return it->second;  // the loader asks for every state
}

}  // namespace zg
