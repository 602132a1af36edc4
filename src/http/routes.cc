#include "http/routes.h"

namespace zg::http {

void BindAll(Router& r, Office& office) {
  BindMeta(r);
  BindImports(r, office);
  BindDocuments(r, office);
  BindTasks(r, office);
  BindLinks(r, office);
  BindUnits(r, office);
  BindOverview(r, office);
  BindSearch(r, office);
  BindEvents(r, office);
  BindExport(r, office);
  BindChecks(r, office);
  BindDispatch(r, office);
  BindCases(r, office);
  BindTodo(r, office);
  BindVerify(r, office);
  BindEvidence(r, office);
}

}  // namespace zg::http
