#pragma once
// Token buckets that several programs count together, by the database's clock. For Store::Beside.

#include <string>

#include "store/database.h"

namespace zg::store {

struct Limit {
  std::string name;
  double per_second = 0, burst = 0;
};

// Takes `n`, also where there are fewer: what is missing is a debt. → what is left; below 0: the debt
double SpendTokens(Session& session, const Database& database, const Limit& limit, double n);
// Takes one where there is one.
bool TakeToken(Session& session, const Database& database, const Limit& limit);
void DropOldLimits(Session& session, const Database& database, int64_t older_ms);

}  // namespace zg::store
