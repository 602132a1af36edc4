#pragma once
// The part of the proof that is about dispatch: breakdowns, rules, periods and reports are what their last
// events say. Inside of office/ only.

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>

#include "base/id.h"
#include "ledger/event.h"
#include "store/sql.h"

namespace zg {

class DispatchProof {
 public:
  void Note(const Event& event);  // each event of the chain, in order
  using Break = std::function<void(std::string what, std::string where, std::string message)>;
  void Check(store::Session& session, const Break& say);

 private:
  void Breakdowns(store::Session& session, const Break& say);
  void Rules(store::Session& session, const Break& say);
  void Periods(store::Session& session, const Break& say);
  void Reports(store::Session& session, const Break& say);

  struct Said {
    std::string digest;  // of what the event says; there may be millions
    int64_t seq = 0;
  };
  std::map<TaskId, std::pair<nlohmann::json, int64_t>> breakdowns_;
  std::map<std::string, nlohmann::json> rules_;
  std::map<int64_t, nlohmann::json> periods_;  // as opened; closed: true once it was
  std::unordered_map<int64_t, Said> reports_;
};

}  // namespace zg
