#pragma once
// Every change by a person or a unit is an event; each carries the digest of the one before it (SM3).

#include <cstdint>
#include <string>

#include "base/id.h"

namespace zg {

struct Event {
  int64_t seq = 0;       // 1, 2, 3, … without a gap
  std::string at;        // Beijing time, as Clock::NowIso gives it
  std::string actor;     // who
  std::string kind;      // "import.received", "draft.corrected", "import.committed", "task.corrected",
                         // "link.confirmed", …
  std::string subject;   // what, for people and programs: "task:17", "import:3 path:16.2 field:deadline"
  DocId document;        // none where it is about no document
  TaskId task;           // none where it is about no task
  std::string before;    // JSON; empty: nothing was there
  std::string after;     // JSON; empty: nothing is there now
  std::string note;      // the reason a person gave; may be empty
  std::string proof;     // digests of what the event left behind (ledger/proof.h); may be empty
  std::string previous;  // digest of event seq - 1; 64 zeros for the first
  std::string digest;    // EventDigest of all of the above
};

// SM3 over a canonical JSON of every member but `digest` (keys sorted, no white space). Pure.
std::string EventDigest(const Event& event);
extern const char* const kFirstPrevious;  // 64 zeros

}  // namespace zg
