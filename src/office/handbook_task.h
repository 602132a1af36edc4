#pragma once
// A task as the handbook tells it. Inside of office/ only.

#include "ledger/task.h"
#include "report/handbook.h"
#include "store/sql.h"

namespace zg {

HandbookTask HandbookTaskOf(store::Session& session, const Task& task, const Breakdown& breakdown,
                            Date today);

}  // namespace zg
