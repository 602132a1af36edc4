// GET /api/audit            what everybody did, filtered, newest first
// GET /api/audit/choices    people and kinds to filter by
// GET /api/export/audit.xlsx, /api/export/audit.csv
#include "office/audit.h"

#include <nlohmann/json.hpp>

#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"

namespace zg::http {
namespace {

AuditQuery ReadAuditQuery(QueryReader& q) {
  AuditQuery query;
  query.actor = q.Text("actor", 100).value_or("");
  query.area = q.Text("area", 40).value_or("");
  query.kind = q.Text("kind", 60).value_or("");
  query.from = q.Day("from");
  query.to = q.Day("to");
  if (auto task = q.Id("task")) query.task = TaskId{*task};
  if (auto document = q.Id("document")) query.document = DocId{*document};
  return query;
}

Result<Response> List(Audit& audit, Request& request) {
  QueryReader q(request);
  AuditQuery query = ReadAuditQuery(q);
  query.after = q.Text("after").value_or("");
  query.limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(audit.List(query));
}

Result<Response> Export(Audit& audit, Request& request, const char* format) {
  QueryReader q(request);
  AuditQuery query = ReadAuditQuery(q);
  ZG_TRY(q.Finish());
  return Answer(audit.File(query, format));
}

}  // namespace

void BindAudit(Router& r, Office& office) {
  Audit& audit = office.audit();
  r.Get("/api/audit", Right::kAudit, OnlyWhole([&](Request& q) { return List(audit, q); }));
  r.Get("/api/audit/choices", Right::kAudit,
        OnlyWhole(Plain([&](const Request&) { return audit.Choices(); })));
  r.Get("/api/export/audit.xlsx", Right::kAudit,
        OnlyWhole([&](Request& q) { return Export(audit, q, "xlsx"); }));
  r.Get("/api/export/audit.csv", Right::kAudit,
        OnlyWhole([&](Request& q) { return Export(audit, q, "csv"); }));
}

}  // namespace zg::http
