#pragma once
// Whose notices somebody reads. Inside of office/ only.

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "office/actor.h"
#include "store/notices.h"

namespace zg {

// The unit whose work it is that the person sees to; none: the office's.
inline UnitId InboxOf(const Actor& actor) {
  if (actor.May(Right::kDispatch) && actor.scope().all) return {};
  return actor.unit ? actor.unit : UnitId{-1};  // nobody's
}
nlohmann::json NoticeJson(const store::Notice& notice);
// The `after` of a page, newest first: an id. parameter.after.
Result<int64_t> KeyBefore(const std::string& after);

}  // namespace zg
