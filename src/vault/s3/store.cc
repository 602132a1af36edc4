#include "vault/s3/store.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "vault/s3/reader.h"
#include "vault/s3/staging.h"
#include "vault/s3/xml.h"

namespace zg {
namespace {

constexpr uint64_t kMostWhole = 2ull << 30;  // that Get takes into memory
constexpr size_t kReadAtOnce = 8u << 20;     // of what is read to its end

// The digests of one part, for the store to check.
class PartDigester {
 public:
  PartDigester() : sha256_(EVP_MD_CTX_new()), md5_(EVP_MD_CTX_new()) {
    EVP_DigestInit_ex(sha256_, EVP_sha256(), nullptr);
    EVP_DigestInit_ex(md5_, EVP_md5(), nullptr);
  }
  ~PartDigester() {
    EVP_MD_CTX_free(sha256_);
    EVP_MD_CTX_free(md5_);
  }
  PartDigester(const PartDigester&) = delete;
  PartDigester& operator=(const PartDigester&) = delete;
  void Add(std::string_view bytes) {
    EVP_DigestUpdate(sha256_, bytes.data(), bytes.size());
    EVP_DigestUpdate(md5_, bytes.data(), bytes.size());
  }
  // → the body's digests and the MD5 as hex; ready for the next part.
  std::string Finish(S3Body& body) {
    unsigned char sum[EVP_MAX_MD_SIZE], text[64];
    unsigned n = 0;
    EVP_DigestFinal_ex(sha256_, sum, &n);
    body.sha256 = Hex(sum, n);
    EVP_DigestFinal_ex(md5_, sum, &n);
    body.md5.assign(reinterpret_cast<char*>(text), size_t(EVP_EncodeBlock(text, sum, int(n))));
    EVP_DigestInit_ex(sha256_, EVP_sha256(), nullptr);
    EVP_DigestInit_ex(md5_, EVP_md5(), nullptr);
    return Hex(sum, n);
  }

