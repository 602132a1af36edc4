#pragma once
// Users, their sessions, tries that failed, and the link that makes the first of them. Times are Unix
// seconds. All of it one or a few indexed rows a call, but for lists.

#include <optional>
#include <string>
#include <vector>

#include "ledger/user.h"
#include "store/sql.h"

namespace zg::store {

std::optional<User> LoadUser(Session& session, UserId id);
std::optional<User> FindLogin(Session& session, const std::string& login);
std::optional<User> FindSubject(Session& session, const std::string& subject);
// Whether somebody else has the login, the name, or the subject (where not empty): "login", "name",
// "subject";
// "" where nobody has.
std::string TakenOf(Session& session, const User& user);
bool AnyUser(Session& session);
void InsertUser(Session& session, User& user);  // sets its id
void UpdateUser(Session& session, const User& user);
std::vector<User> AllUsers(Session& session);  // by id

struct UserFilter {
  std::string q;  // in login or name; empty: any
  std::optional<UnitId> unit;
  std::string role;     // empty: any
  bool closed = false;  // those closed too
  std::string after;    // login of the last one of the page before
  int limit = 50;
};
struct UserRow {
  User user;
  std::string unit_name;
  int64_t seen = 0;  // last time in a session that is there still; 0: never
};
std::vector<UserRow> FindUsers(Session& session, const UserFilter& filter);  // by login

// The names of active users of the unit and their addresses, where they have one.
std::vector<User> UsersOfUnit(Session& session, UnitId unit);

struct SessionRow {
  int64_t id = 0;
  UserId user;
  int64_t began = 0, seen = 0, ends = 0;
  std::string address, agent;
};
int64_t InsertSession(Session& session, const std::string& token, const SessionRow& row);
std::optional<std::pair<SessionRow, User>> FindSession(Session& session, const std::string& token);
std::vector<SessionRow> SessionsOf(Session& session, UserId user);  // newest first
void TouchSession(Session& session, int64_t id, int64_t seen);
void DropSession(Session& session, UserId user, int64_t id);
// All of the user's but `keep` (0: none is kept). → how many
int64_t DropSessions(Session& session, UserId user, int64_t keep);
void DropOldSessions(Session& session, int64_t seen_before, int64_t now);

struct Failures {
  int64_t failed = 0, free_at = 0;
};
Failures FailuresOf(Session& session, const std::string& login);
void SetFailures(Session& session, const std::string& login, const Failures& failures);
void ClearFailures(Session& session, const std::string& login);
void DropOldFailures(Session& session, int64_t before);

void SetSetupLink(Session& session, const std::string& token, int64_t ends);  // the only one from now on
bool HasSetupLink(Session& session, const std::string& token, int64_t now);
void DropSetupLinks(Session& session);

}  // namespace zg::store
