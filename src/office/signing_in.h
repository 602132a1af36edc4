#pragma once
// Who is signed in: passwords, sessions, the link that the first administrator is made with.

#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "ledger/user.h"
#include "office/actor.h"

namespace zg {

struct OfficeCore;
namespace store {
class Session;
}

// Where a request comes from, as the session keeps it.
struct Caller {
  std::string address, agent;
};

struct SignedIn {
  std::string token;  // what the browser holds; nobody else has it, the ledger only its digest
  Actor actor;
};

// A person as the first page asks for them.
struct Newcomer {
  std::string login, name, password;
};

// Thread-safe. Every sign-in, sign-out and refusal is an event; tries that failed slow down those that follow
// (GB/T 22239-2019 8.1.4.1): from the third on each has to wait twice as long, from the fifth on a quarter of
// an hour, whether there is such a user or not.
class SigningIn {
 public:
  explicit SigningIn(OfficeCore& core) : core_(core) {}

  // kForbidden: auth.wrong (login or password; no word on which), auth.wait (`where`: seconds to wait).
  Result<SignedIn> SignIn(const std::string& login, const std::string& password, const Caller& caller);
  // Somebody whom the provider of OpenID Connect vouches for: the user who has that subject, or, the first
  // time, that login and no password. auth.unknown.
  Result<SignedIn> Vouched(const std::string& subject, const std::string& login, const Caller& caller);
  // nullopt: no such session, or it has ended, or its user is closed. One indexed read; a session that was
  // not seen for a minute is written to.
  Result<std::optional<Actor>> Find(const std::string& token);
  // Who had this session when it was last asked for, and the question whether that is still so, which goes
  // along with what this thread reads next (store/along.h). null: not remembered, or the database is in this
  // program and asking costs next to nothing. What is done with the actor must not be told before Stands.
  class Remembered {
   public:
    virtual ~Remembered() = default;
    virtual const Actor& actor() const = 0;
    virtual bool Stands() = 0;  // asks, where nobody read meanwhile
  };
  std::unique_ptr<Remembered> Remember(const std::string& token);
  // The secret that changes asked for in this session must carry; by the token alone.
  static std::string CsrfOf(const std::string& token);

  Status SignOut(const std::string& token, const Actor& actor);
  // Everywhere but here. → {ended}
  Result<nlohmann::json> SignOutElsewhere(const std::string& token, const Actor& actor);
  Status EndSession(int64_t session, const Actor& actor);                               // one of one's own
  Result<nlohmann::json> Sessions(const std::string& token, const Actor& actor) const;  // {items}
  // Ends every other session. user.password, auth.wrong, auth.wait
  Status ChangePassword(const std::string& token, const std::string& old_password,
                        const std::string& new_password, const Actor& actor);

  bool NobodyYet() const;
  // A secret for the first page, good for a day and once; only where there is nobody yet. Ends the one
  // before.
  Result<std::string> NewSetupLink();
  // Makes the first users: one who is alone on this machine, or the three administrators, in the order
  // system, security, audit. → who is signed in now; with three: nobody. setup.link, setup.done, user.…
  Result<std::optional<SignedIn>> SetUp(const std::string& link, const std::vector<Newcomer>& people,
                                        const Caller& caller);

  // Drops sessions and counts that have ended; now and then.
  Status Sweep();
  // A refusal, as an event; the same by the same person is told once an hour, with how often it was.
  void Refused(const Actor& actor, const std::string& what);
  // An export, as an event.
  Status Exported(const Actor& actor, const std::string& what, const std::string& how);

 private:
  // A session as it was found just now.
  struct Current {
    Actor actor;
    int64_t session = 0;
    bool touch = false;  // it was not seen for a minute
  };
  class Recalled;
  std::optional<Current> Look(store::Session& s, const std::string& digest) const;
  void Seen(const std::string& digest, const std::optional<Current>& current);
  Status CheckPasswordOf(const std::string& login, const std::optional<User>& user,
                         const std::string& password);
  Result<SignedIn> Begin(const User& user, const Caller& caller, const std::string& how);

  OfficeCore& core_;
  std::mutex actors_mutex_;
  std::unordered_map<std::string, Actor> actors_;  // by the token's digest, as last seen
  std::mutex refusals_mutex_;
  std::map<std::string, std::pair<int64_t, int64_t>> refusals_;  // person and what: told at, times since
};

}  // namespace zg
