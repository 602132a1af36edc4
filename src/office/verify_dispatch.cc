#include "office/verify_dispatch.h"

#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "office/json.h"
#include "office/report_content.h"
#include "store/periods.h"
#include "store/reports.h"
#include "store/tasks.h"
#include "store/units.h"

namespace zg {
namespace {

using nlohmann::json;

int64_t NumberBehindColon(const std::string& subject) {
  return std::atoll(subject.substr(subject.find(':') + 1).c_str());
}

// The line of the proof that begins so, with its end; empty: none does.
std::string LineOf(const std::string& proof, const std::string& begin) {
  size_t at = ("\n" + proof).find("\n" + begin);
  return at == std::string::npos ? "" : proof.substr(at, proof.find('\n', at) - at + 1);
}

std::string WhereOf(store::Session& s, const Period& period, const DispatchReport& r) {
  auto unit = store::LoadUnit(s, r.unit);
  auto task = store::LoadHead(s, r.task);
  return fmt::format("{} 任务{}（任务号{}） {}调度",
                     unit ? unit->name : "单位" + std::to_string(r.unit.value), task ? task->path : "",
                     r.task.value, PeriodChinese(period));
}

bool IsUntouched(const DispatchReport& r) {
  static const json kNothing = ContentJson({});
  return r.status == ReportStatus::kEmpty && r.revision == 1 && r.digest.empty() && r.remark.empty() &&
         !r.still && r.updated_by.empty() && r.updated_at.empty() && r.submitted_at.empty() &&
         r.decided_by.empty() && r.decided_at.empty() && ContentJson(r.content) == kNothing;
}

// An event that is older than seals holds all that was said.
bool IsAsTold(const DispatchReport& r, const std::string& after) {
  json told = ValueOf(after);
  return told.is_object() && told.value("status", "") == ReportStatusName(r.status) &&
         told.value("unit", int64_t(0)) == r.unit.value &&
         told.value("period", int64_t(0)) == r.period.value &&
         told.value("content", json()) == ContentJson(r.content);
}

}  // namespace

void DispatchProof::Note(const Event& event) {
  if (event.kind.rfind("report.", 0) == 0) {
    Last last;
    last.seq = event.seq;
    last.locked = event.kind == "report.submitted" || event.kind == "report.accepted";
    ReportId id{NumberBehindColon(event.subject)};
    if (auto seal = ReadReportSeal(event.proof); seal && seal->id == id)
      last.seal = *seal;
    else
      last.after = event.after;
    reports_[id] = std::move(last);
  }
  if (event.kind.rfind("period.", 0) == 0) {
    PeriodId id{NumberBehindColon(event.subject)};
    periods_[id] = LineOf(event.proof, "period ");
    if (event.kind == "period.opened") asked_[id] = LineOf(event.proof, "reports ");
  }
}

void DispatchProof::OneReport(store::Session& s, const Period& period, const DispatchReport& report,
                              const Broken& broken) {
  auto found = reports_.find(report.id);
  if (found == reports_.end()) {
    if (!IsUntouched(report))
      broken("report", WhereOf(s, period, report), "没有任何事件记载这份上报的内容，应是绕过系统写进去的。");
    return;
  }
  const Last& last = found->second;
  bool holds = last.seal.revision > 0 ? Holds(last.seal, last.locked, report) : IsAsTold(report, last.after);
  if (!holds) {
    broken("report", WhereOf(s, period, report),
           fmt::format("上报的内容与最后一次留痕（事件{}）{}不符，被绕过系统改过。请对照事件核对。", last.seq,
                       last.locked ? "" : "和以后保存的草稿"));
  }
  reports_.erase(found);
}

void DispatchProof::Check(store::Session& s, const std::function<bool()>& full, const Broken& broken,
                          int64_t* read) {
  std::string day;
  PeriodId before;
  for (;;) {
    auto periods = store::ListPeriods(s, day, before, 200);
    for (const auto& period : periods) {
      if (full()) return;
      day = period.end.Iso();
      before = period.id;
      std::string where = PeriodChinese(period) + "调度";
      auto told = periods_.find(period.id);
      if (told == periods_.end()) {
        broken("period", where, "没有任何事件记载这一期调度，应是绕过系统加进来的。");
      } else {
        if (!told->second.empty() && told->second != ProofLine(period, store::RoundsOf(s, period.id)))
          broken("period", where, "这一期调度的截止日等登记内容与留痕不符，被绕过系统改过。请对照事件核对。");
        const std::string& asked = asked_[period.id];
        if (!asked.empty() && asked != store::AskedLine(s, period.id))
          broken("period", where,
                 "这一期要报的单位和任务与开始调度时不符，被绕过系统加过、删过或改过。请用备份核对。");
        periods_.erase(told);
      }
      ReportId after;
      for (bool more = true; more;) {
        auto reports = store::ReportsAfter(s, period.id, after, 500);
        more = reports.size() == 500;
        for (const auto& report : reports) {
          after = report.id;
          ++*read;
          OneReport(s, period, report, broken);
        }
        if (full()) return;
      }
    }
    if (periods.empty()) break;
  }
  for (const auto& [id, line] : periods_)
    broken("period", fmt::format("调度期号{}", id.value),
           "事件里有这一期调度，台账里却没有了，应是被绕过系统删除。");
  for (const auto& [id, last] : reports_)
    broken("report", fmt::format("上报号{}", id.value),
           fmt::format("事件{}里有这份上报，台账里却没有了，应是被绕过系统删除。", last.seq));
}

}  // namespace zg
