#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include "vault/staging.h"

namespace zg {
namespace {

namespace fs = std::filesystem;

struct OpenFile {
  int fd = -1;
  ~OpenFile() {
    if (fd >= 0) ::close(fd);
  }
};

class FolderStaging : public Staging {
 public:
  explicit FolderStaging(fs::path folder) : folder_(std::move(folder)) {}

  Result<std::shared_ptr<void>> Enter(int64_t upload) override {
    std::error_code ec;
    fs::create_directories(folder_, ec);
    fs::path file = PathOf(upload);
    bool made = ::access(file.c_str(), F_OK) != 0;
    auto lock = std::make_shared<OpenFile>();
    lock->fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (lock->fd < 0) return NoRoomForUpload(std::string("open: ") + std::strerror(errno));
    if (::flock(lock->fd, LOCK_EX | LOCK_NB) != 0)
      return Error{Code::kConflict, "这个文件的另一部分正在传，请稍等再续传。", "", "upload.busy"};
    if (made) ZG_TRY(SyncFolder());
    return std::shared_ptr<void>(std::move(lock));
  }

  // Whatever a part that was not acknowledged left behind `offset` goes.
  Status Put(int64_t upload, const StagedPart& part, std::string_view bytes) override {
    OpenFile file{::open(PathOf(upload).c_str(), O_RDWR | O_CLOEXEC)};
    if (file.fd < 0) return NoRoomForUpload(std::string("open: ") + std::strerror(errno));
    if (::ftruncate(file.fd, off_t(part.offset)) != 0)
      return NoRoomForUpload(std::string("ftruncate: ") + std::strerror(errno));
    ZG_TRY(WriteAt(file.fd, part.offset, bytes));
    if (::fsync(file.fd) != 0) return NoRoomForUpload(std::string("fsync: ") + std::strerror(errno));
    return {};
  }

  Result<std::shared_ptr<const StagedFile>> Whole(int64_t upload,
                                                  const std::vector<StagedPart>& parts) override {
    fs::path file = PathOf(upload);
    std::error_code ec;
    uint64_t size = fs::file_size(file, ec),
             wanted = parts.empty() ? 0 : parts.back().offset + parts.back().bytes;
    if (ec || (wanted > 0 && size < wanted)) return LostUpload(file.string());
    return std::make_shared<const StagedFile>(file, false);
  }

  Status Drop(int64_t upload) override {
    std::error_code ec;
    fs::remove(PathOf(upload), ec);
    return {};
  }

  Result<std::vector<StagedUpload>> List() const override {
    std::vector<StagedUpload> all;
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(folder_, ec)) {
      std::string name = entry.path().filename().string();
      int64_t id = 0;
      auto read = std::from_chars(name.data(), name.data() + name.size(), id);
      struct stat info {};
      if (read.ec != std::errc() || read.ptr != name.data() + name.size()) continue;
      if (::stat(entry.path().c_str(), &info) == 0)
        all.push_back({id, uint64_t(info.st_size), int64_t(info.st_mtim.tv_sec)});
    }
    return all;
  }

 private:
  fs::path PathOf(int64_t upload) const { return folder_ / std::to_string(upload); }
  Status SyncFolder() const {
    OpenFile folder{::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    return folder.fd >= 0 && ::fsync(folder.fd) == 0 ? Status() : Status(NoRoomForUpload("fsync folder"));
  }
  const fs::path folder_;
};

}  // namespace

StagedFile::~StagedFile() {
  std::error_code ec;
  if (made_) fs::remove(path_, ec);
}

std::unique_ptr<Staging> MakeFolderStaging(const fs::path& folder) {
  return std::make_unique<FolderStaging>(folder);
}

Error NoRoomForUpload(const std::string& cause) {
  return {Code::kUnavailable, "服务器磁盘空间不够，文件传不上来。请联系系统管理员清理磁盘后再传。", "",
          "upload.no_room", cause};
}

Error LostUpload(const std::string& cause) {
  return {Code::kUnavailable, "已经传来的部分找不全，请重新上传这个文件。", "", "upload.lost", cause};
}

Status WriteAt(int fd, uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = ::pwrite(fd, bytes.data(), bytes.size(), off_t(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return NoRoomForUpload(std::string("pwrite: ") + std::strerror(errno));
    offset += uint64_t(n);
    bytes.remove_prefix(size_t(n));
  }
  return {};
}

}  // namespace zg
