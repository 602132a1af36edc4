// A draft becomes part of the ledger: one transaction, all or nothing.
#include <map>
#include <nlohmann/json.hpp>

#include "extract/json.h"
#include "ledger/diff.h"
#include "ledger/proof.h"
#include "ledger/provenance.h"
#include "office/core.h"
#include "office/draft.h"
#include "office/json.h"
#include "office/linking.h"
#include "office/merge.h"
#include "office/review.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/imports.h"
#include "store/rounds.h"
#include "store/task_index.h"
#include "store/tasks.h"
#include "store/texts.h"

namespace zg {
namespace {

using nlohmann::json;

// One commit under way. Lives as long as its transaction.
class Commit {
 public:
  Commit(OfficeCore& core, store::Session& session, CommitTools& tools, ImportId id, const Actor& actor)
      : core_(core),
        s_(session),
        id_(id),
        actor_(actor),
        now_(core.Now()),
        units_(tools.units),
        index_(tools.index),
        units_before_(tools.units.made().size()) {}

  Result<json> Run(const CommitRequest& request, const CommitOptions& options) {
    ZG_TRY(Load());
    ZG_TRY(Prove());
    ZG_ASSIGN(round_, ChooseRound(request));
    InsertTheDocument();
    if (old_)
      SaveNewVersion();
    else
      SaveTasks();
    index_.AddPassages(document_.id, text_);
    if (options.flush) index_.Flush();
    CloseImport();
    int64_t links = options.propose_links ? ProposeLinksOf(s_, core_.regions, document_.id) : 0;
    return json{
        {"document_id", document_.id.value}, {"tasks", row_.tasks}, {"links", links}, {"events", events_}};
  }

 private:
  Status Load() {
    auto row = store::LoadImport(s_, id_);
    if (!row) return Error{Code::kNotFound, "没有这次导入，可能已被清除。", "", "import.not_found"};
    row_ = *row;
    if (row_.state == ImportState::kReading || row_.state == ImportState::kFailed) {
      return Error{Code::kConflict, "文件还没有读成，不能入账。", row_.name, "import.not_draft"};
    }
    if (row_.state != ImportState::kDraft) {
      return Error{Code::kConflict, "这次导入已经入账或放弃。", row_.name, "import.closed"};
    }
    auto same = store::FindDocumentByDigest(s_, row_.sha256);
    if (same && same->newest) {
      return Error{Code::kConflict, "同一份文件已于" + same->committed_at.substr(0, 10) + "入账，不必再入。",
                   same->name, "import.duplicate"};
    }
    ZG_ASSIGN(draft_, LoadCurrentDraft(s_, id_));
    text_ = store::LoadText(s_, row_.text_id);
    if (draft_.draft.entries.empty()) {
      return Error{Code::kInvalid, "这份文件里没有识别出任务，不能入账。请核对原文，或换一份文件。",
                   row_.name, "commit.empty"};
    }
    if (row_.supersedes) old_ = store::LoadDocument(s_, row_.supersedes);
    if (old_ && !old_->newest) {
      return Error{Code::kConflict, "它要替换的文件已有更新的版本，请重新指定。", old_->head.title,
                   "document.superseded"};
    }
    return {};
  }

  // Reads each span again from the text that is saved.
  Status Prove() {
    if (!store::TextIsIntact(s_, row_.text_id)) {
      return Error{Code::kUnavailable, "保存的原文与读入时不一致，不能入账。请重新导入这份文件。", row_.name,
                   "commit.text"};
    }
    auto breaks = CheckDocumentSpans(draft_.draft, text_.text, draft_.corrected_head);
    for (const auto& entry : draft_.draft.entries) {
      if (!breaks.empty()) break;
      breaks = CheckSpans(entry, text_.text, draft_.CorrectedOf(entry.path));
    }
    if (breaks.empty()) return {};
    return Error{Code::kInvalid, zg::Describe(breaks[0]), row_.name + " " + breaks[0].path, "commit.span"};
  }

