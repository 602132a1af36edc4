// The part of a request that a client chooses freely: target, query, JSON body. Nothing of it may crash,
// hang, or let an id, a date or a path through that is none. Built from the sources, so that it needs no
// office.
#include "http/body.cc"
#include "http/message.cc"
#include "http/params.cc"
#include "http/router.cc"
#include "http/spool.cc"
#include "http/url.cc"

namespace {

using namespace zg::http;

const Router& Routes() {
  static const Router routes = [] {
    Router r;
    Handler none = [](Request&) -> zg::Result<Response> { return Response(); };
    r.Get("/api/tasks", zg::Right::kPublic, none);
    r.Get("/api/tasks/{id}", zg::Right::kPublic, none);
    r.Patch("/api/imports/{id}/draft", zg::Right::kPublic, none);
    r.Post("/api/tasks/{id}/links", zg::Right::kPublic, none);
    return r;
  }();
  return routes;
}

void Require(bool held) {
  if (!held) __builtin_trap();
}

void ReadTarget(std::string_view text) {
  auto target = ParseTarget(text);
  if (!target) return;
  Require(target->path.front() == '/' && zg::IsUtf8(target->path));
  Require(("/" + target->path + "/").find("/../") == std::string::npos);
  for (Method method : {Method::kGet, Method::kPost, Method::kOther}) {
    auto match = Routes().Find(method, target->path);
    if (match.ok())
      for (int64_t id : match->ids) Require(id >= 1 && id <= kMaxId);
    else
      Require(zg::IsUtf8(match.error().message));
  }
}

void ReadQuery(std::string_view text) {
  Request request;
  request.query = text;
  QueryReader q(request);
  auto id = q.Id("round");
  auto limit = q.Limit();
  auto day = q.Day("due_from");
  q.Flag("overdue");
  q.OneOf("role", {"lead", "supporting"});
  q.ListOf("state", {"completed", "ongoing"});
  auto words = q.Text("q");
  if (!words) q.Missing("q", "请写上要找的词");
  Require(!id || (*id >= 1 && *id <= kMaxId));
  Require(limit >= 1 && limit <= 200);
  Require(!day || zg::Date::ParseIso(day->Iso()) == day);
  Require(!words || zg::IsUtf8(*words));
  zg::Status end = q.Finish();
  Require(end.ok() || (!end.error().message.empty() && zg::IsUtf8(end.error().message)));
  Require(!end.ok() || words.has_value());
}

void ReadBody(std::string_view text) {
  Request request;
  request.body = Spool(text);
  BodyReader b(request);
  b.Text("field", 100);
  b.Json("value");
  b.IdOrNull("document_id");
  auto id = b.IdIfGiven("revision");
  if (auto inner = b.ObjectIfGiven("round")) {
    inner->TextOrNull("name");
    inner->WholeIfGiven("year", 1990, 2199);
    inner->Finish().ok();
  }
  Require(!id || (*id >= 1 && *id <= kMaxId));
  zg::Status end = b.Finish();
  Require(end.ok() || zg::IsUtf8(end.error().message));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  ReadTarget(text);
  ReadQuery(text);
  ReadBody(text);
  return 0;
}
