#pragma once
// Files of the repository and of ../shared, for tests.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace zg::test {

inline std::filesystem::path SourceDir() {
  return ZG_SOURCE_DIR;
}

// The folder with the corpus and its labels: $ZG_SHARED or ../shared beside the project; empty where it is
// not there.
inline std::filesystem::path SharedDir() {
  const char* env = std::getenv("ZG_SHARED");
  std::filesystem::path dir = env && *env ? std::filesystem::path(env) : SourceDir() / ".." / "shared";
  return std::filesystem::exists(dir / "gold") ? dir : std::filesystem::path();
}

inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace zg::test
