// GET    /api/me                          who is signed in, if anybody is
// POST   /api/sign-in                     a session begins
// POST   /api/sign-out                    … and ends
// POST   /api/setup                       the first users, by the link that `serve` prints
// POST   /api/me/password
// GET    /api/me/sessions                 where one is signed in
// POST   /api/me/sign-out-elsewhere
// DELETE /api/me/sessions/{id}
// GET    /api/roles                       what roles there are and what they may do
// GET    /api/users                       POST: a new one
// GET    /api/users/{id}                  PATCH: name, unit, address
// POST   /api/users/{id}/grant            roles
// POST   /api/users/{id}/reset            a new password
// POST   /api/users/{id}/unlock
// POST   /api/users/{id}/close            POST /api/users/{id}/open
#include "office/people.h"

#include <nlohmann/json.hpp>

#include "http/answer.h"
#include "http/body.h"
#include "http/door.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"
#include "office/signing_in.h"

namespace zg::http {
namespace {

using nlohmann::json;

UserId UserOf(const Request& q) {
  return UserId{q.ids.at(0)};
}

Caller CallerOf(const Request& request) {
  return {request.address, std::string(request.Find("user-agent"))};
}

// {signed_in, setup, me, csrf}, as every answer about who is signed in.
Result<json> MeJson(Office& office, const Actor& actor, const std::string& token) {
  bool in = bool(actor.user);
  json out = {{"signed_in", in},
              {"setup", !in && office.signing_in().NobodyYet()},
              {"me", nullptr},
              {"csrf", nullptr}};
  if (!in) return out;
  ZG_ASSIGN(out["me"], office.people().Me(actor));
  out["csrf"] = SigningIn::CsrfOf(token);
  return out;
}

Result<Response> SignedInAnswer(Office& office, const Request& request, const SignedIn& in, int64_t seconds) {
  ZG_ASSIGN(json me, MeJson(office, in.actor, in.token));
  Response response = JsonAnswer(me);
  response.headers.push_back(SessionCookie(request, in.token, seconds));
  return response;
}

Result<Response> SignIn(Office& office, Request& request, int64_t seconds) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::string login = b.Text("login", 100), password = b.Text("password", 1000);
  ZG_TRY(b.Finish());
  ZG_ASSIGN(SignedIn in, office.signing_in().SignIn(login, password, CallerOf(request)));
  return SignedInAnswer(office, request, in, seconds);
}

Result<Response> SignOut(Office& office, Request& request) {
  ZG_TRY(NothingElse(request));
  ZG_TRY(office.signing_in().SignOut(SessionToken(request), request.actor));
  Response response = JsonAnswer({{"signed_in", false}});
  response.headers.push_back(SessionCookie(request, "", 0));
  return response;
}

Result<Response> SetUp(Office& office, Request& request, int64_t seconds) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::string link = b.Text("link", 100);
  std::vector<Newcomer> people;
  json list = json::parse(b.Json("people"), nullptr, false);
  bool good = list.is_array() && list.size() <= 3;
  auto text = [](const json& one, const char* key) {
    return one.is_object() && one.contains(key) && one[key].is_string() ? one[key].get<std::string>() : "";
  };
  for (const auto& one : good ? list : json::array())
    people.push_back({text(one, "login"), text(one, "name"), text(one, "password")});
  if (!good) b.Refuse("people", "一个人或三名管理员的列表");
  ZG_TRY(b.Finish());
  ZG_ASSIGN(auto in, office.signing_in().SetUp(link, people, CallerOf(request)));
  if (in) return SignedInAnswer(office, request, *in, seconds);
  return Answer(MeJson(office, {"未登录", {}, {}, 0}, ""));
}

Result<Response> ChangePassword(Office& office, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::string before = b.Text("old", 1000), after = b.Text("new", 1000);
  ZG_TRY(b.Finish());
  ZG_TRY(office.signing_in().ChangePassword(SessionToken(request), before, after, request.actor));
  Actor actor = request.actor;
  actor.must_change = false;
  return Answer(MeJson(office, actor, SessionToken(request)));
}

Result<Response> EndSession(Office& office, Request& request) {
  ZG_TRY(NothingElse(request));
  ZG_TRY(office.signing_in().EndSession(request.ids.at(0), request.actor));
  return Answer(office.signing_in().Sessions(SessionToken(request), request.actor));
}

json RolesList() {
  json out = json::array();
  for (int i = 0; i < kRoles; ++i) {
    json rights = json::array();
    for (int k = int(Right::kSee); k < kRights; ++k)
      if (Grants(RoleBit(Role(i)), Right(k))) rights.push_back(RightName(Right(k)));
    out.push_back({{"name", RoleName(Role(i))},
                   {"title", RoleTitle(Role(i))},
                   {"administrator", bool(RoleBit(Role(i)) & kAdministrators)},
                   {"rights", std::move(rights)}});
  }
  return out;
}

std::vector<std::string> RoleNames() {
  std::vector<std::string> names;
  for (int i = 0; i < kRoles; ++i) names.emplace_back(RoleName(Role(i)));
  return names;
}

