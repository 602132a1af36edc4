#pragma once
// What the documents claim, put to the test (check/), kept in the ledger and answered for by people.

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/result.h"
#include "ledger/import.h"
#include "ledger/scope.h"
#include "office/actor.h"
#include "office/exports.h"

namespace zg {

struct OfficeCore;

struct FindingQuery {
  Scope scope;                 // where not all: of tasks that are seen
  std::string severity, kind;  // as in check.schema.json; empty: any
  std::optional<UnitId> unit;
  std::optional<TaskId> task;
  std::optional<DocId> document;
  std::optional<RoundId> round;
  std::optional<bool> explained;
  std::string after;
  int limit = 50;
};

struct RelationQuery {
  Scope scope;
  std::optional<DocId> document;
  std::optional<TaskId> task;
  std::string after;
  int limit = 50;
};

// Thread-safe. Documents are checked in a thread of their own after every commit and change, each against its
// neighbours (same round, then linked ones, then same level, then the rest, the newest first, 8 MB of text at
// most); where there is no thread, by CheckAll.
class Checks {
 public:
  explicit Checks(OfficeCore& core);
  ~Checks();  // waits for the document that is being checked
  // Something changed; does nothing where there is no thread. Not `at_once`: when nothing more has changed
  // for some seconds, since whole periods are looked at again.
  void Wake(bool at_once = true);
  void Hear();  // the same, of a change by another node

  // Checks what was not checked since it changed. → {documents, changes}
  Result<nlohmann::json> CheckAll();
  // All that is there counts as checked, with nothing found: for made-up ledgers.
  Status TakeAsChecked();
  // {items, next, total, pending, counts: {severity, kind, explained}, units}
  Result<nlohmann::json> List(const FindingQuery& query) const;
  Result<nlohmann::json> Get(int64_t id, const Scope& scope = {}) const;  // finding.not_found
  Result<nlohmann::json> Relations(const RelationQuery& query) const;     // {items, next, total}
  // Of a draft that is not in the ledger yet, itself and against what is there. → {items, confirmed}
  Result<nlohmann::json> OfImport(ImportId id) const;
  // A person's word on it, with a reason (finding.no_reason). It stays as long as the words it is about.
  Result<nlohmann::json> Explain(int64_t id, const std::string& reason, const Actor& actor);
  Result<nlohmann::json> Reopen(int64_t id, const std::string& reason,
                                const Actor& actor);  // finding.not_explained
  // Questions to each unit: "xlsx" or "docx". At most 5,000.
  Result<ExportedFile> Questions(const FindingQuery& query, const std::string& format) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace zg
