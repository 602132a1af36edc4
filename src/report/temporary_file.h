#pragma once
// For libraries that write to files only. Inside of report/ only.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace zg {

// A file with a name of its own, since the library writes to files only; it goes with the object.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code ec;
    path_ = (std::filesystem::temp_directory_path(ec) / "zhenggai-XXXXXX").string();
    int fd = ::mkstemp(path_.data());
    if (fd >= 0)
      ::close(fd);
    else
      path_.clear();
  }
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace zg
