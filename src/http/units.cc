// GET /api/units?q=&limit=   a picker
// GET /api/regions           a tree to filter by
// GET /api/unit-tree?parent= units directly under one
// POST /api/units            a new one
// POST /api/units/{id}/parent   where it stands
// GET /api/rounds
#include <nlohmann/json.hpp>

#include "http/body.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/directory.h"
#include "office/office.h"

namespace zg::http {
namespace {

Result<Response> Find(Units& units, Request& request) {
  QueryReader q(request);
  std::string words = q.Text("q", 100).value_or("");
  int limit = q.Limit(20);
  ZG_TRY(q.Finish());
  return Answer(units.Find(words, limit));
}

Result<Response> Under(Units& units, Request& request) {
  QueryReader q(request);
  UnitId parent{q.Id("parent").value_or(0)};
  std::string after = q.Text("after", 200).value_or("");
  int limit = q.Limit(100);
  ZG_TRY(q.Finish());
  return Answer(units.Under(parent, after, limit));
}

Result<Response> Place(Units& units, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  UnitId parent{b.IdOrNull("parent_id").value_or(0)};
  ZG_TRY(b.Finish());
  return Answer(units.Place(UnitId{request.ids.at(0)}, parent, request.actor));
}

Result<Response> Make(Units& units, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::string name = b.Text("name", 200);
  UnitId parent{b.IdOrNull("parent_id").value_or(0)};
  ZG_TRY(b.Finish());
  return Answer(units.Make(name, parent, request.actor), 201);
}

}  // namespace

void BindUnits(Router& r, Office& office) {
  Units& units = office.units();
  Rounds& rounds = office.rounds();
  r.Get("/api/units", Right::kSignedIn, [&](Request& q) { return Find(units, q); });
  r.Post("/api/units", Right::kUsers, [&](Request& q) { return Make(units, q); });
  r.Post("/api/units/{id}/parent", Right::kUsers, [&](Request& q) { return Place(units, q); });
  r.Get("/api/unit-tree", Right::kSignedIn, [&](Request& q) { return Under(units, q); });
  r.Get("/api/regions", Right::kSee, Plain([&](const Request&) { return units.Regions(); }));
  r.Get("/api/rounds", Right::kSee, Plain([&](const Request&) { return rounds.List(); }));
}

}  // namespace zg::http
