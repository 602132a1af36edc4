#include "office/verify_dispatch.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "office/breakdown_json.h"
#include "office/json.h"
#include "office/report_write.h"
#include "office/schedule.h"
#include "store/breakdowns.h"
#include "store/period_rules.h"
#include "store/periods.h"
#include "store/reports.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kBatch = 500;

// "report:17" → 17.
int64_t NumberIn(const std::string& subject) {
  return std::atoll(subject.substr(subject.find(':') + 1).c_str());
}

bool IsUntouched(const DispatchReport& r) {
  const ReportContent& c = r.content;
  return r.status == ReportStatus::kEmpty && !c.state && !c.on_schedule && c.reason.empty() &&
         c.text.empty() && c.figures.empty() && c.evidence.empty() && c.next_step.empty() &&
         r.remark.empty() && r.revision == 1;
}

}  // namespace

void DispatchProof::Note(const Event& event) {
  if (event.kind.rfind("report.", 0) == 0) {
    reports_[NumberIn(event.subject)] = {Sm3Hex(event.after), event.seq};
  } else if (event.kind.rfind("breakdown.", 0) == 0) {
    breakdowns_[event.task] = {ValueOf(event.after), event.seq};
  } else if (event.kind == "schedule.changed") {
    rules_[event.subject] = ValueOf(event.after);
  } else if (event.kind == "period.opened") {
    periods_[NumberIn(event.subject)] = ValueOf(event.after);
  } else if (event.kind == "period.closed") {
    if (auto& period = periods_[NumberIn(event.subject)]; period.is_object()) period["closed"] = true;
  }
}

void DispatchProof::Check(store::Session& session, const Break& say) {
  Breakdowns(session, say);
  Rules(session, say);
  Periods(session, say);
  Reports(session, say);
}

void DispatchProof::Breakdowns(store::Session& session, const Break& say) {
  TaskId after;
  for (;;) {
    auto batch = store::BreakdownsAfter(session, after, kBatch);
    for (const auto& b : batch) {
      after = b.task;
      auto head = store::LoadHead(session, b.task);
      std::string where = fmt::format("任务{}（任务号{}）的分解", head ? head->path : "", b.task.value);
      auto last = breakdowns_.find(b.task);
      if (last == breakdowns_.end()) {
        say("breakdown", where, "没有任何事件记载这项任务的分解，应是绕过系统加进来的。");
        continue;
      }
      if (last->second.first != BreakdownTold(b)) {
        say("breakdown", where,
            fmt::format("分解的步骤与最后一次留痕（事件{}）不符，被绕过系统改过。请对照事件核对。",
                        last->second.second));
      }
      breakdowns_.erase(last);
    }
    if (batch.empty()) break;
  }
  for (const auto& [task, last] : breakdowns_) {
    say("breakdown", fmt::format("任务号{}", task.value),
        fmt::format("事件{}里有这项任务的分解，台账里却没有了，应是被绕过系统删除。", last.second));
  }
}

void DispatchProof::Rules(store::Session& session, const Break& say) {
  std::map<std::string, json> now;
  for (const auto& rule : store::LoadRules(session)) now["schedule:" + RuleKindName(rule)] = RuleTold(rule);
  for (const auto& [subject, unused] : rules_) now.try_emplace(subject);
  for (const auto& [subject, rule] : now) {
    auto said = rules_.find(subject);
    if (said == rules_.end() || said->second != rule)
      say("schedule", "定期调度的规则", "规则与最后一次留痕不符，被绕过系统改过、加过或删过。请重新设置。");
  }
}

void DispatchProof::Periods(store::Session& session, const Break& say) {
  for (const auto& p : store::AllPeriods(session)) {
    std::string where = "调度期" + p.period.code;
    auto said = periods_.find(p.period.id.value);
    if (said == periods_.end() || !said->second.is_object()) {
      say("period", where, "没有任何事件记载这期调度，应是绕过系统加进来的。");
      continue;
    }
    const json& then = said->second;
    bool same = then.value("code", "") == p.period.code && then.value("due", "") == p.period.due.Iso() &&
                then.value("rounds", json()) == ValueOf(p.rounds) &&
                then.value("closed", false) == p.period.closed;
    if (!same) say("period", where, "这期调度的期别、截止日、轮次或状态与留痕不符，被绕过系统改过。");
    if (then.value("reports", int64_t(0)) != p.reports) {
      say("period", where,
          fmt::format("这期调度开始时有{}份待报，现在有{}份，有的被绕过系统加过或删过。请用备份核对。",
                      then.value("reports", int64_t(0)), p.reports));
    }
    periods_.erase(said);
  }
  for (const auto& [id, then] : periods_)
    say("period", "调度期" + (then.is_object() ? then.value("code", "") : std::to_string(id)),
        "事件里开过这期调度，台账里却没有了，应是被绕过系统删除。请用备份恢复。");
}

void DispatchProof::Reports(store::Session& session, const Break& say) {
  ReportId after;
  for (;;) {
    auto batch = store::ReportsAfter(session, after, kBatch);
    for (const auto& r : batch) {
      after = r.id;
      auto said = reports_.find(r.id.value);
      bool same = said == reports_.end() ? IsUntouched(r) : said->second.digest == Sm3Hex(ReportTold(r));
      if (!same) {
        auto period = store::LoadPeriod(session, r.period);
        auto unit = store::LoadUnit(session, r.unit);
        auto head = store::LoadHead(session, r.task);
        std::string where = fmt::format("{}期 {} 任务{}的上报", period ? period->code : "",
                                        unit ? unit->name : "", head ? head->path : "");
        say("report", where,
            said == reports_.end()
                ? std::string("没有任何事件记载这份上报，应是绕过系统写进来的。")
                : fmt::format(
                      "上报的内容或状态与最后一次留痕（事件{}）不符，被绕过系统改过。请对照事件核对。",
                      said->second.seq));
      }
      if (said != reports_.end()) reports_.erase(said);
    }
    if (batch.empty()) break;
  }
  for (const auto& [id, said] : reports_)
    say("report", fmt::format("上报{}", id),
        fmt::format("事件{}里有这份上报，台账里却没有了，应是被绕过系统删除。请用备份恢复。", said.seq));
}

}  // namespace zg
