#include "store/users.h"

namespace zg::store {
namespace {

#define ZG_USER_COLUMNS                                                                             \
  "u.id, u.login, u.name, coalesce(u.unit_id, 0), u.roles, u.whole, u.alone, u.state, u.password, " \
  "u.must_change, u.email, coalesce(u.subject, ''), u.revision, u.created_at, u.updated_at"

const Query kById{"user_by_id", "SELECT " ZG_USER_COLUMNS " FROM users u WHERE u.id = :id"};
const Query kByLogin{"user_by_login", "SELECT " ZG_USER_COLUMNS " FROM users u WHERE u.login = :login"};
const Query kBySubject{"user_by_subject",
                       "SELECT " ZG_USER_COLUMNS " FROM users u WHERE u.subject = :subject"};
const Query kAll{"users_all", "SELECT " ZG_USER_COLUMNS " FROM users u ORDER BY u.id"};
const Query kOfUnit{"users_of_unit",
                    "SELECT " ZG_USER_COLUMNS
                    " FROM users u WHERE u.unit_id = :unit AND u.state = 'active' ORDER BY u.id"};
const Query kAny{"users_any", "SELECT 1 FROM users LIMIT 1"};
const Query kTaken{
    "user_taken",
    "SELECT CASE WHEN login = :login THEN 'login' WHEN name = :name THEN 'name' ELSE 'subject' "
    "END FROM users WHERE id <> :id AND (login = :login2 OR name = :name2 OR subject = :subject) "
    "LIMIT 1"};
const Query kInsert{
    "user_insert",
    "INSERT INTO users (login, name, unit_id, roles, whole, alone, state, password, must_change, "
    "email, subject, revision, created_at, updated_at) VALUES (:login, :name, :unit, :roles, "
    ":whole, :alone, :state, :password, :must_change, :email, :subject, :revision, :created, "
    ":updated) RETURNING id"};
const Query kUpdate{
    "user_update",
    "UPDATE users SET name = :name, unit_id = :unit, roles = :roles, whole = :whole, alone = "
    ":alone, state = :state, password = :password, must_change = :must_change, email = :email, "
    "subject = :subject, revision = :revision, updated_at = :updated WHERE id = :id"};

const Query kInsertSession{"session_insert",
                           "INSERT INTO sessions (token, user_id, began, seen, ends, address, agent) VALUES "
                           "(:token, :user, :began, :seen, :ends, :address, :agent) RETURNING id"};
const Query kSession{"session_by_token",
                     "SELECT s.id, s.began, s.seen, s.ends, s.address, s.agent, " ZG_USER_COLUMNS
                     " FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token = :token"};
const Query kSessionsOf{"sessions_of_user",
                        "SELECT id, user_id, began, seen, ends, address, agent FROM sessions WHERE user_id = "
                        ":user ORDER BY id DESC LIMIT 100"};
const Query kTouch{"session_touch", "UPDATE sessions SET seen = :seen WHERE id = :id"};
const Query kDrop{"session_drop", "DELETE FROM sessions WHERE user_id = :user AND id = :id"};
const Query kCountOthers{"sessions_count",
                         "SELECT count(*) FROM sessions WHERE user_id = :user AND id <> :keep"};
const Query kDropAll{"sessions_drop", "DELETE FROM sessions WHERE user_id = :user AND id <> :keep"};
const Query kDropOld{"sessions_drop_old", "DELETE FROM sessions WHERE seen < :before OR ends < :now"};

const Query kFailures{"failures_of", "SELECT failed, free_at FROM user_failures WHERE login = :login"};
const Query kSetFailures{
    "failures_set",
    "INSERT INTO user_failures (login, failed, free_at) VALUES (:login, :failed, :free) ON "
    "CONFLICT (login) DO UPDATE SET failed = excluded.failed, free_at = excluded.free_at"};
const Query kClearFailures{"failures_clear", "DELETE FROM user_failures WHERE login = :login"};
const Query kDropFailures{"failures_drop_old", "DELETE FROM user_failures WHERE free_at < :before"};

const Query kDropLinks{"setup_links_drop", "DELETE FROM setup_links"};
const Query kInsertLink{"setup_link_insert", "INSERT INTO setup_links (token, ends) VALUES (:token, :ends)"};
const Query kLink{"setup_link", "SELECT 1 FROM setup_links WHERE token = :token AND ends > :now"};

// In the order of ZG_USER_COLUMNS.
User UserOf(int64_t id, std::string& login, std::string& name, int64_t unit, int64_t roles, bool whole,
            bool alone, std::string& state, std::string& password, bool must_change, std::string& email,
            std::string& subject, int64_t revision, std::string& created, std::string& updated) {
  return {{id},     login,       name,  {unit},  RoleSet(roles), whole,   alone,  state == "closed",
          password, must_change, email, subject, revision,       created, updated};
}

template <class F, class... A>
void EachUser(Session& session, const Query& query, F take, const A&... args) {
  session.Each<int64_t, std::string, std::string, int64_t, int64_t, bool, bool, std::string, std::string,
               bool, std::string, std::string, int64_t, std::string, std::string>(
      query, [&](auto&... column) { take(UserOf(column...)); }, args...);
}

template <class... A>
std::optional<User> OneUser(Session& session, const Query& query, const A&... args) {
  std::optional<User> found;
  EachUser(
      session, query, [&](User user) { found = std::move(user); }, args...);
  return found;
}

std::optional<int64_t> OrNull(UnitId unit) {
  return unit ? std::optional(unit.value) : std::nullopt;
}
std::optional<std::string> OrNull(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}
const char* StateOf(const User& user) {
  return user.closed ? "closed" : "active";
}

}  // namespace

std::optional<User> LoadUser(Session& session, UserId id) {
  return OneUser(session, kById, id);
}
std::optional<User> FindLogin(Session& session, const std::string& login) {
  return OneUser(session, kByLogin, login);
}
std::optional<User> FindSubject(Session& session, const std::string& subject) {
  if (subject.empty()) return std::nullopt;
  return OneUser(session, kBySubject, subject);
}

std::string TakenOf(Session& session, const User& user) {
  return session
      .Value<std::string>(kTaken, user.login, user.name, user.id, user.login, user.name, OrNull(user.subject))
      .value_or("");
}

bool AnyUser(Session& session) {
  return session.Value<int64_t>(kAny).has_value();
}

void InsertUser(Session& session, User& user) {
  user.id = {session.Insert(kInsert, user.login, user.name, OrNull(user.unit), int64_t(user.roles),
                            user.whole, user.alone, StateOf(user), user.password, user.must_change,
                            user.email, OrNull(user.subject), user.revision, user.created_at,
                            user.updated_at)};
}

void UpdateUser(Session& session, const User& user) {
  session.Run(kUpdate, user.name, OrNull(user.unit), int64_t(user.roles), user.whole, user.alone,
              StateOf(user), user.password, user.must_change, user.email, OrNull(user.subject), user.revision,
              user.updated_at, user.id);
}

std::vector<User> AllUsers(Session& session) {
  std::vector<User> users;
  EachUser(session, kAll, [&](User user) { users.push_back(std::move(user)); });
  return users;
}

std::vector<User> UsersOfUnit(Session& session, UnitId unit) {
  std::vector<User> users;
  EachUser(
      session, kOfUnit, [&](User user) { users.push_back(std::move(user)); }, unit);
  return users;
}

std::vector<UserRow> FindUsers(Session& session, const UserFilter& filter) {
  std::string sql =
      "SELECT u.id, coalesce(n.name, ''), coalesce((SELECT max(s.seen) FROM sessions s WHERE s.user_id = "
      "u.id), "
      "0) FROM users u LEFT JOIN units n ON n.id = u.unit_id WHERE u.login > :after";
  std::vector<AnyArg> args = {filter.after};
  if (!filter.closed) sql += " AND u.state = 'active'";
  if (!filter.q.empty()) {
    std::string like = "%";
    for (char c : filter.q)
      like += (c == '%' || c == '_' || c == '!') ? std::string("!") + c : std::string(1, c);
    like += "%";
    sql += " AND (u.login LIKE :q1 ESCAPE '!' OR u.name LIKE :q2 ESCAPE '!' OR n.name LIKE :q3 ESCAPE '!')";
    for (int i = 0; i < 3; ++i) args.push_back(like);
  }
  if (filter.unit) {
    sql += " AND u.unit_id = :unit";
    args.push_back(filter.unit->value);
  }
  if (auto role = ParseRole(filter.role)) {
    sql += " AND (u.roles / :bit) % 2 = 1";
    args.push_back(int64_t(RoleBit(*role)));
  }
  sql += " ORDER BY u.login LIMIT :n";
  args.push_back(int64_t(filter.limit));
  std::vector<UserRow> rows;
  session.Each<int64_t, std::string, int64_t>(
      {"users_find", sql},
      [&](int64_t id, std::string& unit, int64_t seen) {
        rows.push_back({LoadUser(session, {id}).value_or(User()), unit, seen});
      },
      args);
  return rows;
}

int64_t InsertSession(Session& session, const std::string& token, const SessionRow& row) {
  return session.Insert(kInsertSession, token, row.user, row.began, row.seen, row.ends, row.address,
                        row.agent);
}

namespace {
template <class F, class A>
void EachSession(Session& session, const Query& query, F take, const A& arg) {
  session.Each<int64_t, int64_t, int64_t, int64_t, int64_t, std::string, std::string>(
      query,
      [&](int64_t id, int64_t user, int64_t began, int64_t seen, int64_t ends, std::string& address,
          std::string& agent) {
        take(SessionRow{id, {user}, began, seen, ends, address, agent});
      },
      arg);
}
}  // namespace

std::optional<std::pair<SessionRow, User>> FindSession(Session& session, const std::string& token) {
  std::optional<std::pair<SessionRow, User>> found;
  session.Each<int64_t, int64_t, int64_t, int64_t, std::string, std::string, int64_t, std::string,
               std::string, int64_t, int64_t, bool, bool, std::string, std::string, bool, std::string,
               std::string, int64_t, std::string, std::string>(
      kSession,
      [&](int64_t id, int64_t began, int64_t seen, int64_t ends, std::string& address, std::string& agent,
          auto&... user) {
        User whose = UserOf(user...);
        SessionRow row{id, whose.id, began, seen, ends, address, agent};
        found.emplace(std::move(row), std::move(whose));
      },
      token);
  return found;
}

std::vector<SessionRow> SessionsOf(Session& session, UserId user) {
  std::vector<SessionRow> rows;
  EachSession(
      session, kSessionsOf, [&](SessionRow r) { rows.push_back(std::move(r)); }, user);
  return rows;
}

void TouchSession(Session& session, int64_t id, int64_t seen) {
  session.Run(kTouch, seen, id);
}
void DropSession(Session& session, UserId user, int64_t id) {
  session.Run(kDrop, user, id);
}
int64_t DropSessions(Session& session, UserId user, int64_t keep) {
  int64_t n = session.Value<int64_t>(kCountOthers, user, keep).value_or(0);
  session.Run(kDropAll, user, keep);
  return n;
}
void DropOldSessions(Session& session, int64_t seen_before, int64_t now) {
  session.Run(kDropOld, seen_before, now);
}

Failures FailuresOf(Session& session, const std::string& login) {
  auto row = session.Row<int64_t, int64_t>(kFailures, login);
  return row ? Failures{std::get<0>(*row), std::get<1>(*row)} : Failures{};
}
void SetFailures(Session& session, const std::string& login, const Failures& failures) {
  session.Run(kSetFailures, login, failures.failed, failures.free_at);
}
void ClearFailures(Session& session, const std::string& login) {
  session.Run(kClearFailures, login);
}
void DropOldFailures(Session& session, int64_t before) {
  session.Run(kDropFailures, before);
}

void SetSetupLink(Session& session, const std::string& token, int64_t ends) {
  session.Run(kDropLinks);
  session.Run(kInsertLink, token, ends);
}
bool HasSetupLink(Session& session, const std::string& token, int64_t now) {
  return session.Value<int64_t>(kLink, token, now).has_value();
}
void DropSetupLinks(Session& session) {
  session.Run(kDropLinks);
}

}  // namespace zg::store
