#pragma once
// Import is take → draft → review → commit. Nothing of a draft is in the ledger before its commit, and a
// commit is one transaction: a process that is killed leaves all of it or nothing.

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "ledger/import.h"
#include "ledger/round.h"
#include "office/actor.h"

namespace zg {

struct OfficeCore;

// A value that a person puts in place of what was read. Fields: problem, goal, deadline, status, responsible,
// acceptance, is_task, upstream_ordinal, measures[i].text, measures[i].due, measures[i].lead,
// progress[i].text; of the document (no path): title, kind, date, issuer. Values are in the shape of
// extraction.schema.json; a plain string will do for deadline (read like the document's own words) and for
// status.
struct DraftCorrection {
  std::optional<std::string> path;  // nullopt: the document itself
  std::string field;
  std::string value_json;
  std::string reason;
};

struct CommitRequest {
  RoundId round;              // an existing one; else
  std::optional<Round> make;  // this one, found by its name or made; neither: the one proposed from the title
};

class Imports {
 public:
  explicit Imports(OfficeCore& core);
  ~Imports();

  // Keeps the bytes, and reads them in the background. → the import as Get gives it (state reading).
  // kInvalid: import.empty, import.too_large; kUnavailable: vault.no_room.
  Result<nlohmann::json> Take(std::string_view bytes, const std::string& name, const Actor& actor);
  void Hear();  // there may be something to read
  // Reads and extracts in the calling thread; for commands. A file that cannot be read is an import in state
  // failed.
  Result<nlohmann::json> ReadNow(ImportId id);
  // Newest first. `open`: reading, draft and failed ones only. → {items, next, total}
  Result<nlohmann::json> List(bool open) const;
  Result<nlohmann::json> Get(ImportId id) const;  // import.not_found
  Result<nlohmann::json> Draft(
      ImportId id) const;  // {draft, corrected, changes}; import.not_draft while reading
  Result<nlohmann::json> Text(ImportId id) const;  // {text, blocks}
  // → the entry after the change (for path nullopt: the draft without its tasks). kInvalid: correction.field,
  // correction.value; kNotFound: draft.no_entry; kConflict: import.closed once committed or discarded.
  Result<nlohmann::json> Correct(ImportId id, const DraftCorrection& correction, const Actor& actor);
  Result<nlohmann::json> Undo(ImportId id, const Actor& actor);  // {undone, entry}; import.nothing_to_undo
  // Says that this is a new version of that document, or (nullopt) of none.
  Result<nlohmann::json> Supersede(ImportId id, std::optional<DocId> document, const Actor& actor);
  // → {document_id, tasks, links, events}. kInvalid: commit.span (a value whose words are not in the source),
  // commit.no_round (none given and none proposed), commit.empty; kConflict: import.closed, import.duplicate.
  Result<nlohmann::json> Commit(ImportId id, const CommitRequest& request, const Actor& actor);
  Status Discard(ImportId id, const Actor& actor);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace zg
