// GET /api/overview?round=&as_of=
#include <nlohmann/json.hpp>

#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"
#include "office/views.h"

namespace zg::http {
namespace {

Result<Response> Get(Overview& overview, Request& request) {
  QueryReader q(request);
  auto round = q.Id("round");
  auto as_of = q.Day("as_of");
  ZG_TRY(q.Finish());
  std::optional<RoundId> id = round ? std::optional(RoundId{*round}) : std::nullopt;
  return Answer(overview.Get(id, as_of, request.actor.scope()));
}

}  // namespace

void BindOverview(Router& r, Office& office) {
  r.Get("/api/overview", Right::kSee,
        [&overview = office.overview()](Request& q) { return Get(overview, q); });
}

}  // namespace zg::http
