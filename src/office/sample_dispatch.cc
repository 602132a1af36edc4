#include "office/sample_dispatch.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ledger/period.h"
#include "office/core.h"
#include "office/report_content.h"
#include "store/events.h"
#include "store/periods.h"
#include "store/reports.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kAtOnce = 20'000;

class Answers {
 public:
  Answers(OfficeCore& core, store::Session& session) : core_(core), s_(session) {}

  void Answer(const store::ReportLine& line, int month) {
    auto report = store::LoadReport(s_, line.id);
    Say(*report, line, month);
    Tell("report.drafted", *report, ReportStatus::kDraft, unit_);
    report->submitted_at = report->updated_at = core_.Now();
    report->updated_by = unit_.name;
    Tell("report.submitted", *report, ReportStatus::kSubmitted, unit_);
    if (stated_) {
      report->decided_by = office_.name;
      report->decided_at = core_.Now();
      Tell("report.accepted", *report, ReportStatus::kAccepted, office_);
    }
    store::MoveCount(s_, report->period, report->unit, line.status, report->status);
    store::UpdateReport(s_, *report);
  }

 private:
  // What the ledger says already; a task of which nothing is stated waits for the office.
  void Say(DispatchReport& report, const store::ReportLine& line, int month) {
    auto head = store::LoadHead(s_, line.task);
    TaskState state = head ? StateOf(*head) : TaskState::kNotStated;
    stated_ = state != TaskState::kNotStated;
    report.content.state = stated_ ? state : TaskState::kInProgress;
    report.content.on_schedule = true;
    report.content.text =
        fmt::format("{}月完成工程量的{}%，现场管理台账齐全。", month, (line.id.value * 7 + month) % 100);
    report.content.figures = {{"完成工程量", double(month * 10), "项", 120.0, true, ""}};
  }
  void Tell(const char* kind, DispatchReport& report, ReportStatus to, const Actor& actor) {
    json before = {{"status", ReportStatusName(report.status)}};
    report.status = to;
    report.revision += 1;
    Event event = core_.EventOf(actor, kind, "report:" + std::to_string(report.id.value));
    event.task = report.task;
    event.before = before.dump();
    event.after = json{{"status", ReportStatusName(to)},
                       {"unit", report.unit.value},
                       {"period", report.period.value},
                       {"content", ContentJson(report.content)}}
                      .dump();
    store::AppendEvent(s_, event);
  }

  OfficeCore& core_;
  store::Session& s_;
  Actor unit_{"样本单位"}, office_{"样本整改办"};
  bool stated_ = false;
};

// Every answer of the period, kAtOnce to a transaction.
Result<int64_t> AnswerAll(OfficeCore& core, PeriodId period, int month,
                          const std::function<void(int64_t)>& progress) {
  store::ReportQuery query;
  query.period = period;
  query.limit = 1000;
  int64_t done = 0;
  for (bool more = true; more;) {
    ZG_TRY(core.store->WriteAlone([&](store::Session& s) -> Status {
      Answers answers(core, s);
      for (int n = 0; more && n < kAtOnce; n += query.limit) {
        auto lines = store::ListReports(s, query);
        more = int(lines.size()) == query.limit;
        for (const auto& line : lines) answers.Answer(line, month);
        if (!lines.empty()) query.after = lines.back().id;
        done += int64_t(lines.size());
      }
      return {};
    }));
    progress(done);
  }
  return done;
}

}  // namespace

Result<int64_t> MakeReports(OfficeCore& core, int64_t at_least,
                            const std::function<void(int64_t, int64_t)>& progress) {
  int64_t made = 0;
  for (int month = 1; made < at_least; ++month) {
    Period period = *ParsePeriod(fmt::format("{}-{:02}", 2025 + (month - 1) / 12, (month - 1) % 12 + 1));
    period.opened_by = "样本整改办";
    period.opened_at = core.Now();
    ZG_ASSIGN(int64_t asked, core.store->WriteAlone([&](store::Session& s) -> Result<int64_t> {
      period.id = store::InsertPeriod(s, period, {});
      int64_t reports = store::FillPeriod(s, period.id, {}, false);
      Event event =
          core.EventOf({"样本整改办"}, "period.opened", "period:" + std::to_string(period.id.value));
      event.after = json{
          {"code", period.code},
          {"due", period.due.Iso()},
          {"rounds", json::array()},
          {"reports",
           reports}}.dump();
      store::AppendEvent(s, event);
      return reports;
    }));
    if (asked == 0) break;
    ZG_TRY(AnswerAll(core, period.id, month, [&](int64_t done) {
      if (progress) progress(made + done, std::max(at_least, made + asked));
    }));
    made += asked;
  }
  return made;
}

}  // namespace zg
