#pragma once
// Who does it: a signed-in user, or the machine's own commands (命令行), who may do everything.

#include <string>

#include "base/id.h"
#include "ledger/role.h"
#include "ledger/scope.h"

namespace zg {

struct Actor {
  std::string name;  // as events tell it
  UserId user;       // none: a command on the machine itself
  UnitId unit;       // where the user belongs; none: no unit
  RoleSet roles = kEveryRole;
  bool whole = true;         // sees the whole ledger
  bool must_change = false;  // has to choose a password before anything else

  Scope scope() const { return whole ? Scope{} : Scope{false, unit}; }

  bool May(Right right) const { return Grants(roles, right); }
  bool Has(Role role) const { return roles & RoleBit(role); }
  bool operator==(const Actor&) const = default;
};

}  // namespace zg
