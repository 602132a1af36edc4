#pragma once
// Parts of files on their way into the vault, until the file is whole: a folder, or staging/ in the vault's
// bucket. Which parts were acknowledged stands in the ledger; what lies here beside them is left over.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zg {

struct StagedPart {
  uint64_t offset = 0, bytes = 0;
  std::string sha256;  // of its bytes
};

// All of an upload in one file on this machine; what was put together for that goes with it.
class StagedFile {
 public:
  StagedFile(std::filesystem::path path, bool made) : path_(std::move(path)), made_(made) {}
  ~StagedFile();
  StagedFile(const StagedFile&) = delete;
  StagedFile& operator=(const StagedFile&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  const std::filesystem::path path_;
  const bool made_;
};

struct StagedUpload {
  int64_t upload = 0;
  uint64_t bytes = 0;
  int64_t changed_at = 0;  // seconds since 1970
};

// Implementations are safe for any thread, and for several programs on the same place.
class Staging {
 public:
  virtual ~Staging() = default;
  // As long as what it returns lives, nobody else is between this and its end for that upload. kConflict
  // (upload.busy).
  virtual Result<std::shared_ptr<void>> Enter(int64_t upload) = 0;
  // Kept for good before it returns. Whoever is in (Enter) and knows that all before `offset` is there.
  // kUnavailable: upload.no_room, vault.….
  virtual Status Put(int64_t upload, const StagedPart& part, std::string_view bytes) = 0;
  // The parts, which follow each other from 0 on. kUnavailable (upload.lost) where they are not there or not
  // what was put.
  virtual Result<std::shared_ptr<const StagedFile>> Whole(int64_t upload,
                                                          const std::vector<StagedPart>& parts) = 0;
  virtual Status Drop(int64_t upload) = 0;  // fine where nothing is there
  virtual Result<std::vector<StagedUpload>> List() const = 0;
};

// A file for each upload. Made where it is not there, with the first part. On a folder that several machines
// share (NFS, version 4) their locks are the file system's.
std::unique_ptr<Staging> MakeFolderStaging(const std::filesystem::path& folder);

Error LostUpload(const std::string& cause);                       // upload.lost
Error NoRoomForUpload(const std::string& cause);                  // upload.no_room
Status WriteAt(int fd, uint64_t offset, std::string_view bytes);  // upload.no_room

}  // namespace zg
