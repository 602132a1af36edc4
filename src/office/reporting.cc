#include "office/reporting.h"

#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "office/core.h"
#include "office/dispatch_scope.h"
#include "office/report_content.h"
#include "office/report_write.h"
#include "office/task_standing.h"
#include "store/cases.h"
#include "store/events.h"
#include "store/periods.h"
#include "store/reports.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr size_t kMostAtOnce = 200;
constexpr size_t kMostRemark = 6000;  // bytes

Result<json> Decide(OfficeCore& core, PeriodId period, const std::vector<ReportId>& reports,
                    const std::string& remark, ReportStatus to, const Actor& actor) {
  std::set<ReportId> ids(reports.begin(), reports.end());
  if (ids.empty() || ids.size() > kMostAtOnce || remark.size() > kMostRemark) {
    return Error{Code::kInvalid, "一次可处理 1 至 200 份，意见不超过两千字。", "reports", "report.too_many"};
  }
  return core.store->Write([&](store::Session& s) -> Result<json> {
    for (ReportId id : ids) {
      auto report = store::LoadReport(s, id);
      if (!report || report->period != period || !SeesReportsOf(s, actor, report->unit)) return NoReport();
      if (report->status != ReportStatus::kSubmitted) {
        return Error{Code::kConflict, "所选的上报中有尚未报出或已经处理的，请刷新后再选。",
                     "report:" + std::to_string(id.value), "report.not_submitted"};
      }
      report->remark = remark;
      report->decided_by = actor.name;
      report->decided_at = core.Now();
      KeepReport(s, *report, to);
      bool accepted = to == ReportStatus::kAccepted;
      Event event = ReportEvent(core, actor, accepted ? "report.accepted" : "report.returned", *report);
      event.before = json{{"status", "submitted"}}.dump();
      event.note = remark;
      if (accepted) {
        ZG_ASSIGN(event.proof, BringTaskTo(core, s, report->task, period));
      }
      store::AppendEvent(s, event);
    }
    return json{{"decided", ids.size()}};
  });
}

// What is cited is there and belongs to the task.
Status CheckEvidence(store::Session& s, const DispatchReport& report) {
  s.Ahead([&] {
    for (EvidenceId id : report.content.evidence) store::EvidenceIsThere(s, report.task, id);
  });
  for (EvidenceId id : report.content.evidence) {
    if (store::EvidenceIsThere(s, report.task, id)) continue;
    return Error{Code::kInvalid,
                 "引用的资料（" + std::to_string(id.value) + "）不在这项任务的资料里，或已移除，请重新选择。",
                 "evidence", "report.no_evidence"};
  }
  return {};
}

}  // namespace

Result<json> Reporting::Get(ReportId id, const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    auto report = store::LoadReport(s, id);
    if (!report) return NoReport();
    if (!SeesReportsOf(s, actor, report->unit)) {
      return Error{Code::kForbidden, "只能查看本单位的上报，其他单位的请向整改办了解。", "",
                   "report.not_yours"};
    }
    return ReportJson(s, *report);
  });
}

Result<json> Reporting::Save(ReportId id, int64_t revision, const std::string& changes, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(DispatchReport report, WritableReport(s, id, revision, actor));
    json before = ContentJson(report.content);
    json changed = json::parse(changes, nullptr, false);
    ZG_TRY(ChangeContent(report.content, changed));
    if (changed.contains("evidence")) ZG_TRY(CheckEvidence(s, report));
    auto last = store::LastAnswer(s, report);
    report.still = last && IsStandstill(report.content, last->content);
    report.updated_by = actor.name;
    report.updated_at = core_.Now();
    KeepReport(s, report, report.status == ReportStatus::kReturned ? report.status : ReportStatus::kDraft);
    Event event = ReportEvent(core_, actor, "report.drafted", report);
    event.before = before.dump(-1, ' ', false, json::error_handler_t::replace);
    store::AppendEvent(s, event);
    return ReportJson(s, report);
  });
}

Result<json> Reporting::Submit(ReportId id, int64_t revision, const Actor& actor) {
  auto submitted = core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(DispatchReport report, WritableReport(s, id, revision, actor));
    ZG_TRY(CheckEvidence(s, report));
    auto last = store::LastAnswer(s, report);
    ZG_TRY(CheckComplete(report.content,
                         last ? Falling(report.content, last->content) : std::vector<FallingFigure>()));
    std::string before = json{{"status", ReportStatusName(report.status)}}.dump();
    report.submitted_at = report.updated_at = core_.Now();
    report.updated_by = actor.name;
    KeepReport(s, report, ReportStatus::kSubmitted);
    Event event = ReportEvent(core_, actor, "report.submitted", report);
    event.before = before;
    store::AppendEvent(s, event);
    return ReportJson(s, report);
  });
  if (submitted.ok()) core_.checks->Wake(false);
  return submitted;
}

Result<json> Reporting::Accept(PeriodId period, const std::vector<ReportId>& reports,
                               const std::string& remark, const Actor& actor) {
  auto decided = Decide(core_, period, reports, remark, ReportStatus::kAccepted, actor);
  if (decided.ok()) core_.checks->Wake(false);
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
