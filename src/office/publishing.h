#pragma once
// Publishing (公开): propose, mask, have another person release, withdraw. What is released is frozen; the
// public site (gazette/, http/public_site) shows that and nothing else.

#include <atomic>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "gazette/content.h"
#include "ledger/masking.h"
#include "ledger/publication.h"
#include "office/actor.h"
#include "vault/blob_store.h"

namespace zg {

struct OfficeCore;
namespace store {
class Session;
}

struct PublicationQuery {
  std::optional<PublicationState> state;
  std::optional<PublicationKind> kind;
  std::optional<RoundId> round;
  std::string after;
  int limit = 50;
};

struct CandidateQuery {
  bool closed_only = true;  // false: any task
  std::optional<RoundId> round;
  std::string after;
  int limit = 100;
};

// One publication as the person saw it.
struct PublicationRef {
  PublicationId id;
  int64_t revision = 0;
};

// A place of one field; `rule` empty: a person hides it.
struct MaskChange {
  std::string field;
  Span span;         // code points
  bool hide = true;  // false: it is seen all the same
  int64_t revision = 0;
};

// Thread-safe. Only for those who see the whole ledger. Errors: kNotFound publication.not_found; kConflict
// publication.changed (an old revision), publication.state, publication.open (its subject is on its way);
// those of MovePublication and AddHandMask. Several at once: all or none.
class Publishing {
 public:
  explicit Publishing(OfficeCore& core) : core_(core) {}

  // {items, next, counts: {draft, review, released, …}}; newest first.
  Result<nlohmann::json> List(const PublicationQuery& query, const Actor& actor) const;
  // Tasks that are not published and not on their way: {items: [{task_id, path, problem, round, status,
  // closed, closed_on}], next, total}.
  Result<nlohmann::json> Candidates(const CandidateQuery& query) const;
  // One, with its fields in parts: {…, fields: [{name, title, parts: [{text, begin, end, rule, rule_title,
  // keep}]}], warnings, changed}.
  Result<nlohmann::json> Get(PublicationId id, const Actor& actor) const;

  // {items: [publication …]}
  Result<nlohmann::json> ProposeTasks(const std::vector<TaskId>& tasks, const Actor& actor);
  Result<nlohmann::json> ProposeRound(RoundId round, const std::string& text, const Actor& actor);
  Result<nlohmann::json> ProposeDocument(DocId document, const std::string& note, const Actor& actor);

  Result<nlohmann::json> ProposeCoverage(RoundId round, const Actor& actor);

  // While it is a draft. → as Get.
  Result<nlohmann::json> SetMask(PublicationId id, const MaskChange& change, const Actor& actor);
  Result<nlohmann::json> SetText(PublicationId id, const std::string& text, int64_t revision,
                                 const Actor& actor);

  // → {items}. A task that is released takes the step of its workflow that leads to 公开, where it stands
  // before it.
  Result<nlohmann::json> Move(PublicationMove move, const std::vector<PublicationRef>& refs,
                              const std::string& reason, const Actor& actor);

  // What the public sees, and that with a draft laid over it as if it were released. Content and
  // PublicVersion may come from a replica, but never go back behind what this process has released, withdrawn
  // or seen.
  Result<gazette::Content> Content() const;
  Result<std::pair<gazette::Content, Publication>> Preview(PublicationId id) const;
  // A released document, by the digest that its snapshot names.
  Result<BlobFile> OpenFile(const std::string& sha256) const;
  Result<int64_t> PublicVersion() const;
  // Grows when this process changes what the public sees: cheaper to ask than PublicVersion.
  uint64_t changes() const { return changes_.load(std::memory_order_acquire); }
  void Changed() { changes_.fetch_add(1, std::memory_order_acq_rel); }

  const MaskRules& rules() const { return rules_; }
  // An office's own masking.toml in its folder of words takes the place of the built-in one.
  Status LoadRules();

 private:
  Result<Publication> Load(store::Session& session, PublicationId id, int64_t revision) const;
  Result<nlohmann::json> Propose(store::Session& session, Publication draft, const Actor& actor);
  Status MoveOne(store::Session& session, Publication& publication, PublicationMove move,
                 const std::string& reason, const Actor& actor);
  Signed SignedBy(const Actor& actor) const;
  Status Replace(store::Session& session, const Publication& by, const Actor& actor);

  int64_t Saw(int64_t version) const;  // → the newest that was seen

  OfficeCore& core_;
  MaskRules rules_ = MaskRules::Builtin();
  std::atomic<uint64_t> changes_{0};
  mutable std::atomic<int64_t> newest_{0};  // version of what is public
};

}  // namespace zg
