#include "office/signing_in.h"

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "office/core.h"
#include "office/password.h"
#include "office/people.h"
#include "store/along.h"
#include "store/events.h"
#include "store/users.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int64_t kFree = 2;        // tries that fail and cost nothing
constexpr int64_t kLockedFrom = 5;  // from here on …
constexpr int64_t kLockSeconds = 15 * 60;
constexpr int64_t kFirstWait = 2;
constexpr int64_t kForget = 24 * 3600;
constexpr int64_t kSeenEvery = 60;
constexpr int64_t kSetupSeconds = 24 * 3600;
constexpr int64_t kTellEvery = 3600;
constexpr size_t kMostRefusals = 10'000;
constexpr size_t kMostActors = 50'000;

int64_t Seconds(const OfficeCore& core) {
  return std::chrono::duration_cast<std::chrono::seconds>(core.clock->Now().time_since_epoch()).count();
}

Actor ActorOf(const User& user) {
  Actor actor{user.name, user.id, user.unit, user.alone ? kEveryRole : user.roles};
  actor.whole = user.alone || user.whole;
  actor.must_change = user.must_change;
  return actor;
}

Error Wrong() {
  return {Code::kForbidden, "登录名或密码不对，请重新输入。忘记密码的，请安全管理员重置。", "", "auth.wrong"};
}

Error WaitFor(int64_t seconds) {
  std::string time =
      seconds >= 120 ? std::to_string((seconds + 59) / 60) + "分钟" : std::to_string(seconds) + "秒";
  return {Code::kForbidden, "连续输错多次，请过" + time + "再试。着急的，请安全管理员解锁。",
          std::to_string(seconds), "auth.wait"};
}

std::string Cut(const std::string& text, size_t most) {
  return ToUtf8(ToUtf32(text).substr(0, most));
}

int64_t WaitAfter(int64_t failed) {
  if (failed <= kFree) return 0;
  if (failed >= kLockedFrom) return kLockSeconds;
  return kFirstWait << (failed - kFree - 1);
}

}  // namespace

std::string SigningIn::CsrfOf(const std::string& token) {
  return Sha256Hex("csrf " + token);
}

bool SigningIn::NobodyYet() const {
  auto any = core_.store->Read([](store::Session& s) { return store::AnyUser(s); });
  return any.ok() && !*any;
}

// Counts before the password is looked at, so that many tries at once are each counted.
Status SigningIn::CheckPasswordOf(const std::string& login, const std::optional<User>& user,
                                  const std::string& password) {
  int64_t now = Seconds(core_);
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    store::Failures f = store::FailuresOf(s, login);
    if (f.free_at > now) return WaitFor(f.free_at - now);
    if (f.failed > 0 && f.free_at + kForget < now) f = {};
    f.failed += 1;
    f.free_at = now + WaitAfter(f.failed);
    store::SetFailures(s, login, f);
    return {};
  }));
  std::string hash = user && !user->closed ? user->password : "";
  bool fits = PasswordFits(hash, password, core_.options.password_megabytes);
  if (!fits) return Wrong();
  return core_.store->Write([&](store::Session& s) -> Status {
    store::ClearFailures(s, login);
    return {};
  });
}

Result<SignedIn> SigningIn::Begin(const User& user, const Caller& caller, const std::string& how) {
  SignedIn in{NewSecret(), ActorOf(user)};
  int64_t now = Seconds(core_);
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    store::SessionRow row{.user = user.id, .began = now, .seen = now};
    row.ends = now + core_.options.session_hours * 3600;
    row.address = caller.address;
    row.agent = Cut(caller.agent, 200);
    store::InsertSession(s, Sha256Hex(in.token), row);
    Event event = core_.EventOf(in.actor, "auth.signed_in", "user:" + std::to_string(user.id.value));
    event.after = json{{"address", caller.address}, {"how", how}}.dump();
    store::AppendEvent(s, event);
    return {};
  }));
  return in;
}

