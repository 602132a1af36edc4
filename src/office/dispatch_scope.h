#pragma once
// Whose reports somebody sees, and whose somebody writes. Inside of office/ only.

#include "office/actor.h"
#include "store/units.h"

namespace zg {

// Sees: what their scope holds, each unit with those under it.
inline bool SeesReportsOf(store::Session& session, const Actor& actor, UnitId unit) {
  Scope scope = actor.scope();
  return scope.all || (scope.unit && store::StandsUnder(session, unit, scope.unit));
}

// Writes: their own unit; an office, for every unit that it sees.
inline bool AnswersFor(store::Session& session, const Actor& actor, UnitId unit) {
  if (actor.May(Right::kDispatch)) return SeesReportsOf(session, actor, unit);
  return actor.unit == unit || (!actor.unit && actor.scope().all);
}

}  // namespace zg
