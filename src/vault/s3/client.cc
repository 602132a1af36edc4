#include "vault/s3/client.h"

#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstring>
#include <mutex>
#include <random>
#include <thread>

#include "vault/s3/xml.h"

namespace zg {
namespace {

constexpr size_t kMostKept = 64;        // connections that wait for the next request
constexpr size_t kMostHead = 64 << 10;  // bytes of an answer's headers
constexpr const char* kNoBytes = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

// RFC 3986, as the signature wants it.
std::string Encoded(const std::string& text) {
  static const char* kHex = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : text) {
    if (c < 0x80 && (std::isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~')) {
      out += char(c);
    } else {
      out += {'%', kHex[c >> 4], kHex[c & 15]};
    }
  }
  return out;
}

// libcurl signs the query as it stands: sorted here, and every name with its "=".
std::string UrlOf(const S3Settings& s, const S3Request& request) {
  std::string url = s.endpoint + "/" + s.bucket + (request.key.empty() ? "" : "/" + request.key);
  auto query = request.query;
  std::sort(query.begin(), query.end());
  char mark = '?';
  for (const auto& [name, value] : query) {
    url += mark + Encoded(name) + "=" + Encoded(value);
    mark = '&';
  }
  return url;
}

// One request on its way.
struct Exchange {
  const S3Request* request = nullptr;
  S3Answer answer;
  uint64_t sent = 0;
  size_t head = 0;
  bool too_long = false;

  static size_t Give(char* to, size_t size, size_t n, void* self) {
    auto* x = static_cast<Exchange*>(self);
    const S3Body& body = x->request->body;
    size_t take = size_t(std::min<uint64_t>(size * n, body.size() - x->sent));
    if (body.fd < 0) {
      std::memcpy(to, body.bytes.data() + x->sent, take);
    } else {
      ssize_t got = take ? ::pread(body.fd, to, take, off_t(body.offset + x->sent)) : 0;
      if (got < 0 || (got == 0 && take > 0)) return CURL_READFUNC_ABORT;
      take = size_t(got);
    }
    x->sent += take;
    return take;
  }
  static int Seek(void* self, curl_off_t offset, int origin) {
    if (origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
    static_cast<Exchange*>(self)->sent = uint64_t(offset);
    return CURL_SEEKFUNC_OK;
  }
  static size_t Take(char* bytes, size_t size, size_t n, void* self) {
    auto* x = static_cast<Exchange*>(self);
    if (x->answer.body.size() + size * n > x->request->most) {
      x->too_long = true;
      return 0;
    }
    x->answer.body.append(bytes, size * n);
    return size * n;
  }
  static size_t Hear(char* bytes, size_t size, size_t n, void* self) {
    auto* x = static_cast<Exchange*>(self);
    std::string_view line(bytes, size * n);
    x->head += line.size();
    if (x->head > kMostHead) return 0;
    if (line.substr(0, 5) == "HTTP/") x->answer.etag = x->answer.range = "";
    size_t colon = line.find(':');
    if (colon == line.npos) return size * n;
    std::string name(line.substr(0, colon)), value(line.substr(colon + 1));
    for (char& c : name) c = char(std::tolower((unsigned char)c));
    std::erase_if(value, [](char c) { return c == '"' || c == '\r' || c == '\n'; });
    value.erase(0, value.find_first_not_of(' '));
    if (name == "etag") x->answer.etag = value;
    if (name == "content-range") x->answer.range = value;
    return size * n;
  }
};

struct Headers {
  curl_slist* list = nullptr;
  ~Headers() { curl_slist_free_all(list); }
  void Add(const std::string& line) { list = curl_slist_append(list, line.c_str()); }
};

void Fill(CURL* c, const S3Settings& s, const S3Request& request, Exchange& x, Headers& headers) {
  curl_easy_setopt(c, CURLOPT_URL, UrlOf(s, request).c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_PROXY, "");
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(c, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, long(s.connect_seconds));
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, long(s.stall_seconds));
  // A body trickling in byte by byte must end too: 8 KB a second at least, on the whole.
  uint64_t bytes = std::max<uint64_t>(request.body.size(), request.range.empty() ? 0 : request.most);
  curl_easy_setopt(c, CURLOPT_TIMEOUT, long(6 * s.stall_seconds + bytes / 8192));
  curl_easy_setopt(c, CURLOPT_AWS_SIGV4, ("aws:amz:" + s.region + ":s3").c_str());
  curl_easy_setopt(c, CURLOPT_USERNAME, s.access_key.c_str());
  curl_easy_setopt(c, CURLOPT_PASSWORD, s.secret.c_str());
  if (!s.ca_file.empty()) curl_easy_setopt(c, CURLOPT_CAINFO, s.ca_file.c_str());
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, &Exchange::Take);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &x);
  curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, &Exchange::Hear);
  curl_easy_setopt(c, CURLOPT_HEADERDATA, &x);
  if (!request.range.empty()) curl_easy_setopt(c, CURLOPT_RANGE, request.range.c_str());
  const std::string& m = request.method;
  headers.Add("x-amz-content-sha256: " + (request.body.sha256.empty() ? kNoBytes : request.body.sha256));
  if (!request.body.md5.empty()) headers.Add("Content-MD5: " + request.body.md5);
  for (const auto& header : request.headers) headers.Add(header);
  if (m == "HEAD") {
    curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
  } else if (m == "PUT") {
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, &Exchange::Give);
    curl_easy_setopt(c, CURLOPT_READDATA, &x);
    curl_easy_setopt(c, CURLOPT_SEEKFUNCTION, &Exchange::Seek);
    curl_easy_setopt(c, CURLOPT_SEEKDATA, &x);
    curl_easy_setopt(c, CURLOPT_INFILESIZE_LARGE, curl_off_t(request.body.size()));
  } else if (m == "POST") {
    curl_easy_setopt(c, CURLOPT_POST, 1L);
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.bytes.size()));
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, request.body.bytes.empty() ? "" : request.body.bytes.data());
    headers.Add("Content-Type: application/xml");
  } else if (m == "DELETE") {
    curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, "DELETE");
  }
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers.list);
}

