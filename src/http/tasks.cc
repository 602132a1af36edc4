// GET   /api/tasks        a page of the list, filtered and sorted
// GET   /api/tasks/{id}   everything about one
// PATCH /api/tasks/{id}   a person's decision on one value of it
#include "office/tasks.h"

#include <nlohmann/json.hpp>

#include "http/body.h"
#include "http/filter.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"

namespace zg::http {
namespace {

TaskId IdOf(const Request& request) {
  return TaskId{request.ids.at(0)};
}

Result<Response> List(Tasks& tasks, Request& request) {
  QueryReader q(request);
  TaskChoice choice = ReadTaskChoice(q);
  PageRequest page{q.Text("after", 500).value_or(""), q.Limit()};
  ZG_TRY(q.Finish());
  choice.filter.scope = request.actor.scope();
  return Answer(tasks.List(choice.filter, choice.sort, page));
}

Result<Response> Change(Tasks& tasks, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  TaskChange change;
  change.field = b.Text("field", 100);
  change.value_json = b.Json("value");
  change.reason = b.Text("reason");
  change.revision = b.Id("revision");
  ZG_TRY(b.Finish());
  return Answer(tasks.Change(IdOf(request), change, request.actor));
}

}  // namespace

void BindTasks(Router& r, Office& office) {
  Tasks& tasks = office.tasks();
  r.Get("/api/tasks", Right::kSee, [&](Request& q) { return List(tasks, q); });
  r.Get("/api/tasks/{id}", Right::kSee,
        Plain([&](const Request& q) { return tasks.Get(IdOf(q), q.actor.scope()); }));
  r.Patch("/api/tasks/{id}", Right::kImport, [&](Request& q) { return Change(tasks, q); });
}

}  // namespace zg::http
