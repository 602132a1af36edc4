// The reading side of the ledger of evidence.
#include <nlohmann/json.hpp>

#include "base/json_writer.h"
#include "base/text.h"
#include "document/program/process.h"
#include "document/program/scratch.h"
#include "document/reader.h"
#include "office/evidence.h"
#include "office/evidence_json.h"
#include "office/json.h"
#include "office/uploading.h"
#include "store/tasks.h"
#include "store/units.h"

namespace zg {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr uint64_t kMostPreviewed = 50u << 20;  // larger files are only downloaded
constexpr size_t kMostBlocks = 3'000;
constexpr int kMostPages = 200;

bool IsPicture(const std::string& format) {
  return format == "jpeg" || format == "png" || format == "gif" || format == "webp";
}

json RemovalJson(const store::EvidenceRemoval& r) {
  return {{"reason", r.reason},     {"asked_by", r.asked_by},     {"asked_at", r.asked_at},
          {"decision", r.decision}, {"decided_by", r.decided_by}, {"decided_at", r.decided_at},
          {"note", r.note}};
}

json Nothing(const char* note) {
  return {{"form", "none"}, {"pages", 0}, {"blocks", json::array()}, {"note", note}};
}

// The pages of a PDF as pdfinfo counts them; 0: it cannot.
int PageCount(const fs::path& pdf) {
  document::ProgramCall call;
  call.command = {"pdfinfo", pdf.string()};
  call.folder = pdf.parent_path();
  auto outcome = document::RunProgram(call);
  if (!outcome.ok() || !outcome->ok()) return 0;
  size_t at = outcome->output.find("Pages:");
  return at == std::string::npos ? 0 : std::atoi(outcome->output.c_str() + at + 6);
}

json TextPreview(const std::string& bytes, const std::string& name, const fs::path& scratch) {
  ReadOptions options;
  options.scratch = scratch;
  options.limits.program_seconds = 30;
  auto document = ReadDocument(bytes, name, options);
  if (!document.ok()) return Nothing("这份文件读不出文字，请下载后查看。");
  json blocks = json::array();
  for (const Block& block : document->blocks) {
    if (blocks.size() >= kMostBlocks) break;
    blocks.push_back(
        {{"kind", block.kind == BlockKind::kHeading ? "heading"
                  : block.kind == BlockKind::kCell  ? "cell"
                                                    : "paragraph"},
         {"text", ToUtf8(document->text.substr(block.span.begin, block.span.end - block.span.begin))},
         {"sheet", block.place.sheet},
         {"table", block.place.table},
         {"row", block.place.row},
         {"column", block.place.column},
         {"row_span", block.place.row_span},
         {"column_span", block.place.column_span}});
  }
  bool cut = document->blocks.size() > kMostBlocks;
  return {{"form", "text"},
          {"pages", 0},
          {"blocks", std::move(blocks)},
          {"note", cut ? "文件较长，只显示开头部分，全文请下载查看。" : ""}};
}

}  // namespace

Error NoSuchTask() {
  return {Code::kNotFound, "没有这项任务，请从任务清单重新打开。", "", "task.not_found"};
}

Result<Evidence> SeenEvidence(store::Session& s, EvidenceId id, const Actor& actor) {
  auto e = store::LoadEvidence(s, id);
  if (!e || !store::EvidenceVisible(s, actor.scope(), id)) {
    return Error{Code::kNotFound, "没有这份资料，可能已移除或不归您看，请刷新列表。", "",
                 "evidence.not_found"};
  }
  return *e;
}

EvidenceNames::EvidenceNames(store::Session& s, const std::vector<Evidence>& pieces) {
  std::vector<UnitId> unit_ids;
  std::vector<TaskId> task_ids;
  for (const auto& e : pieces) {
    unit_ids.push_back(e.unit);
    for (const auto& tie : e.ties) task_ids.push_back(tie.task);
  }
  units = store::UnitNames(s, unit_ids);
  tasks = store::LoadNames(s, task_ids);
}

