#pragma once
// Links between tasks, and what the proposer needs to know of documents.

#include <optional>
#include <vector>

#include "ledger/link.h"
#include "store/sql.h"

namespace zg::store {

std::optional<Link> LoadLink(Session& session, LinkId id);
std::optional<Link> FindLink(Session& session, LinkKind kind, TaskId from, TaskId to);
std::vector<Link> LinksOf(Session& session, TaskId task);  // from it and to it; best first; no withdrawn ones
std::vector<Link> DecidedLinks(Session& session);          // confirmed or rejected, by id
// Writes proposals that are not there yet; a link that a person decided on stays as it is, a withdrawn one
// comes back. Returns how many are proposed now that were not before.
int64_t Propose(Session& session, const std::vector<Link>& links);
LinkId InsertLink(Session& session, const Link& link, const std::string& actor, const std::string& now);
void DecideLink(Session& session, LinkId id, LinkState state, const std::string& actor,
                const std::string& now);
// Takes every undecided proposal back (of the tasks of one document, or all), before they are made anew.
void WithdrawProposals(Session& session, std::optional<DocId> document);

// The same for the follow-ups of one document's tasks.
void WithdrawFollowUps(Session& session, DocId document);

// A document as the proposer sees it. Its rank is left to the caller.
std::optional<LinkDocument> LoadLinkDocument(Session& session, DocId id);
// The newest documents of the round and of rounds of the same level, other than `self`; at most `limit` tasks
// in all.
std::vector<LinkDocument> LoadLinkNeighbours(Session& session, const LinkDocument& self, int64_t limit);

}  // namespace zg::store
