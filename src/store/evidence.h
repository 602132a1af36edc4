#pragma once
// The ledger of evidence: records, ties, removals, uploads under way.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/evidence.h"
#include "ledger/scope.h"
#include "store/sql.h"

namespace zg::store {

// How many pieces of each kind a task has that are there: newest version, not removed.
std::map<std::string, int64_t> EvidenceKindCounts(Session& session, TaskId task);

// What it is found by: words of title, file name, place and author.
std::set<std::string> EvidenceWords(const Evidence& evidence);

// Writes record, ties and words; the family of a first version is itself: pass none. Sets the id. A later
// version hides the one before it.
EvidenceId InsertEvidence(Session& session, Evidence& evidence);
// Writes what may change: description, state, revision, ties, words.
void UpdateEvidence(Session& session, const Evidence& evidence);
std::optional<Evidence> LoadEvidence(Session& session, EvidenceId id);
std::vector<Evidence> EvidenceVersions(Session& session, EvidenceId family);  // first first
std::optional<Evidence> NewestOfFamily(Session& session, EvidenceId family);

// Within a scope are pieces of its unit, and those tied to tasks that it sees.
bool EvidenceVisible(Session& session, const Scope& scope, EvidenceId id);
bool TaskVisibleForEvidence(Session& session, const Scope& scope, TaskId task);

// Newest upload first; each condition is looked up through an index.
std::vector<Evidence> FindEvidence(Session& session, const Scope& scope, const EvidenceFilter& filter);
std::optional<EvidenceId> FindEvidenceByDigest(Session& session, const Scope& scope,
                                               const std::string& sha256);
// All records, ids ascending from after `after`, at most `limit`.
std::vector<Evidence> EvidenceAfter(Session& session, EvidenceId after, int limit);
int64_t CountWrongShown(Session& session);  // rows whose newest/shown do not follow from version and state

struct EvidenceRemoval {
  int64_t id = 0;
  EvidenceId evidence;
  std::string reason, asked_by;
  UserId asked_user;
  std::string asked_at, decision, decided_by;
  UserId decided_user;
  std::string decided_at, note;
};
int64_t InsertRemoval(Session& session, const EvidenceRemoval& removal);
void DecideRemoval(Session& session, const EvidenceRemoval& removal);
std::vector<EvidenceRemoval> RemovalsOf(Session& session, EvidenceId id);  // newest first

struct Upload {
  int64_t id = 0;
  std::string owner;
  UserId user;
  std::string name;
  int64_t bytes = 0, received = 0;
  std::string sha256, started_at;
  int64_t touched_ms = 0;
  EvidenceId evidence;
};
int64_t InsertUpload(Session& session, const Upload& upload);
std::optional<Upload> LoadUpload(Session& session, int64_t id);
void TouchUpload(Session& session, int64_t id, int64_t received, int64_t now_ms);
void FinishUpload(Session& session, int64_t id, EvidenceId evidence, int64_t now_ms);
void DropUpload(Session& session, int64_t id);  // with its parts
struct UploadPart {
  int64_t at = 0, bytes = 0;
  std::string sha256;
};
void AddUploadPart(Session& session, int64_t upload, const UploadPart& part);
std::vector<UploadPart> UploadParts(Session& session, int64_t upload);  // in order
struct UploadSums {
  int64_t own_count = 0, own_bytes = 0, all_bytes = 0;
};
UploadSums OpenUploads(Session& session, UserId user, const std::string& owner);
std::vector<Upload> UploadsOf(Session& session, UserId user, const std::string& owner);  // not finished
std::vector<int64_t> UploadsUntouchedSince(Session& session, int64_t ms);

std::optional<TaskId> TaskOfMeasure(Session& session, int64_t measure);

}  // namespace zg::store
