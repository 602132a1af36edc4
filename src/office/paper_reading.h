#pragma once
// What several papers read from the ledger. Inside of office/ only.

#include <vector>

#include "office/core.h"
#include "office/papers.h"
#include "report/paper_task.h"
#include "store/documents.h"
#include "store/sql.h"

namespace zg {

Error Nothing(const char* message, const char* where);  // paper.nothing
Date DayOf(const OfficeCore& core, const PaperRequest& request);

paper::PaperTask PaperTaskOf(store::Session& s, const Task& task, Date as_of);
// The task, where it is seen.
Result<Task> SeenTask(store::Session& s, TaskId id, const Actor& actor);
struct DocumentTasks {
  store::DocumentRow document;
  std::vector<Task> tasks;  // those that are seen, and the headings over them
};
Result<DocumentTasks> TasksOfDocument(store::Session& s, const PaperRequest& request, const Actor& actor);
Result<Unit> UnitOf(store::Session& s, UnitId id);

}  // namespace zg
