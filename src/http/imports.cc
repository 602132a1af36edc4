// GET    /api/imports                  those that are open
// POST   /api/imports?name=            takes a file in
// GET    /api/imports/{id}             how far it is, what it was understood to be
// DELETE /api/imports/{id}             discards it
// GET    /api/imports/{id}/draft       what was read from it
// PATCH  /api/imports/{id}/draft       a person's correction
// GET    /api/imports/{id}/text
// POST   /api/imports/{id}/undo        takes the last correction back
// POST   /api/imports/{id}/supersede   says that it is a new version of a document
// POST   /api/imports/{id}/commit      into the ledger
#include "office/imports.h"

#include <nlohmann/json.hpp>

#include "http/answer.h"
#include "http/body.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"

namespace zg::http {
namespace {

constexpr size_t kMaxFileName = 255;

ImportId IdOf(const Request& request) {
  return ImportId{request.ids.at(0)};
}

Result<Response> List(Imports& imports, Request& request) {
  QueryReader q(request);
  bool open = q.OneOf("state", {"open"}).has_value();
  ZG_TRY(q.Finish());
  return Answer(imports.List(open));
}

Result<Response> Take(Imports& imports, Request& request) {
  QueryReader q(request);
  auto name = q.Text("name", kMaxFileName);
  if (!name) q.Missing("name", "请写上文件名，例如 整改方案.docx");
  ZG_TRY(q.Finish());
  ZG_ASSIGN(std::string_view bytes, request.body.bytes());
  return Answer(imports.Take(bytes, *name, request.actor), 202);
}

Result<Response> Correct(Imports& imports, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  DraftCorrection correction;
  correction.path = b.TextOrNull("path", 100);
  correction.field = b.Text("field", 100);
  correction.value_json = b.Json("value");
  correction.reason = b.TextOrNull("reason").value_or("");
  ZG_TRY(b.Finish());
  return Answer(imports.Correct(IdOf(request), correction, request.actor));
}

Result<Response> Supersede(Imports& imports, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  auto document = b.IdOrNull("document_id");
  ZG_TRY(b.Finish());
  std::optional<DocId> id = document ? std::optional(DocId{*document}) : std::nullopt;
  return Answer(imports.Supersede(IdOf(request), id, request.actor));
}

Result<Round> ReadRound(BodyReader& b) {
  Round round;
  round.name = b.Text("name", 100);
  auto level = ParseRoundLevel(b.TextOrNull("level", 20).value_or("other"));
  if (!level) b.Refuse("level", "可以是central、region、prefecture、other");
  round.level = level.value_or(RoundLevel::kOther);
  round.number = int(b.WholeIfGiven("number", 0, 99).value_or(0));
  round.year = int(b.WholeIfGiven("year", 1990, 2199).value_or(0));
  ZG_TRY(b.Finish());
  return round;
}

Result<Response> Commit(Imports& imports, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  CommitRequest commit;
  commit.round.value = b.IdIfGiven("round_id").value_or(0);
  if (auto round = b.ObjectIfGiven("round")) {
    if (commit.round) b.Refuse("round", "round_id与round只能给一个");
    ZG_ASSIGN(commit.make, ReadRound(*round));
  }
  ZG_TRY(b.Finish());
  return Answer(imports.Commit(IdOf(request), commit, request.actor));
}

Result<Response> Discard(Imports& imports, Request& request) {
  ZG_TRY(NothingElse(request));
  ZG_TRY(imports.Discard(IdOf(request), request.actor));
  return Answer(imports.Get(IdOf(request)));
}

}  // namespace

// Only by an office that sees the whole ledger: a draft shows everything, and a new version of a document
// changes tasks of every unit in it.
void BindImports(Router& r, Office& office) {
  Imports& imports = office.imports();
  r.Get("/api/imports", Right::kImport, OnlyWhole([&](Request& q) { return List(imports, q); }));
  r.Post("/api/imports", Right::kImport, OnlyWhole([&](Request& q) { return Take(imports, q); }),
         BodyKind::kFile);
  r.Get("/api/imports/{id}", Right::kImport,
        OnlyWhole(Plain([&](const Request& q) { return imports.Get(IdOf(q)); })));
  r.Delete("/api/imports/{id}", Right::kImport, OnlyWhole([&](Request& q) { return Discard(imports, q); }));
  r.Get("/api/imports/{id}/draft", Right::kImport,
        OnlyWhole(Plain([&](const Request& q) { return imports.Draft(IdOf(q)); })));
  r.Patch("/api/imports/{id}/draft", Right::kImport,
          OnlyWhole([&](Request& q) { return Correct(imports, q); }));
  r.Get("/api/imports/{id}/text", Right::kImport,
        OnlyWhole(Plain([&](const Request& q) { return imports.Text(IdOf(q)); })));
  r.Post("/api/imports/{id}/undo", Right::kImport,
         OnlyWhole(Plain([&](const Request& q) { return imports.Undo(IdOf(q), q.actor); })));
  r.Post("/api/imports/{id}/supersede", Right::kImport,
         OnlyWhole([&](Request& q) { return Supersede(imports, q); }));
  r.Post("/api/imports/{id}/commit", Right::kImport,
         OnlyWhole([&](Request& q) { return Commit(imports, q); }));
}

}  // namespace zg::http
