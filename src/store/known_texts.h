#pragma once
// The texts of documents that were read last, kept in memory: a page of hits in paragraphs shows a line each
// of texts that are long, and a database reads the whole of one to cut a line from it. A text never changes,
// so nothing has to be told when it does.

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "store/sql.h"

namespace zg::store {

// Thread-safe.
class KnownTexts {
 public:
  explicit KnownTexts(size_t most_bytes = 64u << 20) : most_bytes_(most_bytes) {}
  // The text of that number and digest; empty where there is none. Asks the database the first time.
  std::shared_ptr<const std::u32string> Get(Session& session, int64_t text_id, const std::string& sm3);

 private:
  struct Known {
    std::shared_ptr<const std::u32string> text;
    uint64_t used = 0;
  };
  void MakeRoom();  // under mutex_

  const size_t most_bytes_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;  // by number and digest
  size_t bytes_ = 0;
  uint64_t now_ = 0;
};

}  // namespace zg::store
