#pragma once
// A folder for the files of an outside program; gone when the object is.

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace zg::document {

class Scratch {
 public:
  // A new folder, readable by this user only, in `parent` or in the system's temporary folder where that is
  // empty.
  static Result<Scratch> Make(const std::filesystem::path& parent);
  Scratch(Scratch&& other) noexcept;
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch();

  const std::filesystem::path& path() const { return path_; }
  // Writes a file into the folder and gives its path.
  Result<std::filesystem::path> Write(std::string_view name, std::string_view bytes) const;

 private:
  explicit Scratch(std::filesystem::path path);
  std::filesystem::path path_;
};

// The whole file; kInvalid where it cannot be read or is larger than `max_bytes`.
Result<std::string> ReadWholeFile(const std::filesystem::path& path, uint64_t max_bytes);

}  // namespace zg::document
