// GET   /api/periods                     newest first
// POST  /api/periods                     opened: every responsible unit is asked about its open tasks
// GET   /api/periods/{id}
// POST  /api/periods/{id}/close
// GET   /api/periods/{id}/board          units with their tasks as squares
// GET   /api/periods/{id}/reports        of a unit, in a status
// POST  /api/periods/{id}/accept         one or many
// POST  /api/periods/{id}/return
// GET   /api/reports/{id}                with what was said last
// PATCH /api/reports/{id}                the draft as it is typed
// POST  /api/reports/{id}/submit
// GET   /api/periods/{id}/form.xlsx      a unit's form, to be filled in without network
// GET   /api/periods/{id}/forms.zip      those of many units
// POST  /api/periods/{id}/form           a form that came back
// GET   /api/schedule                    by what rule periods open by themselves
// PATCH /api/schedule
// POST  /api/schedule/open               what is due now
#include <nlohmann/json.hpp>

#include "http/body.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/forms.h"
#include "office/office.h"
#include "office/periods.h"
#include "office/reporting.h"
#include "office/schedule.h"

namespace zg::http {
namespace {

using nlohmann::json;

PeriodId PeriodOf(const Request& q) {
  return PeriodId{q.ids.at(0)};
}
ReportId ReportOf(const Request& q) {
  return ReportId{q.ids.at(0)};
}

// [3, 4]; at most 200.
template <class IdType>
std::vector<IdType> ReadIds(BodyReader& b, const char* name) {
  std::vector<IdType> ids;
  json list = json::parse(b.Json(name), nullptr, false);
  bool good = list.is_array() && list.size() <= 200;
  for (const auto& id : good ? list : json::array()) {
    good = good && id.is_number_integer() && id.get<int64_t>() > 0 && id.get<int64_t>() <= kMaxId;
    if (good) ids.push_back({id.get<int64_t>()});
  }
  if (!good) b.Refuse(name, "编号的列表，最多二百个，如 [3, 4]");
  return ids;
}

Result<Response> List(Periods& periods, Request& request) {
  QueryReader q(request);
  std::string after = q.Text("after").value_or("");
  int limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(periods.List(after, limit, request.actor));
}

Result<Response> Open(Periods& periods, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  PeriodOpening opening;
  opening.code = b.Text("code", 20);
  auto due = b.TextOrNull("due", 20);
  if (due) {
    opening.due = Date::ParseIso(*due);
    if (!opening.due) b.Refuse("due", "日期，如 2026-11-25");
  }
  opening.rounds = ReadIds<RoundId>(b, "rounds");
  ZG_TRY(b.Finish());
  return Answer(periods.Open(opening, request.actor), 201);
}

Result<Response> Board(Periods& periods, Request& request) {
  QueryReader q(request);
  bool owing = q.Flag("owing").value_or(false);
  std::string after = q.Text("after").value_or("");
  int limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(periods.Board(PeriodOf(request), owing, after, limit, request.actor));
}

Result<Response> Reports(Periods& periods, Request& request) {
  QueryReader q(request);
  UnitId unit{q.Id("unit").value_or(0)};
  auto status = q.OneOf("status", {"empty", "draft", "submitted", "returned", "accepted"});
  std::string after = q.Text("after").value_or("");
  int limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(periods.Reports(PeriodOf(request), unit, status ? ParseReportStatus(*status) : std::nullopt,
                                after, limit, request.actor));
}

template <class Say>
Result<Response> Decide(Request& request, Say say) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  auto reports = ReadIds<ReportId>(b, "reports");
  std::string remark = b.TextOrNull("remark", 2000).value_or("");
  ZG_TRY(b.Finish());
  return Answer(say(PeriodOf(request), reports, remark, request.actor));
}

Result<Response> Save(Reporting& reporting, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  int64_t revision = b.Whole("revision", 1, kMaxId);
  std::string changes = b.Json("changes");
  ZG_TRY(b.Finish());
  return Answer(reporting.Save(ReportOf(request), revision, changes, request.actor));
}

Result<Response> Submit(Reporting& reporting, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  int64_t revision = b.Whole("revision", 1, kMaxId);
  ZG_TRY(b.Finish());
  return Answer(reporting.Submit(ReportOf(request), revision, request.actor));
}

Result<Response> Form(Forms& forms, Request& request) {
  QueryReader q(request);
  auto unit = q.Id("unit");
  if (!unit) q.Missing("unit", "请指定单位");
  ZG_TRY(q.Finish());
  return Answer(forms.Export(PeriodOf(request), UnitId{*unit}, request.actor));
}

Result<Response> FormZip(Forms& forms, Request& request) {
  QueryReader q(request);
  std::vector<UnitId> units;
  for (const auto& text : q.ListOf("units", {})) {
    auto id = ParseId(text);
    if (!id) q.Refuse("units", "单位编号的列表，用逗号分开，如 3,4");
    units.push_back({id.value_or(0)});
  }
  ZG_TRY(q.Finish());
  return Answer(forms.ExportMany(PeriodOf(request), units, request.actor));
}

Result<Response> TakeForm(Forms& forms, Request& request) {
  QueryReader q(request);
  std::string name = q.Text("name", 255).value_or("上报表.xlsx");
  bool submit = q.Flag("submit").value_or(false);
  ZG_TRY(q.Finish());
  ZG_ASSIGN(std::string_view bytes, request.body.bytes());
  return Answer(forms.Import(PeriodOf(request), bytes, name, submit, request.actor));
}

bool ReadFlag(BodyReader& b, const char* name) {
  std::string value = b.Json(name);
  if (value != "true" && value != "false") b.Refuse(name, "true 或 false");
  return value == "true";
}

Result<Response> ChangeSchedule(Schedule& schedule, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  PeriodRule rule;
  std::string kind = b.Text("kind", 20);
  if (kind != "month" && kind != "quarter") b.Refuse("kind", "month 或 quarter");
  rule.quarter = kind == "quarter";
  rule.revision = b.Whole("revision", 0, kMaxId);
  rule.active = ReadFlag(b, "active");
  rule.opens = int(b.Whole("opens", 1, 366));
  rule.due = int(b.Whole("due", 0, 366));
  rule.workdays = ReadFlag(b, "workdays");
  rule.rounds = ReadIds<RoundId>(b, "rounds");
  ZG_TRY(b.Finish());
  return Answer(schedule.Change(std::move(rule), request.actor));
}

void BindForms(Router& r, Office& office) {
  Forms& forms = office.forms();
  Schedule& schedule = office.schedule();
  r.Get("/api/periods/{id}/form.xlsx", Right::kSee, [&](Request& q) { return Form(forms, q); });
  r.Get("/api/periods/{id}/forms.zip", Right::kDispatch, [&](Request& q) { return FormZip(forms, q); });
  r.Post(
      "/api/periods/{id}/form", Right::kReport, [&](Request& q) { return TakeForm(forms, q); },
      BodyKind::kFile);
  r.Get("/api/schedule", Right::kSee, Plain([&](const Request&) { return schedule.Get(); }));
  r.Patch("/api/schedule", Right::kDispatch,
          OnlyWhole([&](Request& q) { return ChangeSchedule(schedule, q); }));
  r.Post("/api/schedule/open", Right::kDispatch, OnlyWhole(Plain([&office, &schedule](const Request&) {
           return schedule.OpenDuePeriods(office.Today());
         })));
}

}  // namespace

