#pragma once
// Publications: what is shown to everybody, and what is on its way there.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/publication.h"
#include "store/sql.h"

namespace zg::store {

// Writes it and sets its id. `file_sha256` is read from the facts of a document.
PublicationId InsertPublication(Session& session, Publication& publication);
void UpdatePublication(Session& session, const Publication& publication);
std::optional<Publication> LoadPublication(Session& session, PublicationId id);

struct PublicationFilter {
  std::optional<PublicationState> state;
  std::optional<PublicationKind> kind;
  std::optional<RoundId> round;
  int64_t before = 0;  // id; 0: from the newest
  int limit = 50;
};
std::vector<Publication> FindPublications(Session& session, const PublicationFilter& filter);  // newest first
std::map<std::string, int64_t> CountPublications(Session& session);                            // by state

// The one that is on its way (draft or review), or the one that is released; of that subject.
std::optional<PublicationId> OpenPublication(Session& session, PublicationKind kind, int64_t subject);
std::optional<PublicationId> ReleasedPublication(Session& session, PublicationKind kind, int64_t subject);
// Subjects of that kind that are on their way or released.
std::set<int64_t> SubjectsTaken(Session& session, PublicationKind kind);

// All released, oldest release first; and of subjects that are not released, the last one withdrawn.
std::vector<Publication> ReleasedPublications(Session& session);
std::vector<Publication> WithdrawnPublications(Session& session);
// Grows with everything that changes what the public sees, in whatever process.
int64_t PublicVersion(Session& session);
// All of them, ids ascending from after `after`.
std::vector<Publication> PublicationsAfter(Session& session, PublicationId after, int limit);

}  // namespace zg::store
