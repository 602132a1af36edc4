// GET  /api/publications             by state, newest first, with how many stand where
// GET  /api/publications/candidates  tasks that could be published
// POST /api/publications             propose tasks, a round's text, or a document
// GET  /api/publications/{id}        one, in parts, with what is hidden
// PATCH /api/publications/{id}       the text of a round, the note of a document
// POST /api/publications/{id}/masks  hide a place, or let it be seen
// GET  /api/publications/{id}/page   the page as everybody will see it
// POST /api/publications/submit, return, release, withdraw, drop: several at once, all or none
#include <nlohmann/json.hpp>

#include "gazette/pages.h"
#include "http/answer.h"
#include "http/body.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"
#include "office/publishing.h"

namespace zg::http {
namespace {

using nlohmann::json;

PublicationId IdOf(const Request& request) {
  return PublicationId{request.ids.at(0)};
}

Result<Response> List(Publishing& publishing, Request& request) {
  QueryReader q(request);
  PublicationQuery query;
  if (auto state = q.OneOf("state", {"draft", "review", "released", "withdrawn", "replaced", "dropped"}))
    query.state = ParsePublicationState(*state);
  if (auto kind = q.OneOf("kind", {"task", "round", "document", "coverage"}))
    query.kind = ParsePublicationKind(*kind);
  if (auto id = q.Id("round")) query.round = RoundId{*id};
  query.after = q.Text("after").value_or("");
  query.limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(publishing.List(query, request.actor));
}

Result<Response> Candidates(Publishing& publishing, Request& request) {
  QueryReader q(request);
  CandidateQuery query;
  query.closed_only = q.Flag("closed").value_or(true);
  if (auto id = q.Id("round")) query.round = RoundId{*id};
  query.after = q.Text("after").value_or("");
  query.limit = q.Limit(100);
  ZG_TRY(q.Finish());
  return Answer(publishing.Candidates(query));
}

// One of: tasks; round_id with text; document_id with text (a note); coverage: a round.
Result<Response> Propose(Publishing& publishing, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::vector<TaskId> tasks;
  for (int64_t id : b.IdsIfGiven("tasks", 500)) tasks.push_back({id});
  auto round = b.IdIfGiven("round_id"), document = b.IdIfGiven("document_id"),
       coverage = b.IdIfGiven("coverage");
  std::string text = b.TextOrNull("text", 50'000).value_or("");
  if (int(!tasks.empty()) + int(round.has_value()) + int(document.has_value()) + int(coverage.has_value()) !=
      1)
    b.Refuse("tasks", "请给出任务、轮次、文件或宣传报道的轮次中的一种");
  ZG_TRY(b.Finish());
  if (round) return Answer(publishing.ProposeRound(RoundId{*round}, text, request.actor), 201);
  if (coverage) return Answer(publishing.ProposeCoverage(RoundId{*coverage}, request.actor), 201);
  if (document) return Answer(publishing.ProposeDocument(DocId{*document}, text, request.actor), 201);
  return Answer(publishing.ProposeTasks(tasks, request.actor), 201);
}

Result<Response> SetText(Publishing& publishing, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::string text = b.TextOrNull("text", 50'000).value_or("");
  int64_t revision = b.Id("revision");
  ZG_TRY(b.Finish());
  return Answer(publishing.SetText(IdOf(request), text, revision, request.actor));
}

Result<Response> SetMask(Publishing& publishing, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  MaskChange change;
  change.field = b.Text("field", 40);
  change.span.begin = uint32_t(b.Whole("begin", 0, 10'000'000));
  change.span.end = uint32_t(b.Whole("end", 0, 10'000'000));
  change.hide = b.Whole("hide", 0, 1) == 1;
  change.revision = b.Id("revision");
  ZG_TRY(b.Finish());
  return Answer(publishing.SetMask(IdOf(request), change, request.actor));
}

Result<Response> Move(Publishing& publishing, Request& request, PublicationMove move) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  json items = json::parse(b.Json("items"), nullptr, false);
  std::string reason = b.TextOrNull("reason", 500).value_or("");
  std::vector<PublicationRef> refs;
  bool good = items.is_array() && items.size() <= 500;
  for (size_t i = 0; good && i < items.size(); ++i) {
    const json& item = items[i];
    good = item.is_object() && item.size() == 2 && item.contains("id") && item.contains("revision") &&
           item["id"].is_number_integer() && item["revision"].is_number_integer();
    if (good) refs.push_back({PublicationId{item["id"].get<int64_t>()}, item["revision"].get<int64_t>()});
  }
  if (!good) b.Refuse("items", "应是[{id, revision}]，最多500项");
  ZG_TRY(b.Finish());
  return Answer(publishing.Move(move, refs, reason, request.actor));
}

Result<Response> PageOf(Publishing& publishing, const gazette::About& about, Request& request) {
  ZG_TRY(NothingElse(request));
  ZG_ASSIGN(auto preview, publishing.Preview(IdOf(request)));
  const auto& [content, publication] = preview;
  return JsonAnswer({{"html", gazette::PreviewPage(content, about, publication.kind, publication.subject)}});
}

}  // namespace

void BindPublish(Router& r, Office& office, const gazette::About& about) {
  Publishing& p = office.publishing();
  auto whole = [](auto f) { return OnlyWhole(f); };
  r.Get("/api/publications", Right::kPublish, whole([&](Request& q) { return List(p, q); }));
  r.Get("/api/publications/candidates", Right::kPublish, whole([&](Request& q) { return Candidates(p, q); }));
  r.Post("/api/publications", Right::kPublish, whole([&](Request& q) { return Propose(p, q); }));
  r.Get("/api/publications/{id}", Right::kPublish,
        whole(Plain([&](const Request& q) { return p.Get(IdOf(q), q.actor); })));
  r.Patch("/api/publications/{id}", Right::kPublish, whole([&](Request& q) { return SetText(p, q); }));
  r.Post("/api/publications/{id}/masks", Right::kPublish, whole([&](Request& q) { return SetMask(p, q); }));
  r.Get("/api/publications/{id}/page", Right::kPublish,
        whole([&p, about](Request& q) { return PageOf(p, about, q); }));
  constexpr std::tuple<const char*, Right, PublicationMove> kMoves[] = {
      {"submit", Right::kPublish, PublicationMove::kSubmit},
      {"drop", Right::kPublish, PublicationMove::kDrop},
      {"return", Right::kRelease, PublicationMove::kReturn},
      {"release", Right::kRelease, PublicationMove::kRelease},
      {"withdraw", Right::kRelease, PublicationMove::kWithdraw}};
  for (const auto& [name, right, move] : kMoves) {
    PublicationMove m = move;
    r.Post(std::string("/api/publications/") + name, right,
           whole([&p, m](Request& q) { return Move(p, q, m); }));
  }
}

}  // namespace zg::http
