#include "vault/s3/staging.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <random>

#include "base/digest.h"
#include "vault/s3/xml.h"

namespace zg {
namespace {

namespace fs = std::filesystem;

class S3Staging : public Staging {
 public:
  S3Staging(std::shared_ptr<const S3Client> client, fs::path scratch)
      : client_(std::move(client)), scratch_(std::move(scratch)) {}

  Result<std::shared_ptr<void>> Enter(int64_t) override { return std::shared_ptr<void>(); }

  Status Put(int64_t upload, const StagedPart& part, std::string_view bytes) override {
    S3Request request;
    request.method = "PUT";
    request.key = KeyOf(upload, part);
    request.body.bytes = bytes;
    request.body.sha256 = part.sha256;
    ZG_ASSIGN(S3Answer kept, client_->Call(request));
    return kept.status == 404 ? Status(LostUpload("put: " + kept.code)) : Status();
  }

  // Each part is read back once and proved on the way.
  Result<std::shared_ptr<const StagedFile>> Whole(int64_t upload,
                                                  const std::vector<StagedPart>& parts) override {
    std::error_code ec;
    fs::create_directories(scratch_, ec);
    fs::path path = scratch_ / fmt::format("whole-{}-{:08x}", upload, std::random_device()());
    int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (fd < 0) return NoRoomForUpload("open " + path.string());
    auto file = std::make_shared<const StagedFile>(path, true);
    Status written = Fetch(upload, parts, fd);
    ::close(fd);
    if (!written.ok()) return written.error();
    return file;
  }

  Status Drop(int64_t upload) override {
    std::vector<std::string> keys;
    ZG_TRY(EachObject(Prefix() + std::to_string(upload) + "/",
                      [&](const S3Object& object) { keys.push_back(object.key); }));
    for (const auto& key : keys) {
      S3Request request;
      request.method = "DELETE";
      request.key = key;
      auto gone = client_->Call(request);
      if (!gone.ok()) return gone.error();
    }
    return {};
  }

  Result<std::vector<StagedUpload>> List() const override {
    std::map<int64_t, StagedUpload> all;
    ZG_TRY(EachObject(Prefix(), [&](const S3Object& object) {
      std::string_view name = std::string_view(object.key).substr(Prefix().size());
      int64_t id = 0;
      auto read = std::from_chars(name.data(), name.data() + name.size(), id);
      if (read.ec != std::errc() || read.ptr == name.data() + name.size() || *read.ptr != '/') return;
      StagedUpload& one = all[id];
      one.upload = id;
      one.bytes += object.size;
      one.changed_at = std::max(one.changed_at, object.changed_at);
    }));
    std::vector<StagedUpload> list;
    for (const auto& [id, one] : all) list.push_back(one);
    return list;
  }

 private:
  std::string Prefix() const { return client_->settings().prefix + "staging/"; }
  std::string KeyOf(int64_t upload, const StagedPart& part) const {
    return Prefix() + fmt::format("{}/{:012}-{}", upload, part.offset, part.sha256.substr(0, 32));
  }

  Status Fetch(int64_t upload, const std::vector<StagedPart>& parts, int fd) {
    uint64_t at = 0;
    for (const auto& part : parts) {
      if (part.offset != at) return LostUpload("a gap at " + std::to_string(at));
      S3Request request;
      request.key = KeyOf(upload, part);
      request.most = part.bytes + (64u << 10);  // or an error in words
      ZG_ASSIGN(S3Answer answer, client_->Call(request));
      if (answer.status == 404 || answer.body.size() != part.bytes || Sha256Hex(answer.body) != part.sha256)
        return LostUpload(request.key + ": " + std::to_string(answer.status));
      ZG_TRY(WriteAt(fd, at, answer.body));
      at += part.bytes;
    }
    return {};
  }

  Status EachObject(const std::string& prefix, const std::function<void(const S3Object&)>& take) const {
    S3Request request;
    request.query = {{"list-type", "2"}, {"max-keys", "1000"}, {"prefix", prefix}};
    std::string last;
    for (;;) {
      ZG_ASSIGN(S3Answer answer, client_->Call(request));
      ZG_ASSIGN(S3Page page, S3List(answer.body));
      for (const auto& object : page.objects) {
        if (object.key <= last) return LostUpload("a list out of order");
        last = object.key;
        if (object.key.rfind(prefix, 0) == 0) take(object);
      }
      if (page.next.empty()) return {};
      request.query = {
          {"continuation-token", page.next}, {"list-type", "2"}, {"max-keys", "1000"}, {"prefix", prefix}};
    }
  }

  const std::shared_ptr<const S3Client> client_;
  const fs::path scratch_;
};

}  // namespace

std::unique_ptr<Staging> MakeS3Staging(std::shared_ptr<const S3Client> client, const fs::path& scratch) {
  return std::make_unique<S3Staging>(std::move(client), scratch);
}

}  // namespace zg
