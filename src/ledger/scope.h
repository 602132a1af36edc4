#pragma once
// What part of the ledger somebody sees: all of it, or the tasks at which their unit or one under it stands.

#include "base/id.h"

namespace zg {

struct Scope {
  bool all = true;
  UnitId unit;  // where not all; none: nothing is seen

  bool none() const { return !all && !unit; }
  friend bool operator==(const Scope&, const Scope&) = default;
};

}  // namespace zg
