#include "office/people.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "office/core.h"
#include "office/json.h"
#include "office/password.h"
#include "store/events.h"
#include "store/units.h"
#include "store/users.h"

namespace zg {
namespace {

using nlohmann::json;

Error NotFound() {
  return {Code::kNotFound, "没有这个用户，请刷新后重新选择。", "", "user.not_found"};
}

json RolesJson(RoleSet roles) {
  json out = json::array();
  for (int i = 0; i < kRoles; ++i)
    if (roles & RoleBit(Role(i))) out.push_back(RoleName(Role(i)));
  return out;
}

json UnitOrNull(store::Session& s, UnitId id) {
  auto unit = id ? store::LoadUnit(s, id) : std::nullopt;
  return unit ? json{{"id", id.value}, {"name", unit->name}} : json();
}

json UserJson(store::Session& s, const User& user, int64_t seen, int64_t now) {
  store::Failures failures = store::FailuresOf(s, user.login);
  return {{"id", user.id.value},
          {"login", user.login},
          {"name", user.name},
          {"unit", UnitOrNull(s, user.unit)},
          {"roles", RolesJson(user.alone ? kEveryRole : user.roles)},
          {"whole", user.whole},
          {"alone", user.alone},
          {"closed", user.closed},
          {"must_change", user.must_change},
          {"email", user.email},
          {"outside", user.password.empty()},
          {"locked", failures.free_at > now + 60},
          {"seen", seen ? json(IsoOfSeconds(seen)) : json()},
          {"revision", user.revision},
          {"updated_at", user.updated_at}};
}

// What events tell: everything but the password.
json Told(const User& user) {
  return {{"login", user.login},
          {"name", user.name},
          {"unit", user.unit.value},
          {"roles", RolesJson(user.roles)},
          {"whole", user.whole},
          {"alone", user.alone},
          {"closed", user.closed},
          {"email", user.email},
          {"must_change", user.must_change},
          {"subject", user.subject}};
}

int64_t Seconds(const OfficeCore& core) {
  return std::chrono::duration_cast<std::chrono::seconds>(core.clock->Now().time_since_epoch()).count();
}

Status CheckFree(store::Session& s, const User& user) {
  std::string taken = store::TakenOf(s, user);
  if (taken == "login")
    return Error{Code::kConflict, "登录名“" + user.login + "”已经有人用了，请换一个。", "login",
                 "user.taken"};
  if (taken == "name")
    return Error{
        Code::kConflict,
        "已经有叫“" + user.name + "”的用户。留痕按姓名记，请在姓名后注明单位，如 " + user.name + "（某县）。",
        "name", "user.taken"};
  if (!taken.empty())
    return Error{Code::kConflict, "这个统一身份已经对应另一个用户。", "subject", "user.taken"};
  return {};
}

// Somebody must be left who can give the role back.
Status CheckSomeoneLeft(store::Session& s, const User& changed) {
  RoleSet left = 0;
  for (const User& user : store::AllUsers(s)) {
    const User& u = user.id == changed.id ? changed : user;
    if (!u.closed) left |= u.alone ? kEveryRole : u.roles;
  }
  if ((left & RoleBit(Role::kSystemAdmin)) && (left & RoleBit(Role::kSecurityAdmin))) return {};
  return Error{Code::kForbidden, "这样就没有系统管理员或安全管理员了。请先让别人担任，再做这一步。", "",
               "user.last_administrator"};
}

Status CheckUnit(store::Session& s, UnitId unit) {
  if (!unit || store::LoadUnit(s, unit)) return {};
  return Error{Code::kNotFound, "没有这个单位，请重新选择。", "unit_id", "unit.not_found"};
}

Error Myself() {
  return {Code::kForbidden, "不能对自己做这一步，请由另一位管理员办理。", "", "user.self"};
}

}  // namespace

std::string IsoOfSeconds(int64_t unix_seconds) {
  int64_t local = unix_seconds + 8 * 3600, days = local / 86400, rest = local % 86400;
  return fmt::format("{}T{:02}:{:02}:{:02}+08:00", Date::FromDays(days).Iso(), rest / 3600, rest / 60 % 60,
                     rest % 60);
}

std::string UserProof(const User& user) {
  return fmt::format("user {} {}\n", user.id.value, UserDigest(user));
}

Status CheckNewUser(const User& user) {
  ZG_TRY(CheckLogin(user.login));
  ZG_TRY(CheckUserName(user.name));
  ZG_TRY(CheckEmail(user.email));
  return user.roles == 0 ? Status() : CheckRoles(user);
}

Status AddUser(OfficeCore& core, store::Session& s, User& user, const Actor& actor, const std::string& note) {
  ZG_TRY(CheckNewUser(user));
  ZG_TRY(CheckUnit(s, user.unit));
  ZG_TRY(CheckFree(s, user));
  user.revision = 1;
  user.created_at = user.updated_at = core.Now();
  store::InsertUser(s, user);
  Event event = core.EventOf(actor, "user.made", "user:" + std::to_string(user.id.value));
  event.after = Told(user).dump();
  event.note = note;
  event.proof = UserProof(user);
  store::AppendEvent(s, event);
  return {};
}

Status KeepUser(OfficeCore& core, store::Session& s, const User& before, User& after, const char* kind,
                const Actor& actor, const std::string& note) {
  ZG_TRY(CheckNewUser(after));
  ZG_TRY(CheckUnit(s, after.unit));
  ZG_TRY(CheckFree(s, after));
  after.revision = before.revision + 1;
  after.updated_at = core.Now();
  store::UpdateUser(s, after);
  Event event = core.EventOf(actor, kind, "user:" + std::to_string(after.id.value));
  event.before = Told(before).dump();
  event.after = Told(after).dump();
  event.note = note;
  event.proof = UserProof(after);
  store::AppendEvent(s, event);
  return {};
}

Result<json> People::List(const UserQuery& query) const {
  store::UserFilter filter{query.q,      query.unit,  query.role,
                           query.closed, query.after, std::clamp(query.limit, 1, 200) + 1};
  return core_.store->Read([&](store::Session& s) {
    auto rows = store::FindUsers(s, filter);
    json next, items = json::array();
    if (int(rows.size()) == filter.limit) {
      rows.pop_back();
      next = rows.back().user.login;
    }
    for (const auto& row : rows) items.push_back(UserJson(s, row.user, row.seen, Seconds(core_)));
    return json{{"items", std::move(items)}, {"next", next}};
  });
}

Result<json> People::Get(UserId id) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    auto user = store::LoadUser(s, id);
    if (!user) return NotFound();
    return UserJson(s, *user, 0, Seconds(core_));
  });
}

