#pragma once
// What is shown to everybody (公开): a frozen snapshot of a task, of a round's text, or of a document for
// download, prepared by one person and released by another. Pure; any thread.
//
//   拟公开 → 待复核 → 已公开 → 已撤回; a released one whose subject is released again becomes 已更新.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "ledger/masking.h"

namespace zg {

enum class PublicationKind : uint8_t { kTask, kRound, kDocument, kCoverage };
std::string_view PublicationKindName(PublicationKind kind);  // "task", "round", "document", "coverage"
std::optional<PublicationKind> ParsePublicationKind(std::string_view name);

enum class PublicationState : uint8_t { kDraft, kReview, kReleased, kWithdrawn, kReplaced, kDropped };
std::string_view PublicationStateName(PublicationState state);   // "draft", "review", "released", …
std::string_view PublicationStateTitle(PublicationState state);  // 拟公开, 待复核, 已公开, …
std::optional<PublicationState> ParsePublicationState(std::string_view name);

enum class PublicationMove : uint8_t { kSubmit, kReturn, kRelease, kWithdraw, kDrop };
const char* PublicationEvent(PublicationMove move);  // "publication.submitted", …

// Who did something, and when. `user` none: a command on the machine itself.
struct Signed {
  std::string name;
  UserId user;
  std::string at;  // ISO time; empty: nobody yet
};

// A text of the page that may be masked.
struct PublicField {
  std::string name, title;  // "problem", 反馈问题
  std::string text;         // UTF-8; paragraphs by line feeds
  std::vector<Mask> masks;
};

struct Publication {
  PublicationId id;
  PublicationKind kind = PublicationKind::kTask;
  int64_t subject = 0;  // TaskId, RoundId (also of a coverage: the publicity record of a round) or DocId
  RoundId round;
  std::string title;  // for lists in the office; masked
  PublicationState state = PublicationState::kDraft;
  std::string facts;                // JSON object: what is shown and is no free text
  std::vector<PublicField> fields;  // as they stand in the ledger, with the places to hide
  std::string snapshot;             // JSON, masked: what is seen; made when submitted, never changed later
  std::string sm3, sha256;          // of the snapshot's bytes
  Signed made, submitted, released, ended;  // ended: withdrawn, replaced or dropped
  std::vector<Signed> hands;                // everybody who prepared what is to be released
  std::string reason;                       // of the last return or withdrawal
  int64_t public_seq = 0;                   // event that last changed what the public sees; 0: none did
  int64_t revision = 1;
};

// The snapshot: facts and masked fields as one JSON text with sorted keys, the same for the same content.
std::string SnapshotOf(const Publication& publication, const MaskRules& rules);
// Sets snapshot and both digests.
void Freeze(Publication& publication, const MaskRules& rules);

// Makes the move. Errors: kConflict publication.state (not from this state); kForbidden
// publication.same_person (who prepared it cannot release it); kInvalid publication.no_reason (a return or a
// withdrawal without one).
Status MovePublication(Publication& publication, PublicationMove move, const Signed& who,
                       const std::string& reason);

// Whether one of them is that person.
bool HasHand(const std::vector<Signed>& hands, const Signed& who);

// What `verify` compares with the last event.
nlohmann::json PublicationTold(const Publication& publication);

}  // namespace zg
