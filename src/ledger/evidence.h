#pragma once
// Evidence (资料): a file, what it is, what it belongs to. Pure; any thread. Kinds and headings are data
// (vocab/evidence.toml).

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"

namespace zg {

struct EvidenceTie {
  std::string kind;  // task, measure, report, step, item
  int64_t ref = 0;   // id of that thing
  TaskId task;       // the task it is part of
  friend bool operator==(const EvidenceTie&, const EvidenceTie&) = default;
};
bool IsTieKind(std::string_view kind);

enum class EvidenceState : uint8_t { kThere, kRemovalAsked, kRemoved };
std::string_view EvidenceStateName(EvidenceState state);  // there, removal_asked, removed

struct Evidence {
  EvidenceId id;
  EvidenceId family;  // its first version
  int version = 1;
  std::string kind, title;
  std::optional<Date> fact_day;  // when it happened
  std::string place, author;
  UnitId unit;
  std::string note, name, format;
  int64_t bytes = 0;
  std::string sha256, sm3;
  std::string uploaded_at, uploaded_by;
  UserId user;
  EvidenceState state = EvidenceState::kThere;
  bool newest = true;
  int64_t revision = 1;
  std::vector<EvidenceTie> ties;  // by kind and id
};

// What an event tells of it and `verify` compares again: every lasting member, keys sorted.
nlohmann::json EvidenceTold(const Evidence& evidence);

struct EvidenceFilter {
  std::optional<TaskId> task;
  std::optional<std::string> tie_kind;  // with tie_ref
  std::optional<int64_t> tie_ref;
  std::string kind;
  std::optional<UnitId> unit;
  std::optional<Date> from, to;  // day of the fact
  std::string text;
  bool asked = false;    // those whose removal is asked for
  bool removed = false;  // the record of what was removed
  int64_t before = 0;    // id; 0: from the newest
  int limit = 50;
};

struct EvidenceKind {
  std::string id, name, heading;
  bool required = false;  // for close-out
};
struct EvidenceHeading {
  std::string id, name;
};
// How an office orders the file of a task.
struct EvidencePlan {
  std::vector<EvidenceHeading> headings;
  std::vector<EvidenceKind> kinds;
  const EvidenceKind* Find(std::string_view id) const;
  // Required kinds that `counts` lacks, in the order of the plan.
  std::vector<const EvidenceKind*> Missing(const std::map<std::string, int64_t>& counts) const;

  static const EvidencePlan& Builtin();
};
// kInvalid (evidence.vocabulary) with `where` "file:line".
Result<EvidencePlan> ParseEvidencePlan(const std::string& toml, const std::string& file);

}  // namespace zg