 private:
  static std::string Hex(const unsigned char* bytes, unsigned n) {
    static const char* kHex = "0123456789abcdef";
    std::string out;
    for (unsigned i = 0; i < n; ++i) out += {kHex[bytes[i] >> 4], kHex[bytes[i] & 15]};
    return out;
  }
  EVP_MD_CTX *sha256_, *md5_;
};

Error Unreadable(const std::string& what) {
  return {Code::kUnavailable, "要存的文件读不出来，没有存下。请检查数据目录的磁盘后重试。", "",
          "vault.no_room", what + ": " + std::strerror(errno)};
}

bool IsMd5(const std::string& etag) {
  return etag.size() == 32 && etag.find_first_not_of("0123456789abcdef") == etag.npos;
}

struct OpenedFile {
  int fd = -1;
  ~OpenedFile() {
    if (fd >= 0) ::close(fd);
  }
};

}  // namespace

// What goes up, and the digests of its parts.
struct S3Store::Plan {
  std::string digest;
  uint64_t size = 0;
  std::vector<S3Body> parts;
  std::string md5;  // hex, where there is one part
};

S3Store::S3Store(S3Settings settings) : client_(std::make_shared<S3Client>(std::move(settings))) {}
S3Store::~S3Store() = default;

Result<std::unique_ptr<S3Store>> S3Store::Open(S3Settings settings) {
  ZG_TRY(CheckS3(settings));
  return std::unique_ptr<S3Store>(new S3Store(std::move(settings)));
}

std::string S3Store::KeyOf(const std::string& digest) const {
  return client_->settings().prefix + digest.substr(0, 2) + "/" + digest;
}

std::string S3Store::DigestOf(const std::string& key) const {
  const std::string& prefix = client_->settings().prefix;
  if (key.rfind(prefix, 0) != 0 || key.size() != prefix.size() + 67) return "";
  std::string digest = key.substr(prefix.size() + 3);
  return IsDigest(digest) && KeyOf(digest) == key ? digest : "";
}

Result<std::string> S3Store::Put(std::string_view bytes) {
  Plan plan;
  plan.digest = Sha256Hex(bytes);
  plan.size = bytes.size();
  PartDigester digester;
  uint64_t most = client_->settings().part_bytes;
  for (uint64_t at = 0; at == 0 || at < bytes.size(); at += most) {
    S3Body part;
    part.bytes = bytes.substr(at, most);
    digester.Add(part.bytes);
    plan.md5 = digester.Finish(part);
    plan.parts.push_back(std::move(part));
  }
  ZG_TRY(Upload(plan));
  return plan.digest;
}

Result<Digester::Hex> S3Store::PutFile(const std::filesystem::path& file, const Before& before) {
  OpenedFile in{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  if (in.fd < 0) return Unreadable("open " + file.string());
  Plan plan;
  Digester whole;
  PartDigester digester;
  std::string buffer(1 << 20, '\0');
  uint64_t most = client_->settings().part_bytes;
  S3Body part;
  part.fd = in.fd;
  for (;;) {
    size_t room = size_t(std::min<uint64_t>(buffer.size(), most - part.length));
    ssize_t n = ::pread(in.fd, buffer.data(), room, off_t(plan.size));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Unreadable("read " + file.string());
    std::string_view bytes(buffer.data(), size_t(n));
    whole.Add(bytes);
    digester.Add(bytes);
    part.length += size_t(n);
    plan.size += size_t(n);
    bool end = n == 0 && (part.length > 0 || plan.parts.empty());
    if (part.length == most || end) {
      plan.md5 = digester.Finish(part);
      plan.parts.push_back(part);
      part.offset += part.length;
      part.length = 0;
    }
    if (n == 0) break;
  }
  Digester::Hex hex = whole.Finish();
  plan.digest = hex.sha256;
  if (before) ZG_TRY(before(plan.digest, plan.size));
  ZG_TRY(Upload(plan));
  return hex;
}

// Whether the store has it already. Where its ETag is an MD5 (one part, not encrypted) it must be ours.
Result<bool> S3Store::IsThere(const Plan& plan) const {
  S3Request request;
  request.method = "HEAD";
  request.key = KeyOf(plan.digest);
  ZG_ASSIGN(S3Answer there, client_->Call(request));
  if (there.status == 404 || there.length != plan.size) return false;
  return plan.parts.size() > 1 || !IsMd5(there.etag) || there.etag == plan.md5;
}

Status S3Store::Upload(const Plan& plan) {
  ZG_ASSIGN(bool there, IsThere(plan));
  if (there) return {};
  if (plan.parts.size() > 1) return UploadParts(plan);
  S3Request request;
  request.method = "PUT";
  request.key = KeyOf(plan.digest);
  request.body = plan.parts.front();
  ZG_ASSIGN(S3Answer kept, client_->Call(request));
  if (kept.status == 404 || (IsMd5(kept.etag) && kept.etag != plan.md5))
    return DamagedBlob(plan.digest, "put: " + std::to_string(kept.status) + " etag " + kept.etag);
  return {};
}

Result<std::vector<std::string>> S3Store::SendParts(const Plan& plan, const std::string& upload) {
  std::vector<std::string> etags;
  for (size_t i = 0; i < plan.parts.size(); ++i) {
    S3Request request;
    request.method = "PUT";
    request.key = KeyOf(plan.digest);
    request.query = {{"partNumber", std::to_string(i + 1)}, {"uploadId", upload}};
    request.body = plan.parts[i];
    ZG_ASSIGN(S3Answer kept, client_->Call(request));
    if (kept.status == 404 || kept.etag.empty() || kept.etag.size() > 200)
      return DamagedBlob(plan.digest, "part: " + std::to_string(kept.status) + " " + kept.code);
    etags.push_back(kept.etag);
  }
  return etags;
}

Status S3Store::UploadParts(const Plan& plan) {
  S3Request begin;
  begin.method = "POST";
  begin.key = KeyOf(plan.digest);
  begin.query = {{"uploads", ""}};
  ZG_ASSIGN(S3Answer begun, client_->Call(begin));
  ZG_ASSIGN(std::string upload, S3UploadId(begun.body));
  auto etags = SendParts(plan, upload);
  if (!etags.ok()) {
    Status given_up = Abandon({plan.digest, upload, 0});  // where that fails too, reconcile does it
    (void)given_up;
    return etags.error();
  }
  std::string order = S3CompleteXml(*etags);
  S3Request end;
  end.method = "POST";
  end.key = begin.key;
  end.query = {{"uploadId", upload}};
  end.body.bytes = order;
  end.body.sha256 = Sha256Hex(order);
  auto ended = client_->Call(end);
  // An answer that was lost, or a 200 that holds an error, says nothing: what is there does.
  auto there = IsThere(plan);
  if (there.ok() && *there) return {};
  Status given_up = Abandon({plan.digest, upload, 0});
  (void)given_up;
  if (!ended.ok()) return ended.error();
  if (!there.ok()) return there.error();
  return DamagedBlob(plan.digest, "complete: " + S3ErrorCode(ended->body));
}

Result<std::string> S3Store::Get(const std::string& digest) const {
  if (!IsDigest(digest)) return MissingBlob(digest);
  S3Request request;
  request.key = KeyOf(digest);
  request.most = kMostWhole;
  for (int tried = 1;; ++tried) {
    ZG_ASSIGN(S3Answer answer, client_->Call(request));
    if (answer.status == 404) return MissingBlob(digest);
    if (Sha256Hex(answer.body) == digest) return std::move(answer.body);
    if (tried == 2) return DamagedBlob(digest, "digest");  // once it may have been the way
  }
}

Result<BlobFile> S3Store::OpenFile(const std::string& digest) const {
  if (!IsDigest(digest)) return MissingBlob(digest);
  S3Request request;
  request.method = "HEAD";
  request.key = KeyOf(digest);
  ZG_ASSIGN(S3Answer there, client_->Call(request));
  if (there.status == 404) return MissingBlob(digest);
  return BlobFile{std::make_shared<S3Reader>(client_, request.key, digest, there.length), there.length};
}

// Asks once, for an object that is not there, and waits for moments only: whoever asks again soon does not
// want to wait for the patience of uploads.
Status S3Store::Answers() const {
  S3Settings settings = client_->settings();
  settings.tries = 1;
  settings.connect_seconds = std::min(settings.connect_seconds, 2);
  settings.stall_seconds = std::min(settings.stall_seconds, 3);
  S3Request request;
  request.method = "HEAD";
  request.key = KeyOf(std::string(64, '0'));
  ZG_TRY(S3Client(std::move(settings)).Call(request));
  return {};
}

Result<Digester::Hex> S3Store::Digests(const std::string& digest) const {
  ZG_ASSIGN(BlobFile file, OpenFile(digest));
  Digester digester;
  std::string buffer(size_t(std::min<uint64_t>(kReadAtOnce, file.size)), '\0');
  for (uint64_t at = 0; at < file.size;) {
    ZG_ASSIGN(size_t n, file.bytes->ReadAt(at, buffer.data(), buffer.size()));
    if (n == 0) return DamagedBlob(digest, "short");
    digester.Add(std::string_view(buffer).substr(0, n));
    at += n;
  }
  return digester.Finish();
}

Status S3Store::Check(const std::string& digest) const {
  ZG_ASSIGN(Digester::Hex hex, Digests(digest));
  return hex.sha256 == digest ? Status() : Status(DamagedBlob(digest, "digest"));
}

Result<std::vector<BlobEntry>> S3Store::Entries() const {
  std::vector<BlobEntry> entries;
  S3Request request;
  request.query = {{"list-type", "2"}, {"max-keys", "1000"}, {"prefix", client_->settings().prefix}};
  std::string last;
  for (;;) {
    ZG_ASSIGN(S3Answer answer, client_->Call(request));
    ZG_ASSIGN(S3Page page, S3List(answer.body));
    for (const auto& object : page.objects) {
      // Keys go up: so that no answer can keep this going for ever.
      if (object.key <= last) return DamagedBlob("", "a list out of order");
      last = object.key;
      std::string digest = DigestOf(object.key);
      if (!digest.empty()) entries.push_back({digest, object.size, object.changed_at});
    }
    if (page.next.empty()) break;
    request.query = {{"continuation-token", page.next},
                     {"list-type", "2"},
                     {"max-keys", "1000"},
                     {"prefix", client_->settings().prefix}};
  }
  return entries;
}

Result<std::vector<std::string>> S3Store::List() const {
  ZG_ASSIGN(std::vector<BlobEntry> entries, Entries());
  std::vector<std::string> digests;
  for (auto& entry : entries) digests.push_back(std::move(entry.digest));
  return digests;
}

Status S3Store::Remove(const std::string& digest) {
  if (!IsDigest(digest)) return MissingBlob(digest);
  S3Request request;
  request.method = "DELETE";
  request.key = KeyOf(digest);
  auto gone = client_->Call(request);
  return gone.ok() ? Status() : Status(gone.error());
}

Result<std::vector<UnfinishedBlob>> S3Store::Unfinished() const {
  std::vector<UnfinishedBlob> all;
  S3Request request;
  request.query = {{"max-uploads", "1000"}, {"prefix", client_->settings().prefix}, {"uploads", ""}};
  std::string last;
  for (;;) {
    ZG_ASSIGN(S3Answer answer, client_->Call(request));
    ZG_ASSIGN(S3UploadPage page, S3Uploads(answer.body));
    for (const auto& one : page.uploads) {
      std::string digest = DigestOf(one.key);
      if (!digest.empty()) all.push_back({digest, one.upload, one.begun_at});
    }
    if (page.next_key.empty()) break;
    std::string mark = page.next_key + "\n" + page.next_upload;
    if (mark <= last || all.size() > 1'000'000) return DamagedBlob("", "a list out of order");
    last = mark;
    request.query = {{"key-marker", page.next_key},
                     {"max-uploads", "1000"},
                     {"prefix", client_->settings().prefix},
                     {"upload-id-marker", page.next_upload},
                     {"uploads", ""}};
  }
  return all;
}

Status S3Store::Abandon(const UnfinishedBlob& one) {
  if (!IsDigest(one.digest)) return MissingBlob(one.digest);
  S3Request request;
  request.method = "DELETE";
  request.key = KeyOf(one.digest);
  request.query = {{"uploadId", one.upload}};
  auto gone = client_->Call(request);
  return gone.ok() ? Status() : Status(gone.error());
}

std::unique_ptr<Staging> S3Store::MakeStaging(const std::filesystem::path& scratch) const {
  return MakeS3Staging(client_, scratch);
}

}  // namespace zg
