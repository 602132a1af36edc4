#include "office/reading.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "document/reader.h"
#include "extract/extractor.h"
#include "extract/json.h"
#include "ledger/diff.h"
#include "office/core.h"
#include "office/draft.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/imports.h"
#include "store/texts.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr double kSameDocument =
    0.6;                        // share of paths alike from which a document of one title is a new version
constexpr int kReadShare = 80;  // of the progress bar; the rest is understanding and saving

std::string Subject(ImportId id) {
  return "import:" + std::to_string(id.value);
}

// The document of which this draft looks like a new version; none where there is none.
DocId LooksLike(store::Session& s, const Draft& draft, const std::string& sha256) {
  for (const auto& row : store::FindDocumentsByTitle(s, draft.kind, draft.title)) {
    if (row.sha256 == sha256 || row.head.issuer != draft.issuer) continue;
    json stored = json::parse(store::LoadCommittedDraft(s, row.id), nullptr, false);
    auto before = DraftFromJson(stored);
    if (before.ok() && PathsInCommon(before->entries, draft.entries) >= kSameDocument) return row.id;
  }
  return {};
}

}  // namespace

struct Reading::Impl {
  explicit Impl(OfficeCore& c) : core(c) {}

  void Note(ImportId id, int percent, const std::string& stage) {
    std::lock_guard lock(mutex);
    progress[id] = {percent, stage};
  }

  Result<store::ImportRow> RowToRead(ImportId id) {
    return core.store->Read([&](store::Session& s) -> Result<store::ImportRow> {
      auto row = store::LoadImport(s, id);
      if (!row) return Error{Code::kNotFound, "没有这次导入。", "", "import.not_found"};
      return *row;
    });
  }

  Result<Document> ReadFile(const store::ImportRow& row) {
    Note(row.id, 1, "取出原件");
    ZG_ASSIGN(std::string bytes, core.vault->Get(row.sha256));
    ReadOptions options;
    options.progress = [&](int percent, const std::string& stage) {
      Note(row.id, percent * kReadShare / 100, stage);
    };
    return ReadDocument(bytes, row.name, options);
  }

  Status SaveFailure(store::ImportRow row, const Error& error) {
    return core.store->WriteAlone([&](store::Session& s) -> Status {
      auto now = store::LoadImport(s, row.id);
      if (!now || now->state != ImportState::kReading) return {};
      now->state = ImportState::kFailed;
      now->error_id = error.id;
      now->error = error.message;
      now->updated_at = core.Now();
      store::UpdateImport(s, *now);
      Event event = core.EventOf({row.actor}, "import.failed", Subject(row.id));
      event.after = json{{"code", error.id}, {"message", error.message}}.dump();
      store::AppendEvent(s, event);
      return {};
    });
  }

  Status SaveDraft(const store::ImportRow& row, const Document& document, const Draft& draft) {
    std::string text = DraftToJson(draft).dump(-1, ' ', false, json::error_handler_t::replace);
    return core.store->WriteAlone([&](store::Session& s) -> Status {
      auto now = store::LoadImport(s, row.id);
      // Somebody has discarded it meanwhile, or another process was quicker.
      if (!now || now->state != ImportState::kReading) return {};
      now->text_id = store::SaveText(s, document);
      now->format = document.format;
      now->state = ImportState::kDraft;
      now->supersedes = LooksLike(s, draft, row.sha256);
      now->updated_at = core.Now();
      Describe(draft, 0, *now);
      store::UpdateImport(s, *now);
      store::SaveDraft(s, row.id, text);
      Event event = core.EventOf({row.actor}, "import.read", Subject(row.id));
      event.after = json{{"title", draft.title}, {"tasks", now->tasks}, {"doubts", now->doubts}}.dump();
      store::AppendEvent(s, event);
      return {};
    });
  }

  Status Read(ImportId id) {
    ZG_ASSIGN(store::ImportRow row, RowToRead(id));
    if (row.state != ImportState::kReading) return {};
    auto document = ReadFile(row);
    if (!document.ok()) {
      core.Log(document.error());
      return SaveFailure(row, document.error());
    }
    Note(id, kReadShare, "识别任务");
    Draft draft = Extract(*document, *core.vocabulary);
    Note(id, 95, "保存草稿");
    return SaveDraft(row, *document, draft);
  }

  void Loop() {
    for (;;) {
      ImportId id;
      {
        std::unique_lock lock(mutex);
        wake.wait(lock, [&] { return stop || !queue.empty(); });
        if (stop) return;
        id = queue.front();
        queue.pop_front();
      }
      Status status = ReadOrFail(id);
      if (!status.ok()) core.Log(status.error());
      std::lock_guard lock(mutex);
      progress.erase(id);
    }
  }

  // A reader that throws must not take the office with it.
  Status ReadOrFail(ImportId id) {
    try {
      return Read(id);
    } catch (const std::exception& e) {
      Error error{Code::kUnavailable, "读这个文件时出错，请另存为新文件后再试。", "", "import.broken",
                  e.what()};
      core.Log(error);
      ZG_ASSIGN(store::ImportRow row, RowToRead(id));
      return SaveFailure(row, error);
    }
  }

  OfficeCore& core;
  mutable std::mutex mutex;  // guards all below
  std::condition_variable wake;
  std::deque<ImportId> queue;
  std::map<ImportId, ReadingProgress> progress;
  bool stop = false;
  std::thread thread;
};

Reading::Reading(OfficeCore& core) : impl_(std::make_unique<Impl>(core)) {}

Reading::~Reading() {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->stop = true;
  }
  impl_->wake.notify_all();
  if (impl_->thread.joinable()) impl_->thread.join();
}

void Reading::Start() {
  auto left = impl_->core.store->Read(
      [](store::Session& s) { return store::ImportsInState(s, ImportState::kReading); });
  if (left.ok()) impl_->queue.assign(left->begin(), left->end());
  impl_->thread = std::thread([this] { impl_->Loop(); });
}

void Reading::Enqueue(ImportId id) {
  std::lock_guard lock(impl_->mutex);
  if (!impl_->thread.joinable()) return;
  impl_->queue.push_back(id);
  impl_->wake.notify_one();
}

Status Reading::Read(ImportId id) {
  return impl_->ReadOrFail(id);
}

ReadingProgress Reading::ProgressOf(ImportId id, ImportState state) const {
  if (state == ImportState::kReading) {
    std::lock_guard lock(impl_->mutex);
    auto it = impl_->progress.find(id);
    return it == impl_->progress.end() ? ReadingProgress{0, "等待读取"} : it->second;
  }
  switch (state) {
    case ImportState::kDraft:
      return {100, "等待核对"};
    case ImportState::kFailed:
      return {100, "读取失败"};
    case ImportState::kCommitted:
      return {100, "已入账"};
    default:
      return {100, "已放弃"};
  }
}

}  // namespace zg
