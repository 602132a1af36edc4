#include "office/sample_dispatch.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "ledger/period.h"
#include "office/core.h"
#include "office/password.h"
#include "office/people.h"
#include "office/report_write.h"
#include "store/bulk.h"
#include "store/events.h"
#include "store/periods.h"
#include "store/tasks.h"
#include "store/users.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int64_t kTellEvery = 20'000;

struct Asked {
  TaskId task;
  UnitId unit;
  TaskState state;
};

// Every report of one month, as its unit and the office leave it.
class Month {
 public:
  Month(OfficeCore& core, store::Bulk& bulk, const Period& period, int number)
      : core_(core), bulk_(bulk), period_(period), number_(number) {}

  void Answer(const Asked& asked) {
    report_ = {};
    report_.id = bulk_.NextReport();
    report_.period = period_.id;
    report_.unit = asked.unit;
    report_.task = asked.task;
    bool stated = asked.state != TaskState::kNotStated;
    ReportContent& content = report_.content;
    content.state = stated ? asked.state : TaskState::kInProgress;
    content.on_schedule = true;
    content.text = fmt::format("{}月完成工程量的{}%，现场管理台账齐全。", number_,
                               (report_.id.value * 7 + number_) % 100);
    content.figures = {{"完成工程量", double(number_ * 10), "项", 120.0, true, ""}};
    report_.updated_by = unit_.name;
    report_.updated_at = report_.submitted_at = At(asked);
    Tell("report.drafted", ReportStatus::kDraft, unit_);
    Tell("report.submitted", ReportStatus::kSubmitted, unit_);
    if (report_.id.value % 3 == 0) {
      report_.remark = "请写明完成的数量。";
      Tell("report.returned", ReportStatus::kReturned, office_);
      Tell("report.submitted", ReportStatus::kSubmitted, unit_);
    }
    if (stated) {
      report_.decided_by = office_.name;
      report_.decided_at = report_.updated_at;
      Tell("report.accepted", ReportStatus::kAccepted, office_);
    }
    bulk_.Add(report_);
  }

  void Photograph(const Asked& asked, const std::string& sha256, const std::string& sm3, int64_t bytes) {
    Evidence e;
    e.id = e.family = bulk_.NextEvidence();
    e.kind = "photo_after";
    e.title = fmt::format("现场照片{}", e.id.value % 1000);
    e.fact_day = period_.begin;
    e.unit = asked.unit;
    e.name = fmt::format("{}.txt", e.id.value % 100);
    e.format = "txt";
    e.bytes = bytes;
    e.sha256 = sha256;
    e.sm3 = sm3;
    e.uploaded_at = At(asked);
    e.uploaded_by = unit_.name;
    e.ties = {{"task", asked.task.value, asked.task}};
    Event event = core_.EventOf(unit_, "evidence.added", "evidence:" + std::to_string(e.id.value));
    event.at = e.uploaded_at;
    event.task = asked.task;
    event.after = EvidenceTold(e).dump();
    bulk_.Add(std::move(event));
    bulk_.Add(e);
  }

 private:
  // Times go up within the month: the audit log halves by them.
  std::string At(const Asked&) {
    int64_t n = told_++, second = std::min<int64_t>(n / 20, 27 * 86'400 - 1);
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}+08:00",
                       Date::FromDays(period_.begin.days() + second / 86'400).Iso(), second % 86'400 / 3600,
                       second % 3600 / 60, second % 60, n % 20 * 50);
  }
  void Tell(const char* kind, ReportStatus to, const Actor& actor) {
    json before = {{"status", ReportStatusName(report_.status)}};
    report_.status = to;
    report_.revision += 1;
    Event event = ReportEvent(core_, actor, kind, report_);
    event.at = report_.updated_at;
    event.task = report_.task;
    event.before = before.dump();
    bulk_.Add(std::move(event));
  }

  OfficeCore& core_;
  store::Bulk& bulk_;
  const Period& period_;
  const int number_;
  DispatchReport report_;
  Actor unit_{"样本单位"}, office_{"样本整改办"};
  int64_t told_ = 0;
};

Period PeriodOf(int month) {
  Period period = *ParsePeriod(fmt::format("{}-{:02}", 2025 + (month - 1) / 12, (month - 1) % 12 + 1));
  period.opened_by = "样本整改办";
  period.opened_at = period.begin.Iso() + "T00:00:00.000+08:00";
  return period;
}

