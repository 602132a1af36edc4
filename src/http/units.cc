// GET /api/units?q=&limit=   a picker
// GET /api/regions           a tree to filter by
// GET /api/rounds
#include <nlohmann/json.hpp>

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

}  // namespace

void BindUnits(Router& r, Office& office) {
  Units& units = office.units();
  Rounds& rounds = office.rounds();
  r.Get("/api/units", Right::kSee, [&](Request& q) { return Find(units, q); });
  r.Get("/api/regions", Right::kSee, Plain([&](const Request&) { return units.Regions(); }));
  r.Get("/api/rounds", Right::kSee, Plain([&](const Request&) { return rounds.List(); }));
}

}  // namespace zg::http
