#pragma once
// The proof that nothing was altered or removed. Inside of office/ only.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace zg {

struct OfficeCore;

struct VerifyBreak {
  std::string what;   // event, task, document, span, file, count, link, text, database, evidence, user, unit
  std::string where;  // 事件 17, 任务 16.2（…）, …
  std::string message;  // one Chinese sentence
};
struct VerifyReport {
  int64_t events = 0, documents = 0, tasks = 0, spans = 0, evidence = 0, users = 0;
  bool stopped = false;             // before its end
  std::vector<VerifyBreak> breaks;  // at most 100, the first first
};

// One state of the ledger is looked at from beginning to end: chain of events, documents and tasks against
// their last event, spans against the saved text, the text against its digest, files in the vault, counts
// against a recount.
// `stop`: asked between documents and files; true ends it.
Result<VerifyReport> VerifyLedger(const OfficeCore& core, const std::function<bool()>& stop = nullptr);

}  // namespace zg
