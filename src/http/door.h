#pragma once
// Who a request comes from, and whether it may go further: before a handler sees it.

#include <memory>

#include "base/result.h"
#include "http/message.h"
#include "http/router.h"

namespace zg {
class Limits;
class SigningIn;
}  // namespace zg

namespace zg::http {

// Any thread, several at once.
class Door {
 public:
  virtual ~Door() = default;
  // Fills in request.actor. Errors: auth.none (401: nobody is signed in), auth.csrf, auth.must_change,
  // auth.forbidden (403), http.too_many (429; `where`: seconds to wait).
  virtual Status Admit(Request& request, const Route& route) = 0;
  // The same from memory, for a request that changes nothing: null where nobody is remembered who may do it.
  // On the thread that answers it; what comes of it is told only where Stands says so, and otherwise the
  // request is admitted and answered once more.
  class Visit {
   public:
    virtual ~Visit() = default;
    virtual bool Stands() = 0;
  };
  virtual std::unique_ptr<Visit> AdmitRemembered(Request&, const Route&) { return nullptr; }
  // A file was carried away by a request that was answered.
  virtual void Carried(const Request& request, const Route& route) = 0;
};

struct DoorOptions {
  int per_second = 50;        // requests of one person, on average; 0: no limit
  int burst = 400;            // … at once
  int tries_per_minute = 20;  // signing in and setting up, from one address; 0: no limit
};

// Reads the session cookie. `signing_in` and `limits` outlive it; null: limits are this server's alone.
std::unique_ptr<Door> MakeDoor(SigningIn& signing_in, const DoorOptions& options, Limits* limits = nullptr);
// For servers without a ledger: everybody may do everything.
std::unique_ptr<Door> MakeOpenDoor();

// The value of that cookie; "" where there is none.
std::string Cookie(const Request& request, std::string_view name);
// What the browser holds; "" where it holds nothing.
std::string SessionToken(const Request& request);
// Set-Cookie: a session's token, or (empty) its end.
Header SessionCookie(const Request& request, const std::string& token, int64_t seconds);

}  // namespace zg::http
