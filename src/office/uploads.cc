#include "office/uploads.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "office/uploading.h"

namespace zg {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr int64_t kMostOpen = 200;            // uploads of one person at a time
constexpr uint64_t kKeepFree = 256ull << 20;  // of the disk, for the ledger itself

Error NotFound() {
  return {Code::kNotFound, "没有这次上传，可能已过期或已取消。请重新选择文件上传。", "", "upload.not_found"};
}

json Told(const store::Upload& u) {
  json out = {{"id", u.id},
              {"name", u.name},
              {"bytes", u.bytes},
              {"received", u.received},
              {"part", Uploads::kMaxPart},
              {"started_at", u.started_at}};
  out["evidence_id"] = u.evidence ? json(u.evidence.value) : json(nullptr);
  return out;
}

std::string Size(uint64_t bytes) {
  return bytes >= (1ull << 30) ? fmt::format("{} GB", bytes >> 30) : fmt::format("{} MB", bytes >> 20);
}

Status CheckStart(const OfficeCore& core, const UploadStart& start) {
  if (start.name.empty()) {
    return Error{Code::kInvalid, "文件没有名字，请改名后再传。", "name", "upload.name"};
  }
  if (start.bytes <= 0)
    return Error{Code::kInvalid, "文件是空的，没有内容可存。请检查文件。", start.name, "upload.empty"};
  if (uint64_t(start.bytes) > core.options.max_evidence_bytes) {
    return Error{
        Code::kInvalid,
        fmt::format("文件太大，最多 {}。请拆分或压缩后再传。", Size(core.options.max_evidence_bytes)),
        start.name, "upload.too_large"};
  }
  if (!start.sha256.empty() && !IsDigest(start.sha256))
    return Error{Code::kInvalid, "sha256 应是64位小写十六进制。", "sha256", "upload.digest"};
  std::error_code ec;
  auto space = fs::space(core.options.data, ec);
  if (!ec && space.available < uint64_t(start.bytes) + kKeepFree) return NoRoomForUpload("free space");
  return {};
}

Status CheckPart(const store::Upload& upload, int64_t offset, std::string_view part) {
  if (upload.evidence || offset != upload.received) {
    return Error{Code::kConflict,
                 fmt::format("续传的位置不对，服务器已收到{}字节，请从那里接着传。", upload.received),
                 std::to_string(upload.received), "upload.offset"};
  }
  if (offset + int64_t(part.size()) > upload.bytes) {
    return Error{Code::kInvalid, "传来的内容比开始时说的长，文件可能改过。请重新上传。", upload.name,
                 "upload.too_long"};
  }
  return {};
}

}  // namespace

fs::path UploadFolder(const OfficeCore& core) {
  return core.options.data / "uploads";
}

int64_t NowMs(const OfficeCore& core) {
  using namespace std::chrono;
  return duration_cast<milliseconds>(core.clock->Now().time_since_epoch()).count();
}

Result<store::Upload> OwnUpload(store::Session& session, int64_t id, const Actor& actor) {
  auto upload = store::LoadUpload(session, id);
  if (!upload || upload->user != actor.user || upload->owner != actor.name) return NotFound();
  return *upload;
}

Result<json> Uploads::Start(const UploadStart& given, const Actor& actor) {
  UploadStart start = given;
  start.name = CleanFileName(given.name);
  ZG_TRY(CheckStart(core_, start));
  ZG_ASSIGN(int64_t expired, Expire());
  (void)expired;
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    store::Upload upload;
    for (const auto& open : store::UploadsOf(s, actor.user, actor.name)) {
      bool same = open.name == start.name && open.bytes == start.bytes && open.sha256 == start.sha256;
      if (same && !start.sha256.empty()) upload = open;
    }
    json duplicate = nullptr;
    if (!start.sha256.empty()) {
      auto id = store::FindEvidenceByDigest(s, actor.scope(), start.sha256);
      auto there = id ? store::LoadEvidence(s, *id) : std::nullopt;
      if (there) duplicate = {{"id", there->id.value}, {"title", there->title}, {"name", there->name}};
    }
    if (upload.id == 0) {
      store::UploadSums sums = store::OpenUploads(s, actor.user, actor.name);
      if (sums.own_count >= kMostOpen ||
          uint64_t(sums.own_bytes + start.bytes) > core_.options.upload_user_bytes ||
          uint64_t(sums.all_bytes + start.bytes) > core_.options.upload_total_bytes) {
        return Error{Code::kConflict, "还没传完的文件太多了。请等前面的传完，或取消一些再传。", start.name,
                     "upload.too_many"};
      }
      upload = {0, actor.name,   actor.user,  start.name,   start.bytes,
                0, start.sha256, core_.Now(), NowMs(core_), {}};
      upload.id = store::InsertUpload(s, upload);
    }
    json out = Told(upload);
    out["duplicate"] = std::move(duplicate);
    return out;
  });
}

Result<json> Uploads::Get(int64_t id, const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(store::Upload upload, OwnUpload(s, id, actor));
    return Told(upload);
  });
}

Result<json> Uploads::List(const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    json items = json::array();
    for (const auto& upload : store::UploadsOf(s, actor.user, actor.name)) items.push_back(Told(upload));
    return json{{"items", std::move(items)}};
  });
}

Result<json> Uploads::Append(int64_t id, int64_t offset, std::string_view part, const Actor& actor) {
  if (part.empty()) return Error{Code::kInvalid, "这一部分是空的，请重新续传。", "body", "upload.empty"};
  // Also right where a replica answers what is read otherwise: what was acknowledged must not be written
  // over.
  auto latest = [&] { return core_.store->Read([&](store::Session& s) { return OwnUpload(s, id, actor); }); };
  ZG_TRY(latest());
  ZG_ASSIGN(std::shared_ptr<void> inside, core_.staging->Enter(id));
  ZG_ASSIGN(store::Upload upload, latest());
  ZG_TRY(CheckPart(upload, offset, part));
  StagedPart staged{uint64_t(offset), part.size(), Sha256Hex(part)};
  ZG_TRY(core_.staging->Put(id, staged, part));
  // Another node may have been quicker: one of them is acknowledged.
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(store::Upload now, OwnUpload(s, id, actor));
    ZG_TRY(CheckPart(now, offset, part));
    now.received = offset + int64_t(part.size());
    store::AddUploadPart(s, id, {offset, int64_t(part.size()), staged.sha256});
    store::TouchUpload(s, id, now.received, NowMs(core_));
    return Told(now);
  });
}

Status Uploads::Drop(int64_t id, const Actor& actor) {
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    ZG_ASSIGN(store::Upload upload, OwnUpload(s, id, actor));
    if (!upload.evidence) store::DropUpload(s, id);
    return {};
  }));
  LetGo(id);
  return {};
}

Result<int64_t> Uploads::Expire() {
  int64_t limit = NowMs(core_) - core_.options.upload_hours * 3'600'000;
  ZG_ASSIGN(std::vector<int64_t> ids,
            core_.store->Read([&](store::Session& s) { return store::UploadsUntouchedSince(s, limit); }));
  if (ids.empty()) return int64_t(0);
  ZG_TRY(core_.store->Write([&](store::Session& s) {
    for (int64_t id : ids) store::DropUpload(s, id);
  }));
  for (int64_t id : ids) LetGo(id);
  return int64_t(ids.size());
}

// What stays where that fails is found by reconcile.
void Uploads::LetGo(int64_t id) {
  Status gone = core_.staging->Drop(id);
  if (!gone.ok()) core_.Log(gone.error());
}

}  // namespace zg
