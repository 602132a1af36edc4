#include "ledger/case.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.h"
#include "base/text.h"
#include "ledger/evidence.h"

namespace zg {
namespace {

bool Has(RoleSet roles, std::initializer_list<Role> any) {
  return std::any_of(any.begin(), any.end(), [&](Role role) { return roles & RoleBit(role); });
}

bool Is(Who who, const CaseFacts& facts, const CaseActor& actor) {
  bool office = Has(actor.roles, {Role::kClerk, Role::kLeader});
  switch (who) {
    case Who::kResponsible:
      return (actor.responsible && Has(actor.roles, {Role::kReporter})) ||
             (office && !facts.names_responsible);
    case Who::kAcceptance:
      return (actor.acceptance && Has(actor.roles, {Role::kAcceptor})) || (office && !facts.names_acceptance);
    case Who::kOffice:
      return office;
    case Who::kLeader:
      return Has(actor.roles, {Role::kLeader});
    case Who::kInspector:
      return Has(actor.roles, {Role::kInspector});
    case Who::kDiscipline:
      return Has(actor.roles, {Role::kDiscipline});
  }
  return false;
}

std::string Titles(const std::vector<Who>& all) {
  std::string out;
  for (Who who : all) out += (out.empty() ? "" : "、") + std::string(WhoTitle(who));
  return out;
}

bool IsBlank(const std::string& text) {
  return Trim(ToUtf32(text)).empty();
}

Requirement Notice(const WorkflowStep& step, const CaseState& state, const WorkCalendar& calendar,
                   Date today) {
  Date last = calendar.AddWorkingDays(state.entered, step.notice_days);
  Requirement r{Requirement::Kind::kNotice, today > last, "", "", 0, 0, last.Plus(1)};
  r.message = fmt::format("公示满{}个工作日（到{}）", step.notice_days, last.Chinese());
  if (!r.met) {
    int left = calendar.WorkingDays(today, last);
    r.message += left > 0 ? fmt::format("，还有{}个工作日", left) : "，明天起可以办理";
  }
  r.message +=
      calendar.Unknown(state.entered, last).empty() ? "" : "。" + calendar.Unknown(state.entered, last);
  return r;
}

std::vector<Requirement> RequirementsOf(const WorkflowStep& step, const CaseState& state,
                                        const CaseFacts& facts, const WorkCalendar& calendar, Date today) {
  std::vector<Requirement> out;
  if (step.only_long_term)
    out.push_back({Requirement::Kind::kLongTerm, facts.long_term, "任务写明长期坚持", "", 0, 0, {}});
  if (step.notice_days) out.push_back(Notice(step, state, calendar, today));
  for (const auto& [kind, n] : step.evidence) {
    auto it = facts.evidence.find(kind);
    int64_t there = it == facts.evidence.end() ? 0 : it->second;
    const EvidenceKind* known = (facts.plan ? *facts.plan : EvidencePlan::Builtin()).Find(kind);
    out.push_back({Requirement::Kind::kEvidence,
                   there >= n,
                   fmt::format("资料“{}”{}份（已有{}份）", known ? known->name : kind, n, there),
                   kind,
                   n,
                   there,
                   {}});
  }
  return out;
}

Error Unmet(const Requirement& r) {
  switch (r.kind) {
    case Requirement::Kind::kNotice:
      return {Code::kConflict, "公示还没有期满：要" + r.message + "。", "", "case.notice", ""};
    case Requirement::Kind::kEvidence:
      return {Code::kConflict, "资料还不齐：要有" + r.message + "。请先到资料里补上。", r.evidence,
              "case.evidence", ""};
    case Requirement::Kind::kLongTerm:
      return {Code::kConflict, "这项任务没有写明长期坚持，不必转入。", "", "case.long_term", ""};
  }
  return {};
}

Error NoStep(const Workflow& workflow, const CaseState& state, const std::string& id) {
  const WorkflowState* at = workflow.State(state.state);
  if (workflow.Step(id) || id == kReturn) {
    return {
        Code::kConflict,
        fmt::format("任务现在是“{}”，这一步办不了，可能刚被别人办过，请刷新。", at ? at->title : state.state),
        "step", "case.not_here", ""};
  }
  std::vector<std::string> known;
  for (const auto& step : workflow.steps) known.push_back(step.id);
  std::string near = Nearest(id, known);
  return {Code::kNotFound,
          fmt::format("流程里没有步骤“{}”{}", id, near.empty() ? "。" : fmt::format("；是不是“{}”？", near)),
          "step", "case.no_step", ""};
}

}  // namespace

bool StepOffer::ready() const {
  return std::all_of(requirements.begin(), requirements.end(), [](const Requirement& r) { return r.met; });
}

std::vector<StepOffer> OfferSteps(const Workflow& workflow, const CaseState& state, const CaseFacts& facts,
                                  const CaseActor& actor, const WorkCalendar& calendar, Date today) {
  std::vector<StepOffer> offers;
  for (auto& step : workflow.StepsFrom(state.state)) {
    StepOffer offer;
    offer.to = step.to == kBack ? state.back : step.to;
    offer.mine =
        std::any_of(step.who.begin(), step.who.end(), [&](Who who) { return Is(who, facts, actor); });
    offer.requirements = RequirementsOf(step, state, facts, calendar, today);
    offer.step = std::move(step);
    offers.push_back(std::move(offer));
  }
  return offers;
}

Result<CaseState> TakeStep(const Workflow& workflow, const CaseState& state, const CaseFacts& facts,
                           const CaseActor& actor, const StepInput& input, const WorkCalendar& calendar,
                           Date today) {
  auto offers = OfferSteps(workflow, state, facts, actor, calendar, today);
  auto it =
      std::find_if(offers.begin(), offers.end(), [&](const StepOffer& o) { return o.step.id == input.step; });
  if (it == offers.end()) return NoStep(workflow, state, input.step);
  const WorkflowStep& step = it->step;
  if (!it->mine) {
    return Error{
        Code::kForbidden,
        fmt::format("“{}”由{}办理，请转给他们，或请管理员核对您的单位和角色。", step.title, Titles(step.who)),
        "", "case.not_yours", ""};
  }
  for (const auto& r : it->requirements)
    if (!r.met) return Unmet(r);
  if (!step.text.empty() && IsBlank(input.text))
    return Error{Code::kInvalid, "请写明" + step.text + "。", "text", "case.no_text", ""};
  if (!step.opinion.empty() && IsBlank(input.opinion))
    return Error{Code::kInvalid, "请写明" + step.opinion + "。", "opinion", "case.no_opinion", ""};
  CaseState after = state;
  if (step.kind == StepKind::kRecheck) {
    after.checked = today;
    return after;
  }
  after.state = it->to;
  after.entered = today;
  after.checked.reset();
  after.back = step.kind == StepKind::kLookBack ? state.state : "";
  if (step.kind == StepKind::kRebound) after.cycle += 1;
  return after;
}

std::optional<Date> CaseDue(const Workflow& workflow, const CaseState& state, std::optional<Date> deadline,
                            const WorkCalendar& calendar) {
  const WorkflowState* at = workflow.State(state.state);
  if (!at) return std::nullopt;
  if (at->until_deadline) return deadline;
  if (at->recheck_months) return MonthsLater(state.checked.value_or(state.entered), at->recheck_months);
  if (at->within) return calendar.AddWorkingDays(state.entered, at->within);
  return std::nullopt;
}

Date MonthsLater(Date day, int months) {
  int month = day.year() * 12 + day.month() - 1 + months;
  int year = month / 12, m = month % 12 + 1;
  Date last = Date::EndOfMonth(year, m).value_or(day);
  return Date::Make(year, m, std::min(day.day(), last.day())).value_or(last);
}

}  // namespace zg