void WriteEvidence(JsonWriter& w, const EvidencePlan& plan, const Evidence& e, const EvidenceNames& names) {
  const EvidenceKind* kind = plan.Find(e.kind);
  auto unit = names.units.find(e.unit);
  w.Object()
      .Put("id", e.id.value)
      .Put("family", e.family.value)
      .Put("version", e.version)
      .Put("newest", e.newest)
      .Put("kind", e.kind)
      .Put("kind_name", kind ? kind->name : e.kind)
      .Put("title", e.title)
      .Put("fact_day", e.fact_day ? std::optional(e.fact_day->Iso()) : std::nullopt)
      .Put("place", e.place)
      .Put("author", e.author)
      .Put("unit_id", e.unit ? std::optional(e.unit.value) : std::nullopt)
      .Put("unit_name", unit != names.units.end() ? std::string_view(unit->second) : "")
      .Put("note", e.note)
      .Put("name", e.name)
      .Put("format", e.format)
      .Put("bytes", e.bytes)
      .Put("sha256", e.sha256)
      .Put("sm3", e.sm3)
      .Put("uploaded_at", e.uploaded_at)
      .Put("uploaded_by", e.uploaded_by)
      .Put("state", EvidenceStateName(e.state))
      .Put("revision", e.revision)
      .Key("ties")
      .Array();
  for (const auto& tie : e.ties) {
    auto head = names.tasks.find(tie.task);
    bool known = head != names.tasks.end();
    w.Object()
        .Put("kind", tie.kind)
        .Put("id", tie.ref)
        .Put("task_id", tie.task.value)
        .Put("path", known ? std::string_view(head->second.path) : "")
        .Put("problem", known ? Shortened(head->second.problem, 40) : "")
        .End();
  }
  w.End().End();
}

Result<json> EvidenceLedger::Plan() const {
  json headings = json::array(), kinds = json::array();
  for (const auto& h : plan_.headings) headings.push_back({{"id", h.id}, {"name", h.name}});
  for (const auto& k : plan_.kinds)
    kinds.push_back({{"id", k.id}, {"name", k.name}, {"heading", k.heading}, {"required", k.required}});
  return json{{"headings", headings}, {"kinds", kinds}, {"max_bytes", core_.options.max_evidence_bytes}};
}

Result<JsonText> EvidenceLedger::List(EvidenceFilter filter, const Actor& actor) const {
  int limit = filter.limit++;
  return core_.store->Read([&](store::Session& s) -> Result<JsonText> {
    s.Ahead([&] { store::TaskNamesStamp(s); });
    auto found = store::FindEvidence(s, actor.scope(), filter);
    bool more = int(found.size()) > limit;
    if (more) found.pop_back();
    EvidenceNames names(s, found);
    JsonWriter w;
    w.Object().Key("items").Array();
    for (const auto& e : found) WriteEvidence(w, plan_, e, names);
    auto next = more ? std::optional(std::to_string(found.back().id.value)) : std::nullopt;
    return JsonText{w.End().Put("next", next).End().Take()};
  });
}

Result<json> EvidenceLedger::Get(EvidenceId id, const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(Evidence e, SeenEvidence(s, id, actor));
    JsonWriter w;
    WriteEvidence(w, plan_, e, EvidenceNames(s, {e}));
    json out = json::parse(w.Take());
    out["versions"] = json::array();
    for (const auto& v : store::EvidenceVersions(s, e.family)) {
      out["versions"].push_back({{"id", v.id.value},
                                 {"version", v.version},
                                 {"name", v.name},
                                 {"bytes", v.bytes},
                                 {"uploaded_at", v.uploaded_at},
                                 {"uploaded_by", v.uploaded_by}});
    }
    out["removals"] = json::array();
    for (const auto& r : store::RemovalsOf(s, id)) out["removals"].push_back(RemovalJson(r));
    return out;
  });
}

