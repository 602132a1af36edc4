// GET /api/health
// GET /api/ready
// GET /api/openapi.json
#include <chrono>
#include <nlohmann/json.hpp>

#include "http/answer.h"
#include "http/description.h"
#include "http/params.h"
#include "http/readiness.h"
#include "http/routes.h"

#ifndef ZG_VERSION
#error "ZG_VERSION comes from CMake: the project's version"
#endif

namespace zg::http {
namespace {

using Clock = std::chrono::steady_clock;

Result<Response> Health(const Request& request, Clock::time_point began) {
  ZG_TRY(QueryReader(request).Finish());
  auto up = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - began).count();
  return JsonAnswer({{"status", "ok"}, {"version", ZG_VERSION}, {"uptime_seconds", up}});
}

Result<Response> Ready(const Request& request, Readiness& readiness) {
  ZG_TRY(QueryReader(request).Finish());
  return ReadyAnswer(readiness);
}

Result<Response> Description(const Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  Response response;
  response.fixed = OpenApiJson();
  return response;
}

}  // namespace

void BindMeta(Router& r, std::shared_ptr<Readiness> readiness) {
  r.Get("/api/health", Right::kPublic,
        [began = Clock::now()](Request& request) { return Health(request, began); });
  r.Get("/api/ready", Right::kPublic,
        [readiness = std::move(readiness)](Request& request) { return Ready(request, *readiness); });
  r.Get("/api/openapi.json", Right::kPublic, [](Request& request) { return Description(request); });
}

}  // namespace zg::http
