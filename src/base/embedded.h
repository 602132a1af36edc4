#pragma once
// Files that were put into the binary at build time (zg_embed in cmake/rooms.cmake).

#include <cstdint>
#include <string_view>

namespace zg {

struct EmbeddedFile {
  const char* name;  // path relative to the root it was embedded from
  const char* begin;
  uint64_t size;
  std::string_view bytes() const { return {begin, size}; }
};

}  // namespace zg
