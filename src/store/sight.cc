#include "store/sight.h"

#include "store/facet.h"

namespace zg::store {
namespace {

const Query kSeen{"task_is_seen", "SELECT 1 FROM task_seen WHERE unit_id = :unit AND task_id = :task"};
const Query kFamily{"document_family", "SELECT family_id FROM documents WHERE id = :id"};
const Query kFamilySeen{
    "family_is_seen",
    "SELECT 1 FROM task_facets WHERE facet = :facet AND ord >= :from AND ord < :to LIMIT 1"};

}  // namespace

bool SeesTask(Session& session, const Scope& scope, TaskId task) {
  return scope.all || (scope.unit && session.Value<int64_t>(kSeen, scope.unit, task));
}

bool SeesFamily(Session& session, const Scope& scope, DocId family) {
  if (scope.all) return true;
  int64_t from = family.value * kOrdPerDocument;
  return scope.unit && session.Value<int64_t>(kFamilySeen, Facet(FacetKind::kSeen, scope.unit.value), from,
                                              from + kOrdPerDocument);
}

bool SeesDocument(Session& session, const Scope& scope, DocId document) {
  if (scope.all) return true;
  auto family = session.Value<int64_t>(kFamily, document);
  return family && SeesFamily(session, scope, {*family});
}

std::string AndSeen(const std::string& task_column, const std::string& name) {
  return " AND EXISTS (SELECT 1 FROM task_seen v WHERE v.unit_id = :" + name +
         " AND v.task_id = " + task_column + ")";
}

}  // namespace zg::store
