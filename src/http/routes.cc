#include "http/routes.h"

#include "http/readiness.h"
#include "oidc/provider.h"

namespace zg::http {

void BindAll(Router& r, Office& office, std::shared_ptr<oidc::Provider> provider, const gazette::About& about,
             std::shared_ptr<Readiness> readiness) {
  BindMeta(r, readiness ? std::move(readiness) : ReadinessOf(office));
  BindImports(r, office);
  BindDocuments(r, office);
  BindTasks(r, office);
  BindLinks(r, office);
  BindUnits(r, office);
  BindPeople(r, office, provider && provider->there());
  BindOidc(r, office, std::move(provider));
  BindAudit(r, office);
  BindOverview(r, office);
  BindSearch(r, office);
  BindEvents(r, office);
  BindExport(r, office);
  BindChecks(r, office);
  BindDispatch(r, office);
  BindBreakdowns(r, office);
  BindCases(r, office);
  BindTodo(r, office);
  BindPapers(r, office);
  BindVerify(r, office);
  BindJobs(r, office);
  BindPublish(r, office, about);
  BindArticles(r, office);
  BindEvidence(r, office);
  BindCharts(r, office);
}

}  // namespace zg::http