Result<SignedIn> SigningIn::SignIn(const std::string& login, const std::string& password,
                                   const Caller& caller) {
  if (login.size() > 100 || password.size() > 1000) return Wrong();
  ZG_ASSIGN(std::optional<User> user,
            core_.store->Read([&](store::Session& s) { return store::FindLogin(s, login); }));
  Status fits = CheckPasswordOf(login, user, password);
  if (!fits.ok()) {
    if (fits.error().id != "auth.wrong") return fits.error();
    ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
      Event event = core_.EventOf({user ? user->name : "未登录"}, "auth.failed", "login:" + Cut(login, 40));
      event.after = json{{"address", caller.address},
                         {"known", user.has_value()},
                         {"failed", store::FailuresOf(s, login).failed}}
                        .dump();
      store::AppendEvent(s, event);
      return {};
    }));
    return fits.error();
  }
  return Begin(*user, caller, "password");
}

Result<SignedIn> SigningIn::Vouched(const std::string& subject, const std::string& login,
                                    const Caller& caller) {
  Error unknown{Code::kForbidden,
                "统一身份认证通过了，但本系统里没有对应的用户。请系统管理员新建用户，登录名填“" +
                    Cut(login, 40) + "”。",
                "", "auth.unknown"};
  if (subject.empty()) return unknown;
  ZG_ASSIGN(User user, core_.store->Write([&](store::Session& s) -> Result<User> {
    auto found = store::FindSubject(s, subject);
    if (!found) {
      found = store::FindLogin(s, login);
      if (!found || !found->subject.empty() || !found->password.empty()) return unknown;
      User before = *found;
      found->subject = subject;
      ZG_TRY(KeepUser(core_, s, before, *found, "user.joined", ActorOf(*found), ""));
    }
    if (found->closed) return unknown;
    return *found;
  }));
  return Begin(user, caller, "oidc");
}

std::optional<SigningIn::Current> SigningIn::Look(store::Session& s, const std::string& digest) const {
  auto found = store::FindSession(s, digest);
  if (!found) return std::nullopt;
  const auto& [session, user] = *found;
  int64_t now = Seconds(core_);
  if (user.closed || session.ends <= now || session.seen + core_.options.idle_minutes * 60 <= now)
    return std::nullopt;
  return Current{ActorOf(user), session.id, session.seen + kSeenEvery <= now};
}

// Remembers it, or forgets it, and keeps that it was seen.
void SigningIn::Seen(const std::string& digest, const std::optional<Current>& current) {
  if (core_.store->database().shared()) {
    std::lock_guard lock(actors_mutex_);
    if (actors_.size() >= kMostActors) actors_.clear();
    if (current)
      actors_.insert_or_assign(digest, current->actor);
    else
      actors_.erase(digest);
  }
  if (!current || !current->touch) return;
  Status touched = core_.store->Write([&](store::Session& s) -> Status {
    store::TouchSession(s, current->session, Seconds(core_));
    return {};
  });
  if (!touched.ok()) core_.Log(touched.error());
}

Result<std::optional<Actor>> SigningIn::Find(const std::string& token) {
  if (token.size() < 40 || token.size() > 64) return std::optional<Actor>();
  std::string digest = Sha256Hex(token);
  ZG_ASSIGN(auto found, core_.store->ReadOne([&](store::Session& s) { return Look(s, digest); }));
  Seen(digest, found);
  return found ? std::optional(found->actor) : std::nullopt;
}

class SigningIn::Recalled : public SigningIn::Remembered {
 public:
  Recalled(SigningIn& owner, std::string digest, Actor actor)
      : owner_(owner),
        digest_(std::move(digest)),
        actor_(std::move(actor)),
        along_([this](store::Session& s) {
          current_ = owner_.Look(s, digest_);
          return current_ && current_->actor == actor_;
        }) {}
  const Actor& actor() const override { return actor_; }
  bool Stands() override {
    if (!along_.Holds()) (void)owner_.core_.store->ReadOne([](store::Session&) {});
    bool stands = along_.Holds() == true;
    if (current_) current_->touch = current_->touch && stands;  // otherwise who asks next sees to it
    if (along_.Holds()) owner_.Seen(digest_, current_);
    return stands;
  }

