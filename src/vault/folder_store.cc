#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include "base/digest.h"
#include "vault/blob_store.h"

namespace zg {
namespace {

namespace fs = std::filesystem;

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { Close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }
  bool Close() {
    int fd = fd_;
    fd_ = -1;
    return fd < 0 || ::close(fd) == 0;
  }

 private:
  int fd_;
};

Error NoRoom(const std::string& what) {
  return {Code::kUnavailable, "文件存不下：数据目录写不进去。请检查磁盘空间和权限后重试。", "",
          "vault.no_room", what + ": " + std::strerror(errno)};
}

Error Missing(const std::string& digest) {
  return {Code::kNotFound, "档案库里没有这份文件的原件。请用备份恢复，或重新导入原件。", digest,
          "vault.missing"};
}

Error Damaged(const std::string& digest, const std::string& cause) {
  return {Code::kUnavailable, "档案库里这份文件的原件已损坏（摘要不符）。请用备份恢复。", digest,
          "vault.damaged", cause};
}

Status SyncFolder(const fs::path& folder) {
  Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.ok() || ::fsync(fd.get()) != 0) return NoRoom("fsync " + folder.string());
  return {};
}

Status WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return NoRoom("write");
    bytes.remove_prefix(size_t(n));
  }
  return {};
}

// Hands the file's bytes on in pieces; false where it cannot be read to its end.
template <class Take>
bool ReadFile(const fs::path& path, Take take) {
  Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.ok()) return false;
  std::string buffer(1 << 16, '\0');
  for (;;) {
    ssize_t n = ::read(fd.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    if (n == 0) return true;
    take(std::string_view(buffer).substr(0, size_t(n)));
  }
}

BlobFile BlobOf(int fd) {
  struct stat info {};
  ::fstat(fd, &info);
  return {std::shared_ptr<const int>(new int(fd),
                                     [](const int* p) {
                                       ::close(*p);
                                       delete p;
                                     }),
          uint64_t(info.st_size)};
}

std::string TemporaryName() {
  static std::atomic<uint64_t> counter{0};
  return std::to_string(::getpid()) + "-" + std::to_string(++counter);
}

// Temporary files of processes that are no more.
void Sweep(const fs::path& folder) {
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder, ec)) {
    int pid = std::atoi(entry.path().filename().c_str());
    if (pid > 0 && pid != ::getpid() && !fs::exists("/proc/" + std::to_string(pid), ec))
      fs::remove(entry.path(), ec);
  }
}

}  // namespace

