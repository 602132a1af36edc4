// The reading side of the ledger of evidence.
#include <nlohmann/json.hpp>

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

json EvidenceJson(store::Session& s, const EvidencePlan& plan, const Evidence& e) {
  json out = EvidenceTold(e);
  out.erase("user");
  out.erase("unit");
  const EvidenceKind* kind = plan.Find(e.kind);
  auto unit = e.unit ? store::LoadUnit(s, e.unit) : std::nullopt;
  out["kind_name"] = kind ? kind->name : e.kind;
  out["unit_id"] = e.unit ? json(e.unit.value) : json(nullptr);
  out["unit_name"] = unit ? unit->name : "";
  out["fact_day"] = e.fact_day ? json(e.fact_day->Iso()) : json(nullptr);
  out["newest"] = e.newest;
  out["ties"] = json::array();
  for (const auto& tie : e.ties) {
    auto head = store::LoadHead(s, tie.task);
    out["ties"].push_back({{"kind", tie.kind},
                           {"id", tie.ref},
                           {"task_id", tie.task.value},
                           {"path", head ? head->path : ""},
                           {"problem", head ? Shortened(head->problem, 40) : ""}});
  }
  return out;
}

Result<json> EvidenceLedger::Plan() const {
  json headings = json::array(), kinds = json::array();
  for (const auto& h : plan_.headings) headings.push_back({{"id", h.id}, {"name", h.name}});
  for (const auto& k : plan_.kinds)
    kinds.push_back({{"id", k.id}, {"name", k.name}, {"heading", k.heading}, {"required", k.required}});
  return json{{"headings", headings}, {"kinds", kinds}, {"max_bytes", core_.options.max_evidence_bytes}};
}

Result<json> EvidenceLedger::List(EvidenceFilter filter, const Actor& actor) const {
  int limit = filter.limit++;
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    auto found = store::FindEvidence(s, actor.scope(), filter);
    bool more = int(found.size()) > limit;
    if (more) found.pop_back();
    json items = json::array();
    for (const auto& e : found) items.push_back(EvidenceJson(s, plan_, e));
    return json{{"items", std::move(items)},
                {"next", more ? json(std::to_string(found.back().id.value)) : json()}};
  });
}

Result<json> EvidenceLedger::Get(EvidenceId id, const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(Evidence e, SeenEvidence(s, id, actor));
    json out = EvidenceJson(s, plan_, e);
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

Result<json> EvidenceLedger::Catalogue(TaskId task, const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    if (!store::TaskVisibleForEvidence(s, actor.scope(), task)) return NoSuchTask();
    EvidenceFilter filter;
    filter.task = task;
    filter.limit = 5'000;
    auto found = store::FindEvidence(s, actor.scope(), filter);
    int64_t bytes = 0;
    for (const auto& e : found) bytes += e.bytes;
    json headings = json::array();
    for (const auto& heading : plan_.headings) {
      json kinds = json::array();
      for (const auto& kind : plan_.kinds) {
        if (kind.heading != heading.id) continue;
        json items = json::array();
        for (auto e = found.rbegin(); e != found.rend(); ++e)
          if (e->kind == kind.id) items.push_back(EvidenceJson(s, plan_, *e));
        kinds.push_back(
            {{"id", kind.id}, {"name", kind.name}, {"required", kind.required}, {"items", std::move(items)}});
      }
      headings.push_back({{"id", heading.id}, {"name", heading.name}, {"kinds", std::move(kinds)}});
    }
    json missing = json::array();
    for (const EvidenceKind* kind : plan_.Missing(store::EvidenceKindCounts(s, task)))
      missing.push_back({{"id", kind->id}, {"name", kind->name}});
    return json{{"task_id", task.value},
                {"headings", std::move(headings)},
                {"missing", std::move(missing)},
                {"count", found.size()},
                {"bytes", bytes}};
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
