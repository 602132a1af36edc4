#include "office/reconcile.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "office/uploading.h"
#include "store/events.h"
#include "store/vault_intents.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr size_t kMostListed = 1000;

void Add(json& list, json row) {
  if (list.size() < kMostListed) list.push_back(std::move(row));
}

// One digest that the ledger names, with all that need it.
struct Needed {
  std::string digest;
  int64_t bytes = 0;
  json uses = json::array();
};

class Reconciling {
 public:
  Reconciling(const OfficeCore& core, const ReconcileOptions& options)
      : core_(core), options_(options), limit_ms_(NowMs(core) - options.older_hours * 3'600'000) {}

  Result<json> Run() {
    // The vault first: what is committed meanwhile is then named already.
    ZG_ASSIGN(entries_, core_.vault->Entries());
    ZG_TRY(core_.store->Read([&](store::Session& s) {
      for (const auto& one : store::NamedBlobs(s)) Need(one);
    }));
    ZG_TRY(Compare());
    if (options_.deep) ZG_TRY(Prove());
    if (options_.remove_extra) ZG_TRY(RemoveExtra());
    ZG_TRY(AbandonUploads());
    ZG_TRY(DropStaged());
    ZG_TRY(SettleIntents());
    return Report();
  }

 private:
  void Need(const store::NamedBlob& one) {
    if (needed_.empty() || needed_.back().digest != one.digest) needed_.push_back({one.digest});
    Needed& last = needed_.back();
    last.bytes = std::max(last.bytes, one.bytes);
    if (last.uses.size() < 20) last.uses.push_back(one.what + ":" + std::to_string(one.id));
  }

  const BlobEntry* Find(const std::string& digest) const {
    auto at = std::lower_bound(entries_.begin(), entries_.end(), digest,
                               [](const BlobEntry& e, const std::string& d) { return e.digest < d; });
    return at != entries_.end() && at->digest == digest ? &*at : nullptr;
  }
  bool Named(const std::string& digest) const {
    auto at = std::lower_bound(needed_.begin(), needed_.end(), digest,
                               [](const Needed& n, const std::string& d) { return n.digest < d; });
    return at != needed_.end() && at->digest == digest;
  }
  bool Old(int64_t seconds) const { return seconds > 0 && seconds * 1000 <= limit_ms_; }

  Status Compare() {
    for (const auto& needed : needed_) {
      const BlobEntry* there = Find(needed.digest);
      if (!there) {
        // It may have come after the vault was listed.
        auto file = core_.vault->OpenFile(needed.digest);
        if (file.ok()) continue;
        if (file.error().code != Code::kNotFound) return file.error();
        ++missing_count_;
        Add(missing_, {{"digest", needed.digest}, {"for", needed.uses}});
      } else if (needed.bytes > 0 && there->size != uint64_t(needed.bytes)) {
        Damage(needed, "记录为" + std::to_string(needed.bytes) + "字节，库里是" +
                           std::to_string(there->size) + "字节");
      }
    }
    for (const auto& entry : entries_) {
      bytes_ += entry.size;
      if (Named(entry.digest)) continue;
      extra_.push_back(&entry);
      extra_bytes_ += entry.size;
    }
    return {};
  }

  void Damage(const Needed& needed, const std::string& cause) {
    ++damaged_count_;
    Add(damaged_, {{"digest", needed.digest}, {"for", needed.uses}, {"cause", cause}});
  }

  Status Prove() {
    int64_t done = 0;
    for (const auto& needed : needed_) {
      const BlobEntry* there = Find(needed.digest);
      bool sized = there && (needed.bytes == 0 || there->size == uint64_t(needed.bytes));
      if (sized) {
        Status proved = core_.vault->Check(needed.digest);
        if (!proved.ok() && proved.error().id != "vault.damaged") return proved;
        if (!proved.ok()) Damage(needed, "内容与摘要不符");
      }
      if (options_.progress) options_.progress(++done, int64_t(needed_.size()));
    }
    return {};
  }

