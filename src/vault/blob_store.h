#pragma once
// The bytes of files by their SHA-256 digest. What is put once never changes. Remove and Abandon are for
// reconciling with the ledger alone (office/reconcile.h): nothing else takes bytes away.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "vault/staging.h"

namespace zg {

// Bytes opened for reading in pieces. Any thread may call it.
class BlobReader {
 public:
  virtual ~BlobReader() = default;
  // Puts up to `n` bytes from `offset` on into `to` → how many; 0: past the end. kUnavailable (vault.…).
  virtual Result<size_t> ReadAt(uint64_t offset, char* to, size_t n) const = 0;
  // Whether a read may wait for another machine: not for a thread that others wait for.
  virtual bool remote() const { return false; }
};

// A file opened for reading; closes with the last copy.
struct BlobFile {
  std::shared_ptr<const BlobReader> bytes;
  uint64_t size = 0;
};
// Of an open file, which it closes in the end.
BlobFile LocalFile(int fd);

// What is kept, without its bytes.
struct BlobEntry {
  std::string digest;
  uint64_t size = 0;
  int64_t kept_at = 0;  // seconds since 1970, as the store says; 0: unknown
};

// A large upload that was begun and neither ended nor given up.
struct UnfinishedBlob {
  std::string digest, upload;  // `upload`: the store's own name for it
  int64_t begun_at = 0;        // seconds since 1970
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
  // Told what is going to be kept, before it is; an error keeps it out.
  using Before = std::function<Status(const std::string& digest, uint64_t bytes)>;
  // Keeps the bytes of a file of any size, never wholly in memory. The file stays where it is; where it can
  // be, its bytes are shared with the vault, so nobody may write to it afterwards. `before` may be empty.
  virtual Result<Digester::Hex> PutFile(const std::filesystem::path& file, const Before& before) = 0;
  Result<Digester::Hex> PutFile(const std::filesystem::path& file) { return PutFile(file, {}); }
  // For reading in pieces; not proved. kNotFound (vault.missing).
  virtual Result<BlobFile> OpenFile(const std::string& digest) const = 0;
  // Both digests of what is there now, by reading it to its end. kNotFound; kUnavailable where it cannot be
  // read.
  virtual Result<Digester::Hex> Digests(const std::string& digest) const = 0;
  virtual Result<std::vector<BlobEntry>> Entries() const = 0;  // by digest, ascending
  // Takes the bytes away for good; fine where they are not there.
  virtual Status Remove(const std::string& digest) = 0;
  virtual Result<std::vector<UnfinishedBlob>> Unfinished() const { return std::vector<UnfinishedBlob>(); }
  virtual Status Abandon(const UnfinishedBlob&) { return {}; }
  // Whether it would take and give bytes just now: for those who watch over the server. Answers within some
  // seconds, also where it is on another machine.
  virtual Status Answers() const { return {}; }
  // For parts of what is going to be kept, where all who share the store find them; files are put together in
  // `scratch` where they do not lie in one. Null: there is no such place.
  virtual std::unique_ptr<Staging> MakeStaging(const std::filesystem::path& scratch) const {
    (void)scratch;
    return nullptr;
  }
  // Where the bytes lie as a file of their own on this machine; empty: nowhere.
  virtual std::filesystem::path LocalPath(const std::string&) const { return {}; }
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
  using BlobStore::PutFile;
  Result<Digester::Hex> PutFile(const std::filesystem::path& file, const Before& before) override;
  Result<BlobFile> OpenFile(const std::string& digest) const override;
  Result<Digester::Hex> Digests(const std::string& digest) const override;
  Result<std::vector<BlobEntry>> Entries() const override;
  Status Remove(const std::string& digest) override;
  Status Answers() const override;
  std::unique_ptr<Staging> MakeStaging(const std::filesystem::path&) const override {
    return MakeFolderStaging(root_ / "staging");
  }
  std::filesystem::path LocalPath(const std::string& digest) const override { return PathOf(digest); }
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
  using BlobStore::PutFile;
  Result<Digester::Hex> PutFile(const std::filesystem::path& file, const Before& before) override;
  Result<BlobFile> OpenFile(const std::string& digest) const override;
  Result<Digester::Hex> Digests(const std::string& digest) const override;
  Result<std::vector<BlobEntry>> Entries() const override;
  Status Remove(const std::string& digest) override;

 private:
  struct Blob {
    std::shared_ptr<const std::string> bytes;
    int64_t kept_at = 0;
  };
  void Keep(const std::string& digest, std::string bytes);
  mutable std::mutex mutex_;
  std::map<std::string, Blob> blobs_;
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
  using BlobStore::PutFile;
  Result<Digester::Hex> PutFile(const std::filesystem::path& file, const Before& before) override;
  Result<BlobFile> OpenFile(const std::string& digest) const override { return store_->OpenFile(digest); }
  Result<Digester::Hex> Digests(const std::string& digest) const override { return store_->Digests(digest); }
  Result<std::vector<BlobEntry>> Entries() const override { return store_->Entries(); }
  Status Remove(const std::string& digest) override { return store_->Remove(digest); }

 private:
  std::shared_ptr<BlobStore> store_;
  std::mutex mutex_;
  int left_;
};

// 64 lower-case hex digits: only these ever become part of a path.
bool IsDigest(std::string_view text);

// The errors of all stores.
Error MissingBlob(const std::string& digest);                            // vault.missing
Error DamagedBlob(const std::string& digest, const std::string& cause);  // vault.damaged

}  // namespace zg