 private:
  SigningIn& owner_;
  const std::string digest_;
  const Actor actor_;
  std::optional<Current> current_;
  store::Along along_;
};

std::unique_ptr<SigningIn::Remembered> SigningIn::Remember(const std::string& token) {
  if (token.size() < 40 || token.size() > 64 || !core_.store->database().shared()) return nullptr;
  std::string digest = Sha256Hex(token);
  std::optional<Actor> actor;
  {
    std::lock_guard lock(actors_mutex_);
    auto it = actors_.find(digest);
    if (it == actors_.end()) return nullptr;
    actor = it->second;
  }
  return std::make_unique<Recalled>(*this, std::move(digest), std::move(*actor));
}

Status SigningIn::SignOut(const std::string& token, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Status {
    auto found = store::FindSession(s, Sha256Hex(token));
    if (!found) return {};
    store::DropSession(s, actor.user, found->first.id);
    store::AppendEvent(s,
                       core_.EventOf(actor, "auth.signed_out", "user:" + std::to_string(actor.user.value)));
    return {};
  });
}

Result<json> SigningIn::SignOutElsewhere(const std::string& token, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    auto here = store::FindSession(s, Sha256Hex(token));
    int64_t ended = store::DropSessions(s, actor.user, here ? here->first.id : 0);
    if (ended > 0) {
      Event event =
          core_.EventOf(actor, "auth.signed_out_elsewhere", "user:" + std::to_string(actor.user.value));
      event.after = json{{"ended", ended}}.dump();
      store::AppendEvent(s, event);
    }
    return json{{"ended", ended}};
  });
}

Status SigningIn::EndSession(int64_t session, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Status {
    bool mine = false;
    for (const auto& row : store::SessionsOf(s, actor.user)) mine = mine || row.id == session;
    if (!mine) return Error{Code::kNotFound, "这次登录已经结束，请刷新。", "", "session.not_found"};
    store::DropSession(s, actor.user, session);
    Event event =
        core_.EventOf(actor, "auth.signed_out_elsewhere", "user:" + std::to_string(actor.user.value));
    event.after = json{{"ended", 1}}.dump();
    store::AppendEvent(s, event);
    return {};
  });
}

Result<json> SigningIn::Sessions(const std::string& token, const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) {
    auto here = store::FindSession(s, Sha256Hex(token));
    int64_t now = Seconds(core_);
    json items = json::array();
    for (const auto& row : store::SessionsOf(s, actor.user)) {
      if (row.ends <= now || row.seen + core_.options.idle_minutes * 60 <= now) continue;
      items.push_back({{"id", row.id},
                       {"here", here && here->first.id == row.id},
                       {"began", IsoOfSeconds(row.began)},
                       {"seen", IsoOfSeconds(row.seen)},
                       {"address", row.address},
                       {"agent", row.agent}});
    }
    return json{{"items", std::move(items)}};
  });
}

Status SigningIn::ChangePassword(const std::string& token, const std::string& old_password,
                                 const std::string& new_password, const Actor& actor) {
  ZG_ASSIGN(std::optional<User> user,
            core_.store->Read([&](store::Session& s) { return store::LoadUser(s, actor.user); }));
  if (!user || user->password.empty())
    return Error{Code::kConflict, "您用统一身份认证登录，密码请到那边修改。", "", "auth.no_password"};
  ZG_TRY(CheckPassword(new_password, user->login, user->name));
  if (old_password == new_password)
    return Error{Code::kInvalid, "新密码与原密码相同，请换一个。", "password", "user.password"};
  ZG_TRY(CheckPasswordOf(user->login, user, old_password));
  std::string hash = HashPassword(new_password, core_.options.password_megabytes);
  return core_.store->Write([&](store::Session& s) -> Status {
    auto now = store::LoadUser(s, actor.user);
    if (!now || now->password != user->password)
      return Error{Code::kConflict, "密码刚在别处改过，请重新登录。", "", "user.changed"};
    User before = *now;
    now->password = hash;
    now->must_change = false;
    ZG_TRY(KeepUser(core_, s, before, *now, "user.password", actor, ""));
    auto here = store::FindSession(s, Sha256Hex(token));
    store::DropSessions(s, actor.user, here ? here->first.id : 0);
    return {};
  });
}

