#pragma once
// Brings a ledger's tables to the shape this program knows, all steps in one transaction.
//
// The first line of a migration may say what it is for programs that do not know it:
//   -- expand               they go on: it only adds tables, or columns that may stay empty
//   -- contract since 0042  those that know 0042 go on; the older ones must have ended
// One that says nothing is for programs that know it. docs/nodes.md has the rules.

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

struct MigrationStep {
  std::string name;
  bool expands = false;
  bool waits = false;               // a contract: a program that knows it can work before it
  int oldest = 0;                   // the oldest program that can work afterwards, by its last migration
  std::vector<std::string> blocks;  // programs at work that are older: they have to end first
};
struct MigrationPlan {
  int ledger = 0;                    // the last migration that it has
  int oldest = 0;                    // the oldest program that can work on it, by its last migration
  std::vector<MigrationStep> steps;  // what is to be applied
};
// Changes nothing. Throws SqlError.
MigrationPlan PlanMigration(Database& database, Session& session, const std::vector<Migration>& migrations);

// Applies what is missing. Contracts for which older programs have to end first are left, where nothing comes
// after them. kConflict: store.newer where a newer program wrote the ledger and this one cannot work on it,
// store.older_at_work where it needs a step for which older programs have to end first. Throws SqlError.
Status Migrate(Database& database, Session& session, const std::vector<Migration>& migrations,
               const std::string& now);
// store.newer, if a program that knows `migrations` cannot work on the ledger (any more).
Status CheckMigration(Session& session, const std::vector<Migration>& migrations);

}  // namespace zg::store
