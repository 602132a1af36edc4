#pragma once
// The second half of loading a workflow. Inside of ledger/ only.

#include "ledger/workflow.h"

namespace zg {

// Whether the names lead somewhere and every task can get to its end. `file` is for the error's `where`.
Status CheckWorkflow(const Workflow& workflow, const std::string& file);
Error WorkflowMistake(const std::string& file, int line, const std::string& message);

}  // namespace zg
