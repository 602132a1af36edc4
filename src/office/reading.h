#pragma once
// Reads files that came in, one after the other, in a thread of its own or in the caller's.

#include <memory>
#include <string>

#include "base/result.h"
#include "ledger/import.h"

namespace zg {

struct OfficeCore;

struct ReadingProgress {
  int percent = 0;
  std::string stage;  // Chinese, for a progress bar
};

// Thread-safe.
class Reading {
 public:
  explicit Reading(OfficeCore& core);
  ~Reading();                 // waits for the file that is being read; the others are read at the next start
  void Start();               // the thread; takes up what a process that ended has left unread
  void Enqueue(ImportId id);  // nothing where there is no thread
  // Reads now, in this thread. A file that cannot be read is not an error here: its import is in state failed
  // then.
  Status Read(ImportId id);
  ReadingProgress ProgressOf(ImportId id, ImportState state) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace zg
