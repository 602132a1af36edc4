#include "http/spool.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace zg::http {
namespace {

Error NoRoom(const char* call) {
  return {Code::kUnavailable, "服务器存不下上传的文件：临时目录不可写或磁盘已满。请清理磁盘后再试。", "",
          "upload.no_room", std::string(call) + ": " + std::strerror(errno)};
}

}  // namespace

Spool& Spool::operator=(Spool&& other) noexcept {
  if (this == &other) return *this;
  Unmap();
  if (fd_ >= 0) close(fd_);
  folder_ = std::move(other.folder_);
  memory_ = std::move(other.memory_);
  size_ = std::exchange(other.size_, 0);
  fd_ = std::exchange(other.fd_, -1);
  map_ = std::exchange(other.map_, nullptr);
  map_size_ = std::exchange(other.map_size_, 0);
  other.memory_.clear();
  return *this;
}

Spool::~Spool() {
  Unmap();
  if (fd_ >= 0) close(fd_);
}

Status Spool::Append(std::string_view bytes) {
  if (fd_ < 0 && size_ + bytes.size() > kInMemory) ZG_TRY(OpenFile());
  if (fd_ < 0) {
    memory_.append(bytes);
  } else {
    ZG_TRY(WriteFile(bytes));
  }
  size_ += bytes.size();
  return {};
}

// The file has no name from the start, so a crash leaves nothing behind and nobody else can cut it short.
Status Spool::OpenFile() {
  std::error_code ec;
  auto folder = folder_.empty() ? std::filesystem::temp_directory_path(ec) : folder_;
  std::string name = (folder / "zhenggai-upload-XXXXXX").string();
  fd_ = mkostemp(name.data(), O_CLOEXEC);
  if (fd_ < 0) return NoRoom("mkostemp");
  unlink(name.c_str());
  std::string so_far = std::exchange(memory_, {});
  return WriteFile(so_far);
}

Status Spool::WriteFile(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return NoRoom("write");
    bytes.remove_prefix(size_t(n));
  }
  return {};
}

Result<std::string_view> Spool::bytes() {
  if (fd_ < 0) return std::string_view(memory_);
  if (map_size_ != size_) {
    Unmap();
    void* p = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd_, 0);
    if (p == MAP_FAILED) return NoRoom("mmap");
    map_ = p;
    map_size_ = size_;
  }
  return std::string_view(static_cast<const char*>(map_), map_size_);
}

void Spool::Unmap() {
  if (map_) munmap(map_, map_size_);
  map_ = nullptr;
  map_size_ = 0;
}

}  // namespace zg::http
