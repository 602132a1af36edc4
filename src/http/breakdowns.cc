// GET   /api/tasks/{id}/breakdown            steps, what is missing, how far it is, tasks of lower units
// PATCH /api/tasks/{id}/breakdown            all steps anew
// POST  /api/tasks/{id}/breakdown/done       one step: done, or not after all
// POST  /api/tasks/{id}/breakdown/hand-down  a lower unit gets a task of its own
// GET   /api/tasks/{id}/handbook.docx        交账手册 of the task
// GET   /api/documents/{id}/handbook.docx    … of all tasks of a document
// POST  /api/documents/{id}/hand-down        all its tasks that have steps of a lower unit
#include "office/breakdowns.h"

#include <nlohmann/json.hpp>

#include "http/body.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"

namespace zg::http {
namespace {

TaskId TaskOf(const Request& q) {
  return TaskId{q.ids.at(0)};
}

std::optional<Date> ReadDay(BodyReader& b, const char* name) {
  auto text = b.TextOrNull(name, 20);
  if (!text) return std::nullopt;
  auto day = Date::ParseIso(*text);
  if (!day) b.Refuse(name, "日期，如 2026-11-25");
  return day;
}

Result<Response> Save(Breakdowns& breakdowns, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  int64_t revision = b.Whole("revision", 0, kMaxId);
  std::string steps = b.Json("steps");
  ZG_TRY(b.Finish());
  return Answer(breakdowns.Save(TaskOf(request), revision, steps, request.actor));
}

Result<Response> MarkDone(Breakdowns& breakdowns, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  int64_t revision = b.Whole("revision", 1, kMaxId);
  StepId step{b.Id("step")};
  auto day = ReadDay(b, "day");
  ZG_TRY(b.Finish());
  return Answer(breakdowns.MarkDone(TaskOf(request), revision, step, day, request.actor));
}

Result<Response> HandDown(Breakdowns& breakdowns, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  CascadeRequest cascade;
  cascade.revision = b.Whole("revision", 1, kMaxId);
  cascade.unit = {b.Id("unit")};
  cascade.round = {b.IdIfGiven("round").value_or(0)};
  cascade.due = ReadDay(b, "due");
  for (int64_t id : b.IdsIfGiven("steps", 200)) cascade.steps.push_back({id});
  ZG_TRY(b.Finish());
  return Answer(breakdowns.Cascade(TaskOf(request), cascade, request.actor), 201);
}

Result<Response> HandDownAll(Breakdowns& breakdowns, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  UnitId unit{b.Id("unit")};
  RoundId round{b.IdIfGiven("round").value_or(0)};
  ZG_TRY(b.Finish());
  return Answer(breakdowns.CascadeAll(DocId{request.ids.at(0)}, unit, round, request.actor), 201);
}

}  // namespace

void BindBreakdowns(Router& r, Office& office) {
  Breakdowns& breakdowns = office.breakdowns();
  r.Get("/api/tasks/{id}/breakdown", Right::kSee,
        Plain([&](const Request& q) { return breakdowns.Get(TaskOf(q), q.actor); }));
  r.Patch("/api/tasks/{id}/breakdown", Right::kDispatch, [&](Request& q) { return Save(breakdowns, q); });
  r.Post("/api/tasks/{id}/breakdown/done", Right::kReport,
         [&](Request& q) { return MarkDone(breakdowns, q); });
  r.Post("/api/tasks/{id}/breakdown/hand-down", Right::kDispatch,
         [&](Request& q) { return HandDown(breakdowns, q); });
  r.Post("/api/documents/{id}/hand-down", Right::kDispatch,
         [&](Request& q) { return HandDownAll(breakdowns, q); });
  r.Get("/api/tasks/{id}/handbook.docx", Right::kSee, [&](Request& q) -> Result<Response> {
    ZG_TRY(NothingElse(q));
    return Answer(breakdowns.Handbook(TaskOf(q), q.actor));
  });
  r.Get("/api/documents/{id}/handbook.docx", Right::kSee, [&](Request& q) -> Result<Response> {
    ZG_TRY(NothingElse(q));
    return Answer(breakdowns.Handbook(DocId{q.ids.at(0)}, q.actor));
  });
}

}  // namespace zg::http
