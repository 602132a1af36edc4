// GET /api/events?task=&document=&after=&limit=   newest first
#include <nlohmann/json.hpp>

#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"
#include "office/views.h"

namespace zg::http {
namespace {

Result<Response> List(Events& events, Request& request) {
  QueryReader q(request);
  EventQuery query;
  query.scope = request.actor.scope();
  if (auto task = q.Id("task")) query.task = TaskId{*task};
  if (auto document = q.Id("document")) query.document = DocId{*document};
  query.after = q.Text("after").value_or("");
  query.limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(events.List(query));
}

}  // namespace

void BindEvents(Router& r, Office& office) {
  r.Get("/api/events", Right::kSee, [&events = office.events()](Request& q) { return List(events, q); });
}

}  // namespace zg::http
