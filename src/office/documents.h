#pragma once
// Committed documents: their text, what came from each, the file as it came.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/id.h"
#include "base/result.h"
#include "ledger/scope.h"
#include "office/kept.h"

namespace zg {

struct OfficeCore;

struct OriginalFile {
  std::string name;  // as it was called when it came in: not to be trusted as a path
  std::string format;
  std::string bytes;
};

// Thread-safe. kNotFound: document.not_found, also for what is outside of the scope.
class Documents {
 public:
  explicit Documents(OfficeCore& core) : core_(core) {}
  // {items, next, total}, newest first, at most 1,000; only the newest versions. Kept while the ledger
  // stands.
  Result<JsonText> List(const Scope& scope = {}) const;
  Result<nlohmann::json> Get(DocId id, const Scope& scope = {}) const;   // one, with `versions`
  Result<nlohmann::json> Text(DocId id, const Scope& scope = {}) const;  // {text, blocks}
  Result<nlohmann::json> Entries(
      DocId id, const Scope& scope = {}) const;  // [{task_id, path, label, problem, begin, end, is_task}]
  Result<OriginalFile> Original(DocId id, const Scope& scope = {})
      const;  // kUnavailable (vault.damaged) where its digest no longer fits

 private:
  OfficeCore& core_;
  mutable Kept kept_{64};
};

}  // namespace zg