Result<json> People::Make(const std::string& login, const UserForm& form, const Actor& actor) {
  User user{.login = login, .name = form.name.value_or(""), .unit = form.unit.value_or(UnitId())};
  user.email = form.email.value_or("");
  ZG_TRY(CheckNewUser(user));
  json password;
  if (!form.outside) {
    std::string made = NewPassword();
    user.password = HashPassword(made, core_.options.password_megabytes);
    user.must_change = true;
    password = made;
  }
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_TRY(AddUser(core_, s, user, actor, ""));
    return json{{"user", UserJson(s, user, 0, Seconds(core_))}, {"password", password}};
  });
}

Result<json> People::MakeWhole(User user, const std::string& password, const Actor& actor) {
  ZG_TRY(CheckNewUser(user));
  ZG_TRY(CheckRoles(user));
  if (!password.empty()) {
    ZG_TRY(CheckPassword(password, user.login, user.name));
    user.password = HashPassword(password, core_.options.password_megabytes);
  }
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_TRY(AddUser(core_, s, user, actor, ""));
    store::DropSetupLinks(s);
    return UserJson(s, user, 0, Seconds(core_));
  });
}

Result<json> People::Update(UserId id, std::optional<int64_t> revision, const char* kind, const Actor& actor,
                            const std::function<Status(store::Session&, User&)>& change) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    auto user = store::LoadUser(s, id);
    if (!user) return NotFound();
    if (revision && *revision != user->revision)
      return Error{Code::kConflict, "这个用户刚被别人改过，请刷新后再改。", "", "user.changed"};
    User after = *user;
    ZG_TRY(change(s, after));
    ZG_TRY(CheckSomeoneLeft(s, after));
    ZG_TRY(KeepUser(core_, s, *user, after, kind, actor, ""));
    return UserJson(s, after, 0, Seconds(core_));
  });
}

