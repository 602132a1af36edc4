// POST /api/links/{id}/confirm
// POST /api/links/{id}/reject
// POST /api/tasks/{id}/links    a link made by hand
#include "office/links.h"

#include <nlohmann/json.hpp>

#include "http/body.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"

namespace zg::http {
namespace {

LinkId IdOf(const Request& request) {
  return LinkId{request.ids.at(0)};
}

Result<Response> Make(Links& links, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::string kind = b.Text("kind", 40);
  TaskId to{b.Id("to")};
  ZG_TRY(b.Finish());
  return Answer(links.Make(TaskId{request.ids.at(0)}, kind, to, request.actor), 201);
}

}  // namespace

void BindLinks(Router& r, Office& office) {
  Links& links = office.links();
  r.Post("/api/links/{id}/confirm", Right::kImport,
         Plain([&](const Request& q) { return links.Confirm(IdOf(q), q.actor); }));
  r.Post("/api/links/{id}/reject", Right::kImport,
         Plain([&](const Request& q) { return links.Reject(IdOf(q), q.actor); }));
  r.Post("/api/tasks/{id}/links", Right::kImport, [&](Request& q) { return Make(links, q); });
}

}  // namespace zg::http
