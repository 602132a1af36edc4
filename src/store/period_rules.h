#pragma once
// By what rule periods open by themselves.

#include <vector>

#include "ledger/schedule.h"
#include "store/sql.h"

namespace zg::store {

std::vector<PeriodRule> LoadRules(Session& session);  // those that somebody has set
PeriodRule LoadRule(Session& session, bool quarter);  // as it begins where nobody has
void SaveRule(Session& session, const PeriodRule& rule);

}  // namespace zg::store