Result<Response> List(People& people, Request& request) {
  QueryReader q(request);
  UserQuery query;
  query.q = q.Text("q", 100).value_or("");
  query.role = q.OneOf("role", RoleNames()).value_or("");
  if (auto unit = q.Id("unit")) query.unit = UnitId{*unit};
  query.closed = q.Flag("closed").value_or(false);
  query.after = q.Text("after", 100).value_or("");
  query.limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(people.List(query));
}

UserForm ReadForm(BodyReader& b) {
  UserForm form;
  form.name = b.TextOrNull("name", 100);
  form.email = b.TextOrNull("email", 300);
  if (auto unit = b.WholeIfGiven("unit_id", 0, kMaxId)) form.unit = UnitId{*unit};  // 0: of no unit
  return form;
}

Result<Response> Make(People& people, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::string login = b.Text("login", 100);
  UserForm form = ReadForm(b);
  json outside = json::parse(b.JsonIfGiven("outside"), nullptr, false);
  form.outside = outside.is_boolean() && outside.get<bool>();
  ZG_TRY(b.Finish());
  return Answer(people.Make(login, form, request.actor), 201);
}

Result<Response> Change(People& people, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  int64_t revision = b.Whole("revision", 1, kMaxId);
  UserForm form = ReadForm(b);
  ZG_TRY(b.Finish());
  return Answer(people.Change(UserOf(request), form, revision, request.actor));
}

Result<Response> Grant(People& people, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  int64_t revision = b.Whole("revision", 1, kMaxId);
  RoleSet roles = 0;
  json list = json::parse(b.Json("roles"), nullptr, false);
  bool good = list.is_array();
  for (const auto& name : good ? list : json::array()) {
    auto role = name.is_string() ? ParseRole(name.get<std::string>()) : std::nullopt;
    good = good && role;
    if (role) roles |= RoleBit(*role);
  }
  if (!good) b.Refuse("roles", "角色名的列表，如 [\"clerk\"]");
  json whole = json::parse(b.Json("whole"), nullptr, false);
  if (!whole.is_boolean()) b.Refuse("whole", "true 或 false");
  ZG_TRY(b.Finish());
  return Answer(people.Grant(UserOf(request), roles, whole.get<bool>(), revision, request.actor));
}

Result<Response> SetClosed(People& people, Request& request, bool closed) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  int64_t revision = b.Whole("revision", 1, kMaxId);
  ZG_TRY(b.Finish());
  return Answer(people.SetClosed(UserOf(request), closed, revision, request.actor));
}

}  // namespace

void BindPeople(Router& r, Office& office, bool outside) {
  People& people = office.people();
  SigningIn& signing = office.signing_in();
  int64_t seconds = office.session_seconds();
  r.Get("/api/me", Right::kPublic, Plain([&, outside](const Request& q) -> Result<json> {
          ZG_ASSIGN(json me, MeJson(office, q.actor, SessionToken(q)));
          me["outside"] = outside;
          return me;
        }));
  r.Post("/api/sign-in", Right::kPublic, [&, seconds](Request& q) { return SignIn(office, q, seconds); });
  r.Post("/api/sign-out", Right::kSignedIn, [&](Request& q) { return SignOut(office, q); });
  r.Post("/api/setup", Right::kPublic, [&, seconds](Request& q) { return SetUp(office, q, seconds); });
  r.Post("/api/me/password", Right::kSignedIn, [&](Request& q) { return ChangePassword(office, q); });
  r.Get("/api/me/sessions", Right::kSignedIn,
        Plain([&](const Request& q) { return signing.Sessions(SessionToken(q), q.actor); }));
  r.Post("/api/me/sign-out-elsewhere", Right::kSignedIn,
         Plain([&](const Request& q) { return signing.SignOutElsewhere(SessionToken(q), q.actor); }));
  r.Delete("/api/me/sessions/{id}", Right::kSignedIn, [&](Request& q) { return EndSession(office, q); });
  r.Get("/api/roles", Right::kSignedIn, Plain([](const Request&) -> Result<json> { return RolesList(); }));
  r.Get("/api/users", Right::kPeople, [&](Request& q) { return List(people, q); });
  r.Post("/api/users", Right::kUsers, [&](Request& q) { return Make(people, q); });
  r.Get("/api/users/{id}", Right::kPeople, Plain([&](const Request& q) { return people.Get(UserOf(q)); }));
  r.Patch("/api/users/{id}", Right::kUsers, [&](Request& q) { return Change(people, q); });
  r.Post("/api/users/{id}/grant", Right::kGrant, [&](Request& q) { return Grant(people, q); });
  r.Post("/api/users/{id}/reset", Right::kGrant,
         Plain([&](const Request& q) { return people.Reset(UserOf(q), q.actor); }));
  r.Post("/api/users/{id}/unlock", Right::kGrant,
         Plain([&](const Request& q) { return people.Unlock(UserOf(q), q.actor); }));
  r.Post("/api/users/{id}/close", Right::kUsers, [&](Request& q) { return SetClosed(people, q, true); });
  r.Post("/api/users/{id}/open", Right::kUsers, [&](Request& q) { return SetClosed(people, q, false); });
}

}  // namespace zg::http
