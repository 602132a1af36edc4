#include "office/form_import.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "office/core.h"
#include "office/report_content.h"
#include "office/report_write.h"
#include "store/events.h"
#include "store/reports.h"

namespace zg {
namespace {

using nlohmann::json;

// One row with the report it belongs to.
struct Line {
  const FormRow* row;
  DispatchReport report;
  ReportContent before;
};

std::string WhyStale(const DispatchReport& now) {
  if (!IsOwed(now.status)) return "已经报出，不能再收；需要修改的，请整改办退回后重新导出";
  return "导出之后，" + now.updated_by + "又在系统里改过（" + now.updated_at.substr(0, 16) +
         "），请重新导出，对照后再填";
}

// The rows as reports, or what stands against it.
std::vector<Line> Match(store::Session& s, const FormRead& form, std::vector<FormFault>& faults) {
  std::vector<Line> lines;
  for (const auto& row : form.rows) {
    auto report = store::LoadReport(s, row.report);
    std::string cell = "A" + std::to_string(row.row);
    if (!report || report->period != form.period || report->unit != form.unit) {
      faults.push_back({cell, "任务" + row.label + "不在这份上报表里，请重新导出。"});
    } else if (report->revision != row.revision || !IsOwed(report->status)) {
      faults.push_back({cell, "任务" + row.label + WhyStale(*report) + "。"});
    } else {
      lines.push_back({&row, *report, report->content});
    }
  }
  return lines;
}

void CheckLine(const Line& line, const std::vector<FallingFigure>& falling, std::vector<FormFault>& faults) {
  Status complete = CheckComplete(line.report.content, falling);
  if (complete.ok()) return;
  std::string cell = CellOfMissing(complete.error().id, line.row->row);
  if (complete.error().id == "report.falling")
    for (const auto& f : falling)
      if (!f.explained) cell = CellOfNote(*line.row, f.name);
  faults.push_back({cell, "任务" + line.row->label + "：" + complete.error().message});
}

bool Same(const ReportContent& a, const ReportContent& b) {
  return ContentJson(a) == ContentJson(b);
}

// Words that differ only in white space are as they were: a workbook does not keep empty lines.
ReportContent AnswerOf(const FormRow& row, const ReportContent& before) {
  ReportContent answer = row.content;
  answer.evidence = before.evidence;
  for (auto [now, was] : {std::pair(&answer.text, &before.text),
                          {&answer.reason, &before.reason},
                          {&answer.next_step, &before.next_step}})
    if (Squeeze(ToUtf32(*now)) == Squeeze(ToUtf32(*was))) *now = *was;
  return answer;
}

}  // namespace

Result<FormCounts> TakeForm(OfficeCore& core, store::Session& s, const FormRead& form, bool submit,
                            const Actor& actor) {
  std::vector<FormFault> faults = form.faults;
  std::vector<Line> lines = Match(s, form, faults);
  FormCounts counts;
  std::vector<Line*> taken;
  for (auto& line : lines) {
    ReportContent answer = AnswerOf(*line.row, line.before);
    // A row emptied on purpose takes the draft back; one that was never touched changes nothing.
    bool send = submit && line.row->answered;
    if (!send && Same(answer, line.before)) {
      ++counts.untouched;
      continue;
    }
    line.report.content = std::move(answer);
    auto last = store::LastAnswer(s, line.report);
    line.report.still = last && IsStandstill(line.report.content, last->content);
    if (send)
      CheckLine(line, last ? Falling(line.report.content, last->content) : std::vector<FallingFigure>(),
                faults);
    taken.push_back(&line);
  }
  if (!faults.empty()) return FormError(faults);
  for (Line* line : taken) {
    DispatchReport& r = line->report;
    bool send = submit && line->row->answered;
    r.updated_by = actor.name;
    r.updated_at = core.Now();
    if (send) r.submitted_at = r.updated_at;
    json before = {{"status", ReportStatusName(r.status)}, {"content", ContentJson(line->before)}};
    ReportStatus kept = r.status == ReportStatus::kReturned ? r.status : ReportStatus::kDraft;
    KeepReport(s, r, send ? ReportStatus::kSubmitted : kept);
    Event event = ReportEvent(core, actor, send ? "report.submitted" : "report.drafted", r);
    event.before = before.dump(-1, ' ', false, json::error_handler_t::replace);
    event.note = "离线上报表（" + form.exported_at.substr(0, 16) + "导出）";
    store::AppendEvent(s, event);
    ++(send ? counts.submitted : counts.saved);
  }
  return counts;
}

}  // namespace zg
