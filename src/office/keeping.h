#pragma once
// Keeping the ledger: prove it, rebuild what is derived, carry it away and bring it back.

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "office/actor.h"
#include "office/reconcile.h"

namespace zg {

struct OfficeCore;

// Thread-safe; long-running.
class Keeping {
 public:
  explicit Keeping(OfficeCore& core) : core_(core) {}
  // {ok, events, documents, spans, breaks: [{what, where, message}]}; at most 100 breaks, the first first.
  Result<nlohmann::json> Verify() const;
  // Remakes lists, counts, search index and link proposals. → {tasks, paragraphs, links}
  Result<nlohmann::json> Rebuild(const Actor& actor);
  // What the ledger names against what the vault keeps (reconcile.h).
  Result<nlohmann::json> Reconcile(const ReconcileOptions& options);
  // One file that holds everything, verified after writing. kConflict (backup.exists): it does not overwrite.
  Result<nlohmann::json> Backup(const std::filesystem::path& file) const;
  // Brings `file` into `data`, which must be empty or not there (restore.not_empty), and verifies it.
  static Result<nlohmann::json> Restore(const std::filesystem::path& file, const std::filesystem::path& data);

 private:
  OfficeCore& core_;
};

}  // namespace zg
