#pragma once
// A zip archive in memory, distrusted: counts, sizes and ratios are checked before anything is unpacked,
// nothing is ever written to disk, and member names are only keys.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/budget.h"

struct zip;

namespace zg::document {

class Archive {
 public:
  // `bytes` is borrowed. kInvalid: broken or truncated, or more members than any office file has.
  static Result<Archive> Open(std::string_view bytes);
  Archive(Archive&&) noexcept;
  ~Archive();

  bool Has(const std::string& name) const;
  // The unpacked member, taken from the budget. Upper and lower case are the same, as in OPC. kNotFound: no
  // such member. Errors: encrypted, broken (checksum), too large (one member over 128 MB, or shrunk more than
  // 300 times).
  Result<std::string> Read(const std::string& name, Budget& budget) const;
  // The first bytes of a stored or deflated member; empty where there is none or it cannot be read.
  std::string Peek(const std::string& name, size_t bytes) const;
  std::vector<std::string> Names() const;

 private:
  explicit Archive(zip* handle);
  std::optional<uint64_t> Find(const std::string& name) const;
  struct Discard {
    void operator()(zip* handle) const;
  };
  std::unique_ptr<zip, Discard> zip_;
};

}  // namespace zg::document
