#pragma once
// The contents page: every path under /api is bound by one of these (docs/api.md, openapi.json).

#include <memory>

#include "gazette/content.h"
#include "http/router.h"

namespace zg {
class Office;
namespace oidc {
class Provider;
}
}  // namespace zg

namespace zg::http {

class Readiness;

void BindMeta(Router& r, std::shared_ptr<Readiness> readiness);  // health, the description itself
void BindImports(Router& r, Office& office);
void BindDocuments(Router& r, Office& office);
void BindTasks(Router& r, Office& office);
void BindLinks(Router& r, Office& office);
void BindUnits(Router& r, Office& office);  // units and their tree, regions, rounds
// `outside`: whether people may also sign in elsewhere.
void BindPeople(Router& r, Office& office, bool outside);  // signing in, users
void BindOidc(Router& r, Office& office, std::shared_ptr<oidc::Provider> provider);
void BindAudit(Router& r, Office& office);
void BindOverview(Router& r, Office& office);
void BindSearch(Router& r, Office& office);
void BindEvents(Router& r, Office& office);
void BindExport(Router& r, Office& office);
void BindChecks(Router& r, Office& office);
void BindDispatch(Router& r, Office& office);  // periods and reports
void BindBreakdowns(Router& r, Office& office);
void BindCases(Router& r, Office& office);   // workflows and close-out
void BindTodo(Router& r, Office& office);    // notices, contacts and letters too
void BindPapers(Router& r, Office& office);  // what is handed out
void BindVerify(Router& r, Office& office);
void BindJobs(Router& r, Office& office);
void BindCharts(Router& r, Office& office);    // for the wall, leaders' figures, plan of visits
void BindEvidence(Router& r, Office& office);  // uploads too
void BindPublish(Router& r, Office& office, const gazette::About& about);  // what is to be public
void BindArticles(Router& r, Office& office);                              // the publicity record
void BindEvidence(Router& r, Office& office);                              // uploads too

// All of the above. `office` outlives the router. `provider` null: nobody vouches from outside. `readiness`
// null: one of the router's own.
void BindAll(Router& r, Office& office, std::shared_ptr<oidc::Provider> provider = nullptr,
             const gazette::About& about = {}, std::shared_ptr<Readiness> readiness = nullptr);

}  // namespace zg::http