  Result<Round> ChooseRound(const CommitRequest& request) {
    if (request.round) {
      auto there = store::LoadRound(s_, request.round);
      if (there) return *there;
      return Error{Code::kNotFound, "没有这个督察轮次，请重新选择。", "round_id", "round.not_found"};
    }
    std::optional<Round> wanted = request.make;
    if (!wanted && old_) return *store::LoadRound(s_, old_->round);
    if (!wanted) wanted = ProposeRound(draft_.draft.title, draft_.draft.date);
    if (!wanted || wanted->name.empty()) {
      return Error{Code::kInvalid, "从标题看不出是哪一轮督察，请指定督察轮次后再入账。", draft_.draft.title,
                   "commit.no_round"};
    }
    if (auto there = store::FindRound(s_, wanted->name)) return *there;
    Round made = store::InsertRound(s_, *wanted, now_);
    Event event = core_.EventOf(actor_, "round.made", "round:" + std::to_string(made.id.value));
    event.after =
        json{{"name", made.name}, {"level", RoundLevelName(made.level)}, {"year", made.year}}.dump();
    Append(event);
    return made;
  }

  void InsertTheDocument() {
    store::DocumentRow& d = document_;
    if (old_) {
      d.family = old_->family;
      d.version = old_->version + 1;
      store::MarkSuperseded(s_, old_->id);
    }
    d.round = round_.id;
    d.import = id_;
    d.text_id = row_.text_id;
    d.name = row_.name;
    d.format = row_.format;
    d.bytes = row_.bytes;
    d.sha256 = row_.sha256;
    d.sm3 = row_.sm3;
    d.head = draft_.draft;
    d.head.entries.clear();
    d.corrected = draft_.corrected_head;
    d.committed_at = now_;
    d.committed_by = actor_.name;
    bool as_extracted = draft_.corrections.empty();
    d.id = store::InsertDocument(
        s_, d,
        as_extracted ? draft_.text
                     : DraftToJson(draft_.draft).dump(-1, ' ', false, json::error_handler_t::replace));
    if (!d.family) d.family = d.id;
  }

  Task NewTask(size_t i, Entry entry) {
    Task task;
    task.document = document_.id;
    task.round = round_.id;
    task.seq = int(i);
    const auto& corrected = draft_.CorrectedOf(entry.path);
    task.corrected.assign(corrected.begin(), corrected.end());
    task.entry = std::move(entry);
    task.updated_at = now_;
    return task;
  }

  // 16.2 hangs on 16, where there is one.
  TaskId ParentOf(const std::string& path) const {
    for (size_t dot = path.rfind('.'); dot != path.npos && dot > 0; dot = path.rfind('.', dot - 1)) {
      auto it = by_path_.find(path.substr(0, dot));
      if (it != by_path_.end()) return it->second;
    }
    return {};
  }

  void SaveNewTask(Task task) {
    task.parent = ParentOf(task.entry.path);
    task.id = store::InsertTask(s_, task, units_, now_);
    by_path_.emplace(task.entry.path, task.id);
    proof_ += ProofLine(task.id, TaskDigest(task));
    index_.Refresh(task, document_.family);
  }

  void SaveTasks() {
    for (size_t i = 0; i < draft_.draft.entries.size(); ++i) SaveNewTask(NewTask(i, draft_.draft.entries[i]));
  }

  // As extracted, by path: where the old version's source spoke of a task.
  std::map<std::string, Entry> OldSource() {
    std::map<std::string, Entry> by_path;
    auto current = LoadCurrentDraft(s_, old_->import);
    if (!current.ok()) return by_path;
    for (auto& entry : current->source.entries) by_path.emplace(entry.path, std::move(entry));
    return by_path;
  }

  // Tasks keep their ids, their links and what people decided.
  void SaveNewVersion() {
    std::vector<Task> before = store::LoadTasks(s_, old_->id);
    std::vector<Entry> before_entries;
    for (const auto& task : before) {
      before_entries.push_back(task.entry);
      index_.Remove(task.id);
    }
    index_.RemovePassages(old_->id, store::LoadPlainText(s_, old_->text_id));
    index_.Flush();
    auto old_source = OldSource();
    auto matches = MatchEntries(before_entries, draft_.draft.entries);
    for (const auto& match : matches) {
      if (match.after < 0) {
        RemoveTask(before[size_t(match.before)]);
      } else if (match.before < 0) {
        size_t i = size_t(match.after);
        SaveNewTask(NewTask(i, draft_.draft.entries[i]));
      } else {
        const Task& old_task = before[size_t(match.before)];
        auto source = old_source.find(old_task.entry.path);
        ReplaceTask(old_task, source == old_source.end() ? nullptr : &source->second, size_t(match.after));
      }
    }
  }