void BindDispatch(Router& r, Office& office) {
  Periods& periods = office.periods();
  Reporting& reporting = office.reporting();
  r.Get("/api/periods", Right::kSee, [&](Request& q) { return List(periods, q); });
  r.Post("/api/periods", Right::kDispatch, OnlyWhole([&](Request& q) { return Open(periods, q); }));
  r.Get("/api/periods/{id}", Right::kSee,
        Plain([&](const Request& q) { return periods.Get(PeriodOf(q), q.actor); }));
  r.Post("/api/periods/{id}/close", Right::kDispatch,
         OnlyWhole(Plain([&](const Request& q) { return periods.Close(PeriodOf(q), q.actor); })));
  r.Get("/api/periods/{id}/board", Right::kSee, [&](Request& q) { return Board(periods, q); });
  r.Get("/api/periods/{id}/reports", Right::kSee, [&](Request& q) { return Reports(periods, q); });
  r.Post("/api/periods/{id}/accept", Right::kDispatch,
         [&](Request& q) { return Decide(q, [&](auto&&... a) { return reporting.Accept(a...); }); });
  r.Post("/api/periods/{id}/return", Right::kDispatch,
         [&](Request& q) { return Decide(q, [&](auto&&... a) { return reporting.Return(a...); }); });
  r.Get("/api/reports/{id}", Right::kSee,
        Plain([&](const Request& q) { return reporting.Get(ReportOf(q), q.actor); }));
  r.Patch("/api/reports/{id}", Right::kReport, [&](Request& q) { return Save(reporting, q); });
  r.Post("/api/reports/{id}/submit", Right::kReport, [&](Request& q) { return Submit(reporting, q); });
  BindForms(r, office);
}

}  // namespace zg::http
