#pragma once
// A request body: small ones in memory, large ones in a temporary file that has no name and goes with the
// object.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace zg::http {

// Movable, not copyable. Not thread-safe.
class Spool {
 public:
  static constexpr uint64_t kInMemory = 1u << 20;

  Spool() = default;
  // `folder` takes the file of a large body; empty: the system's temporary folder.
  explicit Spool(std::filesystem::path folder) : folder_(std::move(folder)) {}
  explicit Spool(std::string_view bytes) : memory_(bytes), size_(bytes.size()) {}
  Spool(Spool&& other) noexcept { *this = std::move(other); }
  Spool& operator=(Spool&& other) noexcept;
  ~Spool();

  // kUnavailable (upload.no_room) when the disk does not take it.
  Status Append(std::string_view bytes);
  uint64_t size() const { return size_; }
  bool in_file() const { return fd_ >= 0; }
  // All bytes, as long as the spool lives and is not appended to. kUnavailable where the file cannot be
  // mapped.
  Result<std::string_view> bytes();

 private:
  Status OpenFile();
  Status WriteFile(std::string_view bytes);
  void Unmap();

  std::filesystem::path folder_;
  std::string memory_;
  uint64_t size_ = 0;
  int fd_ = -1;
  void* map_ = nullptr;
  uint64_t map_size_ = 0;
};

}  // namespace zg::http
