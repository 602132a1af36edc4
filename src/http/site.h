#pragma once
// From a request to its answer, without sockets: the guard, the routes, the UI's files. Any thread, once
// made.

#include <cstdint>
#include <optional>

#include "http/assets.h"
#include "http/door.h"
#include "http/guard.h"
#include "http/message.h"
#include "http/responder.h"
#include "http/router.h"

namespace zg::http {

class Site : public Responder {
 public:
  struct Limits {
    uint64_t json_bytes = 1u << 20;
    uint64_t file_bytes = 200u << 20;
    uint64_t part_bytes = 8u << 20;
  };
  Site(Router router, Assets assets, Guard guard, Limits limits, std::unique_ptr<Door> door);

  Admission Admit(Request& request) const override;
  std::optional<Response> Knock(const Route& route, Request& request) const override;
  Response Run(const Route& route, Request& request) const override;
  std::string_view security_headers() const override { return kSecurityHeaders; }

  const Router& router() const { return router_; }

 private:
  Status Check(const Request& request) const;
  Admission AdmitToApi(Request& request) const;
  uint64_t MaxBody(BodyKind kind) const;
  std::optional<Response> RunRemembered(const Route& route, Request& request) const;

  Router router_;
  Assets assets_;
  Guard guard_;
  Limits limits_;
  std::unique_ptr<Door> door_;
};

}  // namespace zg::http
