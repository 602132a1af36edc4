// POST /api/uploads                        begin, or go on with, an upload in parts
// GET /api/uploads                         the caller's unfinished ones
// GET, PATCH, DELETE /api/uploads/{id}     how far it is; the next part (?offset=); give it up
// POST /api/uploads/{id}/finish            it becomes a piece of evidence
// GET /api/evidence, /api/evidence/plan    the list; kinds and headings
// GET, PATCH /api/evidence/{id}            one piece; what is said of it
// POST /api/evidence/{id}/ties, /removal, /removal/confirm, /removal/refuse
// GET /api/evidence/{id}/file, /picture, /preview, /pages/{id}
// GET /api/tasks/{id}/evidence, /evidence.zip
#include "office/evidence.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "http/answer.h"
#include "http/body.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"
#include "office/uploads.h"

namespace zg::http {
namespace {

using nlohmann::json;

EvidenceId IdOf(const Request& request) {
  return EvidenceId{request.ids.at(0)};
}

Result<Response> StartUpload(Uploads& uploads, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  UploadStart start;
  start.name = b.Text("name", 500);
  start.bytes = b.Whole("bytes", 0, kMaxId);
  start.sha256 = b.TextOrNull("sha256", 64).value_or("");
  ZG_TRY(b.Finish());
  return Answer(uploads.Start(start, request.actor), 201);
}

Result<Response> Append(Uploads& uploads, Request& request) {
  QueryReader q(request);
  auto offset = q.Whole("offset", 0, kMaxId);
  if (!offset) q.Missing("offset", "从第几个字节接着传，如 offset=0");
  ZG_TRY(q.Finish());
  ZG_ASSIGN(std::string_view bytes, request.body.bytes());
  return Answer(uploads.Append(request.ids.at(0), *offset, bytes, request.actor));
}

Result<Response> Drop(Uploads& uploads, Request& request) {
  ZG_TRY(NothingElse(request));
  ZG_TRY(uploads.Drop(request.ids.at(0), request.actor));
  return JsonAnswer({{"id", request.ids.at(0)}});
}

TieWish ReadTie(BodyReader& b) {
  TieWish wish;
  wish.kind = b.Text("kind", 20);
  wish.id = b.Id("id");
  wish.task = b.IdIfGiven("task_id");
  return wish;
}

EvidenceForm ReadForm(BodyReader& b) {
  EvidenceForm form;
  form.kind = b.TextOrNull("kind", 60);
  form.title = b.TextOrNull("title", 200);
  form.fact_day = b.TextOrNull("fact_day", 10);
  form.place = b.TextOrNull("place", 200);
  form.author = b.TextOrNull("author", 100);
  form.note = b.TextOrNull("note", 2000);
  form.unit = b.IdIfGiven("unit_id");
  return form;
}

Result<Response> Finish(EvidenceLedger& evidence, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  EvidenceForm form = ReadForm(b);
  form.supersedes = b.IdIfGiven("supersedes");
  if (auto tie = b.ObjectIfGiven("tie")) {
    form.ties.push_back(ReadTie(*tie));
    ZG_TRY(tie->Finish());
  }
  ZG_TRY(b.Finish());
  return Answer(evidence.Finish(request.ids.at(0), form, request.actor), 201);
}

Result<Response> Describe(EvidenceLedger& evidence, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  EvidenceForm form = ReadForm(b);
  int64_t revision = b.Whole("revision", 1, kMaxId);
  ZG_TRY(b.Finish());
  return Answer(evidence.Describe(IdOf(request), form, revision, request.actor));
}

Result<Response> Tie(EvidenceLedger& evidence, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  TieWish wish = ReadTie(b);
  ZG_TRY(b.Finish());
  return Answer(evidence.Tie(IdOf(request), wish, request.actor));
}

Result<Response> List(EvidenceLedger& evidence, Request& request) {
  QueryReader q(request);
  EvidenceFilter filter;
  if (auto task = q.Id("task")) filter.task = TaskId{*task};
  filter.tie_kind = q.OneOf("tie_kind", {"task", "measure", "report", "step", "item"});
  filter.tie_ref = q.Id("tie");
  filter.kind = q.Text("kind", 60).value_or("");
  if (auto unit = q.Id("unit")) filter.unit = UnitId{*unit};
  filter.from = q.Day("from");
  filter.to = q.Day("to");
  filter.text = q.Text("q").value_or("");
  std::string state = q.OneOf("state", {"there", "removal_asked", "removed"}).value_or("there");
  filter.asked = state == "removal_asked";
  filter.removed = state == "removed";
  filter.before = q.Id("after").value_or(0);
  filter.limit = q.Limit();
  ZG_TRY(q.Finish());
  return Answer(evidence.List(filter, request.actor));
}

Result<Response> AskRemoval(EvidenceLedger& evidence, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::string reason = b.Text("reason", 500);
  ZG_TRY(b.Finish());
  return Answer(evidence.AskRemoval(IdOf(request), reason, request.actor));
}

Result<Response> Decide(EvidenceLedger& evidence, Request& request, bool confirm) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::string note = b.TextOrNull("note", 500).value_or("");
  ZG_TRY(b.Finish());
  return Answer(evidence.DecideRemoval(IdOf(request), confirm, note, request.actor));
}

// "bytes=5-9", "bytes=5-", "bytes=-5" of a file of `size` bytes. Anything else, also several stretches, is
// answered with the whole file, as RFC 9110 allows; one that begins behind the end is refused.
Result<bool> TakeRange(std::string_view range, uint64_t size, FileBody& body) {
  auto number = [](std::string_view text) -> std::optional<uint64_t> {
    uint64_t n = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    bool whole = !text.empty() && error == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(n) : std::nullopt;
  };
  if (range.substr(0, 6) != "bytes=" || range.find(',') != range.npos) return false;
  range.remove_prefix(6);
  size_t dash = range.find('-');
  if (dash == range.npos) return false;
  auto first = number(range.substr(0, dash)), last = number(range.substr(dash + 1));
  if (!first && !last) return false;
  if (!first) {
    uint64_t n = std::min(*last, size);
    body.offset = size - n;
    body.length = n;
  } else {
    if (last && *last < *first) return false;
    body.offset = *first;
    body.length = *first < size ? std::min(last.value_or(size - 1), size - 1) - *first + 1 : 0;
  }
  if (body.length == 0)
    return Error{Code::kInvalid, "要求的位置超出了文件的大小，请重新下载。", std::to_string(size),
                 "http.range"};
  return true;
}

// Bytes that were uploaded by somebody: never anything that a browser would run.
Response Bytes(EvidenceFile file, std::string content_type) {
  Response response;
  response.content_type = std::move(content_type);
  response.file = FileBody{file.blob.bytes, 0, file.blob.size};
  response.headers.push_back({"Content-Security-Policy", "sandbox; default-src 'none'"});
  return response;
}

Result<Response> Download(Result<EvidenceFile> file, Request& request) {
  if (!file.ok()) return file.error();
  std::string tag = file->sha256.empty() ? "" : "\"" + file->sha256 + "\"";
  uint64_t size = file->blob.size;
  Response response = Bytes(*file, "application/octet-stream");
  response.headers.push_back(Attachment(file->name));
  response.headers.push_back({"Accept-Ranges", "bytes"});
  if (!tag.empty()) response.headers.push_back({"ETag", tag});
  std::string_view condition = request.Find("if-range");
  if (request.Find("range").empty() || (!condition.empty() && condition != tag)) return response;
  ZG_ASSIGN(bool part, TakeRange(request.Find("range"), size, *response.file));
  if (part) {
    response.status = 206;
    uint64_t first = response.file->offset, last = first + response.file->length - 1;
    response.headers.push_back({"Content-Range", "bytes " + std::to_string(first) + "-" +
                                                     std::to_string(last) + "/" + std::to_string(size)});
  }
  return response;
}

Result<Response> Picture(EvidenceLedger& evidence, Request& request) {
  ZG_TRY(NothingElse(request));
  ZG_ASSIGN(EvidenceFile file, evidence.File(IdOf(request), request.actor));
  const std::string& f = file.format;
  if (f != "jpeg" && f != "png" && f != "gif" && f != "webp") {
    return Error{Code::kNotFound, "这份资料不是可以直接显示的图片，请下载后查看。", "",
                 "evidence.no_picture"};
  }
  return Bytes(std::move(file), "image/" + f);
}

Result<Response> Page(EvidenceLedger& evidence, Request& request) {
  ZG_TRY(NothingElse(request));
  ZG_ASSIGN(
      std::string png,
      evidence.PagePicture(IdOf(request), int(std::min<int64_t>(request.ids.at(1), 100'000)), request.actor));
  Response response;
  response.content_type = "image/png";
  response.body = std::move(png);
  return response;
}

void BindUploads(Router& r, Uploads& uploads, EvidenceLedger& evidence) {
  r.Post("/api/uploads", Right::kEvidence, [&](Request& q) { return StartUpload(uploads, q); });
  r.Get("/api/uploads", Right::kEvidence, Plain([&](const Request& q) { return uploads.List(q.actor); }));
  r.Get("/api/uploads/{id}", Right::kEvidence,
        Plain([&](const Request& q) { return uploads.Get(q.ids.at(0), q.actor); }));
  r.Patch(
      "/api/uploads/{id}", Right::kEvidence, [&](Request& q) { return Append(uploads, q); }, BodyKind::kPart);
  r.Delete("/api/uploads/{id}", Right::kEvidence, [&](Request& q) { return Drop(uploads, q); });
  r.Post("/api/uploads/{id}/finish", Right::kEvidence, [&](Request& q) { return Finish(evidence, q); });
}

}  // namespace

void BindEvidence(Router& r, Office& office) {
  EvidenceLedger& e = office.evidence();
  BindUploads(r, office.uploads(), e);
  r.Get("/api/evidence", Right::kSee, [&](Request& q) { return List(e, q); });
  r.Get("/api/evidence/plan", Right::kSee, Plain([&](const Request&) { return e.Plan(); }));
  r.Get("/api/evidence/{id}", Right::kSee, Plain([&](const Request& q) { return e.Get(IdOf(q), q.actor); }));
  r.Patch("/api/evidence/{id}", Right::kEvidence, [&](Request& q) { return Describe(e, q); });
  r.Post("/api/evidence/{id}/ties", Right::kEvidence, [&](Request& q) { return Tie(e, q); });
  r.Post("/api/evidence/{id}/removal", Right::kRemove, [&](Request& q) { return AskRemoval(e, q); });
  r.Post("/api/evidence/{id}/removal/confirm", Right::kRemove,
         [&](Request& q) { return Decide(e, q, true); });
  r.Post("/api/evidence/{id}/removal/refuse", Right::kRemove,
         [&](Request& q) { return Decide(e, q, false); });
  r.Get("/api/evidence/{id}/file", Right::kSee, [&](Request& q) -> Result<Response> {
    ZG_TRY(NothingElse(q));
    return Download(e.File(IdOf(q), q.actor), q);
  });
  r.Get("/api/evidence/{id}/picture", Right::kSee, [&](Request& q) { return Picture(e, q); });
  r.Get("/api/evidence/{id}/preview", Right::kSee,
        Plain([&](const Request& q) { return e.Preview(IdOf(q), q.actor); }));
  r.Get("/api/evidence/{id}/pages/{id}", Right::kSee, [&](Request& q) { return Page(e, q); });
  r.Get("/api/tasks/{id}/evidence", Right::kSee,
        Plain([&](const Request& q) { return e.Catalogue(TaskId{q.ids.at(0)}, q.actor); }));
  r.Get("/api/tasks/{id}/evidence.zip", Right::kSee, [&](Request& q) -> Result<Response> {
    ZG_TRY(NothingElse(q));
    return Download(e.TaskFile(TaskId{q.ids.at(0)}, q.actor), q);
  });
}

}  // namespace zg::http
