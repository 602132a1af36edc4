#include "office/reporting.h"

#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "office/core.h"
#include "office/dispatch_scope.h"
#include "office/report_content.h"
#include "office/report_proof.h"
#include "office/task_standing.h"
#include "store/events.h"
#include "store/periods.h"
#include "store/reports.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr size_t kMostAtOnce = 200;
constexpr size_t kMostRemark = 6000;  // bytes

Error NoReport() {
  return {Code::kNotFound, "没有这份上报，请刷新后重新选择。", "", "report.not_found"};
}

json QuestionsJson(const DispatchReport& report, const std::optional<DispatchReport>& last) {
  json questions = json::array();
  if (!last) return questions;
  for (const auto& f : Falling(report.content, last->content)) {
    if (f.explained) continue;
    questions.push_back({{"kind", "falling"},
                         {"figure", f.name},
                         {"message", "累计数“" + f.name + "”比上期少，请核对，或写明减少的原因。"}});
  }
  if (IsStandstill(report.content, last->content)) {
    questions.push_back(
        {{"kind", "still"}, {"figure", ""}, {"message", "内容与上期相同。如有新进展，请补充。"}});
  }
  return questions;
}

json ReportJson(store::Session& s, const DispatchReport& r) {
  auto period = store::LoadPeriod(s, r.period);
  auto task = store::LoadHead(s, r.task);
  auto unit = store::LoadUnit(s, r.unit);
  auto last = store::LastAnswer(s, r);
  json out = ContentJson(r.content);
  out["id"] = r.id.value;
  out["period"] = {{"id", r.period.value}, {"name", PeriodChinese(*period)}, {"due", period->due.Iso()}};
  out["unit"] = {{"id", r.unit.value}, {"name", unit->name}};
  out["task"] = {{"id", r.task.value},
                 {"path", task->path},
                 {"problem", task->problem},
                 {"due", task->due ? json(*task->due) : json()}};
  out["status"] = ReportStatusName(r.status);
  out["remark"] = r.remark;
  out["still"] = r.still;
  out["revision"] = r.revision;
  out["updated_by"] = r.updated_by;
  out["updated_at"] = r.updated_at;
  out["submitted_at"] = r.submitted_at;
  out["decided_by"] = r.decided_by;
  out["decided_at"] = r.decided_at;
  out["last"] = nullptr;
  if (last) {
    out["last"] = ContentJson(last->content);
    out["last"]["period"] = PeriodChinese(*store::LoadPeriod(s, last->period));
  }
  out["questions"] = QuestionsJson(r, last);
  return out;
}

Event ReportEvent(const OfficeCore& core, const Actor& actor, const char* kind, const DispatchReport& r) {
  Event event = core.EventOf(actor, kind, "report:" + std::to_string(r.id.value));
  event.task = r.task;
  event.proof = ProofLine(r);
  event.after = json{{"status", ReportStatusName(r.status)},
                     {"unit", r.unit.value},
                     {"period", r.period.value},
                     {"content", ContentJson(r.content)}}
                    .dump(-1, ' ', false, json::error_handler_t::replace);
  return event;
}

// The report, where the person may write to it and nobody has since.
Result<DispatchReport> Writable(store::Session& s, ReportId id, int64_t revision, const Actor& actor) {
  auto report = store::LoadReport(s, id);
  if (!report) return NoReport();
  if (!SeesReportsOf(actor, report->unit)) {
    return Error{Code::kForbidden, "只能填报本单位的任务，请换用该单位的账号。", "", "report.not_yours"};
  }
  auto period = store::LoadPeriod(s, report->period);
  if (period->closed) {
    return Error{Code::kConflict, PeriodChinese(*period) + "调度已经结束，请在下一期填报。", "",
                 "period.closed"};
  }
  if (!IsOwed(report->status)) {
    return Error{Code::kConflict, "已经报出，不能再改；需要修改的，请整改办退回。", "", "report.locked"};
  }
  if (report->revision != revision) {
    return Error{Code::kConflict, "这份上报刚被" + report->updated_by + "改过，请对照现在的内容后再保存。",
                 "", "report.changed"};
  }
  return *report;
}

// Writes what became of the report and counts it.
void Keep(store::Session& s, DispatchReport& r, ReportStatus to) {
  store::MoveCount(s, r.period, r.unit, r.status, to);
  r.status = to;
  r.revision += 1;
  r.digest = ReportDigest(r);
  store::UpdateReport(s, r);
}

