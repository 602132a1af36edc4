#pragma once
// Whether somebody sees a task or a document; to be asked in the transaction that reads it. A document is
// seen by whoever sees one of its tasks.

#include "ledger/scope.h"
#include "store/sql.h"

namespace zg::store {

bool SeesTask(Session& session, const Scope& scope, TaskId task);
bool SeesDocument(Session& session, const Scope& scope, DocId document);
bool SeesFamily(Session& session, const Scope& scope, DocId family);
// " AND EXISTS (…)" that holds where the unit bound as :name sees the task in that column.
std::string AndSeen(const std::string& task_column, const std::string& name);

}  // namespace zg::store
