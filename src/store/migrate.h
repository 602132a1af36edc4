#pragma once
// Brings a ledger's tables to the shape this program knows, step by step, each step in one transaction.

#include <string>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace zg::store {

struct Migration {
  int version;       // 1, 2, …, from the file's name
  std::string name;  // 0001_lasting.sql
  std::string sql;
};

// Those built into the program, ascending.
std::vector<Migration> BuiltinMigrations();
// 0 for a new file; the table of migrations must be there. Throws SqlError.
int VersionOf(Session& session);
// Applies what is missing. kConflict (store.newer) where the file was written by a newer program. Throws
// SqlError.
Status Migrate(Database& database, Session& session, const std::vector<Migration>& migrations,
               const std::string& now);

}  // namespace zg::store
