#pragma once
// The chain of events.

#include <functional>
#include <optional>
#include <vector>

#include "ledger/event.h"
#include "store/sql.h"

namespace zg::store {

// Writes the event as the next of the chain: sets seq, previous and digest. In the transaction of the change.
Event AppendEvent(Session& session, Event event);

struct EventFilter {
  std::optional<TaskId> task;
  std::optional<DocId> document;
  int64_t before = 0;  // seq; 0: from the newest
  int limit = 50;
};
std::vector<Event> FindEvents(Session& session, const EventFilter& filter);  // newest first
int64_t CountEvents(Session& session,
                    const EventFilter& filter);  // `before` and `limit` aside, at most 1,001
std::optional<Event> LastEvent(Session& session);
std::string LastEventDigest(Session& session);  // empty: there is none
// All of them, oldest first, until `take` returns false.
void EachEvent(Session& session, const std::function<bool(const Event&)>& take);

}  // namespace zg::store
