#pragma once
// Read-only views over the whole ledger: overview, search, events.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "ledger/scope.h"
#include "office/kept.h"
#include "store/known_texts.h"

namespace zg {

struct OfficeCore;

// Thread-safe, all three.
class Overview {
 public:
  explicit Overview(OfficeCore& core) : core_(core) {}
  // As in docs/api.md. `as_of` nullopt: today. round.not_found.
  Result<JsonText> Get(std::optional<RoundId> round, std::optional<Date> as_of,
                       const Scope& scope = {}) const;

 private:
  OfficeCore& core_;
  mutable Kept kept_{64};
};

class Search {
 public:
  explicit Search(OfficeCore& core) : core_(core) {}
  // {items, total, capped}: tasks before paragraphs, newest first. One character finds nothing but is no
  // mistake.
  Result<JsonText> Find(const std::string& q, int limit, const Scope& scope = {}) const;

 private:
  OfficeCore& core_;
  mutable store::KnownTexts texts_;
};

struct EventQuery {
  std::optional<TaskId> task;
  std::optional<DocId> document;
  Scope scope;        // where not all: only of a task or document that is seen
  std::string after;  // `next` of the page before
  int limit = 50;
};

class Events {
 public:
  explicit Events(OfficeCore& core) : core_(core) {}
  Result<JsonText> List(const EventQuery& query) const;  // {items, next, total}, newest first

 private:
  OfficeCore& core_;
};

}  // namespace zg
