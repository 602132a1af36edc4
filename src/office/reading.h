#pragma once
// Reads files that came in, one after the other, in a thread of its own or in the caller's. Of several nodes
// each takes the next file that nobody reads (store/jobs.h); what a node that died was reading is read again
// by another.

#include <memory>
#include <string>

#include "base/result.h"
#include "ledger/import.h"

namespace zg {

struct OfficeCore;
namespace store {
class Session;
}

struct ReadingProgress {
  int percent = 0;
  std::string stage;  // Chinese, for a progress bar
};

// Thread-safe.
class Reading {
 public:
  explicit Reading(OfficeCore& core);
  ~Reading();    // waits for the file that is being read
  void Start();  // the thread; takes up what a process that ended has left unread
  void Wake();   // a file has come in; nothing where there is no thread
  // Reads now, in this thread. A file that cannot be read is not an error here: its import is in state failed
  // then.
  Status Read(ImportId id);
  // In a transaction or a read of the ledger; another node's progress is told too.
  ReadingProgress ProgressOf(store::Session& session, ImportId id, ImportState state) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace zg
