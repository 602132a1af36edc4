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

// Chosen for the audit log.
struct AuditFilter {
  std::string actor;               // empty: anybody
  std::vector<std::string> kinds;  // none: any
  std::string from, to;            // ISO times, both inclusive; empty: open
  std::optional<TaskId> task;
  std::optional<DocId> document;
  int64_t before = 0;
  int limit = 50;
};
// Newest first. Each kind through its own index, the times by halving: the work is bounded by the page.
std::vector<Event> FindAudited(Session& session, const AuditFilter& filter);
std::vector<std::string> EventActors(Session& session, const std::string& from, int limit);  // by name
std::vector<std::string> EventKinds(Session& session);

struct EventFilter {
  std::optional<TaskId> task;
  std::optional<DocId> document;
  int64_t before = 0;  // seq; 0: from the newest
  int limit = 50;
  std::string area;  // of one task: what stands before the dot of its kind; empty: any
};
std::vector<Event> FindEvents(Session& session, const EventFilter& filter);  // newest first
int64_t CountEvents(Session& session,
                    const EventFilter& filter);  // `before` and `limit` aside, at most 1,001
std::optional<Event> LastEvent(Session& session);
std::string LastEventDigest(Session& session);  // empty: there is none
// All of them, oldest first, until `take` returns false.
void EachEvent(Session& session, const std::function<bool(const Event&)>& take);

}  // namespace zg::store
