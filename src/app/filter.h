#pragma once
// The filters of `list` and `export`, as flags.

#include <string>
#include <vector>

#include "app/command.h"
#include "ledger/filter.h"

namespace zg {
class Office;
}

namespace zg::app {

struct FilterFlags {
  std::string round, document, unit, role, region, state, due_from, due_to, as_of, q, sort;
  bool immediate = false, long_term = false, behind = false, overdue = false, doubt = false;

  void Declare(Options& options);
  // Rounds, units and regions may be given by id or by name. kInvalid (parameter.bad) for what is not there.
  Result<TaskFilter> Read(Office& office) const;
  Result<TaskSort> Sort() const { return ParseTaskSort(sort); }
};

}  // namespace zg::app
