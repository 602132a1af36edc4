#pragma once
// Holds what the ledger names against what the vault keeps.

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>

#include "base/result.h"

namespace zg {

struct OfficeCore;

struct ReconcileOptions {
  bool deep = false;          // reads all that is named to its end and proves its digest
  bool remove_extra = false;  // takes away what nothing names
  int64_t older_hours = 24;   // … where it is older than that; the same for uploads that never ended
  std::function<void(int64_t done, int64_t all)> progress;  // of deep; may be empty
};

// → {ok, named, kept, bytes, missing: [{digest, for: ["evidence:7"]}], damaged: [{digest, for, cause}],
//    extra: [{digest, bytes, kept_at, old}], removed: [digest], unfinished: [{digest, begun_at, abandoned}],
//    staged: [{upload, bytes, removed}] (parts of uploads that are over),
//    intents: {waiting, settled, dropped}, extra_count, extra_bytes}; lists hold 1,000 at most, counts all.
// `ok`: nothing missing, nothing damaged. Uploads that never ended and intents older than that are cleared
// away; bytes only where `remove_extra` says so, and never those that the ledger names or somebody is just
// keeping. kUnavailable (vault.…): the vault cannot be asked.
Result<nlohmann::json> ReconcileVault(const OfficeCore& core, const ReconcileOptions& options);

}  // namespace zg