// Answers that are all alike would keep the checks of open periods busy for hours.
void Close(OfficeCore& core, store::Bulk& bulk, const Period& period) {
  core.store->database().BeginWrite(bulk.session());
  store::ClosePeriod(bulk.session(), period.id);
  core.store->database().CommitWrite(bulk.session());
  Event event = core.EventOf({"样本整改办"}, "period.closed", "period:" + std::to_string(period.id.value));
  event.at = period.end.Iso() + "T23:59:59.000+08:00";
  event.after = json{{"code", period.code}}.dump();
  bulk.Add(std::move(event));
}

void Open(OfficeCore& core, store::Bulk& bulk, Period& period, int64_t reports) {
  core.store->database().BeginWrite(bulk.session());
  period.id = store::InsertPeriod(bulk.session(), period, {});
  core.store->database().KeepPartitions(bulk.session(), period.begin);
  core.store->database().CommitWrite(bulk.session());
  Event event = core.EventOf({"样本整改办"}, "period.opened", "period:" + std::to_string(period.id.value));
  event.at = period.opened_at;
  event.after =
      json{{"code", period.code}, {"due", period.due.Iso()}, {"rounds", json::array()}, {"reports", reports}}
          .dump();
  bulk.Add(std::move(event));
}

std::vector<Asked> WhoIsAsked(store::Session& s) {
  std::vector<Asked> asked;
  std::map<int64_t, TaskState> states;
  for (auto [task, unit] : store::AskedNow(s)) {
    auto [state, first] = states.try_emplace(task.value, TaskState::kNotStated);
    if (auto head = first ? store::LoadHead(s, task) : std::nullopt) state->second = StateOf(*head);
    asked.push_back({task, unit, state->second});
  }
  return asked;
}

}  // namespace

Result<Dispatched> MakeDispatch(OfficeCore& core, const SampleRequest& request) {
  Dispatched made;
  const std::string file = "样本照片的占位文件\n";
  ZG_ASSIGN(std::string sha256, core.vault->Put(file));
  const std::string sm3 = Sm3Hex(file);
  try {
    store::Bulk bulk(core.store->database());
    const std::vector<Asked> asked = WhoIsAsked(bulk.session());
    if (asked.empty()) return made;
    const int64_t months = (request.reports + int64_t(asked.size()) - 1) / int64_t(asked.size());
    const int64_t all = months * int64_t(asked.size());
    for (int64_t n = 1; n <= months; ++n) {
      Period period = PeriodOf(int(n));
      Open(core, bulk, period, int64_t(asked.size()));
      Month month(core, bulk, period, int(n));
      for (const Asked& one : asked) {
        month.Answer(one);
        // Spread evenly over the reports.
        for (++made.reports; made.evidence * all < made.reports * request.evidence; ++made.evidence)
          month.Photograph(one, sha256, sm3, int64_t(file.size()));
        if (request.reported && made.reports % kTellEvery == 0) request.reported(made.reports, all);
      }
      Close(core, bulk, period);
    }
    bulk.Finish();
  } catch (const store::SqlError& e) {
    return e.error();
  }
  return made;
}

Result<int64_t> MakePeople(OfficeCore& core, const SampleRequest& request) {
  if (request.people == 0) return int64_t(0);
  const std::string hash = HashPassword(request.password, core.options.password_megabytes);
  std::ofstream sessions;
  if (!request.sessions.empty()) {
    sessions.open(request.sessions);
    std::filesystem::permissions(request.sessions, std::filesystem::perms(0600));
  }
  const int64_t now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();  // sessions are measured by the wall clock
  auto made = core.store->WriteAlone([&](store::Session& s) -> Result<int64_t> {
    std::vector<UnitId> units;
    for (auto [task, unit] : store::AskedNow(s))
      if (units.empty() || units.back() != unit) units.push_back(unit);
    if (units.empty()) return int64_t(0);
    for (int64_t i = 0; i < request.people; ++i) {
      User user;
      user.login = fmt::format("sample{}", i + 1);
      user.name = fmt::format("样本人员{}", i + 1);
      user.unit = units[size_t(i) % units.size()];
      user.roles = RoleBit(Role::kReporter);
      user.password = hash;  // one for all: reckoning it takes as long as signing in
      ZG_TRY(AddUser(core, s, user, {"样本"}, ""));
      if (!sessions.is_open()) continue;
      const std::string token = NewSecret();
      store::InsertSession(s, Sha256Hex(token),
                           {0, user.id, now, now, now + core.options.session_hours * 3600, "127.0.0.1", ""});
      sessions << token << ' ' << SigningIn::CsrfOf(token) << ' ' << user.unit.value << '\n';
    }
    return request.people;
  });
  if (sessions.is_open()) sessions.close();
  if (made.ok() && sessions.fail()) {
    return Error{Code::kUnavailable, "会话文件写不了。", request.sessions, "sample.sessions"};
  }
  return made;
}

}  // namespace zg