  void ReplaceTask(const Task& old_task, const Entry* old_source, size_t i) {
    Task task = NewTask(i, draft_.draft.entries[i]);
    // The list as extracted and the one with corrections have the same entries in the same places.
    Merged merged = MergeDecisions(old_task, old_source, draft_.source.entries[i], draft_.draft.entries[i],
                                   draft_.CorrectedOf(task.entry.path));
    task.entry = std::move(merged.entry);
    task.corrected = std::move(merged.corrected);
    task.id = old_task.id;
    task.parent = ParentOf(task.entry.path);
    task.revision = old_task.revision + 1;
    auto changed = ChangedFields(old_task.entry, task.entry);
    if (changed.empty()) task.updated_at = old_task.updated_at;
    store::UpdateTask(s_, task, units_);
    by_path_.emplace(task.entry.path, task.id);
    proof_ += ProofLine(task.id, TaskDigest(task));
    index_.Refresh(task, document_.family);
    for (const auto& field : changed) {
      TaskEvent("task.changed_by_source", task.id, field, FieldJson(old_task.entry, field),
                FieldJson(task.entry, field));
    }
  }

  void RemoveTask(Task task) {
    task.gone = true;
    task.revision += 1;
    task.updated_at = now_;
    store::UpdateTask(s_, task, units_);
    proof_ += ProofLine(task.id, TaskDigest(task));
    TaskEvent("task.gone", task.id, "", FieldJson(task.entry, "problem"), "");
  }

  void TaskEvent(const char* kind, TaskId task, const std::string& field, std::string before,
                 std::string after) {
    std::string subject = "task:" + std::to_string(task.value) + (field.empty() ? "" : " field:" + field);
    Event event = core_.EventOf(actor_, kind, subject);
    event.document = document_.id;
    event.task = task;
    event.before = std::move(before);
    event.after = std::move(after);
    Append(event);
  }

  void CloseImport() {
    row_.state = ImportState::kCommitted;
    row_.document = document_.id;
    row_.updated_at = now_;
    zg::Describe(draft_.draft, draft_.corrections.size(), row_);
    store::UpdateImport(s_, row_);
    json made = json::array();
    const auto& units = units_.made();
    for (size_t i = units_before_; i < units.size(); ++i) made.push_back(units_.Get(units[i]).name);
    Event event = core_.EventOf(actor_, "import.committed", "import:" + std::to_string(id_.value));
    event.document = document_.id;
    if (old_) event.before = json{{"document", old_->id.value}, {"version", old_->version}}.dump();
    event.after = json{
        {"document", document_.id.value},
        {"version", document_.version},
        {"title", document_.head.title},
        {"round", round_.name},
        {"tasks", row_.tasks},
        {"corrections", draft_.corrections.size()},
        {"sha256", document_.sha256},
        {"new_units",
         made}}.dump();
    proof_ += ProofLine(document_.id, store::DocumentDigest(document_));
    auto last = store::LastEvent(s_);
    proof_ += core_.cases.Begin(s_, document_.id, actor_.name, last ? last->seq + 1 : 1);
    event.proof = std::move(proof_);
    Append(event);
  }

  void Append(Event event) {
    store::AppendEvent(s_, std::move(event));
    ++events_;
  }

  OfficeCore& core_;
  store::Session& s_;
  ImportId id_;
  Actor actor_;
  std::string now_;
  store::UnitDirectory& units_;
  store::TaskIndex& index_;
  size_t units_before_;  // of those that earlier commits with these tools made

  store::ImportRow row_;
  CurrentDraft draft_;
  Document text_;
  Round round_;
  store::DocumentRow document_;
  std::optional<store::DocumentRow> old_;
  std::map<std::string, TaskId> by_path_;
  std::string proof_;  // lines for what was written
  int64_t events_ = 0;
};

}  // namespace

CommitTools::CommitTools(const OfficeCore& core, store::Session& session)
    : units(session, core.regions, core.Now()), index(session, core.store->text_index(), units) {}

Result<json> CommitImport(OfficeCore& core, ImportId id, const CommitRequest& request, const Actor& actor,
                          const CommitOptions& options) {
  auto committed = core.store->WriteAlone([&](store::Session& s) -> Result<json> {
    CommitTools tools(core, s);
    return Commit(core, s, tools, id, actor).Run(request, options);
  });
  if (committed.ok()) core.checks->Wake();
  return committed;
}

Result<json> CommitImportWith(CommitTools& tools, OfficeCore& core, store::Session& session, ImportId id,
                              const CommitRequest& request, const Actor& actor) {
  return Commit(core, session, tools, id, actor).Run(request, {.propose_links = false, .flush = false});
}

}  // namespace zg
