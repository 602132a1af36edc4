#pragma once
// Files on their way into the ledger, and what a person has corrected in their drafts so far.

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "ledger/import.h"
#include "store/sql.h"

namespace zg::store {

struct ImportRow {
  ImportId id;
  std::string name, format;
  int64_t bytes = 0;
  std::string sha256, sm3;
  ImportState state = ImportState::kReading;
  std::string error_id, error;
  int64_t text_id = 0;      // 0: not read yet
  std::string head = "{}";  // JSON: title, kind, issuer, date, round as they stand after corrections
  int64_t tasks = 0, doubts = 0;
  DocId supersedes;  // none: of no document
  bool supersedes_said = false;
  DocId document;  // once committed
  std::string actor, created_at, updated_at;
};

struct CorrectionRow {
  int ord = 0;
  std::optional<std::string> path;  // nullopt: the document itself
  std::string field;
  std::string before, after;  // JSON
  std::string reason, actor, at;
};

ImportId InsertImport(Session& session, const ImportRow& row);
void UpdateImport(Session& session, const ImportRow& row);  // all but name, digests, actor, created_at
void SaveDraft(Session& session, ImportId id, const std::string& draft_json);
std::optional<ImportRow> LoadImport(Session& session, ImportId id);
std::string LoadDraftJson(Session& session, ImportId id);
// Newest first.
std::vector<ImportRow> ListImports(Session& session, bool open_only, int limit);
int64_t CountImports(Session& session, bool open_only);
std::vector<ImportId> ImportsInState(Session& session, ImportState state);
// An open import of the same bytes, other than `self`.
std::optional<ImportRow> FindOpenImport(Session& session, const std::string& sha256, ImportId self);

std::vector<CorrectionRow> Corrections(Session& session, ImportId id);  // in order, without undone ones
void AddCorrection(Session& session, ImportId id, CorrectionRow row);   // sets ord
void MarkUndone(Session& session, ImportId id, int ord);

}  // namespace zg::store
