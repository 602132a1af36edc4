#pragma once
// A list of tasks as a table.

#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "ledger/task.h"
#include "report/table.h"

namespace zg {

struct TaskTableRow {
  Task task;
  std::string round, document;
};

// The columns that can be asked for, in their standard order; the first ten or so are the standard ones.
const std::vector<TableColumn>& TaskColumns();
const std::vector<std::string>& StandardTaskColumns();
// kInvalid (parameter.bad) for a column that is not there, with its neighbour.
Result<std::vector<TableColumn>> ChooseTaskColumns(const std::vector<std::string>& names);
// Pure.
Table TaskTable(const std::vector<TaskTableRow>& tasks, const std::vector<TableColumn>& columns, Date as_of);

}  // namespace zg
