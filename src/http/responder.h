#pragma once
// What a server serves: the office's pages and API (http/site), or the public site (http/public_site).

#include <cstdint>
#include <optional>
#include <string_view>

#include "http/message.h"
#include "http/router.h"

namespace zg::http {

// What is known once the head is read: either the answer, or the route that will answer when up to `max_body`
// bytes of body are there.
struct Admission {
  std::optional<Response> answer;
  const Route* route = nullptr;
  uint64_t max_body = 0;
};

// Any thread, once made.
class Responder {
 public:
  virtual ~Responder() = default;
  // Fills in `request`'s path, query and ids. Quick: may run on the thread that serves the sockets.
  virtual Admission Admit(Request& request) const = 0;
  // On a worker thread, before a large body is read: the refusal, if there is one.
  virtual std::optional<Response> Knock(const Route& route, Request& request) const = 0;
  // On a worker thread. Never throws; what a handler throws becomes 500 and a line in the log.
  virtual Response Run(const Route& route, Request& request) const = 0;
  // Lines of every answer's head, each ending in CRLF.
  virtual std::string_view security_headers() const = 0;
};

}  // namespace zg::http
