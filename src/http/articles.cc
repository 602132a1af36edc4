// GET   /api/articles             the publicity record, newest day first
// POST  /api/articles             one more line
// PATCH /api/articles/{id}        changed
// POST  /api/articles/move        taken off, put back, marked public or not; several at once, all or none
// GET   /api/articles/words       kinds and levels of media, and the media it knows
// GET   /api/articles/counts      per week, medium, level, region, and as a sentence
// GET   /api/articles/file.xlsx   as a workbook
// POST  /api/articles/import      a workbook that was filled in; with preview=true only what would come of it
#include "office/articles.h"

#include <nlohmann/json.hpp>

#include "http/body.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"

namespace zg::http {
namespace {

using nlohmann::json;

store::ArticleFilter ReadArticleFilter(QueryReader& q) {
  store::ArticleFilter f;
  if (auto id = q.Id("round")) f.round = RoundId{*id};
  if (auto id = q.Id("task")) f.task = TaskId{*id};
  f.kind = q.Text("kind", 60).value_or("");
  f.level = q.Text("level", 60).value_or("");
  f.medium = q.Text("medium", 60).value_or("");
  f.region = q.Text("region", 20).value_or("");
  f.q = q.Text("q", 60).value_or("");
  f.from = q.Day("from");
  f.to = q.Day("to");
  f.open = q.Flag("open");
  f.gone = q.Flag("gone").value_or(false);
  return f;
}

Result<Response> List(Articles& articles, Request& request) {
  QueryReader q(request);
  store::ArticleFilter filter = ReadArticleFilter(q);
  std::string after = q.Text("after", 40).value_or("");
  int limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(articles.List(filter, after, limit));
}

Result<Response> Counts(Articles& articles, Request& request) {
  QueryReader q(request);
  store::ArticleFilter filter = ReadArticleFilter(q);
  ZG_TRY(q.Finish());
  return Answer(articles.Counts(filter));
}

Result<Response> Export(Articles& articles, Request& request) {
  QueryReader q(request);
  store::ArticleFilter filter = ReadArticleFilter(q);
  ZG_TRY(q.Finish());
  ZG_ASSIGN(ExportedFile file, articles.Export(filter, request.actor));
  Response response;
  response.content_type = file.content_type;
  response.headers.push_back(Attachment(file.name));
  response.body = std::move(file.bytes);
  return response;
}

Article ReadArticle(BodyReader& b) {
  Article a;
  if (auto day = Date::ParseIso(b.Text("day", 20)))
    a.day = *day;
  else
    b.Refuse("day", "日期，如 2026-11-25");
  a.title = b.Text("title", 1000);
  a.medium = b.Text("medium", 200);
  a.kind = b.Text("kind", 60);
  a.level = b.TextOrNull("level", 60).value_or("");
  a.region = b.TextOrNull("region", 20).value_or("");
  if (auto id = b.IdIfGiven("unit_id")) a.unit = {*id};
  if (auto id = b.IdIfGiven("round_id")) a.round = {*id};
  a.link = b.TextOrNull("link", 2000).value_or("");
  for (int64_t id : b.IdsIfGiven("tasks", 200)) a.tasks.push_back({id});
  a.note = b.TextOrNull("note", 2000).value_or("");
  a.pieces = b.WholeIfGiven("pieces", 0, 1'000'000).value_or(1);
  a.open = b.WholeIfGiven("open", 0, 1).value_or(0) == 1;
  return a;
}

Result<Response> Add(Articles& articles, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  Article form = ReadArticle(b);
  ZG_TRY(b.Finish());
  return Answer(articles.Add(std::move(form), request.actor), 201);
}

Result<Response> Change(Articles& articles, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  Article form = ReadArticle(b);
  int64_t revision = b.Id("revision");
  ZG_TRY(b.Finish());
  return Answer(articles.Change(ArticleId{request.ids.at(0)}, std::move(form), revision, request.actor));
}

Result<Response> Move(Articles& articles, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::string name = b.Text("move", 20), reason = b.TextOrNull("reason", 2000).value_or("");
  ArticleMove move = name == "withdraw"  ? ArticleMove::kWithdraw
                     : name == "restore" ? ArticleMove::kRestore
                     : name == "open"    ? ArticleMove::kOpen
                                         : ArticleMove::kHide;
  if (move == ArticleMove::kHide && name != "hide") b.Refuse("move", "withdraw、restore、open 或 hide");
  json items = json::parse(b.Json("items"), nullptr, false);
  std::vector<ArticleRef> refs;
  bool good = items.is_array() && items.size() <= 2000;
  for (size_t i = 0; good && i < items.size(); ++i) {
    const json& item = items[i];
    good = item.is_object() && item.size() == 2 && item.contains("id") && item.contains("revision") &&
           item["id"].is_number_integer() && item["revision"].is_number_integer();
    if (good) refs.push_back({ArticleId{item["id"].get<int64_t>()}, item["revision"].get<int64_t>()});
  }
  if (!good) b.Refuse("items", "应是[{id, revision}]，最多2000项");
  ZG_TRY(b.Finish());
  return Answer(articles.Move(move, refs, reason, request.actor));
}

Result<Response> Import(Articles& articles, Request& request) {
  QueryReader q(request);
  std::string name = q.Text("name", 255).value_or("宣传报道.xlsx");
  bool preview = q.Flag("preview").value_or(false);
  ZG_TRY(q.Finish());
  ZG_ASSIGN(std::string_view bytes, request.body.bytes());
  return Answer(articles.Import(bytes, name, preview, request.actor));
}

}  // namespace

void BindArticles(Router& r, Office& office) {
  Articles& a = office.articles();
  auto whole = [](auto f) { return OnlyWhole(f); };
  r.Get("/api/articles", Right::kPublish, whole([&](Request& q) { return List(a, q); }));
  r.Post("/api/articles", Right::kPublish, whole([&](Request& q) { return Add(a, q); }));
  r.Patch("/api/articles/{id}", Right::kPublish, whole([&](Request& q) { return Change(a, q); }));
  r.Post("/api/articles/move", Right::kPublish, whole([&](Request& q) { return Move(a, q); }));
  r.Get("/api/articles/words", Right::kPublish, whole(Plain([&](const Request&) { return a.Words(); })));
  r.Get("/api/articles/counts", Right::kPublish, whole([&](Request& q) { return Counts(a, q); }));
  r.Get("/api/articles/file.xlsx", Right::kPublish, whole([&](Request& q) { return Export(a, q); }));
  r.Post("/api/articles/import", Right::kPublish, whole([&](Request& q) { return Import(a, q); }),
         BodyKind::kFile);
}

}  // namespace zg::http
