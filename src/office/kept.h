#pragma once
// Answers that are dear to make and asked for often, kept as long as the ledger stands where it stood.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "office/json_text.h"

namespace zg {

// Thread-safe. `state` names the state of the ledger (the digest of the last event of the chain), read in the
// same transaction as the answer: an answer of another state is never given. At most `most` answers are kept.
class Kept {
 public:
  explicit Kept(size_t most) : most_(most) {}

  std::optional<JsonText> Find(const std::string& key, const std::string& state) const {
    std::lock_guard lock(mutex_);
    auto it = answers_.find(key);
    if (state != state_ || it == answers_.end()) return std::nullopt;
    return it->second;
  }
  void Keep(const std::string& key, const std::string& state, JsonText answer) {
    std::lock_guard lock(mutex_);
    if (state != state_ || answers_.size() >= most_) answers_.clear();
    state_ = state;
    answers_.insert_or_assign(key, std::move(answer));
  }

 private:
  const size_t most_;
  mutable std::mutex mutex_;
  std::string state_;
  std::map<std::string, JsonText> answers_;
};

}  // namespace zg
