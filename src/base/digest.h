#pragma once
// Digests as lower-case hex. SM3 (GB/T 32905-2016) chains the events; SHA-256 names files. Both by OpenSSL.

#include <memory>
#include <string>
#include <string_view>

namespace zg {

std::string Sm3Hex(std::string_view bytes);
std::string Sha256Hex(std::string_view bytes);

// Both digests in one pass over a stream. Not thread-safe.
class Digester {
 public:
  Digester();
  ~Digester();
  Digester(const Digester&) = delete;
  Digester& operator=(const Digester&) = delete;
  void Add(std::string_view bytes);
  struct Hex {
    std::string sm3, sha256;
  };
  Hex Finish();  // call once

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace zg
