#pragma once
// Committed documents and their versions.

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "extract/draft.h"
#include "ledger/import.h"
#include "ledger/scope.h"
#include "store/sql.h"

namespace zg::store {

struct DocumentRow {
  DocId id;
  DocId family;  // its first version
  int version = 1;
  bool newest = true;
  RoundId round;
  std::string round_name;  // read only
  ImportId import;
  int64_t text_id = 0;
  std::string name, format;
  int64_t bytes = 0;
  std::string sha256, sm3;
  Draft head;                       // title, kind, issuer, date, doubts with their spans; no entries
  std::set<std::string> corrected;  // fields of the head that a person changed
  std::string committed_at, committed_by;
  int64_t tasks = 0;  // read only: entries that are tasks and not gone
};

// `draft_json` is kept as committed. The family of a first version is itself: pass none.
DocId InsertDocument(Session& session, const DocumentRow& row, const std::string& draft_json);
void MarkSuperseded(Session& session, DocId id);
std::optional<DocumentRow> LoadDocument(Session& session, DocId id);
std::string LoadCommittedDraft(Session& session, DocId id);  // JSON
// Newest first.
std::vector<DocumentRow> NewestDocuments(Session& session, int limit, const Scope& scope = {});
std::vector<DocumentRow> VersionsOf(Session& session, DocId family);         // first first
std::vector<DocumentRow> DocumentsOfRound(Session& session, RoundId round);  // newest versions only
std::optional<DocumentRow> FindDocumentByDigest(Session& session, const std::string& sha256);
// Newest versions of exactly that kind and title.
std::vector<DocumentRow> FindDocumentsByTitle(Session& session, const std::string& kind,
                                              const std::string& title);
// What a task's page tells of the versions of its document, the first one first.
struct DocumentVersion {
  DocId id;
  int version = 1;
  RoundId round;
  std::string round_name, name, title, kind, committed_at;
};
std::vector<DocumentVersion> VersionsBeside(Session& session, DocId id);  // it too
std::unordered_map<DocId, std::string> TitlesOf(Session& session, const std::vector<DocId>& ids);
int64_t CountDocuments(Session& session);
// SM3 over what the row says of the document, its version and round (ledger/proof.h).
std::string DocumentDigest(const DocumentRow& row);
std::vector<DocId> AllDocumentIds(Session& session);

}  // namespace zg::store
