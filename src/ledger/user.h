#pragma once
// People who sign in: what is known of one, and the rules that hold for names, roles and passwords. Pure.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "ledger/role.h"

namespace zg {

struct User {
  UserId id;
  std::string login;  // a–z, 0–9, . _ -
  std::string name;   // as events tell it; nobody else has it
  UnitId unit;        // none: belongs to no unit
  RoleSet roles = 0;
  bool whole = false;  // sees the whole ledger; else what its unit and those under it see
  bool alone = false;  // the one person of a machine, in every role
  bool closed = false;
  std::string password;      // hash; empty: signs in elsewhere
  bool must_change = false;  // somebody else chose the password
  std::string email;         // may be empty
  std::string subject;       // at the provider of OpenID Connect; empty: none
  int64_t revision = 0;
  std::string created_at, updated_at;
};

// What events prove of a user: SM3 over every member but the times. Pure.
std::string UserDigest(const User& user);

// Each error is kInvalid, with the member in `where` and a sentence that says what to do.
Status CheckLogin(std::string_view login);    // user.login
Status CheckUserName(std::string_view name);  // user.name
Status CheckEmail(std::string_view email);    // user.email; empty is good
// GB/T 22239-2019 8.1.4.1 asks for complexity and change; at least 10 characters, of two kinds, not the login
// or the name, not one that everybody tries first. user.password
Status CheckPassword(std::string_view password, std::string_view login, std::string_view name);
// The three administrators are three people and do no other work (三员分立), but for somebody who is alone on
// the machine; whoever answers for a unit has one. user.roles, user.unit, user.whole
Status CheckRoles(const User& user);

inline constexpr RoleSet kAdministrators =
    RoleBit(Role::kSystemAdmin) | RoleBit(Role::kSecurityAdmin) | RoleBit(Role::kAuditAdmin);

}  // namespace zg
