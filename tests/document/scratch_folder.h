#pragma once
// A folder of a test's own, and what programs are installed here.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "document/program/process.h"

namespace zg::testing {

class TestFolder {
 public:
  TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "zg-test-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TestFolder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }
  bool empty() const { return std::filesystem::is_empty(path_); }

 private:
  std::filesystem::path path_;
};

// PATH as a test wants it, put back at the end.
class PathIs {
 public:
  explicit PathIs(const std::string& value) : before_(getenv("PATH")) { setenv("PATH", value.c_str(), 1); }
  ~PathIs() { setenv("PATH", before_.c_str(), 1); }

 private:
  std::string before_;
};

inline bool Has(const char* program) {
  return document::FindProgram(program).has_value();
}

}  // namespace zg::testing

#define ZG_NEEDS(program) \
  if (!zg::testing::Has(program)) GTEST_SKIP() << "skipped: no " << program << " on this machine"
