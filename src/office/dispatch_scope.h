#pragma once
// Whose reports somebody sees and writes. Inside of office/ only.

#include "base/id.h"
#include "office/actor.h"

namespace zg {

// The one unit that the person is held to; none: all of them.
inline UnitId HeldTo(const Actor& actor) {
  return actor.May(Right::kDispatch) ? UnitId() : actor.unit;
}
// Whether the person may see what that unit answers: an office, the unit itself, or somebody of no unit.
inline bool SeesReportsOf(const Actor& actor, UnitId unit) {
  UnitId own = HeldTo(actor);
  return !own || own == unit;
}

}  // namespace zg