  // Each in a transaction of its own that holds the intent: nobody can be keeping the same bytes meanwhile.
  Status RemoveExtra() {
    for (const BlobEntry* entry : extra_) {
      if (!Old(entry->kept_at)) continue;
      ZG_TRY(core_.store->WriteAlone([&](store::Session& s) -> Status {
        if (store::IsNamed(s, entry->digest)) return {};
        store::VaultIntent mine{entry->digest, int64_t(entry->size), core_.Now(), NowMs(core_)};
        if (!store::ClaimIntent(s, mine, limit_ms_ + 1)) return {};
        ZG_TRY(core_.vault->Remove(entry->digest));
        store::ClearIntent(s, entry->digest);
        Event event = core_.EventOf(Actor{"命令行"}, "vault.extra_removed", "blob:" + entry->digest);
        event.after = json{{"bytes", entry->size}, {"kept_at", entry->kept_at}}.dump();
        store::AppendEvent(s, event);
        ++removed_count_;
        Add(removed_, entry->digest);
        return {};
      }));
    }
    return {};
  }

  Status AbandonUploads() {
    ZG_ASSIGN(std::vector<UnfinishedBlob> unfinished, core_.vault->Unfinished());
    for (const auto& one : unfinished) {
      bool old = Old(one.begun_at);
      if (old) ZG_TRY(core_.vault->Abandon(one));
      Add(unfinished_, {{"digest", one.digest}, {"begun_at", one.begun_at}, {"abandoned", old}});
    }
    return {};
  }

  // Parts of uploads that nobody goes on with.
  Status DropStaged() {
    ZG_ASSIGN(std::vector<StagedUpload> staged, core_.staging->List());
    for (const auto& one : staged) {
      ZG_ASSIGN(bool open, core_.store->Read([&](store::Session& s) {
        auto upload = store::LoadUpload(s, one.upload);
        return upload && !upload->evidence;
      }));
      if (open) continue;
      bool old = Old(one.changed_at);
      if (old) ZG_TRY(core_.staging->Drop(one.upload));
      Add(staged_, {{"upload", one.upload}, {"bytes", one.bytes}, {"removed", old}});
    }
    return {};
  }

  // Those whose bytes the ledger names came to their end; old ones will not.
  Status SettleIntents() {
    return core_.store->WriteAlone([&](store::Session& s) -> Status {
      for (const auto& intent : store::VaultIntents(s)) {
        bool settled = store::IsNamed(s, intent.digest), old = intent.begun_ms <= limit_ms_;
        if (settled || old) store::ClearIntent(s, intent.digest);
        ++(settled ? settled_ : old ? dropped_ : waiting_);
      }
      return {};
    });
  }

  json Report() const {
    json extra = json::array();
    for (const BlobEntry* entry : extra_)
      Add(extra, {{"digest", entry->digest},
                  {"bytes", entry->size},
                  {"kept_at", entry->kept_at},
                  {"old", Old(entry->kept_at)}});
    return {{"ok", missing_count_ == 0 && damaged_count_ == 0},
            {"deep", options_.deep},
            {"named", needed_.size()},
            {"kept", entries_.size()},
            {"bytes", bytes_},
            {"missing", missing_},
            {"missing_count", missing_count_},
            {"damaged", damaged_},
            {"damaged_count", damaged_count_},
            {"extra", std::move(extra)},
            {"extra_count", extra_.size()},
            {"extra_bytes", extra_bytes_},
            {"removed", removed_},
            {"removed_count", removed_count_},
            {"unfinished", unfinished_},
            {"staged", staged_},
            {"intents", {{"waiting", waiting_}, {"settled", settled_}, {"dropped", dropped_}}}};
  }

  const OfficeCore& core_;
  const ReconcileOptions& options_;
  const int64_t limit_ms_;
  std::vector<BlobEntry> entries_;  // by digest
  std::vector<Needed> needed_;      // by digest
  std::vector<const BlobEntry*> extra_;
  json missing_ = json::array(), damaged_ = json::array(), removed_ = json::array(),
       unfinished_ = json::array(), staged_ = json::array();
  int64_t missing_count_ = 0, damaged_count_ = 0, removed_count_ = 0, waiting_ = 0, settled_ = 0,
          dropped_ = 0;
  uint64_t bytes_ = 0, extra_bytes_ = 0;
};

}  // namespace

Result<json> ReconcileVault(const OfficeCore& core, const ReconcileOptions& options) {
  return Reconciling(core, options).Run();
}

}  // namespace zg
