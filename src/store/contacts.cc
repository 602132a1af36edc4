#include "store/contacts.h"

#include <algorithm>

#include "store/units.h"
#include "store/users.h"

namespace zg::store {
namespace {

const Query kOfUnit{"contacts_of_unit",
                    "SELECT id, unit_id, name, email FROM contacts WHERE unit_id = :unit ORDER BY id"};
const Query kOne{"contact", "SELECT id, unit_id, name, email FROM contacts WHERE id = :id"};
const Query kAdd{"contact_add",
                 "INSERT INTO contacts (unit_id, name, email) VALUES (:unit, :name, :email) ON CONFLICT DO "
                 "NOTHING RETURNING id"};
const Query kDrop{"contact_drop", "DELETE FROM contacts WHERE id = :id"};

template <class... A>
std::vector<Contact> ReadContacts(Session& session, const Query& query, const A&... args) {
  std::vector<Contact> all;
  session.Each<int64_t, int64_t, std::string, std::string>(
      query,
      [&](int64_t id, int64_t unit, const std::string& name, const std::string& email) {
        all.push_back({id, {unit}, name, email});
      },
      args...);
  return all;
}

}  // namespace

std::vector<Contact> ContactsOf(Session& session, UnitId unit) {
  return ReadContacts(session, kOfUnit, unit);
}

std::optional<Contact> LoadContact(Session& session, int64_t id) {
  auto found = ReadContacts(session, kOne, id);
  return found.empty() ? std::nullopt : std::optional<Contact>(found[0]);
}

std::optional<int64_t> AddContact(Session& session, const Contact& c) {
  return session.Value<int64_t>(kAdd, c.unit, c.name, c.email);
}

void DropContact(Session& session, int64_t id) {
  session.Run(kDrop, id);
}

// Contacts, and users of the unit (for the office: its clerks and leaders who see the whole ledger) who have
// an address; each address once.
std::vector<Contact> RecipientsOf(Session& session, UnitId unit) {
  std::vector<Contact> all = ContactsOf(session, unit);
  constexpr RoleSet kOffice = RoleBit(Role::kClerk) | RoleBit(Role::kLeader);
  for (const User& user : unit ? UsersOfUnit(session, unit) : AllUsers(session)) {
    bool office = user.alone || (user.whole && (user.roles & kOffice));
    if (user.closed || user.email.empty() || (!unit && !office)) continue;
    bool there = std::any_of(all.begin(), all.end(), [&](const Contact& c) { return c.email == user.email; });
    if (!there) all.push_back({0, unit, user.name, user.email});
  }
  return all;
}

UnitId UnitAbove(Session& session, UnitId unit) {
  return ParentOf(session, unit);
}

}  // namespace zg::store
