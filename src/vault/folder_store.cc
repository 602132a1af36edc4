#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>

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

// A descriptor that is read wherever one asks.
class LocalReader : public BlobReader {
 public:
  explicit LocalReader(int fd) : fd_(fd) {}
  Result<size_t> ReadAt(uint64_t offset, char* to, size_t n) const override {
    for (;;) {
      ssize_t got = ::pread(fd_.get(), to, n, off_t(offset));
      if (got >= 0) return size_t(got);
      if (errno != EINTR)
        return Error{Code::kUnavailable, "文件读不出来。请检查磁盘，必要时用备份恢复。", "", "vault.damaged",
                     std::string("pread: ") + std::strerror(errno)};
    }
  }

 private:
  Descriptor fd_;
};

// Of this machine (or container) since it was started: numbers of processes mean something only there.
const std::string& MachineName() {
  static const std::string name = [] {
    std::ifstream in("/proc/sys/kernel/random/boot_id");
    std::string boot;
    std::getline(in, boot);
    char host[256] = "";
    ::gethostname(host, sizeof host - 1);
    std::error_code ec;
    return Sha256Hex(boot + host + fs::read_symlink("/proc/self/ns/pid", ec).string()).substr(0, 16);
  }();
  return name;
}

std::string TemporaryName() {
  static std::atomic<uint64_t> counter{0};
  return std::to_string(::getpid()) + "-" + std::to_string(++counter) + "-" + MachineName();
}

// Temporary files of processes that are no more: of this machine at once, of others that share the folder
// when nobody can be writing to them any more.
void Sweep(const fs::path& folder) {
  std::error_code ec;
  auto old = fs::file_time_type::clock::now() - std::chrono::hours(48);
  for (const auto& entry : fs::directory_iterator(folder, ec)) {
    std::string name = entry.path().filename().string();
    int pid = std::atoi(name.c_str());
    bool here = name.ends_with("-" + MachineName()) || std::count(name.begin(), name.end(), '-') == 1;
    bool gone = here ? pid != ::getpid() && !fs::exists("/proc/" + std::to_string(pid), ec)
                     : fs::last_write_time(entry.path(), ec) < old && !ec;
    if (pid > 0 && gone) fs::remove(entry.path(), ec);
  }
}

}  // namespace

Error MissingBlob(const std::string& digest) {
  return {Code::kNotFound, "档案库里没有这份文件的原件。请用备份恢复，或重新导入原件。", digest,
          "vault.missing"};
}

Error DamagedBlob(const std::string& digest, const std::string& cause) {
  return {Code::kUnavailable, "档案库里这份文件的原件已损坏（摘要不符）。请用备份恢复。", digest,
          "vault.damaged", cause};
}

BlobFile LocalFile(int fd) {
  struct stat info {};
  ::fstat(fd, &info);
  return {std::make_shared<LocalReader>(fd), uint64_t(info.st_size)};
}

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

Result<Digester::Hex> FolderStore::PutFile(const fs::path& file, const Before& before) {
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
  if (Status noted = before ? before(hex.sha256, fs::file_size(temporary, ec)) : Status(); !noted.ok()) {
    fs::remove(temporary, ec);
    return noted.error();
  }
  ::chmod(temporary.c_str(), 0440);
  ZG_TRY(Place(temporary, PathOf(hex.sha256)));
  return hex;
}

Result<BlobFile> FolderStore::OpenFile(const std::string& digest) const {
  if (!IsDigest(digest)) return MissingBlob(digest);
  int fd = ::open(PathOf(digest).c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return MissingBlob(digest);
  return LocalFile(fd);
}

Result<Digester::Hex> FolderStore::Digests(const std::string& digest) const {
  std::error_code ec;
  if (!IsDigest(digest) || !fs::exists(PathOf(digest), ec)) return MissingBlob(digest);
  Digester digester;
  if (!ReadFile(PathOf(digest), [&](std::string_view part) { digester.Add(part); }))
    return DamagedBlob(digest, "read");
  return digester.Finish();
}

Result<std::string> FolderStore::Get(const std::string& digest) const {
  std::error_code ec;
  if (!IsDigest(digest) || !fs::exists(PathOf(digest), ec)) return MissingBlob(digest);
  std::string bytes;
  if (!ReadFile(PathOf(digest), [&](std::string_view part) { bytes += part; }))
    return DamagedBlob(digest, "read");
  if (Sha256Hex(bytes) != digest) return DamagedBlob(digest, "digest");
  return bytes;
}

Status FolderStore::Check(const std::string& digest) const {
  std::error_code ec;
  if (!IsDigest(digest) || !fs::exists(PathOf(digest), ec)) return MissingBlob(digest);
  Digester digester;
  if (!ReadFile(PathOf(digest), [&](std::string_view part) { digester.Add(part); }))
    return DamagedBlob(digest, "read");
  if (digester.Finish().sha256 != digest) return DamagedBlob(digest, "digest");
  return {};
}

Status FolderStore::Answers() const {
  if (::access(root_.c_str(), R_OK | W_OK | X_OK) == 0) return {};
  return Error{Code::kUnavailable, "原件库的目录不能读写，请检查磁盘和权限。", root_.string(),
               "vault.no_folder", std::strerror(errno)};
}

Result<std::vector<BlobEntry>> FolderStore::Entries() const {
  std::vector<BlobEntry> entries;
  std::error_code ec;
  for (const auto& folder : fs::directory_iterator(root_, ec)) {
    if (!folder.is_directory() || folder.path().filename().string().size() != 2) continue;
    for (const auto& entry : fs::directory_iterator(folder.path(), ec)) {
      std::string name = entry.path().filename().string();
      struct stat info {};
      if (IsDigest(name) && ::stat(entry.path().c_str(), &info) == 0)
        entries.push_back({name, uint64_t(info.st_size), int64_t(info.st_mtim.tv_sec)});
    }
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.digest < b.digest; });
  return entries;
}

Result<std::vector<std::string>> FolderStore::List() const {
  ZG_ASSIGN(std::vector<BlobEntry> entries, Entries());
  std::vector<std::string> digests;
  for (auto& entry : entries) digests.push_back(std::move(entry.digest));
  return digests;
}

Status FolderStore::Remove(const std::string& digest) {
  if (!IsDigest(digest)) return MissingBlob(digest);
  if (::unlink(PathOf(digest).c_str()) != 0 && errno != ENOENT) return NoRoom("unlink");
  return {};
}

}  // namespace zg
