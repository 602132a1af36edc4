// GET /api/search?q=&limit=
#include <nlohmann/json.hpp>

#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"
#include "office/views.h"

namespace zg::http {
namespace {

Result<Response> Find(Search& search, Request& request) {
  QueryReader q(request);
  auto words = q.Text("q");
  int limit = q.Limit(20, 100);
  if (!words) q.Missing("q", "请写上要找的词");
  ZG_TRY(q.Finish());
  return Answer(search.Find(*words, limit, request.actor.scope()));
}

}  // namespace

void BindSearch(Router& r, Office& office) {
  r.Get("/api/search", Right::kSee, [&search = office.search()](Request& q) { return Find(search, q); });
}

}  // namespace zg::http
