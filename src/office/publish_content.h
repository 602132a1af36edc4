#pragma once
// Takes from the ledger what a publication would show. Inside of office/ only.

#include <string>

#include "ledger/publication.h"
#include "office/actor.h"
#include "store/sql.h"

namespace zg {

struct OfficeCore;

// Facts, fields and title, with the places that the rules hide; nobody's hand in it yet. kNotFound:
// task.not_found, round.not_found, document.not_found; kConflict publication.heading (a heading is no task).
Result<Publication> DraftOfTask(store::Session& session, const OfficeCore& core, TaskId task);
Result<Publication> DraftOfRound(store::Session& session, const OfficeCore& core, RoundId round,
                                 const std::string& text);
Result<Publication> DraftOfDocument(store::Session& session, const OfficeCore& core, DocId document,
                                    const std::string& note);

// What is marked public of the publicity record of a round: counts, and the newest 100 titles. kConflict
// publication.nothing: nothing is marked.
Result<Publication> DraftOfCoverage(store::Session& session, const OfficeCore& core, RoundId round);

// The text that is already published, or on its way, with the masks that people decided on carried over to
// the same words.
void CarryMasks(const Publication& from, Publication& to);
// Title for lists: the first words that will be seen.
void SetTitle(Publication& publication, const OfficeCore& core);

// A state of a workflow that says closed; the day on which the task came to it for the last time ("" where no
// event tells).
struct Closing {
  bool closed = false;
  std::string state_title, on;
};
Closing ClosingOf(store::Session& session, const OfficeCore& core, TaskId task);

}  // namespace zg
