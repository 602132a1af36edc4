#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace zg::http {

// RFC 1952, quickest level. nullopt when zlib cannot (out of memory). Pure; any thread.
std::optional<std::string> Gzip(std::string_view bytes);

}  // namespace zg::http
