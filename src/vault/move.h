#pragma once
// Carries a vault from one place to another: resumable, and every file read back and proved there.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "vault/blob_store.h"

namespace zg {

struct MoveProgress {
  int64_t done = 0, all = 0;
  uint64_t bytes = 0, all_bytes = 0;
};

struct MoveOptions {
  std::filesystem::path work;  // a folder for the journal and for files on their way
  std::string target;          // names the target: the journal of another one is not gone on with
  std::function<void(const MoveProgress&)> progress;
};

struct Moved {
  int64_t copied = 0, there = 0;     // carried now; carried and proved before
  uint64_t bytes = 0;                // of what was carried now
  std::vector<std::string> damaged;  // in the source: not carried
};

// The source stays as it is. What goes wrong with the target ends it (kUnavailable, vault.…); the next call
// goes on where it ended. What came into the source meanwhile is carried by calling it again.
Result<Moved> MoveVault(const BlobStore& from, BlobStore& to, const MoveOptions& options);

}  // namespace zg
