#pragma once
// A backup as one zip file: ledger.sqlite and vault/<digest> of every file. Inside of office/ only.

#include <filesystem>

#include "base/result.h"
#include "vault/blob_store.h"

namespace zg {

// kUnavailable: backup.failed, vault.damaged (a damaged file must not be carried on silently).
Status WriteArchive(const std::filesystem::path& file, const std::filesystem::path& ledger,
                    const BlobStore& vault);
// Unpacks into a new data folder. kInvalid (restore.not_a_backup) for anything that WriteArchive has not
// written: names are never taken as paths.
Status ReadArchive(const std::filesystem::path& file, const std::filesystem::path& data);
Status SyncFile(const std::filesystem::path& file);

}  // namespace zg
