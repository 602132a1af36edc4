// GET    /api/charts            one page of a chart, to be shown
// GET    /api/charts/file       the chart as pdf, svg or png
// GET    /api/standing          how all tasks stand, by unit, region and period
// GET    /api/visits            the plan of on-site supervision
// POST   /api/visits            one more stop
// PATCH  /api/visits/{id}       changed
// DELETE /api/visits/{id}       taken off the plan
#include "office/charts.h"

#include <nlohmann/json.hpp>

#include "http/body.h"
#include "http/filter.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"
#include "office/visits.h"

namespace zg::http {
namespace {

constexpr int64_t kMostPages = 1000;

ChartQuery ReadChart(QueryReader& q, const Request& request) {
  ChartQuery query;
  auto chart = q.OneOf("chart", {"gantt", "wall", "closeout", "regions", "departments", "map", "route"});
  if (!chart) q.Missing("chart", "要哪张图：gantt、wall、closeout、regions、departments、map、route");
  query.chart = chart.value_or("");
  query.group = q.OneOf("group", {"round", "unit"}).value_or("round");
  query.paper = q.OneOf("size", {"a3", "a1"}) == "a1" ? ChartPaper::kA1 : ChartPaper::kA3;
  TaskChoice choice = ReadTaskChoice(q);
  query.filter = std::move(choice.filter);
  query.filter.scope = request.actor.scope();
  query.sort = choice.sort;
  return query;
}

Result<Response> Show(Charts& charts, Request& request) {
  QueryReader q(request);
  ChartQuery query = ReadChart(q, request);
  int page = int(q.Whole("page", 1, kMostPages).value_or(1));
  ZG_TRY(q.Finish());
  return Answer(charts.Show(query, page));
}

Result<Response> File(Charts& charts, Request& request) {
  QueryReader q(request);
  ChartQuery query = ReadChart(q, request);
  int page = int(q.Whole("page", 1, kMostPages).value_or(1));
  std::string format = q.OneOf("format", {"pdf", "svg", "png"}).value_or("pdf");
  ZG_TRY(q.Finish());
  return Answer(charts.File(query, format, page));
}

Result<Response> Stand(Charts& charts, Request& request) {
  QueryReader q(request);
  auto round = q.Id("round");
  auto as_of = q.Day("as_of");
  ZG_TRY(q.Finish());
  return Answer(
      charts.Standing(round ? std::optional(RoundId{*round}) : std::nullopt, as_of, request.actor.scope()));
}

Result<Response> ListVisits(Visits& visits, Request& request) {
  QueryReader q(request);
  auto from = q.Day("from"), to = q.Day("to");
  ZG_TRY(q.Finish());
  return Answer(visits.List(from, to, request.actor));
}

Date ReadDay(BodyReader& b, const char* name) {
  auto day = Date::ParseIso(b.Text(name, 20));
  if (!day) b.Refuse(name, "日期，如 2026-11-25");
  return day.value_or(Date());
}

VisitForm ReadVisit(BodyReader& b) {
  VisitForm form;
  form.team = b.Text("team", 100);
  form.region = b.TextOrNull("region", 20).value_or("");
  if (auto unit = b.IdIfGiven("unit_id")) form.unit = UnitId{*unit};
  form.from = ReadDay(b, "from");
  form.to = ReadDay(b, "to");
  for (int64_t id : b.IdsIfGiven("tasks", 1000)) form.tasks.push_back({id});
  form.note = b.TextOrNull("note", 2000).value_or("");
  form.done = b.WholeIfGiven("done", 0, 1).value_or(0) == 1;
  return form;
}

Result<Response> AddVisit(Visits& visits, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  VisitForm form = ReadVisit(b);
  ZG_TRY(b.Finish());
  return Answer(visits.Add(form, request.actor), 201);
}

Result<Response> ChangeVisit(Visits& visits, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  VisitForm form = ReadVisit(b);
  int64_t revision = b.Id("revision");
  ZG_TRY(b.Finish());
  return Answer(visits.Change(VisitId{request.ids.at(0)}, form, revision, request.actor));
}

Result<Response> RemoveVisit(Visits& visits, Request& request) {
  ZG_TRY(NothingElse(request));
  return Answer(visits.Remove(VisitId{request.ids.at(0)}, request.actor));
}

}  // namespace

void BindCharts(Router& r, Office& office) {
  Charts& charts = office.charts();
  Visits& visits = office.visits();
  r.Get("/api/charts", Right::kSee, [&](Request& q) { return Show(charts, q); });
  r.Get("/api/charts/file", Right::kSee, [&](Request& q) { return File(charts, q); });
  r.Get("/api/standing", Right::kSee, [&](Request& q) { return Stand(charts, q); });
  r.Get("/api/visits", Right::kSee, [&](Request& q) { return ListVisits(visits, q); });
  r.Post("/api/visits", Right::kDispatch, [&](Request& q) { return AddVisit(visits, q); });
  r.Patch("/api/visits/{id}", Right::kDispatch, [&](Request& q) { return ChangeVisit(visits, q); });
  r.Delete("/api/visits/{id}", Right::kDispatch, [&](Request& q) { return RemoveVisit(visits, q); });
}

}  // namespace zg::http
