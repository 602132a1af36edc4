#pragma once
// What a new version of a document changes, task by task, and how people's decisions meet it.

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "extract/draft.h"
#include "ledger/task.h"

namespace zg {

struct EntryMatch {
  int before = -1;  // index into the old entries; -1: added
  int after = -1;   // index into the new entries; -1: removed
};

// Pairs the entries of two versions: the same path with a like problem first, then the likest problems that
// are left. Ascending by `after`; those that were removed stand at the end. About linear in the text of both.
std::vector<EntryMatch> MatchEntries(const std::vector<Entry>& before, const std::vector<Entry>& after);

// Which share (0–1) of the new entries' paths the old ones have too.
double PathsInCommon(const std::vector<Entry>& before, const std::vector<Entry>& after);

struct FieldDifference {
  std::string path;         // of the new entry; of the old one where it was removed
  std::string field;        // "" for a whole entry
  std::string kind;         // "added", "removed", "changed"
  std::string before_json;  // "null" where nothing was there
  std::string after_json;
};
std::vector<FieldDifference> DiffEntries(const std::vector<Entry>& before, const std::vector<Entry>& after);
// The fields whose values differ, widths and white space aside: problem, goal, responsible, acceptance,
// deadline, status, is_task, upstream_ordinal, measures, progress.
std::vector<std::string> ChangedFields(const Entry& before, const Entry& after);
// A field of ChangedFields as JSON text; measures and progress as lists of their texts.
std::string FieldJson(const Entry& entry, const std::string& field);

}  // namespace zg
