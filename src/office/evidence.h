#pragma once
// The ledger of evidence (资料台账): what is there, what it belongs to, what a task still lacks.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ledger/evidence.h"
#include "office/actor.h"
#include "office/json_text.h"
#include "vault/blob_store.h"

namespace zg {

struct OfficeCore;

struct TieWish {
  std::string kind;  // task, measure, report, step, item
  int64_t id = 0;
  std::optional<int64_t> task;  // the task it is part of; needed for report, step, item
};

// What a person says of a file. What is not given stays as it was, or is empty.
struct EvidenceForm {
  std::optional<std::string> kind, title, place, author, note;
  std::optional<std::string> fact_day;  // 2024-06-30; "" takes it away
  std::optional<int64_t> unit;
  std::vector<TieWish> ties;
  std::optional<int64_t> supersedes;  // a piece of which this is the next version
};

// Bytes to be handed on, under a name.
struct EvidenceFile {
  std::string name, format, sha256;
  BlobFile blob;
};

// Thread-safe. Whoever may not see a piece is told that there is none (evidence.not_found).
class EvidenceLedger {
 public:
  explicit EvidenceLedger(OfficeCore& core);

  // {headings: [{id, name}], kinds: [{id, name, heading, required}], max_bytes}
  Result<nlohmann::json> Plan() const;
  // {items, next}; newest upload first.
  Result<JsonText> List(EvidenceFilter filter, const Actor& actor) const;
  // One piece, with its versions and the decisions on it.
  Result<nlohmann::json> Get(EvidenceId id, const Actor& actor) const;
  // {task, headings: [{id, name, kinds: [{id, name, required, items}]}], missing, count, bytes}
  Result<JsonText> Catalogue(TaskId task, const Actor& actor) const;

  // Makes a whole upload a piece of evidence; asked again, gives the same one. kConflict upload.unfinished;
  // kInvalid upload.digest (the upload is dropped), evidence.kind, evidence.day, evidence.tie, evidence.unit.
  Result<nlohmann::json> Finish(int64_t upload, const EvidenceForm& form, const Actor& actor);
  // kConflict evidence.changed where `revision` is old.
  Result<nlohmann::json> Describe(EvidenceId id, const EvidenceForm& form, int64_t revision,
                                  const Actor& actor);
  Result<nlohmann::json> Tie(EvidenceId id, const TieWish& wish, const Actor& actor);

  // Removal: one asks, another decides. kForbidden evidence.same_person; kConflict evidence.removal_state.
  Result<nlohmann::json> AskRemoval(EvidenceId id, const std::string& reason, const Actor& actor);
  Result<nlohmann::json> DecideRemoval(EvidenceId id, bool confirm, const std::string& note,
                                       const Actor& actor);

  // The bytes. Of a removed piece only for those who decide on removals (kForbidden evidence.removed).
  Result<EvidenceFile> File(EvidenceId id, const Actor& actor) const;
  // {form: picture | pages | text | none, pages, blocks, note}
  Result<nlohmann::json> Preview(EvidenceId id, const Actor& actor) const;
  Result<std::string> PagePicture(EvidenceId id, int page, const Actor& actor) const;  // PNG
  // The file of a task: one zip with catalogue, digests and how to check them without this program.
  Result<EvidenceFile> TaskFile(TaskId task, const Actor& actor) const;

  const EvidencePlan& plan() const { return plan_; }
  // An office's own evidence.toml in its folder of words takes the place of the built-in one.
  Status LoadPlan();

 private:
  OfficeCore& core_;
  EvidencePlan plan_;
};

}  // namespace zg
