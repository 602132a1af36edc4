// GET  /api/workflows              versions in use and for new tasks, for drawing
// GET  /api/cases                  tasks in a state, the longest waiting first; or those past their day
// GET  /api/cases/board            how many stand where
// POST /api/cases/look-back        drawn by seed, or chosen
// GET  /api/tasks/{id}/case        what may be done next, and what was done
// POST /api/tasks/{id}/case/steps  one step further, or back
#include "office/cases.h"

#include <nlohmann/json.hpp>

#include "http/body.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"

namespace zg::http {
namespace {

TaskId IdOf(const Request& request) {
  return TaskId{request.ids.at(0)};
}

void ReadPlace(QueryReader& q, CaseQuery& query) {
  if (auto id = q.Id("round")) query.round = RoundId{*id};
  if (auto id = q.Id("unit")) query.unit = UnitId{*id};
}

Result<Response> Board(Cases& cases, Request& request) {
  QueryReader q(request);
  CaseQuery query;
  ReadPlace(q, query);
  ZG_TRY(q.Finish());
  return Answer(cases.Board(query, request.actor));
}

Result<Response> List(Cases& cases, Request& request) {
  QueryReader q(request);
  CaseQuery query;
  query.workflow = q.Text("workflow", 40).value_or("");
  query.state = q.Text("state", 40).value_or("");
  ReadPlace(q, query);
  query.late = q.Flag("late").value_or(false);
  query.after = q.Text("after").value_or("");
  query.limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(cases.List(query, request.actor));
}

Result<Response> Take(Cases& cases, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  CaseStepRequest step;
  step.step = b.Text("step", 40);
  step.text = b.TextOrNull("text").value_or("");
  step.opinion = b.TextOrNull("opinion").value_or("");
  for (int64_t id : b.IdsIfGiven("evidence", 100)) step.evidence.push_back({id});
  step.revision = b.Id("revision");
  ZG_TRY(b.Finish());
  return Answer(cases.Take(IdOf(request), step, request.actor));
}

Result<Response> LookBack(Cases& cases, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  LookBackRequest r;
  if (auto id = b.IdIfGiven("round")) r.round = RoundId{*id};
  if (auto id = b.IdIfGiven("unit")) r.unit = UnitId{*id};
  r.count = int(b.WholeIfGiven("count", 1, 500).value_or(0));
  r.seed = uint64_t(b.WholeIfGiven("seed", 0, kMaxId).value_or(0));
  for (int64_t id : b.IdsIfGiven("tasks", 500)) r.tasks.push_back({id});
  r.text = b.Text("text");
  ZG_TRY(b.Finish());
  return Answer(cases.LookBack(r, request.actor));
}

}  // namespace

void BindCases(Router& r, Office& office) {
  Cases& cases = office.cases();
  r.Get("/api/workflows", Right::kSee, Plain([&](const Request& q) { return cases.Workflows(q.actor); }));
  r.Get("/api/cases", Right::kSee, [&](Request& q) { return List(cases, q); });
  r.Get("/api/cases/board", Right::kSee, [&](Request& q) { return Board(cases, q); });
  r.Post("/api/cases/look-back", Right::kStep, [&](Request& q) { return LookBack(cases, q); });
  r.Get("/api/tasks/{id}/case", Right::kSee,
        Plain([&](const Request& q) { return cases.Get(IdOf(q), q.actor); }));
  r.Post("/api/tasks/{id}/case/steps", Right::kStep, [&](Request& q) { return Take(cases, q); });
}

}  // namespace zg::http
