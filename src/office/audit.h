#pragma once
// What everybody did, for those who look after it.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "office/exports.h"
#include "office/json_text.h"

namespace zg {

struct OfficeCore;

struct AuditQuery {
  std::string actor;  // empty: anybody
  std::string area;   // the part of the kind before its point: auth, user, task, …; empty: any
  std::string kind;   // empty: any
  std::optional<Date> from, to;
  std::optional<TaskId> task;
  std::optional<DocId> document;
  std::string after;
  int limit = 50;
};

// Thread-safe.
class Audit {
 public:
  explicit Audit(OfficeCore& core) : core_(core) {}
  Result<JsonText> List(const AuditQuery& query) const;  // {items, next}, newest first
  Result<nlohmann::json> Choices() const;                // {actors, kinds}: what there is to choose from
  // "xlsx" or "csv"; at most 50,000 events (export.too_many).
  Result<ExportedFile> File(const AuditQuery& query, const std::string& format) const;

 private:
  OfficeCore& core_;
};

}  // namespace zg