Error Unavailable(const char* id, const char* message, std::string cause) {
  return {Code::kUnavailable, message, "", id, std::move(cause)};
}

Error Down(std::string cause) {
  return Unavailable(
      "vault.down",
      "存放资料的对象存储现在连不上或出了故障，内容没有丢。请稍后重试；一直不行请联系系统管理员。",
      std::move(cause));
}

Error Slow(std::string cause) {
  return Unavailable("vault.slow",
                     "存放资料的对象存储太慢，等不到回答，内容没有丢。请稍后重试；一直这样请联系系统管理员。",
                     std::move(cause));
}

Error Denied(const S3Answer& a, std::string cause) {
  const char* message =
      "对象存储不认本系统的密钥或不给权限。请系统管理员检查 access_key、密钥文件和桶的权限。";
  if (a.code == "RequestTimeTooSkewed")
    message = "对象存储拒绝了请求：两边的时钟相差太大。请系统管理员校准服务器的时间。";
  if (a.code == "NoSuchBucket") message = "对象存储里没有配置的这个桶。请系统管理员核对桶名，或先建桶。";
  return Unavailable("vault.denied", message, std::move(cause));
}

// `again`: whether another try may help.
Error OfWire(CURLcode code, const Exchange& x, const char* text, bool& again) {
  std::string cause = std::string(curl_easy_strerror(code)) + (*text ? std::string(": ") + text : "");
  again = true;
  if (x.too_long) {
    again = false;
    return Unavailable("vault.damaged", "对象存储的回答不对（太长）。请联系系统管理员检查对象存储。", cause);
  }
  if (code == CURLE_OPERATION_TIMEDOUT) return Slow(cause);
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE) {
    again = false;
    return Unavailable("vault.denied",
                       "对象存储的证书不可信，没有传任何内容。请系统管理员检查 ca_file 和证书。", cause);
  }
  return Down(cause);
}

Error OfStatus(const S3Answer& a, bool& again) {
  std::string cause = "HTTP " + std::to_string(a.status) + " " + a.code;
  again = a.status >= 500 || a.status == 429 || a.status == 408 || a.code == "RequestTimeout";
  if (a.code == "SlowDown" || a.status == 429) return Slow(cause);
  if (again) return Down(cause);
  if (a.status == 400 && (a.code == "BadDigest" || a.code == "XAmzContentSHA256Mismatch" ||
                          a.code == "InvalidDigest" || a.code == "IncompleteBody")) {
    again = true;
    return Unavailable("vault.damaged", "文件在传往对象存储的路上变了，没有存下。请重试；再出现请检查网络。",
                       cause);
  }
  if (a.status == 401 || a.status == 403 || a.status == 404 || a.code == "AuthorizationHeaderMalformed")
    return Denied(a, cause);
  return Down(cause);
}

void Pause(int milliseconds) {
  thread_local std::minstd_rand chance(std::random_device{}());
  std::uniform_int_distribution<int> more(0, milliseconds);
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds + more(chance)));
}

}  // namespace

// Handles that are not in use, each with its connections.
struct S3Client::Pool {
  std::mutex mutex;
  std::vector<CURL*> idle;

  ~Pool() {
    for (CURL* c : idle) curl_easy_cleanup(c);
  }
  CURL* Take() {
    std::lock_guard lock(mutex);
    if (idle.empty()) return curl_easy_init();
    CURL* c = idle.back();
    idle.pop_back();
    return c;
  }
  void Give(CURL* c) {
    curl_easy_reset(c);  // connections stay
    std::lock_guard lock(mutex);
    if (idle.size() < kMostKept)
      idle.push_back(c);
    else
      curl_easy_cleanup(c);
  }
};

S3Client::S3Client(S3Settings settings) : settings_(std::move(settings)), pool_(std::make_unique<Pool>()) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}
S3Client::~S3Client() = default;

Result<S3Answer> S3Client::Call(const S3Request& request) const {
  for (int tried = 1;; ++tried) {
    CURL* c = pool_->Take();
    if (!c) return Down("curl_easy_init");
    char text[CURL_ERROR_SIZE] = {};
    Exchange x;
    x.request = &request;
    Headers headers;
    Fill(c, settings_, request, x, headers);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, text);
    CURLcode code = curl_easy_perform(c);
    curl_off_t length = -1;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &x.answer.status);
    curl_easy_getinfo(c, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    x.answer.length = length < 0 ? 0 : uint64_t(length);
    pool_->Give(c);
    bool again = false;
    if (code == CURLE_OK) {
      S3Answer& a = x.answer;
      if (a.status >= 300) a.code = S3ErrorCode(a.body);
      // A bucket that is not there is no answer about a key.
      bool told = a.status / 100 == 2 || (a.status == 404 && a.code != "NoSuchBucket");
      if (told) return std::move(a);
    }
    Error error = code == CURLE_OK ? OfStatus(x.answer, again) : OfWire(code, x, text, again);
    if (!again || tried >= settings_.tries) return error;
    Pause(std::min(settings_.pause_ms << (tried - 1), 5000));
  }
}

}  // namespace zg