Result<std::string> SigningIn::NewSetupLink() {
  std::string link = NewSecret();
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    if (store::AnyUser(s)) return Error{Code::kConflict, "已经设置过了，请直接登录。", "", "setup.done"};
    store::SetSetupLink(s, Sha256Hex(link), Seconds(core_) + kSetupSeconds);
    return {};
  }));
  return link;
}

Result<std::optional<SignedIn>> SigningIn::SetUp(const std::string& link, const std::vector<Newcomer>& people,
                                                 const Caller& caller) {
  constexpr Role kThree[] = {Role::kSystemAdmin, Role::kSecurityAdmin, Role::kAuditAdmin};
  bool alone = people.size() == 1;
  if (people.size() != 1 && people.size() != std::size(kThree))
    return Error{Code::kInvalid, "请填写一个人（单机使用）或三名管理员。", "people", "setup.people"};
  std::vector<User> users;
  auto good = core_.store->Read([&](store::Session& s) -> Status {
    if (store::AnyUser(s)) return Error{Code::kConflict, "已经设置过了，请直接登录。", "", "setup.done"};
    if (!store::HasSetupLink(s, Sha256Hex(link), Seconds(core_)))
      return Error{Code::kForbidden, "这个设置链接不对或已过期。请重新启动服务，用新打印的链接打开。", "",
                   "setup.link"};
    return {};
  });
  ZG_TRY(good);
  for (size_t i = 0; i < people.size(); ++i) {
    const Newcomer& p = people[i];
    User user{.login = p.login,
              .name = p.name,
              .roles = alone ? kEveryRole : RoleBit(kThree[i]),
              .whole = alone,
              .alone = alone};
    Status sound = CheckNewUser(user);
    if (sound.ok()) sound = CheckPassword(p.password, p.login, p.name);
    if (!sound.ok()) {
      Error error = sound.error();
      error.where = "people[" + std::to_string(i) + "]." + error.where;
      return error;
    }
    user.password = HashPassword(p.password, core_.options.password_megabytes);
    users.push_back(std::move(user));
  }
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    if (store::AnyUser(s)) return Error{Code::kConflict, "已经设置过了，请直接登录。", "", "setup.done"};
    store::DropSetupLinks(s);
    for (User& user : users) ZG_TRY(AddUser(core_, s, user, {"首次设置"}, ""));
    return {};
  }));
  if (!alone) return std::optional<SignedIn>();
  ZG_ASSIGN(SignedIn in, Begin(users[0], caller, "setup"));
  return std::optional<SignedIn>(std::move(in));
}

Status SigningIn::Sweep() {
  int64_t now = Seconds(core_);
  return core_.store->Write([&](store::Session& s) -> Status {
    store::DropOldSessions(s, now - core_.options.idle_minutes * 60, now);
    store::DropOldFailures(s, now - kForget);
    return {};
  });
}

void SigningIn::Refused(const Actor& actor, const std::string& what) {
  int64_t now = Seconds(core_), times = 1;
  {
    std::lock_guard lock(refusals_mutex_);
    if (refusals_.size() >= kMostRefusals) refusals_.clear();
    auto& [told, since] = refusals_[actor.name + "\n" + what];
    ++since;
    if (told + kTellEvery > now) return;
    times = since;
    told = now;
    since = 0;
  }
  Status kept = core_.store->Write([&](store::Session& s) -> Status {
    Event event = core_.EventOf(actor, "auth.refused", what);
    event.after = json{{"times", times}}.dump();
    store::AppendEvent(s, event);
    return {};
  });
  if (!kept.ok()) core_.Log(kept.error());
}

Status SigningIn::Exported(const Actor& actor, const std::string& what, const std::string& how) {
  return core_.store->Write([&](store::Session& s) -> Status {
    Event event = core_.EventOf(actor, "export.made", what);
    event.after = json{{"of", how}}.dump();
    store::AppendEvent(s, event);
    return {};
  });
}

}  // namespace zg
