#include "office/notices.h"

#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <future>
#include <nlohmann/json.hpp>

#include "office/core.h"
#include "office/due_things.h"
#include "office/inbox.h"
#include "office/json.h"
#include "office/verify.h"
#include "store/contacts.h"
#include "store/events.h"
#include "store/notices.h"
#include "store/units.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kNightBegins = 1, kNightEnds = 5;  // hours in which the ledger is proved

int HourOf(const OfficeCore& core) {
  return std::stoi(core.Now().substr(11, 2));
}

Actor Machine() {
  return {"定时任务"};
}

json LinesJson(const std::vector<ReminderLine>& lines) {
  json out = json::array();
  for (const auto& line : lines)
    out.push_back({{"text", line.text}, {"link", line.link}, {"late", line.late}});
  return out;
}

std::string LetterBody(const ReminderSummary& summary, const std::string& unit, const std::string& site) {
  std::string body = unit + "：\n\n";
  for (const auto& line : summary.lines) {
    body += "· " + line.text + "\n";
    if (!site.empty() && !line.link.empty()) body += "  " + site + line.link + "\n";
  }
  return body + "\n办理后不再提醒。这封邮件由系统自动发出，请勿回复。\n";
}

// The notice and, where a mail server is set, one letter for each recipient. nullopt: told already.
std::optional<int64_t> Tell(const OfficeCore& core, store::Session& s, UnitId unit, const std::string& kind,
                            const ReminderSummary& summary, int64_t* letters) {
  auto id = store::AddNotice(
      s, {0, unit, core.Today(), kind, summary.title, LinesJson(summary.lines).dump(), core.Now(), false});
  if (!id || core.options.smtp.url.empty()) return id;
  auto loaded = unit ? store::LoadUnit(s, unit) : std::nullopt;
  std::string body = LetterBody(summary, loaded ? loaded->name : "整改办", core.options.reminders.site);
  int64_t now =
      std::chrono::duration_cast<std::chrono::seconds>(core.clock->Now().time_since_epoch()).count();
  for (const auto& contact : store::RecipientsOf(s, unit)) {
    store::OutLetter letter;
    letter.notice = *id;
    letter.name = contact.name;
    letter.email = contact.email;
    letter.subject = summary.title;
    letter.body = body;
    letter.next_try = letter.made = now;
    store::AddLetter(s, letter);
    ++*letters;
  }
  return id;
}

}  // namespace

json NoticeJson(const store::Notice& n) {
  return {{"id", n.id},       {"day", n.day.Iso()},        {"kind", n.kind},
          {"title", n.title}, {"lines", ValueOf(n.lines)}, {"at", n.at},
          {"read", n.read}};
}

Result<int64_t> KeyBefore(const std::string& after) {
  int64_t before = 0;
  auto [end, error] = std::from_chars(after.data(), after.data() + after.size(), before);
  if (after.empty()) return int64_t{0};
  if (error == std::errc() && end == after.data() + after.size() && before > 0) return before;
  return Error{Code::kInvalid, "翻页的位置不对，请从第一页重新看起。", "after", "parameter.after"};
}

Result<json> Notices::List(const std::string& after, int limit, const Actor& actor) const {
  ZG_ASSIGN(int64_t before, KeyBefore(after));
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    auto notices = store::ListNotices(s, InboxOf(actor), actor.user, before, limit + 1);
    json next;
    if (int(notices.size()) > limit) {
      notices.pop_back();
      next = std::to_string(notices.back().id);
    }
    json items = json::array();
    for (const auto& notice : notices) items.push_back(NoticeJson(notice));
    return json{{"items", std::move(items)},
                {"next", std::move(next)},
                {"unread", store::CountUnread(s, InboxOf(actor), actor.user)}};
  });
}

Result<json> Notices::Read(int64_t id, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    auto notice = store::LoadNotice(s, id, actor.user);
    if (!notice || notice->unit != InboxOf(actor)) {
      return Error{Code::kNotFound, "没有这条通知，请刷新后再看。", "", "notice.not_found"};
    }
    store::MarkRead(s, id, actor.user, core_.Now());
    notice->read = true;
    return NoticeJson(*notice);
  });
}

Result<json> Notices::ReadAll(const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    store::MarkAllRead(s, InboxOf(actor), actor.user, core_.Now());
    return json{{"unread", store::CountUnread(s, InboxOf(actor), actor.user)}};
  });
}

Status Notices::Remind() {
  Date today = core_.Today();
  if (HourOf(core_) < core_.options.reminders.hour) return {};
  ZG_ASSIGN(std::string done,
            core_.store->Read([&](store::Session& s) { return store::ClockMark(s, "remind"); }));
  if (done >= today.Iso()) return {};
  std::map<UnitId, ReminderSummary> summaries;
  ZG_TRY(core_.store->Read([&](store::Session& s) -> Status {
    ReminderRules rules;
    rules.raise_after = core_.options.reminders.raise_after;
    rules.above = [&](UnitId unit) { return store::UnitAbove(s, unit); };
    rules.name_of = [&](UnitId id) {
      auto unit = store::LoadUnit(s, id);
      return unit ? unit->name : std::string("整改办");
    };
    summaries = Summarize(DueThings(core_, s, today), today, core_.workflows.calendar, rules);
    return {};
  }));
  return core_.store->Write([&](store::Session& s) -> Status {
    int64_t told = 0, letters = 0;
    for (const auto& [unit, summary] : summaries)
      if (Tell(core_, s, unit, "reminder", summary, &letters)) ++told;
    store::SetClockMark(s, "remind", today.Iso());
    if (told == 0) return {};
    Event event = core_.EventOf(Machine(), "reminders.made", "reminders:" + today.Iso());
    event.after = json{{"day", today.Iso()}, {"notices", told}, {"letters", letters}}.dump();
    store::AppendEvent(s, event);
    return {};
  });
}

Status Notices::VerifyByNight(const std::function<bool()>& stop) {
  Date today = core_.Today();
  int every = core_.options.reminders.verify_days, hour = HourOf(core_);
  if (every < 1 || hour < kNightBegins || hour >= kNightEnds) return {};
  ZG_ASSIGN(std::string last,
            core_.store->Read([&](store::Session& s) { return store::ClockMark(s, "verify"); }));
  auto day = Date::ParseIso(last);
  if (day && today.days() - day->days() < every) return {};
  // It reads everything: in a thread that takes only what others leave of the processor.
  auto proof = std::async(std::launch::async, [&] {
    setpriority(PRIO_PROCESS, id_t(gettid()), 19);  // on Linux, of this thread
    return VerifyLedger(core_, stop);
  });
  ZG_ASSIGN(VerifyReport report, proof.get());
  if (report.stopped) return {};
  return core_.store->Write([&](store::Session& s) -> Status {
    store::SetClockMark(s, "verify", today.Iso());
    if (report.breaks.empty()) return {};
    ReminderSummary summary;
    summary.title = "台账核验没有通过：发现" + std::to_string(report.breaks.size()) + "处不符";
    for (const auto& b : report.breaks) {
      if (summary.lines.size() == 20) break;
      summary.lines.push_back({b.where + "：" + b.message, "", true});
    }
    int64_t letters = 0;
    if (!Tell(core_, s, {}, "verify", summary, &letters)) return {};
    Event event = core_.EventOf(Machine(), "ledger.not_whole", "ledger");
    event.after = json{{"day", today.Iso()}, {"breaks", report.breaks.size()}}.dump();
    event.note = summary.lines[0].text;
    store::AppendEvent(s, event);
    return {};
  });
}

}  // namespace zg
