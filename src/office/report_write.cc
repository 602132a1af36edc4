#include "office/report_write.h"

#include "office/core.h"
#include "office/dispatch_scope.h"
#include "office/report_content.h"
#include "store/periods.h"
#include "store/reports.h"
#include "store/tasks.h"

namespace zg {

using nlohmann::json;

namespace {

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

}  // namespace

Error NoReport() {
  return {Code::kNotFound, "没有这份上报，请刷新后重新选择。", "", "report.not_found"};
}

json ReportJson(store::Session& s, const DispatchReport& r) {
  s.Ahead([&] {
    store::LoadPeriod(s, r.period);
    store::LoadHead(s, r.task);
    store::LastAnswer(s, r);
  });
  auto unit = store::UnitNames(s, {r.unit});
  auto period = store::LoadPeriod(s, r.period);
  auto task = store::LoadHead(s, r.task);
  auto last = store::LastAnswer(s, r);
  json out = ContentJson(r.content);
  out["id"] = r.id.value;
  out["period"] = {{"id", r.period.value}, {"name", PeriodChinese(*period)}, {"due", period->due.Iso()}};
  out["unit"] = {{"id", r.unit.value}, {"name", unit[r.unit]}};
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

std::string ReportTold(const DispatchReport& r) {
  return json{{"status", ReportStatusName(r.status)},
              {"unit", r.unit.value},
              {"period", r.period.value},
              {"task", r.task.value},
              {"remark", r.remark},
              {"revision", r.revision},
              {"content", ContentJson(r.content)}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

Event ReportEvent(const OfficeCore& core, const Actor& actor, const char* kind, const DispatchReport& r) {
  Event event = core.EventOf(actor, kind, "report:" + std::to_string(r.id.value));
  event.task = r.task;
  event.after = ReportTold(r);
  return event;
}

// The report, where the person may write to it and nobody has since.
Result<DispatchReport> WritableReport(store::Session& s, ReportId id, int64_t revision, const Actor& actor) {
  auto report = store::LoadReport(s, id);
  if (!report) return NoReport();
  s.Ahead([&] {
    store::LoadPeriod(s, report->period);
    store::LastAnswer(s, *report);
  });
  if (!AnswersFor(s, actor, report->unit)) {
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
    return Error{Code::kConflict,
                 "这份上报刚被" + report->updated_by + "改过，请对照现在的内容后再保存。",
                 "",
                 "report.changed",
                 "",
                 ReportJson(s, *report).dump(-1, ' ', false, json::error_handler_t::replace)};
  }
  return *report;
}

// Writes what became of the report and counts it.
void KeepReport(store::Session& s, DispatchReport& r, ReportStatus to) {
  store::MoveCount(s, r.period, r.unit, r.status, to);
  r.status = to;
  r.revision += 1;
  store::UpdateReport(s, r);
}

}  // namespace zg
