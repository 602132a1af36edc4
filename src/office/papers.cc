#include "office/papers.h"

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "base/digest.h"
#include "base/nearest.h"
#include "check/checker.h"
#include "document/program/office.h"
#include "document/reader.h"
#include "extract/extractor.h"
#include "office/json.h"
#include "office/own_template.h"
#include "office/page_pictures.h"
#include "office/paper_models.h"
#include "report/docx.h"
#include "report/paper_head.h"
#include "report/paper_text.h"
#include "report/template_docx.h"
#include "store/articles.h"
#include "store/events.h"
#include "store/reports.h"
#include "store/tasks.h"
#include "store/units.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr const char* kDocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr const char* kXlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

bool MayHandOut(const PaperKind& kind, const Actor& actor) {
  return actor.May(kind.office ? Right::kDispatch : Right::kSee);
}

Result<const PaperKind*> KindOf(const std::string& id) {
  std::vector<std::string> names;
  for (const auto& kind : PaperKinds()) {
    if (kind.id == id) return &kind;
    names.emplace_back(kind.id);
  }
  std::string near = Nearest(id, names);
  return Error{Code::kInvalid,
               "没有这种公文" + (near.empty() ? std::string("。") : "，是否想写“" + near + "”？"), "kind",
               "paper.kind"};
}

bool Needs(const PaperKind& kind, std::string_view what) {
  std::string all = std::string(" ") + kind.needs + " ";
  return all.find(" " + std::string(what) + " ") != std::string::npos;
}

// 发文字号: issuer, six-cornered brackets around the year, a number without leading zero (7.2.5).
Status CheckNumber(const std::string& number) {
  static const std::regex form("^.{1,60}〔(19|20|21)[0-9]{2}〕[1-9][0-9]{0,4}号$");
  if (number.empty() || std::regex_match(number, form)) return {};
  return Error{Code::kInvalid,
               "发文字号应写成“江环整督〔2026〕12号”的样子：年份用六角括号，序号不加“第”，不补零。", "number",
               "paper.number"};
}

Status CheckRequest(const PaperKind& kind, const PaperRequest& r, const Actor& actor) {
  if (!MayHandOut(kind, actor))
    return Error{Code::kForbidden, std::string(kind.title) + "由整改办出具，请向整改办提出。", "kind",
                 "paper.not_yours"};
  auto missing = [](const char* what, const char* where) {
    return Error{Code::kInvalid, std::string("请选择") + what + "。", where, "paper.needs"};
  };
  if (Needs(kind, "document") && !r.document) return missing("文件", "document");
  if (Needs(kind, "period") && !r.period) return missing("调度期", "period");
  if (Needs(kind, "unit") && !r.unit) return missing("单位", "unit");
  if ((Needs(kind, "task") || (Needs(kind, "tasks") && !Needs(kind, "unit"))) && r.tasks.empty())
    return missing("任务", "tasks");
  return CheckNumber(r.number);
}

// What a person wrote for its head and end.
void Dress(paper::Paper& paper, const PaperRequest& r) {
  paper.mark = r.mark;
  paper.number = r.number;
  paper.signer = r.signer;
  paper.copies = r.copies;
  paper.printed_by = r.printed_by;
  if (!r.issuer.empty()) paper.signature = r.issuer;
}

// A paper, and the file itself where it was written with the office's own template.
struct Composed {
  paper::Paper paper;
  std::string docx;
};

// The office's own template filled in, and read back for preview and checks. Name and workbook are those of
// `paper`.
Result<Composed> WithTemplate(const std::string& bytes, paper::Paper paper, paper::TemplateData data) {
  Composed out;
  ZG_ASSIGN(out.docx, paper::FillDocx(bytes, data.fields));
  ZG_ASSIGN(std::string marked, paper::FillDocx(bytes, data.fields, paper::Filling::kMarked));
  ZG_ASSIGN(Document document, ReadDocument(marked, "template.docx"));
  out.paper = paper::PaperOfFilled(paper.kind, document, std::move(data.figures));
  out.paper.name = std::move(paper.name);
  out.paper.sheets = std::move(paper.sheets);
  return out;
}

Result<Composed> Compose(const OfficeCore& core, const PaperRequest& request, const Actor& actor) {
  ZG_ASSIGN(const PaperKind* kind, KindOf(request.kind));
  ZG_TRY(CheckRequest(*kind, request, actor));
  ZG_ASSIGN(PaperSource source,
            core.store->Read([&](store::Session& s) { return ReadPaper(s, core, *kind, request, actor); }));
  ZG_ASSIGN(paper::Paper paper, source.compose());
  Dress(paper, request);
  ZG_ASSIGN(std::string own, OwnTemplate(core, kind->id));
  if (own.empty()) return Composed{std::move(paper), ""};
  paper::TemplateData data = source.data();
  AddHead(data.fields,
          {request.mark, request.number, request.signer, request.issuer, request.copies, request.printed_by});
  return WithTemplate(own, std::move(paper), std::move(data));
}

// What `zhenggai check` says of its text.
json FindingsOf(const OfficeCore& core, const paper::Paper& paper, Date day) {
  paper::ReadablePaper read = paper::AsDocument(paper);
  Draft draft = Extract(read.document, *core.vocabulary);
  CheckInput input;
  input.file = paper.name;
  input.document = &read.document;
  input.draft = &draft;
  input.as_of = day;
  CheckOptions options;
  if (!core.options.vocabulary.empty())
    if (auto words = CheckWords::Load(core.options.vocabulary); words.ok()) options.words = *words;
  CheckResult result = Check({&input, 1}, options);
  json out = json::array();
  for (const auto& f : result.findings) {
    if (out.size() >= 500) break;
    const auto& blocks = read.document.blocks;
    size_t i = 0;
    while (i + 1 < blocks.size() && blocks[i + 1].span.begin <= f.place.span.begin) ++i;
    out.push_back({{"severity", SeverityName(f.severity)},
                   {"kind", CheckKindName(f.kind)},
                   {"message", f.message},
                   {"quote", f.place.quote},
                   {"expression", f.expression},
                   {"path", f.place.path ? json(*f.place.path) : json()},
                   {"block", blocks.empty() ? 0 : read.block_of[i]}});
  }
  return {{"items", std::move(out)}, {"confirmed", result.confirmed.size()}};
}

