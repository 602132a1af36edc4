#pragma once
// Makes everything derived again from what lasts.

#include <cstdint>

#include "ledger/unit.h"
#include "store/database.h"

namespace zg::store {

struct Rebuilt {
  int64_t tasks = 0, documents = 0;
};

// In one transaction. `now`: for units that are found to be missing from the directory.
Rebuilt RebuildDerived(Session& session, Database& database, const RegionIndex& regions,
                       const std::string& now);

// Who sees which task, in a ledger written before that was kept; nothing in any other. In one transaction.
void FillSeen(Session& session, Database& database, const RegionIndex& regions, const std::string& now);
// The same for what is counted of responsible units (store/facet.h) and their pace: ledgers older than those
// are rebuilt.
void FillCounted(Session& session, Database& database, const RegionIndex& regions, const std::string& now);

// The words of all tasks and passages go into the index, which is cleared before. In one transaction.
void FillSearch(Session& session, TextIndex& index);

// Where the counters disagree with a recount: Chinese sentences, at most `most`. Reads only.
std::vector<std::string> RecountBreaks(Session& session, size_t most);

// Tables that hold nothing else than what is derived, some of it kept by the checks.
std::vector<std::string> DerivedTables();

}  // namespace zg::store
