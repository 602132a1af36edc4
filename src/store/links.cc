#include "store/links.h"

#include "store/documents.h"
#include "store/rounds.h"
#include "store/tasks.h"

namespace zg::store {
namespace {

#define ZG_LINK_SELECT "SELECT id, kind, from_task, to_task, state, score, reason FROM links "

const Query kLoad{"link_load", ZG_LINK_SELECT "WHERE id = :id AND state <> 'withdrawn'"};
const Query kFind{"link_find", ZG_LINK_SELECT
                  "WHERE kind = :kind AND from_task = :a AND to_task = :b AND state <> 'withdrawn'"};
const Query kOfTask{
    "links_of_task",
    ZG_LINK_SELECT "WHERE (from_task = :a OR to_task = :b) AND state <> 'withdrawn' ORDER BY score DESC, id"};
const Query kDecided{"links_decided", ZG_LINK_SELECT "WHERE state IN ('confirmed', 'rejected') ORDER BY id"};
const Query kState{"link_state",
                   "SELECT state FROM links WHERE kind = :kind AND from_task = :a AND to_task = :b"};
const Query kPropose{
    "link_propose",
    "INSERT INTO links (kind, from_task, to_task, state, score, reason, decided_by, decided_at) VALUES "
    "(:kind, :a, "
    ":b, 'proposed', :score, :reason, '', '') ON CONFLICT (kind, from_task, to_task) DO UPDATE SET state = "
    "'proposed', score = excluded.score, reason = excluded.reason WHERE links.state IN ('proposed', "
    "'withdrawn')"};
const Query kInsert{
    "link_insert",
    "INSERT INTO links (kind, from_task, to_task, state, score, reason, decided_by, decided_at) VALUES "
    "(:kind, :a, "
    ":b, :state, :score, :reason, :by, :at) ON CONFLICT (kind, from_task, to_task) DO UPDATE SET state = "
    "excluded.state, score = excluded.score, reason = excluded.reason, decided_by = excluded.decided_by, "
    "decided_at "
    "= excluded.decided_at RETURNING id"};
const Query kDecide{"link_decide",
                    "UPDATE links SET state = :state, decided_by = :by, decided_at = :at WHERE id = :id"};
const Query kWithdrawAll{"links_withdraw", "UPDATE links SET state = 'withdrawn' WHERE state = 'proposed'"};
const Query kWithdrawOf{"links_withdraw_of",
                        "UPDATE links SET state = 'withdrawn' WHERE state = 'proposed' AND (from_task IN "
                        "(SELECT id FROM tasks WHERE "
                        "document_id = :a) OR to_task IN (SELECT id FROM tasks WHERE document_id = :b))"};
const Query kWithdrawFollowUps{"links_withdraw_follow_ups",
                               "UPDATE links SET state = 'withdrawn' WHERE state = 'proposed' AND kind = "
                               "'follows_up' AND from_task IN (SELECT "
                               "id FROM tasks WHERE document_id = :document)"};
const Query kNeighbours{"link_neighbours",
                        "SELECT d.id, (SELECT count(*) FROM tasks t WHERE t.document_id = d.id) FROM "
                        "documents d JOIN rounds r ON r.id = "
                        "d.round_id WHERE d.newest = 1 AND d.id <> :self AND r.level = :level ORDER BY "
                        "d.round_id = :round DESC, d.id "
                        "DESC LIMIT 400"};

template <class... A>
std::vector<Link> Rows(Session& session, const Query& query, const A&... args) {
  std::vector<Link> links;
  session.Each<int64_t, std::string, int64_t, int64_t, std::string, double, std::string>(
      query,
      [&](int64_t id, std::string& kind, int64_t from, int64_t to, std::string& state, double score,
          std::string& reason) {
        links.push_back({{id},
                         ParseLinkKind(kind).value_or(LinkKind::kCascadesFrom),
                         {from},
                         {to},
                         ParseLinkState(state).value_or(LinkState::kProposed),
                         score,
                         reason});
      },
      args...);
  return links;
}

std::optional<Link> First(std::vector<Link> links) {
  return links.empty() ? std::nullopt : std::optional<Link>(std::move(links[0]));
}

}  // namespace

std::optional<Link> LoadLink(Session& session, LinkId id) {
  return First(Rows(session, kLoad, id));
}

std::optional<Link> FindLink(Session& session, LinkKind kind, TaskId from, TaskId to) {
  return First(Rows(session, kFind, std::string(LinkKindName(kind)), from, to));
}

std::vector<Link> LinksOf(Session& session, TaskId task) {
  return Rows(session, kOfTask, task, task);
}

std::vector<Link> DecidedLinks(Session& session) {
  return Rows(session, kDecided);
}

int64_t Propose(Session& session, const std::vector<Link>& links) {
  int64_t fresh = 0;
  for (const auto& link : links) {
    std::string kind(LinkKindName(link.kind));
    auto state = session.Value<std::string>(kState, kind, link.from, link.to);
    if (!state || *state == "withdrawn") ++fresh;
    session.Run(kPropose, kind, link.from, link.to, link.score, link.reason);
  }
  return fresh;
}

LinkId InsertLink(Session& session, const Link& link, const std::string& actor, const std::string& now) {
  return {session.Insert(kInsert, std::string(LinkKindName(link.kind)), link.from, link.to,
                         std::string(LinkStateName(link.state)), link.score, link.reason, actor, now)};
}

void DecideLink(Session& session, LinkId id, LinkState state, const std::string& actor,
                const std::string& now) {
  session.Run(kDecide, std::string(LinkStateName(state)), actor, now, id);
}

void WithdrawProposals(Session& session, std::optional<DocId> document) {
  if (document)
    session.Run(kWithdrawOf, *document, *document);
  else
    session.Run(kWithdrawAll);
}

void WithdrawFollowUps(Session& session, DocId document) {
  session.Run(kWithdrawFollowUps, document);
}

std::optional<LinkDocument> LoadLinkDocument(Session& session, DocId id) {
  auto row = LoadDocument(session, id);
  if (!row) return std::nullopt;
  LinkDocument document{
      id, row->head.title, row->head.kind, LoadRound(session, row->round).value_or(Round()), 0, {}};
  for (auto& head : HeadsOf(session, id)) {
    std::optional<int> upstream;
    if (head.upstream_ordinal) upstream = int(*head.upstream_ordinal);
    document.tasks.push_back(
        {head.id, std::move(head.path), std::move(head.problem), head.is_task, upstream});
  }
  return document;
}

std::vector<LinkDocument> LoadLinkNeighbours(Session& session, const LinkDocument& self, int64_t limit) {
  std::vector<DocId> ids;
  int64_t tasks = 0;
  session.Each<int64_t, int64_t>(
      kNeighbours,
      [&](int64_t id, int64_t n) {
        tasks += n;
        if (tasks <= limit || ids.empty()) ids.push_back({id});
      },
      self.id, std::string(RoundLevelName(self.round.level)), self.round.id);
  std::vector<LinkDocument> documents;
  for (DocId id : ids) {
    if (auto document = LoadLinkDocument(session, id)) documents.push_back(std::move(*document));
  }
  return documents;
}

}  // namespace zg::store