Result<json> People::Change(UserId id, const UserForm& form, int64_t revision, const Actor& actor) {
  return Update(id, revision, "user.changed", actor, [&](store::Session&, User& user) -> Status {
    if (form.name) user.name = *form.name;
    if (form.email) user.email = *form.email;
    if (form.unit) user.unit = *form.unit;
    return {};
  });
}

Result<json> People::Grant(UserId id, RoleSet roles, bool whole, int64_t revision, const Actor& actor) {
  if (actor.user == id) return Myself();
  return Update(id, revision, "user.granted", actor, [&](store::Session& s, User& user) -> Status {
    if (user.alone)
      return Error{Code::kForbidden,
                   "单机使用的用户担任全部角色，不能单独改。需要分开时，请另建用户，再停用这一个。", "",
                   "user.alone"};
    user.roles = roles;
    user.whole = whole && !(roles & kAdministrators);
    ZG_TRY(CheckRoles(user));
    store::DropSessions(s, id, 0);  // what an open page may do changes at once
    return {};
  });
}

Result<json> People::Reset(UserId id, const Actor& actor) {
  if (actor.user == id) return Myself();
  std::string password = NewPassword();
  std::string hash = HashPassword(password, core_.options.password_megabytes);
  ZG_ASSIGN(json user,
            Update(id, std::nullopt, "user.reset", actor, [&](store::Session& s, User& u) -> Status {
              u.password = hash;
              u.must_change = true;
              store::DropSessions(s, id, 0);
              store::ClearFailures(s, u.login);
              return {};
            }));
  return json{{"user", std::move(user)}, {"password", password}};
}

Result<json> People::Unlock(UserId id, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    auto user = store::LoadUser(s, id);
    if (!user) return NotFound();
    store::ClearFailures(s, user->login);
    store::AppendEvent(s, core_.EventOf(actor, "user.unlocked", "user:" + std::to_string(id.value)));
    return UserJson(s, *user, 0, Seconds(core_));
  });
}

Result<json> People::SetClosed(UserId id, bool closed, int64_t revision, const Actor& actor) {
  if (actor.user == id) return Myself();
  return Update(id, revision, closed ? "user.closed" : "user.opened", actor,
                [&](store::Session& s, User& user) -> Status {
                  user.closed = closed;
                  if (closed) store::DropSessions(s, id, 0);
                  return {};
                });
}

Result<UserId> People::FindLogin(const std::string& login) const {
  return core_.store->Read([&](store::Session& s) -> Result<UserId> {
    auto user = store::FindLogin(s, login);
    if (!user) return NotFound();
    return user->id;
  });
}

Result<json> People::Me(const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    auto user = store::LoadUser(s, actor.user);
    json roles = json::array(), rights = json::array();
    for (int i = 0; i < kRoles; ++i) {
      if (actor.Has(Role(i))) roles.push_back({{"name", RoleName(Role(i))}, {"title", RoleTitle(Role(i))}});
    }
    for (int i = 0; i < kRights; ++i) {
      if (actor.May(Right(i))) rights.push_back(RightName(Right(i)));
    }
    return json{{"id", actor.user.value},
                {"login", user ? user->login : ""},
                {"name", actor.name},
                {"unit", UnitOrNull(s, actor.unit)},
                {"roles", std::move(roles)},
                {"rights", std::move(rights)},
                {"whole", actor.scope().all},
                {"alone", user && user->alone},
                {"must_change", actor.must_change},
                {"outside", user && user->password.empty()}};
  });
}

}  // namespace zg
