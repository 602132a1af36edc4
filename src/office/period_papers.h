#pragma once
// What units answered in a dispatch period, as papers for the checks. Inside of office/ only.

#include "ledger/period.h"
#include "office/paper.h"

namespace zg {

// First one paper for each unit's answers before (of whatever period), then one for each unit's submitted and
// accepted answers of this period. Returns how many of the latter; they stand last. At most `most` answers
// are read.
size_t AddPeriod(store::Session& session, const Period& period, size_t most, Papers& papers);

}  // namespace zg
