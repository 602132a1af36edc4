#pragma once
// 我的待办: what the person who asks has to do today.

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "office/actor.h"

namespace zg {

struct OfficeCore;

// Thread-safe. Queries follow an index each and read some rows only, however large the ledger is.
class Todo {
 public:
  explicit Todo(OfficeCore& core) : core_(core) {}
  // {office, unit, today, unread, groups: [{kind, total, more, items: [{title, note, due, days_left,
  // link}]}]}; groups without anything are left out. Kinds: returned, late, due (reports to fill), accept,
  // owing (reports of others), steps, findings, letters, notices.
  Result<nlohmann::json> Get(const Actor& actor) const;

 private:
  OfficeCore& core_;
};

}  // namespace zg
