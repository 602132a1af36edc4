// GET  /api/findings                what does not hold, the worst first, filtered
// GET  /api/findings/{id}
// POST /api/findings/{id}/explain   a person's word on it, with a reason
// POST /api/findings/{id}/reopen    taken back
// GET  /api/relations               what was confirmed
// GET  /api/imports/{id}/findings   of a draft
// GET  /api/export/findings.xlsx    questions to units: the list's filters
// GET  /api/export/findings.docx
#include "office/checks.h"

#include <nlohmann/json.hpp>

#include "check/finding.h"
#include "http/body.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"

namespace zg::http {
namespace {

const std::vector<std::string>& KindNames() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (int k = 0; k <= int(CheckKind::kMissingFigure); ++k) all.emplace_back(CheckKindName(CheckKind(k)));
    return all;
  }();
  return names;
}

FindingQuery ReadFindingQuery(QueryReader& q) {
  FindingQuery query;
  query.severity = q.OneOf("severity", {"error", "warning", "note"}).value_or("");
  query.kind = q.OneOf("kind", KindNames()).value_or("");
  if (auto id = q.Id("unit")) query.unit = UnitId{*id};
  if (auto id = q.Id("task")) query.task = TaskId{*id};
  if (auto id = q.Id("document")) query.document = DocId{*id};
  if (auto id = q.Id("round")) query.round = RoundId{*id};
  query.explained = q.Flag("explained");
  return query;
}

Result<Response> List(Checks& checks, Request& request) {
  QueryReader q(request);
  FindingQuery query = ReadFindingQuery(q);
  query.scope = request.actor.scope();
  query.after = q.Text("after").value_or("");
  query.limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(checks.List(query));
}

Result<Response> Relations(Checks& checks, Request& request) {
  QueryReader q(request);
  RelationQuery query;
  query.scope = request.actor.scope();
  if (auto id = q.Id("task")) query.task = TaskId{*id};
  if (auto id = q.Id("document")) query.document = DocId{*id};
  query.after = q.Text("after").value_or("");
  query.limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(checks.Relations(query));
}

// What a person says with a reason.
template <class Say>
Result<Response> Decide(Request& request, Say say) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::string reason = b.Text("reason");
  ZG_TRY(b.Finish());
  return Answer(say(request.ids.at(0), reason, request.actor));
}

Result<Response> Export(Checks& checks, Request& request, const char* format) {
  QueryReader q(request);
  FindingQuery query = ReadFindingQuery(q);
  query.scope = request.actor.scope();
  ZG_TRY(q.Finish());
  return Answer(checks.Questions(query, format));
}

}  // namespace

void BindChecks(Router& r, Office& office) {
  Checks& checks = office.checks();
  r.Get("/api/findings", Right::kSee, [&](Request& q) { return List(checks, q); });
  r.Get("/api/findings/{id}", Right::kSee,
        Plain([&](const Request& q) { return checks.Get(q.ids.at(0), q.actor.scope()); }));
  r.Post("/api/findings/{id}/explain", Right::kExplain,
         [&](Request& q) { return Decide(q, [&](auto&&... a) { return checks.Explain(a...); }); });
  r.Post("/api/findings/{id}/reopen", Right::kExplain,
         [&](Request& q) { return Decide(q, [&](auto&&... a) { return checks.Reopen(a...); }); });
  r.Get("/api/relations", Right::kSee, [&](Request& q) { return Relations(checks, q); });
  r.Get("/api/imports/{id}/findings", Right::kImport, Plain([&](const Request& q) -> Result<nlohmann::json> {
          if (q.actor.scope().all) return checks.OfImport(ImportId{q.ids.at(0)});
          return Error{Code::kForbidden, "导入文件由看得到全部台账的整改办办理。", "", "ledger.not_whole"};
        }));
  r.Get("/api/export/findings.xlsx", Right::kSee, [&](Request& q) { return Export(checks, q, "xlsx"); });
  r.Get("/api/export/findings.docx", Right::kSee, [&](Request& q) { return Export(checks, q, "docx"); });
}

}  // namespace zg::http