Result<json> Decide(OfficeCore& core, PeriodId period, const std::vector<ReportId>& reports,
                    const std::string& remark, ReportStatus to, const Actor& actor) {
  std::set<ReportId> ids(reports.begin(), reports.end());
  if (ids.empty() || ids.size() > kMostAtOnce || remark.size() > kMostRemark) {
    return Error{Code::kInvalid, "一次可处理 1 至 200 份，意见不超过两千字。", "reports", "report.too_many"};
  }
  return core.store->Write([&](store::Session& s) -> Result<json> {
    for (ReportId id : ids) {
      auto report = store::LoadReport(s, id);
      if (!report || report->period != period) return NoReport();
      if (report->status != ReportStatus::kSubmitted) {
        return Error{Code::kConflict, "所选的上报中有尚未报出或已经处理的，请刷新后再选。",
                     "report:" + std::to_string(id.value), "report.not_submitted"};
      }
      report->remark = remark;
      report->decided_by = actor.name;
      report->decided_at = core.Now();
      Keep(s, *report, to);
      bool accepted = to == ReportStatus::kAccepted;
      Event event = ReportEvent(core, actor, accepted ? "report.accepted" : "report.returned", *report);
      event.before = json{{"status", "submitted"}}.dump();
      event.note = remark;
      if (accepted) {
        ZG_ASSIGN(std::string of_task, BringTaskTo(core, s, report->task, period));
        event.proof += of_task;
      }
      store::AppendEvent(s, event);
    }
    return json{{"decided", ids.size()}};
  });
}

}  // namespace

Result<json> Reporting::Get(ReportId id, const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    auto report = store::LoadReport(s, id);
    if (!report) return NoReport();
    if (!SeesReportsOf(actor, report->unit)) {
      return Error{Code::kForbidden, "只能查看本单位的上报，其他单位的请向整改办了解。", "",
                   "report.not_yours"};
    }
    return ReportJson(s, *report);
  });
}

Result<json> Reporting::Save(ReportId id, int64_t revision, const std::string& changes, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(DispatchReport report, Writable(s, id, revision, actor));
    json before = ContentJson(report.content);
    ZG_TRY(ChangeContent(report.content, json::parse(changes, nullptr, false)));
    auto last = store::LastAnswer(s, report);
    report.still = last && IsStandstill(report.content, last->content);
    // One event tells that somebody began to write; what they save after it is proved by the row's digest.
    bool begins = report.revision == 1 || report.updated_by != actor.name ||
                  (!report.decided_at.empty() && report.updated_at <= report.decided_at);
    report.updated_by = actor.name;
    report.updated_at = core_.Now();
    Keep(s, report, report.status == ReportStatus::kReturned ? report.status : ReportStatus::kDraft);
    if (begins) {
      Event event = ReportEvent(core_, actor, "report.drafted", report);
      event.before = before.dump(-1, ' ', false, json::error_handler_t::replace);
      store::AppendEvent(s, event);
    }
    return ReportJson(s, report);
  });
}

Result<json> Reporting::Submit(ReportId id, int64_t revision, const Actor& actor) {
  auto submitted = core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(DispatchReport report, Writable(s, id, revision, actor));
    auto last = store::LastAnswer(s, report);
    ZG_TRY(CheckComplete(report.content,
                         last ? Falling(report.content, last->content) : std::vector<FallingFigure>()));
    std::string before = json{{"status", ReportStatusName(report.status)}}.dump();
    report.submitted_at = report.updated_at = core_.Now();
    report.updated_by = actor.name;
    Keep(s, report, ReportStatus::kSubmitted);
    Event event = ReportEvent(core_, actor, "report.submitted", report);
    event.before = before;
    store::AppendEvent(s, event);
    return ReportJson(s, report);
  });
  if (submitted.ok()) core_.checks->Wake();
  return submitted;
}

Result<json> Reporting::Accept(PeriodId period, const std::vector<ReportId>& reports,
                               const std::string& remark, const Actor& actor) {
  auto decided = Decide(core_, period, reports, remark, ReportStatus::kAccepted, actor);
  if (decided.ok()) core_.checks->Wake();
  return decided;
}

Result<json> Reporting::Return(PeriodId period, const std::vector<ReportId>& reports,
                               const std::string& remark, const Actor& actor) {
  if (Trim(ToUtf32(remark)).empty()) {
    return Error{Code::kInvalid, "退回须写明意见，让单位知道要改什么。", "remark", "report.no_remark"};
  }
  return Decide(core_, period, reports, remark, ReportStatus::kReturned, actor);
}

}  // namespace zg
