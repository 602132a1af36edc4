#pragma once
// The draft of an import as it stands: what was extracted, with a person's corrections laid over it.

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "extract/draft.h"
#include "store/imports.h"

namespace zg {

struct CurrentDraft {
  std::string text;  // as extracted, the JSON that is stored
  zg::Draft source;  // as extracted
  zg::Draft draft;   // with the corrections
  std::vector<store::CorrectionRow> corrections;
  std::set<std::string> corrected_head;                          // fields of the document
  std::map<std::string, std::set<std::string>> corrected_entry;  // path → fields

  const std::set<std::string>& CorrectedOf(const std::string& path) const;
};

Result<CurrentDraft> LoadCurrentDraft(store::Session& session, ImportId id);
// The field that is marked as a person's: measures[2] (a measure added or taken away) marks all measures.
std::string MarkOf(const std::string& field);
Entry* FindEntry(Draft& draft, const std::string& path);
// What the import's row says of its draft: title and the like, how many tasks and doubts.
void Describe(const Draft& draft, size_t corrections, store::ImportRow& row);
// Correction as in the API.
nlohmann::json CorrectionJson(const store::CorrectionRow& row);
nlohmann::json HeadJson(const Draft& draft);  // the draft without its tasks

}  // namespace zg
