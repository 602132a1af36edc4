#include "office/reading.h"

#include <chrono>
#include <condition_variable>
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
#include "office/uploading.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/imports.h"
#include "store/jobs.h"
#include "store/texts.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr double kSameDocument =
    0.6;                           // share of paths alike from which a document of one title is a new version
constexpr int kReadShare = 80;     // of the progress bar; the rest is understanding and saving
constexpr int64_t kMostTries = 4;  // then a file that ends the program, or a vault that is gone, is let go
constexpr int64_t kAgainMs = 10'000;      // … and that long between them, longer each time
constexpr std::chrono::seconds kLook{3};  // for what another node has left
constexpr std::chrono::seconds kTell{1};  // other nodes how far it is

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

// Not the file is at fault.
bool IsAway(const Error& error) {
  return error.id == "vault.down" || error.id == "vault.slow" || error.id == "vault.denied";
}

}  // namespace

struct Reading::Impl {
  explicit Impl(OfficeCore& c) : core(c) {}

  void Note(ImportId id, int percent, const std::string& stage) {
    {
      std::lock_guard lock(mutex);
      progress[id] = {percent, stage};
    }
    auto now = std::chrono::steady_clock::now();
    if (core.nodes->alone() || core.nodes->id() == 0 || now - told < kTell) return;
    told = now;
    Status noted = core.store->Beside([&](store::Session& s) {
      store::NoteJob(s, "import", std::to_string(id.value), std::to_string(percent) + " " + stage);
    });
    if (!noted.ok()) core.Log(noted.error());
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
      store::EndJob(s, "import", std::to_string(row.id.value));
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
      store::EndJob(s, "import", std::to_string(row.id.value));
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

  // `again`: a vault that does not answer is asked again later.
  Status Read(ImportId id, bool again) {
    ZG_ASSIGN(store::ImportRow row, RowToRead(id));
    if (row.state != ImportState::kReading) return {};
    auto document = ReadFile(row);
    if (!document.ok()) {
      if (again && IsAway(document.error())) return document.error();
      core.Log(document.error());
      return SaveFailure(row, document.error());
    }
    Note(id, kReadShare, "识别任务");
    Draft draft = Extract(*document, *core.vocabulary);
    Note(id, 95, "保存草稿");
    return SaveDraft(row, *document, draft);
  }

  // The next file that nobody reads.
  std::optional<store::Job> Claim() {
    auto job = core.store->Beside([&](store::Session& s) {
      return store::ClaimJob(s, core.store->database(), "import", NowMs(core), core.nodes->id());
    });
    if (job.ok()) return *job;
    core.Log(job.error());
    return std::nullopt;
  }

  void ReadClaimed(const store::Job& job) {
    ImportId id{std::atoll(job.subject.c_str())};
    Status status = job.tries > kMostTries ? GiveUp(id, job) : ReadOrFail(id, job.tries < kMostTries);
    {
      std::lock_guard lock(mutex);
      progress.erase(id);
    }
    if (!status.ok()) core.Log(status.error());
    // Where it came to its end, the job is gone.
    Status left = core.store->Beside([&](store::Session& s) {
      if (status.ok())
        EndIfOver(s, id);
      else
        store::PutOff(s, "import", job.subject, core.nodes->id(), NowMs(core) + job.tries * kAgainMs,
                      job.tries, status.error().message);
    });
    if (!left.ok()) core.Log(left.error());
  }

  // Somebody has read or discarded it meanwhile.
  void EndIfOver(store::Session& s, ImportId id) {
    auto row = store::LoadImport(s, id);
    if (!row || row->state != ImportState::kReading) store::EndJob(s, "import", std::to_string(id.value));
  }

  Status GiveUp(ImportId id, const store::Job& job) {
    ZG_ASSIGN(store::ImportRow row, RowToRead(id));
    Error error{Code::kUnavailable, "读这个文件时程序几次中断，不再读了。请另存为新文件后再试。", row.name,
                "import.broken", job.error};
    core.Log(error);
    return SaveFailure(row, error);
  }

  void Loop() {
    std::unique_lock lock(mutex);
    while (!stop) {
      awake = false;
      lock.unlock();
      while (auto job = Claim()) {
        ReadClaimed(*job);
        std::lock_guard guard(mutex);
        if (stop) return;
      }
      lock.lock();
      auto called = [&] { return stop || awake; };
      // Alone there is nothing to look for but what was put off.
      wake.wait_for(lock, core.nodes->alone() ? std::chrono::milliseconds(kAgainMs) : kLook, called);
    }
  }

  // A reader that throws must not take the office with it.
  Status ReadOrFail(ImportId id, bool again) {
    try {
      return Read(id, again);
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
  std::map<ImportId, ReadingProgress> progress;
  bool stop = false, awake = false;
  std::chrono::steady_clock::time_point told{};  // of the one who reads
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
  OfficeCore& core = impl_->core;
  Status there = core.store->Write([&](store::Session& s) { store::AddMissingImportJobs(s, NowMs(core)); });
  if (!there.ok()) core.Log(there.error());
  impl_->thread = std::thread([this] { impl_->Loop(); });
}

void Reading::Wake() {
  std::lock_guard lock(impl_->mutex);
  impl_->awake = true;
  impl_->wake.notify_one();
}

Status Reading::Read(ImportId id) {
  return impl_->ReadOrFail(id, false);
}

ReadingProgress Reading::ProgressOf(store::Session& s, ImportId id, ImportState state) const {
  if (state == ImportState::kReading) {
    {
      std::lock_guard lock(impl_->mutex);
      auto it = impl_->progress.find(id);
      if (it != impl_->progress.end()) return it->second;
    }
    auto job =
        impl_->core.nodes->alone() ? std::nullopt : store::LoadJob(s, "import", std::to_string(id.value));
    size_t blank = job ? job->note.find(' ') : std::string::npos;
    if (blank == std::string::npos) return {0, "等待读取"};
    return {std::atoi(job->note.c_str()), job->note.substr(blank + 1)};
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
