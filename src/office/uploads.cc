#include "office/uploads.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "office/uploading.h"

namespace zg {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr int64_t kMostOpen = 200;            // uploads of one person at a time
constexpr uint64_t kKeepFree = 256ull << 20;  // of the disk, for the ledger itself

Error NoRoom(const std::string& cause) {
  return {Code::kUnavailable, "服务器磁盘空间不够，文件传不上来。请联系系统管理员清理磁盘后再传。", "",
          "upload.no_room", cause};
}

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

// The file that takes the parts, locked against other parts as long as the object lives.
class Part {
 public:
  ~Part() {
    if (fd_ >= 0) ::close(fd_);
  }
  Status Open(const fs::path& file) {
    bool made = ::access(file.c_str(), F_OK) != 0;
    fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (fd_ < 0) return NoRoom(std::string("open: ") + std::strerror(errno));
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
      return Error{Code::kConflict, "这个文件的另一部分正在传，请稍等再续传。", "", "upload.busy"};
    }
    return made ? SyncFolder(file.parent_path()) : Status();
  }
  // Whatever an unacknowledged part left behind `offset` goes.
  Status Write(int64_t offset, std::string_view bytes) {
    if (::ftruncate(fd_, offset) != 0) return NoRoom(std::string("ftruncate: ") + std::strerror(errno));
    while (!bytes.empty()) {
      ssize_t n = ::pwrite(fd_, bytes.data(), bytes.size(), offset);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return NoRoom(std::string("pwrite: ") + std::strerror(errno));
      offset += n;
      bytes.remove_prefix(size_t(n));
    }
    if (::fsync(fd_) != 0) return NoRoom(std::string("fsync: ") + std::strerror(errno));
    return {};
  }

 private:
  static Status SyncFolder(const fs::path& folder) {
    int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    return ok ? Status() : Status(NoRoom("fsync folder"));
  }
  int fd_ = -1;
};

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
  if (!ec && space.available < uint64_t(start.bytes) + kKeepFree) return NoRoom("free space");
  return {};
}

}  // namespace

fs::path UploadFolder(const OfficeCore& core) {
  return core.options.data / "uploads";
}

fs::path PartFile(const OfficeCore& core, int64_t upload) {
  return UploadFolder(core) / std::to_string(upload);
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
  std::error_code ec;
  fs::create_directories(UploadFolder(core_), ec);
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
      fs::remove(PartFile(core_, upload.id), ec);
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
  ZG_TRY(Get(id, actor));
  Part file;
  ZG_TRY(file.Open(PartFile(core_, id)));
  ZG_ASSIGN(store::Upload upload,
            core_.store->Read([&](store::Session& s) { return OwnUpload(s, id, actor); }));
  if (upload.evidence || offset != upload.received) {
    return Error{Code::kConflict,
                 fmt::format("续传的位置不对，服务器已收到{}字节，请从那里接着传。", upload.received),
                 std::to_string(upload.received), "upload.offset"};
  }
  if (offset + int64_t(part.size()) > upload.bytes) {
    return Error{Code::kInvalid, "传来的内容比开始时说的长，文件可能改过。请重新上传。", upload.name,
                 "upload.too_long"};
  }
  ZG_TRY(file.Write(offset, part));
  upload.received = offset + int64_t(part.size());
  ZG_TRY(core_.store->Write(
      [&](store::Session& s) { store::TouchUpload(s, id, upload.received, NowMs(core_)); }));
  return Told(upload);
}

Status Uploads::Drop(int64_t id, const Actor& actor) {
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    ZG_ASSIGN(store::Upload upload, OwnUpload(s, id, actor));
    if (!upload.evidence) store::DropUpload(s, id);
    return {};
  }));
  std::error_code ec;
  fs::remove(PartFile(core_, id), ec);
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
  std::error_code ec;
  for (int64_t id : ids) fs::remove(PartFile(core_, id), ec);
  return int64_t(ids.size());
}

}  // namespace zg
