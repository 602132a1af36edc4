// GET /api/jobs   the programs at work on the ledger, what they do and what waits
#include <nlohmann/json.hpp>

#include "http/routes.h"
#include "http/use.h"
#include "office/nodes.h"
#include "office/office.h"

namespace zg::http {
namespace {

Result<nlohmann::json> Jobs(Nodes& nodes) {
  ZG_ASSIGN(nlohmann::json there, nodes.List());
  ZG_ASSIGN(nlohmann::json jobs, nodes.Jobs());
  jobs["nodes"] = std::move(there["items"]);
  return jobs;
}

}  // namespace

void BindJobs(Router& r, Office& office) {
  r.Get("/api/jobs", Right::kVerify,
        OnlyWhole(Plain([&nodes = office.nodes()](const Request&) { return Jobs(nodes); })));
}

}  // namespace zg::http
