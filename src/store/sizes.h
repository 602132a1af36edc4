#pragma once
// How large the ledger is and what waits in it, for those who watch over the server.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "store/database.h"
#include "store/sql.h"

namespace zg::store {

struct LedgerSizes {
  int64_t tasks = 0;  // as lists count them
  // Numbers given out so far in tables that only grow: at most so many rows, found without counting them.
  std::vector<std::pair<std::string, int64_t>> rows;
  int64_t letters_waiting = 0, letters_given_up = 0;  // each at most 1,000
  int64_t imports_reading = 0, uploads_open = 0;
  int64_t database_bytes = 0;  // 0: the database does not say
};

// Some milliseconds, however large the ledger is. Throws SqlError.
LedgerSizes ReadSizes(Session& session, Database& database);

}  // namespace zg::store
