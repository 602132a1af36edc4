#pragma once
// Users: made and closed by the system's administrator, given roles by the one of security (三员分立).

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/result.h"
#include "ledger/user.h"
#include "office/actor.h"

namespace zg {

struct OfficeCore;
namespace store {
class Session;
}

struct UserQuery {
  std::string q, role;
  std::optional<UnitId> unit;
  bool closed = false;
  std::string after;
  int limit = 50;
};

// What is to become of a user; a member that is not set stays.
struct UserForm {
  std::optional<std::string> name, email;
  std::optional<UnitId> unit;  // none inside: of no unit
  std::optional<RoleSet> roles;
  std::optional<bool> whole;
  bool outside = false;  // signs in at the provider of OpenID Connect: no password
};

// Thread-safe. Each change is one event with the user's digest as its proof. kNotFound: user.not_found;
// kConflict: user.changed (an old revision), user.taken; kForbidden: user.self, user.last_administrator.
class People {
 public:
  explicit People(OfficeCore& core) : core_(core) {}
  Result<nlohmann::json> List(const UserQuery& query) const;  // {items, next}
  Result<nlohmann::json> Get(UserId id) const;
  // A user without roles. → {user, password}: shown once (null for one from outside), to be changed at the
  // first sign-in.
  Result<nlohmann::json> Make(const std::string& login, const UserForm& form, const Actor& actor);
  // For commands on the machine: with roles and a password that stays.
  Result<nlohmann::json> MakeWhole(User user, const std::string& password, const Actor& actor);
  Result<nlohmann::json> Change(UserId id, const UserForm& form, int64_t revision, const Actor& actor);
  Result<nlohmann::json> Grant(UserId id, RoleSet roles, bool whole, int64_t revision, const Actor& actor);
  Result<nlohmann::json> Reset(UserId id, const Actor& actor);   // → {user, password}
  Result<nlohmann::json> Unlock(UserId id, const Actor& actor);  // tries may be made again at once
  Result<nlohmann::json> SetClosed(UserId id, bool closed, int64_t revision, const Actor& actor);
  Result<UserId> FindLogin(const std::string& login) const;
  // Name, unit, roles and rights of who asks, for the UI.
  Result<nlohmann::json> Me(const Actor& actor) const;

 private:
  Result<nlohmann::json> Update(UserId id, std::optional<int64_t> revision, const char* kind,
                                const Actor& actor,
                                const std::function<Status(store::Session&, User&)>& change);
  OfficeCore& core_;
};

// Inside of office/. Each writes the user and its event.
Status CheckNewUser(const User& user);
Status AddUser(OfficeCore& core, store::Session& session, User& user, const Actor& actor,
               const std::string& note);
Status KeepUser(OfficeCore& core, store::Session& session, const User& before, User& after, const char* kind,
                const Actor& actor, const std::string& note);
std::string UserProof(const User& user);         // "user 7 <digest>\n"
std::string IsoOfSeconds(int64_t unix_seconds);  // in Beijing: 2024-12-31T08:00:00+08:00

}  // namespace zg