Result<std::string> DocxOf(const Composed& composed) {
  if (!composed.docx.empty()) return composed.docx;
  return WriteDocx(composed.paper);
}

Result<ExportedFile> FileOf(const Composed& composed, const std::string& format) {
  const paper::Paper& paper = composed.paper;
  if (format == "xlsx") {
    ZG_ASSIGN(std::string bytes, WritePaperXlsx(paper));
    return ExportedFile{paper.name + ".xlsx", kXlsxType, std::move(bytes)};
  }
  if (format != "docx" && format != "pdf")
    return Error{Code::kInvalid, "只能导出 docx、pdf 或 xlsx。", "format", "parameter.bad"};
  ZG_ASSIGN(std::string bytes, DocxOf(composed));
  if (format == "docx") return ExportedFile{paper.name + ".docx", kDocxType, std::move(bytes)};
  ReadLimits limits;
  limits.program_seconds = 60;
  ZG_ASSIGN(std::string pdf, document::ConvertWithOffice(bytes, "docx", "pdf", {}, limits));
  return ExportedFile{paper.name + ".pdf", "application/pdf", std::move(pdf)};
}

// What the figures were counted from, as a list can show it.
json ThingsOf(store::Session& s, const paper::Paper& paper) {
  std::set<int64_t> tasks, reports, articles;
  for (const auto& figure : paper.figures)
    (figure.of == "task"      ? tasks
     : figure.of == "article" ? articles
                              : reports)
        .insert(figure.ids.begin(), figure.ids.end());
  json out = json::array();
  auto add = [&](const char* of, int64_t id, TaskId task, const std::string& unit) {
    if (auto head = store::LoadHead(s, task))
      out.push_back({{"of", of},
                     {"id", id},
                     {"task", task.value},
                     {"path", head->path},
                     {"problem", Shortened(head->problem, 60)},
                     {"unit", unit}});
  };
  for (int64_t id : tasks) add("task", id, TaskId{id}, "");
  for (int64_t id : reports) {
    auto report = store::LoadReport(s, ReportId{id});
    if (!report) continue;
    auto unit = store::LoadUnit(s, report->unit);
    add("report", id, report->task, unit ? unit->name : "");
  }
  for (int64_t id : articles) {
    auto line = store::LoadArticle(s, ArticleId{id});
    if (!line) continue;
    const Article& a = line->article;
    out.push_back({{"of", "article"},
                   {"id", id},
                   {"task", nullptr},
                   {"path", a.day.Iso()},
                   {"problem", Shortened(a.title, 60)},
                   {"unit", a.medium}});
  }
  return out;
}

}  // namespace

json Issuing::Kinds(const Actor& actor) const {
  json items = json::array();
  for (const auto& kind : PaperKinds()) {
    if (!MayHandOut(kind, actor)) continue;
    json needs = json::array();
    for (const char* what : {"document", "period", "unit", "tasks", "task"})
      if (Needs(kind, what)) needs.push_back(what);
    items.push_back({{"id", kind.id},
                     {"title", kind.title},
                     {"about", kind.about},
                     {"needs", std::move(needs)},
                     {"letter", kind.letter}});
  }
  json templates = json::array();
  if (actor.May(Right::kDispatch))
    for (const auto& kind : TemplateKinds()) templates.push_back({{"id", kind.id}, {"title", kind.title}});
  return {{"items", std::move(items)}, {"templates", std::move(templates)}};
}

Result<json> Issuing::Preview(const PaperRequest& request, const Actor& actor) const {
  ZG_ASSIGN(Composed composed, Compose(core_, request, actor));
  const paper::Paper& paper = composed.paper;
  json out = {{"paper", paper::AsJson(paper)}};
  ZG_ASSIGN(out["things"],
            core_.store->Read([&](store::Session& s) -> Result<json> { return ThingsOf(s, paper); }));
  out["findings"] = FindingsOf(core_, paper, request.date.value_or(core_.Today()));
  return out;
}

Result<json> Issuing::Pages(const PaperRequest& request, const Actor& actor) const {
  ZG_ASSIGN(Composed composed, Compose(core_, request, actor));
  ZG_ASSIGN(std::string bytes, DocxOf(composed));
  return PagePictures(bytes);
}

Result<ExportedFile> Issuing::Write(const PaperRequest& request, const std::string& format,
                                    const Actor& actor) {
  ZG_ASSIGN(Composed composed, Compose(core_, request, actor));
  const paper::Paper& paper = composed.paper;
  ZG_ASSIGN(ExportedFile file, FileOf(composed, format));
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    Event event = core_.EventOf(actor, "paper.issued", "paper:" + request.kind);
    event.document = request.document;
    if (request.tasks.size() == 1) event.task = request.tasks.front();
    json told = {{"kind", request.kind}, {"file", file.name},         {"number", request.number},
                 {"title", paper.title}, {"sm3", Sm3Hex(file.bytes)}, {"unit", request.unit.value}};
    event.after = told.dump(-1, ' ', false, json::error_handler_t::replace);
    store::AppendEvent(s, event);
    return {};
  }));
  return file;
}

}  // namespace zg
