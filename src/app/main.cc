#include "app/commands.h"

int main(int argc, char** argv) {
  using namespace zg::app;
  return RunCommand(argc, argv,
                    {ImportCommand(), ServeCommand(), ListCommand(), ShowCommand(), ExportCommand(),
                     ExtractCommand(), CheckCommand(), VerifyCommand(), RebuildCommand(), BackupCommand(),
                     RestoreCommand(), MigrateCommand(), NodesCommand(), UpgradeCommand(), ReconcileCommand(),
                     VaultCommand(), UserCommand(), GenerateCommand(), VersionCommand()});
}
