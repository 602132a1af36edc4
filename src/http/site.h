#pragma once
// From a request to its answer, without sockets: the guard, the routes, the UI's files. Any thread, once
// made.

#include <cstdint>
#include <optional>

#include "http/assets.h"
#include "http/door.h"
#include "http/guard.h"
#include "http/message.h"
#include "http/router.h"

namespace zg::http {

class Site {
 public:
  struct Limits {
    uint64_t json_bytes = 1u << 20;
    uint64_t file_bytes = 200u << 20;
    uint64_t part_bytes = 8u << 20;
  };
  Site(Router router, Assets assets, Guard guard, Limits limits, std::unique_ptr<Door> door);

  // What is known once the head is read: either the answer (a refusal, a file of the UI), or the route that
  // will answer when up to `max_body` bytes of body are there.
  struct Admission {
    std::optional<Response> answer;
    const Route* route = nullptr;
    uint64_t max_body = 0;
  };
  // Fills in `request`'s path, query and ids. Quick: may run on the thread that serves the sockets.
  Admission Admit(Request& request) const;

  // On a worker thread, before a large body is read: the refusal, if there is one.
  std::optional<Response> Knock(const Route& route, Request& request) const;
  // On a worker thread. Never throws; what a handler throws becomes 500 and a line in the log.
  Response Run(const Route& route, Request& request) const;

  const Router& router() const { return router_; }

 private:
  Status Check(const Request& request) const;
  Admission AdmitToApi(Request& request) const;
  uint64_t MaxBody(BodyKind kind) const;

  Router router_;
  Assets assets_;
  Guard guard_;
  Limits limits_;
  std::unique_ptr<Door> door_;
};

}  // namespace zg::http
