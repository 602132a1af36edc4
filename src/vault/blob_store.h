#pragma once
// The bytes of files by their SHA-256 digest. What is put once never changes; nothing here removes a file.

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace zg {

// A file opened for reading; closes with the last copy. pread may be used by any thread.
struct BlobFile {
  std::shared_ptr<const int> fd;
  uint64_t size = 0;
};

// Implementations are safe for any thread.
class BlobStore {
 public:
  virtual ~BlobStore() = default;
  // Keeps the bytes for good (on disk before it returns) → their digest. Bytes that are there already cost no
  // space. kUnavailable: vault.no_room.
  virtual Result<std::string> Put(std::string_view bytes) = 0;
  // kNotFound (vault.missing); kUnavailable (vault.damaged) where the bytes no longer have this digest.
  virtual Result<std::string> Get(const std::string& digest) const = 0;
  // kNotFound, kUnavailable as above; the cheap way to prove a file.
  virtual Status Check(const std::string& digest) const = 0;
  virtual Result<std::vector<std::string>> List() const = 0;  // digests, ascending
  // Keeps the bytes of a file of any size, read in one pass, never wholly in memory. The file stays where it
  // is; where it can be, its bytes are shared with the vault, so nobody may write to it afterwards.
  virtual Result<Digester::Hex> PutFile(const std::filesystem::path& file) = 0;
  // For reading in pieces; not proved. kNotFound (vault.missing).
  virtual Result<BlobFile> OpenFile(const std::string& digest) const = 0;
  // Both digests of what is there now, by reading it to its end. kNotFound; kUnavailable where it cannot be
  // read.
  virtual Result<Digester::Hex> Digests(const std::string& digest) const = 0;
};

// A folder: root/ab/abcd…; written to root/tmp, synced, renamed, the folder synced.
class FolderStore : public BlobStore {
 public:
  // Makes the folder; kUnavailable (vault.no_folder) where that fails. Leftovers of a killed process are
  // swept.
  static Result<std::unique_ptr<FolderStore>> Open(const std::filesystem::path& root);
  Result<std::string> Put(std::string_view bytes) override;
  Result<std::string> Get(const std::string& digest) const override;
  Status Check(const std::string& digest) const override;
  Result<std::vector<std::string>> List() const override;
  Result<Digester::Hex> PutFile(const std::filesystem::path& file) override;
  Result<BlobFile> OpenFile(const std::string& digest) const override;
  Result<Digester::Hex> Digests(const std::string& digest) const override;
  std::filesystem::path PathOf(const std::string& digest) const;

 private:
  explicit FolderStore(std::filesystem::path root) : root_(std::move(root)) {}
  Status Write(const std::filesystem::path& target, std::string_view bytes);
  Status Place(const std::filesystem::path& temporary, const std::filesystem::path& target);
  std::filesystem::path root_;
};

// The in-memory twin, for tests.
class MemoryStore : public BlobStore {
 public:
  Result<std::string> Put(std::string_view bytes) override;
  Result<std::string> Get(const std::string& digest) const override;
  Status Check(const std::string& digest) const override;
  Result<std::vector<std::string>> List() const override;
  Result<Digester::Hex> PutFile(const std::filesystem::path& file) override;
  Result<BlobFile> OpenFile(const std::string& digest) const override;
  Result<Digester::Hex> Digests(const std::string& digest) const override;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> blobs_;
};

struct FailAtWrite {
  int n = 1;  // 1: the first
};

// Rehearses a full disk: the n-th Put and all after it fail.
class FailingStore : public BlobStore {
 public:
  FailingStore(std::shared_ptr<BlobStore> store, FailAtWrite fail)
      : store_(std::move(store)), left_(fail.n - 1) {}
  Result<std::string> Put(std::string_view bytes) override;
  Result<std::string> Get(const std::string& digest) const override { return store_->Get(digest); }
  Status Check(const std::string& digest) const override { return store_->Check(digest); }
  Result<std::vector<std::string>> List() const override { return store_->List(); }
  Result<Digester::Hex> PutFile(const std::filesystem::path& file) override;
  Result<BlobFile> OpenFile(const std::string& digest) const override { return store_->OpenFile(digest); }
  Result<Digester::Hex> Digests(const std::string& digest) const override { return store_->Digests(digest); }

 private:
  std::shared_ptr<BlobStore> store_;
  std::mutex mutex_;
  int left_;
};

// 64 lower-case hex digits: only these ever become part of a path.
bool IsDigest(std::string_view text);

}  // namespace zg
