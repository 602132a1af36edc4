// GET /api/documents                 the newest versions
// GET /api/documents/{id}            one, with its versions
// GET /api/documents/{id}/text
// GET /api/documents/{id}/entries    what came from it
// GET /api/documents/{id}/original   the file as it came
#include "office/documents.h"

#include <nlohmann/json.hpp>

#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"

namespace zg::http {
namespace {

DocId IdOf(const Request& request) {
  return DocId{request.ids.at(0)};
}

// Never shown inside the page: a browser saves it, whatever it is.
Result<Response> Original(Documents& documents, Request& request) {
  ZG_TRY(NothingElse(request));
  ZG_ASSIGN(OriginalFile file, documents.Original(IdOf(request), request.actor.scope()));
  Response response;
  response.content_type = "application/octet-stream";
  response.headers.push_back(Attachment(file.name));
  response.body = std::move(file.bytes);
  return response;
}

}  // namespace

void BindDocuments(Router& r, Office& office) {
  Documents& documents = office.documents();
  r.Get("/api/documents", Right::kSee,
        Plain([&](const Request& q) { return documents.List(q.actor.scope()); }));
  r.Get("/api/documents/{id}", Right::kSee,
        Plain([&](const Request& q) { return documents.Get(IdOf(q), q.actor.scope()); }));
  r.Get("/api/documents/{id}/text", Right::kSee,
        Plain([&](const Request& q) { return documents.Text(IdOf(q), q.actor.scope()); }));
  r.Get("/api/documents/{id}/entries", Right::kSee,
        Plain([&](const Request& q) { return documents.Entries(IdOf(q), q.actor.scope()); }));
  r.Get("/api/documents/{id}/original", Right::kSee, [&](Request& q) { return Original(documents, q); });
}

}  // namespace zg::http
