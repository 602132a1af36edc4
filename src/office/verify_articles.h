#pragma once
// The part of the proof that is about the publicity record: every line is what its last event says. Inside of
// office/ only.

#include <functional>
#include <string>
#include <unordered_map>

#include "ledger/event.h"
#include "store/sql.h"

namespace zg {

class ArticleProof {
 public:
  void Note(const Event& event);  // each event of the chain, in order
  using Break = std::function<void(std::string what, std::string where, std::string message)>;
  void Check(store::Session& session, const Break& say);

 private:
  struct Said {
    std::string digest;  // of what the event says of the line
    int64_t seq = 0;
  };
  std::unordered_map<int64_t, Said> said_;
};

}  // namespace zg
