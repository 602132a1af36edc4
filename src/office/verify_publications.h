#pragma once
// The part of the proof that is about publications: each is what its last event says, and its snapshot is
// what its digests say. Inside of office/ only.

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "ledger/event.h"
#include "store/sql.h"

namespace zg {

class PublicationProof {
 public:
  void Note(const Event& event);  // each event of the chain, in order
  using Break = std::function<void(std::string what, std::string where, std::string message)>;
  void Check(store::Session& session, const Break& say);

 private:
  std::map<std::string, std::pair<nlohmann::json, int64_t>> said_;  // by subject: the last, and its number
};

}  // namespace zg