Result<JsonText> EvidenceLedger::Catalogue(TaskId task, const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<JsonText> {
    EvidenceFilter filter;
    filter.task = task;
    filter.limit = 5'000;
    s.Ahead([&] {
      store::FindEvidence(s, actor.scope(), filter);
      store::TaskNamesStamp(s);
    });
    if (!store::TaskVisibleForEvidence(s, actor.scope(), task)) return NoSuchTask();
    auto found = store::FindEvidence(s, actor.scope(), filter);
    EvidenceNames names(s, found);
    int64_t bytes = 0;
    for (const auto& e : found) bytes += e.bytes;
    JsonWriter w;
    w.Object()
        .Put("task_id", task.value)
        .Put("count", found.size())
        .Put("bytes", bytes)
        .Key("headings")
        .Array();
    for (const auto& heading : plan_.headings) {
      w.Object().Put("id", heading.id).Put("name", heading.name).Key("kinds").Array();
      for (const auto& kind : plan_.kinds) {
        if (kind.heading != heading.id) continue;
        w.Object()
            .Put("id", kind.id)
            .Put("name", kind.name)
            .Put("required", kind.required)
            .Key("items")
            .Array();
        for (auto e = found.rbegin(); e != found.rend(); ++e)
          if (e->kind == kind.id) WriteEvidence(w, plan_, *e, names);
        w.End().End();
      }
      w.End().End();
    }
    // Who sees the task sees all of its evidence.
    std::map<std::string, int64_t> counts;
    for (const auto& e : found) ++counts[e.kind];
    if (int(found.size()) == filter.limit) counts = store::EvidenceKindCounts(s, task);
    w.End().Key("missing").Array();
    for (const EvidenceKind* kind : plan_.Missing(counts))
      w.Object().Put("id", kind->id).Put("name", kind->name).End();
    return JsonText{w.End().End().Take()};
  });
}

Result<EvidenceFile> EvidenceLedger::File(EvidenceId id, const Actor& actor) const {
  ZG_ASSIGN(Evidence e, core_.store->Read([&](store::Session& s) { return SeenEvidence(s, id, actor); }));
  if (e.state == EvidenceState::kRemoved && !actor.May(Right::kRemove)) {
    return Error{Code::kForbidden, "这份资料已移除，只有审批移除的人可以查看原件。", e.title,
                 "evidence.removed"};
  }
  ZG_ASSIGN(BlobFile blob, core_.vault->OpenFile(e.sha256));
  return EvidenceFile{e.name, e.format, e.sha256, std::move(blob)};
}

Result<json> EvidenceLedger::Preview(EvidenceId id, const Actor& actor) const {
  ZG_ASSIGN(EvidenceFile file, File(id, actor));
  if (file.blob.size > kMostPreviewed) return Nothing("文件较大，请下载后查看。");
  if (IsPicture(file.format))
    return json{{"form", "picture"}, {"pages", 1}, {"blocks", json::array()}, {"note", ""}};
  bool readable = file.format == "docx" || file.format == "xlsx" || file.format == "txt" ||
                  file.format == "doc" || file.format == "wps" || file.format == "xls" || file.format == "et";
  if (!readable && file.format != "pdf") return Nothing("这种文件不能在页面里预览，请下载后查看。");
  ZG_ASSIGN(std::string bytes, core_.vault->Get(file.sha256));
  if (file.format != "pdf") return TextPreview(bytes, file.name, {});
  ZG_ASSIGN(document::Scratch scratch, document::Scratch::Make({}));
  ZG_ASSIGN(fs::path pdf, scratch.Write("evidence.pdf", bytes));
  int pages = PageCount(pdf);
  if (pages == 0) return Nothing("这份 PDF 打不开（可能有密码或已损坏），请下载后查看。");
  return json{{"form", "pages"},
              {"pages", std::min(pages, kMostPages)},
              {"blocks", json::array()},
              {"note", pages > kMostPages ? "页数较多，只显示前200页，全文请下载查看。" : ""}};
}

Result<std::string> EvidenceLedger::PagePicture(EvidenceId id, int page, const Actor& actor) const {
  ZG_ASSIGN(EvidenceFile file, File(id, actor));
  if (file.format != "pdf" || file.blob.size > kMostPreviewed || page > kMostPages)
    return Error{Code::kNotFound, "这份资料没有这一页可以预览，请下载后查看。", "", "evidence.no_page"};
  ZG_ASSIGN(std::string bytes, core_.vault->Get(file.sha256));
  ZG_ASSIGN(document::Scratch scratch, document::Scratch::Make({}));
  ZG_ASSIGN(fs::path pdf, scratch.Write("evidence.pdf", bytes));
  document::ProgramCall call;
  std::string number = std::to_string(page);
  call.command = {"pdftoppm", "-png", "-f", number, "-l", number, "-scale-to", "1400", pdf.string()};
  call.folder = pdf.parent_path();
  ZG_ASSIGN(document::ProgramOutcome outcome, document::RunProgram(call));
  if (!outcome.ok() || outcome.output.empty())
    return Error{Code::kNotFound, "这一页画不出来，请下载后查看。", number, "evidence.no_page",
                 outcome.errors};
  return std::move(outcome.output);
}

}  // namespace zg
