#include "office/imports.h"

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/text.h"
#include "document/reader.h"
#include "office/core.h"
#include "office/json.h"
#include "office/reading.h"
#include "office/review.h"
#include "office/uploading.h"
#include "office/vaulting.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/imports.h"
#include "store/jobs.h"
#include "store/rounds.h"
#include "store/texts.h"
#include "store/vault_intents.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kMostListed = 500;
constexpr size_t kMaxName = 255;
constexpr int64_t kCommandMs = 600'000;  // that a command has to read its file in

// The last part of the name, without control characters: a label for people, never a path.
std::string CleanName(const std::string& name) {
  std::u32string out;
  for (char32_t c : ToUtf32(name)) {
    if (c == U'/' || c == U'\\')
      out.clear();
    else if (c >= 0x20 && c != 0x7F && out.size() < kMaxName)
      out += c;
  }
  return out.empty() ? "未命名文件" : ToUtf8(out);
}

Error NotFound() {
  return {Code::kNotFound, "没有这次导入，可能已被清除。请回到导入页面重新选择。", "", "import.not_found"};
}

json DuplicateOf(store::Session& s, const store::ImportRow& row) {
  if (auto d = store::FindDocumentByDigest(s, row.sha256); d && d->import != row.id) {
    return {{"id", d->id.value}, {"name", d->name}, {"committed_at", d->committed_at}};
  }
  auto other = store::FindOpenImport(s, row.sha256, row.id);
  if (other && other->id < row.id)
    return {{"id", other->id.value}, {"name", other->name}, {"committed_at", json()}};
  return json();
}

json RoundOf(store::Session& s, json round) {
  if (!round.is_object()) return json();
  auto there = store::FindRound(s, round["name"].get<std::string>());
  round["id"] = there ? json(there->id.value) : json();
  return round;
}

json SupersedesJson(store::Session& s, DocId id) {
  auto document = id ? store::LoadDocument(s, id) : std::nullopt;
  return document ? json{{"id", id.value}, {"title", document->head.title}} : json();
}

json ErrorJson(const store::ImportRow& row) {
  if (row.error.empty()) return json();
  return {{"code", row.error_id}, {"message", row.error}, {"where", row.name}};
}

}  // namespace

struct Imports::Impl {
  explicit Impl(OfficeCore& c) : core(c), reading(c) {}

  json ToJson(store::Session& s, const store::ImportRow& row) const {
    json head = ValueOf(row.head);
    ReadingProgress progress = reading.ProgressOf(s, row.id, row.state);
    store::TextNotes notes = store::LoadNotes(s, row.text_id);
    bool open = row.state == ImportState::kReading || row.state == ImportState::kDraft;
    return {{"id", row.id.value},
            {"name", row.name},
            {"format", row.format},
            {"bytes", row.bytes},
            {"sha256", row.sha256},
            {"sm3", row.sm3},
            {"state", ImportStateName(row.state)},
            {"stage", progress.stage},
            {"percent", progress.percent},
            {"error", ErrorJson(row)},
            {"notes", ValueOf(notes.json)},
            {"ocr", notes.ocr},
            {"title", head.value("title", json())},
            {"kind", head.value("kind", json())},
            {"issuer", head.value("issuer", json())},
            {"date", head.value("date", json())},
            {"tasks", row.tasks},
            {"doubts", row.doubts},
            {"duplicate_of", open ? DuplicateOf(s, row) : json()},
            {"supersedes", SupersedesJson(s, row.supersedes)},
            {"round", RoundOf(s, head.value("round", json()))},
            {"corrections", head.value("corrections", 0)},
            {"document_id", row.document ? json(row.document.value) : json()},
            {"received_at", row.created_at},
            {"actor", row.actor}};
  }

  OfficeCore& core;
  Reading reading;
};

Imports::Imports(OfficeCore& core) : impl_(std::make_unique<Impl>(core)) {
  if (core.options.background) impl_->reading.Start();
}
Imports::~Imports() = default;

