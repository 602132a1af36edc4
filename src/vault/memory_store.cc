#include <algorithm>
#include <cstring>
#include <ctime>
#include <fstream>

#include "vault/blob_store.h"

namespace zg {
namespace {

Error NoRoom(const std::string& cause) {
  return {Code::kUnavailable, "文件存不下：数据目录写不进去。请检查磁盘空间和权限后重试。", "",
          "vault.no_room", cause};
}

class StringReader : public BlobReader {
 public:
  explicit StringReader(std::shared_ptr<const std::string> bytes) : bytes_(std::move(bytes)) {}
  Result<size_t> ReadAt(uint64_t offset, char* to, size_t n) const override {
    if (offset >= bytes_->size()) return size_t(0);
    n = std::min(n, bytes_->size() - size_t(offset));
    std::memcpy(to, bytes_->data() + offset, n);
    return n;
  }

 private:
  std::shared_ptr<const std::string> bytes_;
};

}  // namespace

void MemoryStore::Keep(const std::string& digest, std::string bytes) {
  std::lock_guard lock(mutex_);
  blobs_.emplace(digest, Blob{std::make_shared<const std::string>(std::move(bytes)), ::time(nullptr)});
}

Result<std::string> MemoryStore::Put(std::string_view bytes) {
  std::string digest = Sha256Hex(bytes);
  Keep(digest, std::string(bytes));
  return digest;
}

Result<std::string> MemoryStore::Get(const std::string& digest) const {
  std::lock_guard lock(mutex_);
  auto it = blobs_.find(digest);
  if (it == blobs_.end()) return MissingBlob(digest);
  return *it->second.bytes;
}

Status MemoryStore::Check(const std::string& digest) const {
  auto bytes = Get(digest);
  return bytes.ok() ? Status() : bytes.error();
}

Result<std::vector<std::string>> MemoryStore::List() const {
  std::lock_guard lock(mutex_);
  std::vector<std::string> digests;
  for (const auto& [digest, blob] : blobs_) digests.push_back(digest);
  return digests;
}

Result<Digester::Hex> MemoryStore::PutFile(const std::filesystem::path& file, const Before& before) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return NoRoom("read " + file.string());
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  Digester digester;
  digester.Add(bytes);
  Digester::Hex hex = digester.Finish();
  if (before) ZG_TRY(before(hex.sha256, bytes.size()));
  Keep(hex.sha256, std::move(bytes));
  return hex;
}

Result<BlobFile> MemoryStore::OpenFile(const std::string& digest) const {
  std::lock_guard lock(mutex_);
  auto it = blobs_.find(digest);
  if (it == blobs_.end()) return MissingBlob(digest);
  return BlobFile{std::make_shared<StringReader>(it->second.bytes), it->second.bytes->size()};
}

Result<Digester::Hex> MemoryStore::Digests(const std::string& digest) const {
  ZG_ASSIGN(std::string bytes, Get(digest));
  Digester digester;
  digester.Add(bytes);
  return digester.Finish();
}

Result<std::vector<BlobEntry>> MemoryStore::Entries() const {
  std::lock_guard lock(mutex_);
  std::vector<BlobEntry> entries;
  for (const auto& [digest, blob] : blobs_) entries.push_back({digest, blob.bytes->size(), blob.kept_at});
  return entries;
}

Status MemoryStore::Remove(const std::string& digest) {
  if (!IsDigest(digest)) return MissingBlob(digest);
  std::lock_guard lock(mutex_);
  blobs_.erase(digest);
  return {};
}

Result<Digester::Hex> FailingStore::PutFile(const std::filesystem::path& file, const Before& before) {
  std::lock_guard lock(mutex_);
  if (left_ <= 0) return NoRoom("rehearsed");
  --left_;
  return store_->PutFile(file, before);
}

Result<std::string> FailingStore::Put(std::string_view bytes) {
  std::lock_guard lock(mutex_);
  if (left_ <= 0) return NoRoom("rehearsed");
  --left_;
  return store_->Put(bytes);
}

}  // namespace zg
