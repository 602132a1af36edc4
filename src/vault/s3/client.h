#pragma once
// Requests to an object store: signed (AWS signature version 4, by libcurl), retried, bounded.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "vault/s3/settings.h"

namespace zg {

// What is sent: bytes in memory, or a stretch of an open file. Borrowed for the call.
struct S3Body {
  std::string_view bytes;
  int fd = -1;  // instead of `bytes`
  uint64_t offset = 0, length = 0;
  std::string sha256,
      md5;  // of what is sent, hex and Base64; the store checks both. Empty: of no bytes; none

  uint64_t size() const { return fd >= 0 ? length : bytes.size(); }
};

struct S3Request {
  std::string method = "GET";  // GET, HEAD, PUT, POST, DELETE
  std::string key;             // below the bucket; empty: the bucket itself
  std::vector<std::pair<std::string, std::string>> query;
  std::vector<std::string> headers;  // "x-amz-…: …"
  S3Body body;
  std::string range;         // "0-99"; empty: all
  uint64_t most = 4u << 20;  // of an answer's body; what says more is refused
};

struct S3Answer {
  long status = 0;
  std::string body;
  uint64_t length = 0;  // as declared
  std::string etag;     // without quotes
  std::string range;    // Content-Range, as it came
  std::string code;     // of an error: NoSuchKey, …
};

// Thread-safe; keeps connections for the next request.
class S3Client {
 public:
  explicit S3Client(S3Settings settings);
  ~S3Client();
  // → what was answered: 2xx, or 404. Tried again, after a pause, where the store does not answer, breaks off
  // or says that it cannot just now. kUnavailable: vault.down (not there, or at fault itself), vault.slow,
  // vault.denied (keys, clock, bucket, certificate), vault.damaged (bytes changed on the way).
  Result<S3Answer> Call(const S3Request& request) const;
  const S3Settings& settings() const { return settings_; }

 private:
  struct Pool;
  const S3Settings settings_;
  std::unique_ptr<Pool> pool_;
};

}  // namespace zg
