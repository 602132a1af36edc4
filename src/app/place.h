#pragma once
// Which ledger a command works on: --data, --config, --vocabulary.

#include <functional>
#include <memory>
#include <string>

#include "app/command.h"
#include "app/settings.h"
#include "office/actor.h"
#include "office/office.h"

namespace zg::app {

struct Place {
  std::string data, config, vocabulary;
  Settings settings;                      // after Load
  std::function<void(const Error&)> log;  // causes that nobody else is told; may be empty

  void Declare(Options& options);
  Status Load();
  // Load, then open. The office reads in the background only where `background`.
  // `clock`: borrowed; null: the wall clock.
  Result<std::unique_ptr<Office>> OpenOffice(bool background = false, const Clock* clock = nullptr);
};

// kCallAtFault for a mistake in the configuration, else kInputAtFault.
int ExitOf(const Error& error);
inline Actor CommandLine() {
  return {"命令行"};
}

}  // namespace zg::app
