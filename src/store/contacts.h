#pragma once
// Who gets the letters of a unit, and which unit stands above one.

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "store/sql.h"

namespace zg::store {

struct Contact {
  int64_t id = 0;
  UnitId unit;  // none: the office
  std::string name, email;
};
std::vector<Contact> ContactsOf(Session& session, UnitId unit);
std::optional<Contact> LoadContact(Session& session, int64_t id);
std::optional<int64_t> AddContact(Session& session, const Contact& contact);  // nullopt: it is there already
void DropContact(Session& session, int64_t id);

// The only two places that know where addresses come from and what stands above a unit (none: the office).
std::vector<Contact> RecipientsOf(Session& session, UnitId unit);
UnitId UnitAbove(Session& session, UnitId unit);

}  // namespace zg::store
