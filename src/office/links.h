#pragma once
// Links between tasks: cascades_from an upper list's task, follows_up one of an earlier round.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/id.h"
#include "base/result.h"
#include "office/actor.h"

namespace zg {

struct OfficeCore;

// Thread-safe. Each gives the link as in Tasks::Get. kNotFound: link.not_found, task.not_found.
class Links {
 public:
  explicit Links(OfficeCore& core) : core_(core) {}
  Result<nlohmann::json> Confirm(LinkId id, const Actor& actor);
  Result<nlohmann::json> Reject(LinkId id, const Actor& actor);
  // Made by hand, so confirmed at once. `kind`: cascades_from, follows_up. kInvalid: link.kind, link.self;
  // kConflict: link.exists.
  Result<nlohmann::json> Make(TaskId from, const std::string& kind, TaskId to, const Actor& actor);

 private:
  OfficeCore& core_;
};

}  // namespace zg