Result<json> Imports::Take(std::string_view bytes, const std::string& name, const Actor& actor) {
  OfficeCore& core = impl_->core;
  if (bytes.empty()) return Error{Code::kInvalid, "这个文件是空的，请检查后重新上传。", name, "import.empty"};
  if (bytes.size() > ReadLimits().max_file_bytes) {
    return Error{Code::kInvalid, "文件超过200MB，请拆分或压缩图片后再上传。", name, "import.too_large"};
  }
  store::ImportRow row;
  row.name = CleanName(name);
  row.format = SniffFormat(bytes, row.name);
  row.bytes = int64_t(bytes.size());
  row.sm3 = Sm3Hex(bytes);
  ZG_ASSIGN(row.sha256, KeepBytes(core, bytes));
  row.actor = actor.name;
  row.created_at = row.updated_at = core.Now();
  auto taken = core.store->Write([&](store::Session& s) -> Result<json> {
    row.id = store::InsertImport(s, row);
    store::ClearIntent(s, row.sha256);
    Event event = core.EventOf(actor, "import.received", "import:" + std::to_string(row.id.value));
    event.after =
        json{{"name", row.name}, {"bytes", row.bytes}, {"sha256", row.sha256}, {"sm3", row.sm3}}.dump();
    store::AppendEvent(s, event);
    // A command reads it itself; where that ends before, a node does it.
    bool now = core.options.background;
    store::AddJob(s, {"import", std::to_string(row.id.value), NowMs(core) + (now ? 0 : kCommandMs)});
    if (now) core.store->database().Ring(s, "imports");
    return impl_->ToJson(s, row);
  });
  if (taken.ok()) Hear();
  return taken;
}

void Imports::Hear() {
  if (impl_->core.options.background) impl_->reading.Wake();
}

Result<json> Imports::ReadNow(ImportId id) {
  ZG_TRY(impl_->reading.Read(id));
  return Get(id);
}

Result<json> Imports::List(bool open) const {
  return impl_->core.store->Read([&](store::Session& s) {
    json items = json::array();
    for (const auto& row : store::ListImports(s, open, kMostListed)) items.push_back(impl_->ToJson(s, row));
    return ListJson(std::move(items), store::CountImports(s, open));
  });
}

Result<json> Imports::Get(ImportId id) const {
  return impl_->core.store->Read([&](store::Session& s) -> Result<json> {
    auto row = store::LoadImport(s, id);
    if (!row) return NotFound();
    return impl_->ToJson(s, *row);
  });
}

Result<json> Imports::Text(ImportId id) const {
  return impl_->core.store->Read([&](store::Session& s) -> Result<json> {
    auto row = store::LoadImport(s, id);
    if (!row) return NotFound();
    if (!row->text_id)
      return Error{Code::kConflict, "文件还没有读完，请稍候。", row->name, "import.not_draft"};
    return TextJson(store::LoadText(s, row->text_id));
  });
}

Status Imports::Discard(ImportId id, const Actor& actor) {
  OfficeCore& core = impl_->core;
  return core.store->Write([&](store::Session& s) -> Status {
    auto row = store::LoadImport(s, id);
    if (!row) return NotFound();
    if (row->state == ImportState::kCommitted || row->state == ImportState::kDiscarded) {
      return Error{Code::kConflict, "这次导入已经结束，不能再撤。", row->name, "import.closed"};
    }
    Event event = core.EventOf(actor, "import.discarded", "import:" + std::to_string(id.value));
    event.before = json{{"state", ImportStateName(row->state)}}.dump();
    event.after = json{{"state", "discarded"}}.dump();
    store::AppendEvent(s, event);
    store::EndJob(s, "import", std::to_string(id.value));
    row->state = ImportState::kDiscarded;
    row->updated_at = core.Now();
    store::UpdateImport(s, *row);
    return {};
  });
}

Result<json> Imports::Draft(ImportId id) const {
  return DraftView(impl_->core, id);
}
Result<json> Imports::Correct(ImportId id, const DraftCorrection& correction, const Actor& actor) {
  return CorrectDraft(impl_->core, id, correction, actor);
}
Result<json> Imports::Undo(ImportId id, const Actor& actor) {
  return UndoCorrection(impl_->core, id, actor);
}
Result<json> Imports::Supersede(ImportId id, std::optional<DocId> document, const Actor& actor) {
  ZG_TRY(SaySupersedes(impl_->core, id, document, actor));
  return Get(id);
}
Result<json> Imports::Commit(ImportId id, const CommitRequest& request, const Actor& actor) {
  return CommitImport(impl_->core, id, request, actor);
}

}  // namespace zg
