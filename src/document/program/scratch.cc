#include "document/program/scratch.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "document/failure.h"

namespace zg::document {
namespace fs = std::filesystem;

Scratch::Scratch(fs::path path) : path_(std::move(path)) {}

Scratch::Scratch(Scratch&& other) noexcept : path_(std::move(other.path_)) {
  other.path_.clear();
}

Scratch::~Scratch() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<Scratch> Scratch::Make(const fs::path& parent) {
  std::error_code error;
  fs::path root = parent.empty() ? fs::temp_directory_path(error) : parent;
  if (!error && !parent.empty()) fs::create_directories(root, error);
  std::string name = fs::absolute(root) / "zhenggai-XXXXXX";
  if (error || !mkdtemp(name.data())) {
    return ProgramFailed("无法建立临时文件夹，没有读取；请管理员检查磁盘空间和权限。",
                         name + ": " + (error ? error.message() : std::strerror(errno)));
  }
  return Scratch(name);
}

Result<fs::path> Scratch::Write(std::string_view name, std::string_view bytes) const {
  fs::path path = path_ / name;
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return ProgramFailed("临时文件写不进去，没有读取；请管理员检查磁盘空间。", path.string());
  return path;
}

Result<std::string> ReadWholeFile(const fs::path& path, uint64_t max_bytes) {
  std::error_code error;
  uint64_t size = fs::file_size(path, error);
  if (error) return Broken("文件打不开；请检查文件是否存在、是否有权限读取。", error.message());
  if (size > max_bytes) return TooLarge("文件太大，没有读取；请拆成几个小文件后再导入。");
  std::string bytes(size, '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!in) return Broken("文件读不出来；请检查文件是否存在、是否有权限读取。", path.string());
  return bytes;
}

}  // namespace zg::document
