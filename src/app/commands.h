#pragma once
// All commands, one file each.

#include "app/command.h"

namespace zg::app {

Command ExtractCommand();
Command CheckCommand();
Command ImportCommand();
Command ServeCommand();
Command ListCommand();
Command ShowCommand();
Command ExportCommand();
Command VerifyCommand();
Command RebuildCommand();
Command BackupCommand();
Command RestoreCommand();
Command MigrateCommand();
Command NodesCommand();
Command UpgradeCommand();
Command GenerateCommand();
Command ReconcileCommand();
Command VaultCommand();
Command UserCommand();
Command VersionCommand();

struct Place;
// What CheckCommand does where no files are given (check_ledger.cc).
int CheckLedger(Place& place, bool as_json);

}  // namespace zg::app
