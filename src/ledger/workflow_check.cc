// What makes a workflow one that every task can go through: names lead somewhere, nothing is out of reach,
// from every state there is a way back and a way to close-out.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "base/nearest.h"
#include "ledger/workflow.h"
#include "ledger/workflow_parse.h"

namespace zg {
namespace {

class Check {
 public:
  Check(const Workflow& workflow, std::string file) : w_(workflow), file_(std::move(file)) {
    for (const auto& state : w_.states) ids_.push_back(state.id);
  }

  Status Run() {
    ZG_TRY(Ids());
    for (const auto& step : w_.steps) ZG_TRY(Names(step));
    for (const auto& state : w_.states) ZG_TRY(ReturnNames(state));
    for (const auto& step : w_.steps) ZG_TRY(Kind(step));
    ZG_TRY(Reachable());
    for (const auto& state : w_.states) ZG_TRY(HasReturn(state));
    for (const auto& state : w_.states) ZG_TRY(WayOut(state));
    for (const auto& state : w_.states) ZG_TRY(Rechecks(state));
    return {};
  }

 private:
  Error Mistake(int line, const std::string& message) const { return WorkflowMistake(file_, line, message); }
  static bool IsId(const std::string& id) {
    return !id.empty() && id.size() <= 40 && id[0] >= 'a' && id[0] <= 'z' &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == id.npos;
  }
  Status Unknown(int line, const std::string& state) const {
    std::string near = Nearest(state, ids_);
    return Mistake(line, fmt::format("没有环节“{}”{}", state,
                                     near.empty() ? "。" : fmt::format("；是不是“{}”？", near)));
  }

  Status Ids() {
    if (!IsId(w_.id)) return Mistake(1, fmt::format("流程的 id“{}”只能用小写字母、数字和下划线。", w_.id));
    for (const auto& s : w_.states) {
      if (!IsId(s.id)) return Mistake(s.line, fmt::format("id“{}”只能用小写字母、数字和下划线。", s.id));
      if (s.id == kBack) return Mistake(s.line, "“back”留给回头看之后回到原处，请换一个 id。");
    }
    for (const auto& s : w_.steps)
      if (!IsId(s.id)) return Mistake(s.line, fmt::format("id“{}”只能用小写字母、数字和下划线。", s.id));
    if (std::none_of(w_.states.begin(), w_.states.end(), [](const WorkflowState& s) { return s.closed; }))
      return Mistake(1, "没有一个环节写了 closed = true（销号），任务走不到头。");
    return {};
  }

  Status Names(const WorkflowStep& step) {
    for (const auto& from : step.from)
      if (!w_.State(from)) return Unknown(step.line, from);
    if (step.to != kBack && !w_.State(step.to)) return Unknown(step.line, step.to);
    if (step.from.empty() || step.who.empty())
      return Mistake(step.line, fmt::format("步骤“{}”的 from 和 who 不能是空的。", step.title));
    return {};
  }
  Status ReturnNames(const WorkflowState& state) {
    if (!state.return_to.empty() && state.return_to != kBack && !w_.State(state.return_to))
      return Unknown(state.line, state.return_to);
    return {};
  }

  bool IsLookBack(const std::string& state) const {
    return std::any_of(w_.steps.begin(), w_.steps.end(),
                       [&](const WorkflowStep& s) { return s.kind == StepKind::kLookBack && s.to == state; });
  }

  Status Kind(const WorkflowStep& s) {
    if (s.to == kBack)
      for (const auto& from : s.from)
        if (!IsLookBack(from))
          return Mistake(s.line,
                         fmt::format("“{}”不是回头看的环节，没有原处可回，“back”用不上。", Title(from)));
    if (s.kind == StepKind::kForward) return {};
    if (s.text.empty())
      return Mistake(s.line, fmt::format("步骤“{}”要写 text：这一步必须说明情况或理由。", s.title));
    if (s.kind == StepKind::kRecheck && (s.from.size() != 1 || s.from[0] != s.to))
      return Mistake(s.line, fmt::format("复查“{}”应从一个环节回到同一个环节。", s.title));
    if (s.kind == StepKind::kLookBack) {
      for (const auto& from : s.from)
        if (!w_.State(from)->closed)
          return Mistake(s.line, fmt::format("“{}”还没有销号，不能回头看。", Title(from)));
      if (s.to == kBack || w_.State(s.to)->closed)
        return Mistake(s.line, fmt::format("回头看“{}”要通向一个未销号的环节。", s.title));
    }
    if (s.kind == StepKind::kRebound && (s.to == kBack || w_.State(s.to)->closed))
      return Mistake(s.line, fmt::format("反弹“{}”要通向一个未销号的环节。", s.title));
    return {};
  }

  std::string Title(const std::string& id) const { return w_.State(id)->title; }

  // States that steps lead to from `id`; "back" stands for everything that a look-back can come from.
  std::vector<std::string> Next(const std::string& id, bool only_forward) const {
    std::vector<std::string> out;
    for (const auto& step : w_.StepsFrom(id)) {
      if (only_forward && step.kind != StepKind::kForward) continue;
      if (step.to != kBack) {
        out.push_back(step.to);
        continue;
      }
      for (const auto& s : w_.steps)
        if (s.kind == StepKind::kLookBack && s.to == id) out.insert(out.end(), s.from.begin(), s.from.end());
    }
    return out;
  }
  std::set<std::string> ReachedFrom(const std::string& start, bool only_forward) const {
    std::set<std::string> seen;
    std::vector<std::string> todo = {start};
    while (!todo.empty()) {
      std::string id = todo.back();
      todo.pop_back();
      if (!seen.insert(id).second) continue;
      for (auto& next : Next(id, only_forward)) todo.push_back(std::move(next));
    }
    return seen;
  }

  Status Reachable() {
    std::set<std::string> seen;
    for (const auto& [name, state] : w_.begin) seen.merge(ReachedFrom(state, false));
    for (const auto& state : w_.states)
      if (!seen.count(state.id))
        return Mistake(state.line, fmt::format("没有哪一步通向“{}”，任务永远到不了这里。", state.title));
    return {};
  }

  // Nothing stands before the state where new tasks begin, nor before one that others return to.
  Status HasReturn(const WorkflowState& state) {
    if (!state.return_to.empty() || state.id == w_.begin.at("not_started")) return {};
    for (const auto& other : w_.states)
      if (other.return_to == state.id) return {};
    return Mistake(state.line, fmt::format("“{}”缺少 return_to：材料不合格时退回到哪个环节。", state.title));
  }

  Status WayOut(const WorkflowState& state) {
    for (const auto& id : ReachedFrom(state.id, true))
      if (w_.State(id)->closed) return {};
    return Mistake(state.line, fmt::format("从“{}”往前走不到销号，任务会困在里面。", state.title));
  }

  Status Rechecks(const WorkflowState& state) {
    bool has = std::any_of(w_.steps.begin(), w_.steps.end(), [&](const WorkflowStep& s) {
      return s.kind == StepKind::kRecheck && s.to == state.id;
    });
    if (has == (state.recheck_months > 0)) return {};
    return Mistake(
        state.line,
        has ? fmt::format("“{}”有复查的步骤，还要写 recheck_months（几个月一次）。", state.title)
            : fmt::format("“{}”写了 recheck_months，还要有一个 kind = \"recheck\" 的步骤。", state.title));
  }

  const Workflow& w_;
  std::string file_;
  std::vector<std::string> ids_;
};

}  // namespace

Status CheckWorkflow(const Workflow& workflow, const std::string& file) {
  return Check(workflow, file).Run();
}

}  // namespace zg
