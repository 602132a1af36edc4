#include <nlohmann/json.hpp>

#include "office/core.h"
#include "office/inbox.h"
#include "store/events.h"
#include "store/jobs.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kBatch = 50;
constexpr int64_t kGiveUpAfter = 3 * 24 * 3600;  // seconds since it was written
// Seconds until the next try, after the first, second, … one that failed.
constexpr int64_t kWaits[] = {60, 300, 900, 3600, 4 * 3600, 8 * 3600};

const char* LetterStateName(store::LetterState state) {
  switch (state) {
    case store::LetterState::kWaiting:
      return "waiting";
    case store::LetterState::kOnItsWay:
      return "on_its_way";
    case store::LetterState::kSent:
      return "sent";
    case store::LetterState::kGivenUp:
      return "given_up";
  }
  return "waiting";
}

json LetterJson(const store::OutLetter& l) {
  return {{"id", l.id},       {"notice_id", l.notice}, {"name", l.name},
          {"email", l.email}, {"subject", l.subject},  {"state", LetterStateName(l.state)},
          {"tries", l.tries}, {"said", l.said},        {"done_at", l.done_at}};
}

int64_t Seconds(const Clock& clock) {
  return std::chrono::duration_cast<std::chrono::seconds>(clock.Now().time_since_epoch()).count();
}

void Judge(store::OutLetter& letter, const DeliveryReport& report, int64_t now, const std::string& at) {
  using State = store::LetterState;
  letter.said = report.reason;
  bool over = now - letter.made >= kGiveUpAfter;
  bool again = (report.delivery == Delivery::kLater || report.delivery == Delivery::kNoServer) && !over;
  if (again) {
    size_t waited = std::min(size_t(letter.tries - 1), std::size(kWaits) - 1);
    letter.state = State::kWaiting;
    letter.next_try = now + kWaits[waited];
  } else {
    letter.state = report.delivery == Delivery::kSent ? State::kSent : State::kGivenUp;
    letter.done_at = at;
  }
}

}  // namespace

Result<json> Outbox::List(const std::string& state, const std::string& after, int limit) const {
  using State = store::LetterState;
  State asked = state == "sent" ? State::kSent : state == "given_up" ? State::kGivenUp : State::kWaiting;
  ZG_ASSIGN(int64_t before, KeyBefore(after));
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    auto letters = store::LettersIn(s, asked, before, limit + 1);
    json next;
    if (int(letters.size()) > limit) {
      letters.pop_back();
      next = std::to_string(letters.back().id);
    }
    json items = json::array();
    for (const auto& letter : letters) items.push_back(LetterJson(letter));
    return json{{"items", std::move(items)},
                {"next", std::move(next)},
                {"waiting", store::CountLetters(s, State::kWaiting)},
                {"given_up", store::CountLetters(s, State::kGivenUp)},
                {"on", !core_.options.smtp.url.empty()}};
  });
}

Result<json> Outbox::Retry(int64_t id, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    auto letter = store::LoadLetter(s, id);
    if (!letter) return Error{Code::kNotFound, "没有这封邮件，请刷新后再看。", "", "letter.not_found"};
    if (letter->state != store::LetterState::kGivenUp)
      return Error{Code::kConflict, "这封邮件没有停发，不必重发。", "", "letter.not_given_up"};
    letter->state = store::LetterState::kWaiting;
    letter->tries = 0;
    letter->next_try = letter->made = Seconds(*core_.clock);
    letter->done_at.clear();
    store::UpdateLetter(s, *letter);
    Event event = core_.EventOf(actor, "letter.again", "letter:" + std::to_string(id));
    event.after = json{{"email", letter->email}, {"subject", letter->subject}}.dump();
    event.note = letter->said;
    store::AppendEvent(s, event);
    return LetterJson(*letter);
  });
}

// What was being handed over when its node ended: nobody knows whether it arrived.
Status Outbox::GiveUpCutOff() {
  ZG_ASSIGN(bool any, core_.store->Read([](store::Session& s) {
    return store::CountLetters(s, store::LetterState::kOnItsWay) > 0;
  }));
  if (!any) return {};
  return core_.store->Write([&](store::Session& s) -> Status {
    for (auto& letter : store::LettersCutOff(s)) {
      letter.state = store::LetterState::kGivenUp;
      letter.said = "发送时系统停了，是否送达不明。请问过收件人再决定是否重发。";
      letter.done_at = core_.Now();
      store::UpdateLetter(s, letter);
      store::EndJob(s, "letter", std::to_string(letter.id));
    }
    return {};
  });
}

// The next one that is due, marked as on its way before anything of it is: no other node takes it then.
Result<std::optional<store::OutLetter>> Outbox::Take(int64_t now) {
  return core_.store->Write([&](store::Session& s) -> Result<std::optional<store::OutLetter>> {
    auto due = store::LettersDue(s, now, 1);
    if (due.empty()) return std::optional<store::OutLetter>();
    due[0].state = store::LetterState::kOnItsWay;
    due[0].tries += 1;
    store::UpdateLetter(s, due[0]);
    store::AddJob(s, {"letter", std::to_string(due[0].id), 0, core_.nodes->id(), now * 1000, 1});
    return std::optional(due[0]);
  });
}

// What came of it. Where others took this node for dead meanwhile, it knows better; where a person has sent
// the letter again since, that goes on.
Status Outbox::Keep(const store::OutLetter& letter) {
  return core_.store->Write([&](store::Session& s) -> Status {
    store::EndJob(s, "letter", std::to_string(letter.id));
    auto now = store::LoadLetter(s, letter.id);
    bool same = now && now->tries == letter.tries &&
                (now->state == store::LetterState::kOnItsWay || now->state == store::LetterState::kGivenUp);
    if (same) store::UpdateLetter(s, letter);
    return {};
  });
}

Status Outbox::Send(const std::function<bool()>& stop) {
  if (core_.options.smtp.url.empty()) return {};
  std::lock_guard lock(sending_);
  ZG_TRY(GiveUpCutOff());
  std::unique_ptr<Smtp> smtp;
  for (int sent = 0; sent < kBatch && !(stop && stop()); ++sent) {
    int64_t now = Seconds(*core_.clock);
    // Most of the time nothing is due: that is found without the turn to write.
    ZG_ASSIGN(bool due,
              core_.store->Read([&](store::Session& s) { return !store::LettersDue(s, now, 1).empty(); }));
    if (!due) return {};
    if (!smtp) {
      ZG_ASSIGN(smtp, Smtp::Open(core_.options.smtp, stop));
    }
    ZG_ASSIGN(std::optional<store::OutLetter> taken, Take(now));
    if (!taken) return {};
    store::OutLetter& letter = *taken;
    DeliveryReport report =
        smtp->Send({{letter.name, letter.email},
                    letter.subject,
                    letter.body,
                    "zhenggai-" + std::to_string(letter.id) + "-" + std::to_string(letter.made),
                    core_.clock->Now()});
    Judge(letter, report, now, core_.Now());
    ZG_TRY(Keep(letter));
    if (report.delivery == Delivery::kNoServer)
      return Error{Code::kUnavailable, "邮件没有发出：" + report.reason, core_.options.smtp.url,
                   "mail.no_server"};
  }
  return {};
}

}  // namespace zg