bool IsDigest(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

Result<std::unique_ptr<FolderStore>> FolderStore::Open(const fs::path& root) {
  std::error_code ec;
  fs::create_directories(root / "tmp", ec);
  if (ec || ::access((root / "tmp").c_str(), W_OK) != 0) {
    return Error{Code::kUnavailable, "建不了档案库目录。请检查数据目录的权限。", root.string(),
                 "vault.no_folder", ec.message()};
  }
  Sweep(root / "tmp");
  return std::unique_ptr<FolderStore>(new FolderStore(root));
}

fs::path FolderStore::PathOf(const std::string& digest) const {
  return IsDigest(digest) ? root_ / digest.substr(0, 2) / digest : fs::path();
}

Status FolderStore::Write(const fs::path& target, std::string_view bytes) {
  fs::path temporary = root_ / "tmp" / TemporaryName();
  Descriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
  if (!fd.ok()) return NoRoom("open");
  Status status = WriteAll(fd.get(), bytes);
  if (status.ok() && ::fsync(fd.get()) != 0) status = NoRoom("fsync");
  if (!fd.Close() && status.ok()) status = NoRoom("close");
  if (status.ok()) return Place(temporary, target);
  std::error_code ec;
  fs::remove(temporary, ec);
  return status;
}

// Gives a synced temporary file its name for good.
Status FolderStore::Place(const fs::path& temporary, const fs::path& target) {
  std::error_code ec;
  bool made = fs::create_directories(target.parent_path(), ec);
  if (::rename(temporary.c_str(), target.c_str()) != 0) {
    Error error = NoRoom("rename");
    fs::remove(temporary, ec);
    return error;
  }
  fs::remove(temporary, ec);  // rename leaves it where both names are the same file
  if (made) ZG_TRY(SyncFolder(root_));
  return SyncFolder(target.parent_path());
}

Result<std::string> FolderStore::Put(std::string_view bytes) {
  std::string digest = Sha256Hex(bytes);
  fs::path target = PathOf(digest);
  std::error_code ec;
  if (fs::file_size(target, ec) == bytes.size() && !ec && Check(digest).ok()) return digest;
  ZG_TRY(Write(target, bytes));
  return digest;
}

Result<Digester::Hex> FolderStore::PutFile(const fs::path& file) {
  fs::path temporary = root_ / "tmp" / TemporaryName();
  Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.ok() || ::fsync(fd.get()) != 0) return NoRoom("open " + file.string());
  std::error_code ec;
  if (::link(file.c_str(), temporary.c_str()) != 0) {  // another file system
    Descriptor out(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
    Status copied = out.ok() ? Status() : Status(NoRoom("open"));
    bool read = ReadFile(file, [&](std::string_view part) {
      if (copied.ok()) copied = WriteAll(out.get(), part);
    });
    if (copied.ok() && (!read || ::fsync(out.get()) != 0)) copied = NoRoom("copy");
    if (!copied.ok()) {
      fs::remove(temporary, ec);
      return copied.error();
    }
  }
  Digester digester;
  if (!ReadFile(temporary, [&](std::string_view part) { digester.Add(part); })) {
    fs::remove(temporary, ec);
    return NoRoom("read");
  }
  Digester::Hex hex = digester.Finish();
  ::chmod(temporary.c_str(), 0440);
  ZG_TRY(Place(temporary, PathOf(hex.sha256)));
  return hex;
}

Result<BlobFile> FolderStore::OpenFile(const std::string& digest) const {
  if (!IsDigest(digest)) return Missing(digest);
  int fd = ::open(PathOf(digest).c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Missing(digest);
  return BlobOf(fd);
}

Result<Digester::Hex> FolderStore::Digests(const std::string& digest) const {
  std::error_code ec;
  if (!IsDigest(digest) || !fs::exists(PathOf(digest), ec)) return Missing(digest);
  Digester digester;
  if (!ReadFile(PathOf(digest), [&](std::string_view part) { digester.Add(part); }))
    return Damaged(digest, "read");
  return digester.Finish();
}

Result<std::string> FolderStore::Get(const std::string& digest) const {
  std::error_code ec;
  if (!IsDigest(digest) || !fs::exists(PathOf(digest), ec)) return Missing(digest);
  std::string bytes;
  if (!ReadFile(PathOf(digest), [&](std::string_view part) { bytes += part; }))
    return Damaged(digest, "read");
  if (Sha256Hex(bytes) != digest) return Damaged(digest, "digest");
  return bytes;
}

Status FolderStore::Check(const std::string& digest) const {
  std::error_code ec;
  if (!IsDigest(digest) || !fs::exists(PathOf(digest), ec)) return Missing(digest);
  Digester digester;
  if (!ReadFile(PathOf(digest), [&](std::string_view part) { digester.Add(part); }))
    return Damaged(digest, "read");
  if (digester.Finish().sha256 != digest) return Damaged(digest, "digest");
  return {};
}

Result<std::vector<std::string>> FolderStore::List() const {
  std::vector<std::string> digests;
  std::error_code ec;
  for (const auto& folder : fs::directory_iterator(root_, ec)) {
    if (!folder.is_directory() || folder.path().filename().string().size() != 2) continue;
    for (const auto& entry : fs::directory_iterator(folder.path(), ec)) {
      if (IsDigest(entry.path().filename().string())) digests.push_back(entry.path().filename().string());
    }
  }
  std::sort(digests.begin(), digests.end());
  return digests;
}

Result<std::string> MemoryStore::Put(std::string_view bytes) {
  std::string digest = Sha256Hex(bytes);
  std::lock_guard lock(mutex_);
  blobs_.emplace(digest, bytes);
  return digest;
}

Result<std::string> MemoryStore::Get(const std::string& digest) const {
  std::lock_guard lock(mutex_);
  auto it = blobs_.find(digest);
  if (it == blobs_.end()) return Missing(digest);
  return it->second;
}

Status MemoryStore::Check(const std::string& digest) const {
  auto bytes = Get(digest);
  return bytes.ok() ? Status() : bytes.error();
}

Result<std::vector<std::string>> MemoryStore::List() const {
  std::lock_guard lock(mutex_);
  std::vector<std::string> digests;
  for (const auto& [digest, bytes] : blobs_) digests.push_back(digest);
  return digests;
}

Result<Digester::Hex> MemoryStore::PutFile(const std::filesystem::path& file) {
  std::string bytes;
  Digester digester;
  if (!ReadFile(file, [&](std::string_view part) { bytes += part; })) return NoRoom("read " + file.string());
  digester.Add(bytes);
  Digester::Hex hex = digester.Finish();
  std::lock_guard lock(mutex_);
  blobs_.emplace(hex.sha256, std::move(bytes));
  return hex;
}

Result<BlobFile> MemoryStore::OpenFile(const std::string& digest) const {
  ZG_ASSIGN(std::string bytes, Get(digest));
  int fd = ::memfd_create("blob", MFD_CLOEXEC);
  if (fd < 0 || !WriteAll(fd, bytes).ok()) return NoRoom("memfd");
  return BlobOf(fd);
}

Result<Digester::Hex> MemoryStore::Digests(const std::string& digest) const {
  ZG_ASSIGN(std::string bytes, Get(digest));
  Digester digester;
  digester.Add(bytes);
  return digester.Finish();
}

Result<Digester::Hex> FailingStore::PutFile(const std::filesystem::path& file) {
  std::lock_guard lock(mutex_);
  if (left_ <= 0)
    return Error{Code::kUnavailable, "文件存不下：数据目录写不进去。请检查磁盘空间和权限后重试。", "",
                 "vault.no_room", "rehearsed"};
  --left_;
  return store_->PutFile(file);
}

Result<std::string> FailingStore::Put(std::string_view bytes) {
  std::lock_guard lock(mutex_);
  if (left_ <= 0)
    return Error{Code::kUnavailable, "文件存不下：数据目录写不进去。请检查磁盘空间和权限后重试。", "",
                 "vault.no_room", "rehearsed"};
  --left_;
  return store_->Put(bytes);
}

}  // namespace zg
