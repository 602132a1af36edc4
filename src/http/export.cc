// GET /api/export/tasks.xlsx   what the list shows, as a file: the list's filters, and columns=
// GET /api/export/tasks.csv
#include "http/filter.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/exports.h"
#include "office/office.h"

namespace zg::http {
namespace {

Result<Response> Export(Exports& exports, Request& request, const std::string& format) {
  QueryReader q(request);
  TaskChoice choice = ReadTaskChoice(q);
  auto columns = q.ListOf("columns", Exports::ColumnNames());
  ZG_TRY(q.Finish());
  choice.filter.scope = request.actor.scope();
  return Answer(exports.Tasks(choice.filter, choice.sort, columns, format));
}

}  // namespace

void BindExport(Router& r, Office& office) {
  Exports& exports = office.exports();
  r.Get("/api/export/tasks.xlsx", Right::kSee, [&](Request& q) { return Export(exports, q, "xlsx"); });
  r.Get("/api/export/tasks.csv", Right::kSee, [&](Request& q) { return Export(exports, q, "csv"); });
}

}  // namespace zg::http
