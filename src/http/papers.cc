// GET  /api/papers           kinds that can be handed out
// POST /api/papers/preview   as it would be, with what the checks say
// POST /api/papers/pages     the same as pictures of its pages
// POST /api/papers/file      the file; an event tells of it
// GET  /api/papers/template        of a kind: fields, versions
// GET  /api/papers/template.docx   as a Word document
// GET  /api/papers/template/pages  filled with the examples, as pictures of its pages
// POST /api/papers/template        a new one, raw bytes
// POST /api/papers/template/builtin   back to the one built in
#include "office/papers.h"

#include <nlohmann/json.hpp>

#include "http/body.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"

namespace zg::http {
namespace {

constexpr size_t kMostTasks = 50;

std::optional<Date> DayIfGiven(BodyReader& b, const char* name) {
  auto text = b.TextOrNull(name, 10);
  if (!text || text->empty()) return std::nullopt;
  auto day = Date::ParseIso(*text);
  if (!day) b.Refuse(name, "应为真实的日期，写作2024-12-31的样子");
  return day;
}

PaperRequest ReadPaper(BodyReader& b) {
  PaperRequest r;
  r.kind = b.Text("kind", 40);
  r.document = DocId{b.IdIfGiven("document").value_or(0)};
  r.unit = UnitId{b.IdIfGiven("unit").value_or(0)};
  r.period = PeriodId{b.IdIfGiven("period").value_or(0)};
  for (int64_t id : b.IdsIfGiven("tasks", kMostTasks)) r.tasks.push_back(TaskId{id});
  r.date = DayIfGiven(b, "date");
  r.reply_by = DayIfGiven(b, "reply_by");
  auto text = [&](const char* name, size_t most) { return b.TextOrNull(name, most).value_or(""); };
  r.issuer = text("issuer", 60);
  r.mark = text("mark", 40);
  r.number = text("number", 80);
  r.signer = text("signer", 40);
  r.copies = text("copies", 500);
  r.printed_by = text("printed_by", 60);
  r.contact = text("contact", 40);
  r.phone = text("phone", 40);
  r.place = text("place", 100);
  r.time = text("time", 60);
  return r;
}

Result<Response> Preview(Issuing& issuing, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  PaperRequest paper = ReadPaper(b);
  ZG_TRY(b.Finish());
  return Answer(issuing.Preview(paper, request.actor));
}

Result<Response> Pages(Issuing& issuing, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  PaperRequest paper = ReadPaper(b);
  ZG_TRY(b.Finish());
  return Answer(issuing.Pages(paper, request.actor));
}

Result<Response> File(Issuing& issuing, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  PaperRequest paper = ReadPaper(b);
  std::string format = b.Text("format", 10);
  ZG_TRY(b.Finish());
  return Answer(issuing.Write(paper, format, request.actor));
}

Result<Response> Template(Issuing& issuing, Request& request) {
  QueryReader q(request);
  std::string kind = q.Text("kind", 40).value_or("");
  if (kind.empty()) q.Missing("kind", "公文种类");
  ZG_TRY(q.Finish());
  return Answer(issuing.Template(kind));
}

struct VersionAsked {
  std::string kind;
  int64_t version;  // 0: the one in use
};
Result<VersionAsked> ReadVersion(Request& request) {
  QueryReader q(request);
  std::string kind = q.Text("kind", 40).value_or("");
  if (kind.empty()) q.Missing("kind", "公文种类");
  int64_t version = q.Id("version").value_or(0);
  ZG_TRY(q.Finish());
  return VersionAsked{kind, version};
}

Result<Response> TemplatePages(Issuing& issuing, Request& request) {
  ZG_ASSIGN(VersionAsked asked, ReadVersion(request));
  return Answer(issuing.TemplatePages(asked.kind, asked.version));
}

Result<Response> TemplateFile(Issuing& issuing, Request& request) {
  ZG_ASSIGN(VersionAsked asked, ReadVersion(request));
  return Answer(issuing.TemplateFile(asked.kind, asked.version));
}

Result<Response> PutTemplate(Issuing& issuing, Request& request) {
  QueryReader q(request);
  std::string kind = q.Text("kind", 40).value_or(""), name = q.Text("name", 200).value_or("");
  if (kind.empty()) q.Missing("kind", "公文种类");
  if (name.empty()) q.Missing("name", "文件名");
  ZG_TRY(q.Finish());
  ZG_ASSIGN(std::string_view bytes, request.body.bytes());
  return Answer(issuing.PutTemplate(kind, name, std::string(bytes), request.actor));
}

Result<Response> DropTemplate(Issuing& issuing, Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  BodyReader b(request);
  std::string kind = b.Text("kind", 40);
  ZG_TRY(b.Finish());
  return Answer(issuing.DropTemplate(kind, request.actor));
}

}  // namespace

void BindPapers(Router& r, Office& office) {
  Issuing& issuing = office.issuing();
  r.Get("/api/papers", Right::kSee, [&](Request& q) -> Result<Response> {
    ZG_TRY(NothingElse(q));
    return Answer(issuing.Kinds(q.actor));
  });
  r.Post("/api/papers/preview", Right::kSee, [&](Request& q) { return Preview(issuing, q); });
  r.Post("/api/papers/pages", Right::kSee, [&](Request& q) { return Pages(issuing, q); });
  r.Post("/api/papers/file", Right::kSee, [&](Request& q) { return File(issuing, q); });
  r.Get("/api/papers/template", Right::kDispatch, [&](Request& q) { return Template(issuing, q); });
  r.Get("/api/papers/template/pages", Right::kDispatch,
        [&](Request& q) { return TemplatePages(issuing, q); });
  r.Get("/api/papers/template.docx", Right::kDispatch, [&](Request& q) { return TemplateFile(issuing, q); });
  r.Post(
      "/api/papers/template", Right::kDispatch, [&](Request& q) { return PutTemplate(issuing, q); },
      BodyKind::kPart);
  r.Post("/api/papers/template/builtin", Right::kDispatch,
         [&](Request& q) { return DropTemplate(issuing, q); });
}

}  // namespace zg::http
