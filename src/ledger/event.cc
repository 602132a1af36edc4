#include "ledger/event.h"

#include <nlohmann/json.hpp>

#include "base/digest.h"

namespace zg {

const char* const kFirstPrevious = "0000000000000000000000000000000000000000000000000000000000000000";

std::string EventDigest(const Event& event) {
  nlohmann::json canonical = {
      {"seq", event.seq},         {"at", event.at},           {"actor", event.actor},
      {"kind", event.kind},       {"subject", event.subject}, {"document", event.document.value},
      {"task", event.task.value}, {"before", event.before},   {"after", event.after},
      {"note", event.note},       {"proof", event.proof},     {"previous", event.previous}};
  return Sm3Hex(canonical.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace zg
