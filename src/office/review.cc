#include "office/review.h"

#include <nlohmann/json.hpp>

#include "extract/json.h"
#include "ledger/correction.h"
#include "ledger/diff.h"
#include "office/core.h"
#include "office/draft.h"
#include "office/json.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/imports.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr size_t kMaxReason = 2000;

// The import, where it has a draft.
Result<store::ImportRow> WithDraft(store::Session& s, ImportId id) {
  auto row = store::LoadImport(s, id);
  if (!row) return Error{Code::kNotFound, "没有这次导入，可能已被清除。", "", "import.not_found"};
  if (row->state == ImportState::kReading) {
    return Error{Code::kConflict, "文件还没有读完，请稍候。", row->name, "import.not_draft"};
  }
  if (row->state == ImportState::kFailed) {
    return Error{Code::kConflict, "这个文件没有读成，没有草稿可看。请换一份文件重新导入。", row->name,
                 "import.not_draft"};
  }
  return *row;
}

// The import, where it can still be reviewed.
Result<store::ImportRow> OpenDraft(store::Session& s, ImportId id) {
  ZG_ASSIGN(store::ImportRow row, WithDraft(s, id));
  if (row.state == ImportState::kDraft) return row;
  return Error{Code::kConflict, "这次导入已经入账或放弃，不能再改草稿。", row.name, "import.closed"};
}

std::string Subject(ImportId id, const std::optional<std::string>& path, const std::string& field) {
  std::string subject = "import:" + std::to_string(id.value);
  if (path) subject += " path:" + *path;
  return subject + " field:" + field;
}

Error NoEntry(const std::string& path) {
  return {Code::kNotFound, "草稿里没有编号为" + path + "的任务，请刷新后再改。", path, "draft.no_entry"};
}

json EntryOrHead(const Draft& draft, const Entry* entry) {
  return entry ? EntryToJson(*entry) : HeadJson(draft);
}

// Sets the field and tells what it was and what it is.
Status Apply(Draft& draft, Entry* entry, const json& value, store::CorrectionRow& row) {
  ZG_ASSIGN(json before, entry ? FieldOf(*entry, row.field) : FieldOf(draft, row.field));
  ZG_TRY(entry ? SetField(*entry, row.field, value) : SetField(draft, row.field, value));
  row.before = before.dump();
  row.after = "null";  // what was taken away; another measure may have its place now
  if (!value.is_null()) {
    ZG_ASSIGN(json after, entry ? FieldOf(*entry, row.field) : FieldOf(draft, row.field));
    row.after = after.dump();
  }
  return {};
}

json ChangesOf(store::Session& s, const store::ImportRow& row, const Draft& draft) {
  json changes = json::array();
  if (!row.supersedes) return changes;
  std::vector<Entry> before;
  for (auto& task : store::LoadTasks(s, row.supersedes)) before.push_back(std::move(task.entry));
  for (const auto& d : DiffEntries(before, draft.entries)) {
    changes.push_back({{"path", d.path},
                       {"field", d.field.empty() ? json() : json(d.field)},
                       {"kind", d.kind},
                       {"before", ValueOf(d.before_json)},
                       {"after", ValueOf(d.after_json)}});
  }
  return changes;
}

}  // namespace

Result<json> DraftView(const OfficeCore& core, ImportId id) {
  return core.store->Read([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(store::ImportRow row, WithDraft(s, id));
    ZG_ASSIGN(CurrentDraft current, LoadCurrentDraft(s, id));
    json corrected = json::array();
    for (const auto& c : current.corrections) corrected.push_back(CorrectionJson(c));
    bool open = row.state == ImportState::kDraft;
    return json{{"draft", DraftToJson(current.draft)},
                {"corrected", std::move(corrected)},
                {"changes", open ? ChangesOf(s, row, current.draft) : json::array()}};
  });
}

Result<json> CorrectDraft(OfficeCore& core, ImportId id, const DraftCorrection& correction,
                          const Actor& actor) {
  ZG_ASSIGN(json value, ReadFieldValue(core, correction.field, correction.value_json));
  if (correction.reason.size() > kMaxReason) {
    return Error{Code::kInvalid, "理由太长，请压到六百字以内。", "reason", "correction.value"};
  }
  return core.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(store::ImportRow row, OpenDraft(s, id));
    ZG_ASSIGN(CurrentDraft current, LoadCurrentDraft(s, id));
    Entry* entry = correction.path ? FindEntry(current.draft, *correction.path) : nullptr;
    if (correction.path && !entry) return NoEntry(*correction.path);
    store::CorrectionRow made{0,  correction.path,   correction.field, "",
                              "", correction.reason, actor.name,       core.Now()};
    ZG_TRY(Apply(current.draft, entry, value, made));
    store::AddCorrection(s, id, made);
    Describe(current.draft, current.corrections.size() + 1, row);
    row.updated_at = made.at;
    store::UpdateImport(s, row);
    Event event = core.EventOf(actor, "draft.corrected", Subject(id, made.path, made.field));
    event.before = made.before;
    event.after = made.after;
    event.note = made.reason;
    store::AppendEvent(s, event);
    return EntryOrHead(current.draft, entry);
  });
}

Result<json> UndoCorrection(OfficeCore& core, ImportId id, const Actor& actor) {
  return core.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(store::ImportRow row, OpenDraft(s, id));
    auto corrections = store::Corrections(s, id);
    if (corrections.empty()) {
      return Error{Code::kConflict, "没有可以撤销的更正。", row.name, "import.nothing_to_undo"};
    }
    store::CorrectionRow last = corrections.back();
    store::MarkUndone(s, id, last.ord);
    ZG_ASSIGN(CurrentDraft current, LoadCurrentDraft(s, id));
    Describe(current.draft, current.corrections.size(), row);
    row.updated_at = core.Now();
    store::UpdateImport(s, row);
    Event event = core.EventOf(actor, "draft.undone", Subject(id, last.path, last.field));
    event.before = last.after;
    event.after = last.before;
    store::AppendEvent(s, event);
    const Entry* entry = last.path ? FindEntry(current.draft, *last.path) : nullptr;
    return json{{"undone", CorrectionJson(last)}, {"entry", EntryOrHead(current.draft, entry)}};
  });
}

Status SaySupersedes(OfficeCore& core, ImportId id, std::optional<DocId> document, const Actor& actor) {
  return core.store->Write([&](store::Session& s) -> Status {
    ZG_ASSIGN(store::ImportRow row, OpenDraft(s, id));
    if (document) {
      auto target = store::LoadDocument(s, *document);
      if (!target) return Error{Code::kNotFound, "没有这份文件，请重新选择。", "", "document.not_found"};
      if (!target->newest) {
        return Error{Code::kConflict, "这份文件已有更新的版本，请选最新的一版。", target->head.title,
                     "document.superseded"};
      }
    }
    Event event = core.EventOf(actor, "draft.supersedes", "import:" + std::to_string(id.value));
    event.before = json{{"document", row.supersedes ? json(row.supersedes.value) : json()}}.dump();
    event.after = json{{"document", document ? json(document->value) : json()}}.dump();
    store::AppendEvent(s, event);
    row.supersedes = document.value_or(DocId());
    row.supersedes_said = true;
    row.updated_at = core.Now();
    store::UpdateImport(s, row);
    return {};
  });
}

}  // namespace zg
