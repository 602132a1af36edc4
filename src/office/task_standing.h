#pragma once
// A task's status follows what its units were accepted saying. Inside of office/ only.

#include <string>

#include "base/id.h"
#include "base/result.h"

namespace zg {

struct OfficeCore;
namespace store {
class Session;
}

// Brings the task's status to StandingOf the period's accepted reports, through the same door as a person's
// correction. Gives the proof line of the task for the event; empty where nothing changed.
Result<std::string> BringTaskTo(OfficeCore& core, store::Session& session, TaskId task, PeriodId period);

}  // namespace zg
