#include "http/public_site.h"

#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "base/digest.h"
#include "gazette/pages.h"
#include "http/assets.h"
#include "http/buckets.h"
#include "http/gzip.h"
#include "http/log.h"
#include "http/params.h"
#include "http/url.h"
#include "http/use.h"
#include "office/office.h"
#include "office/publishing.h"

namespace zg::http {

const std::string_view kPublicHeaders =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n"
    "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'\r\n";

namespace {

constexpr size_t kMostPages = 4'000;             // kept ready
constexpr size_t kMostBytes = 128u << 20;        // … in all
constexpr std::chrono::milliseconds kLook{500};  // how often another process's changes are looked for

struct Ready {
  gazette::Page page;
  std::string gzip;  // empty: not smaller
  std::string etag;
};
using ReadyPtr = std::shared_ptr<const Ready>;

Response Words(int status, const char* sentence) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::string(sentence) + "\n";
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

// One state of what is public, with the pages made of it so far.
class Edition {
 public:
  Edition(gazette::Content content, uint64_t changes) : content_(std::move(content)), changes_(changes) {}

  const gazette::Content& content() const { return content_; }
  uint64_t changes() const { return changes_; }
  ReadyPtr Find(const std::string& address) const {
    std::lock_guard lock(mutex_);
    auto it = pages_.find(address);
    return it == pages_.end() ? nullptr : it->second;
  }
  // Searches that nobody asks twice must not push everything else out: what is full stays as it is.
  void Keep(const std::string& address, ReadyPtr ready) const {
    std::lock_guard lock(mutex_);
    size_t size = ready->page.body.size() + ready->gzip.size();
    if (pages_.size() >= kMostPages || bytes_ + size > kMostBytes) return;
    if (pages_.emplace(address, std::move(ready)).second) bytes_ += size;
  }

 private:
  const gazette::Content content_;
  const uint64_t changes_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, ReadyPtr> pages_;
  mutable size_t bytes_ = 0;
};

class PublicSite : public Responder {
 public:
  PublicSite(Publishing& publishing, const PublicOptions& options)
      : publishing_(publishing),
        options_(options),
        buckets_(options.per_second, options.burst),
        route_{Method::kGet, "", Right::kPublic, BodyKind::kNone, {}} {
    watcher_ = std::thread([this] { Watch(); });
  }
  ~PublicSite() override {
    {
      std::lock_guard lock(watch_mutex_);
      stopping_ = true;
    }
    watch_.notify_all();
    watcher_.join();
  }

  Admission Admit(Request& request) const override {
    Admission out;
    if (request.method != Method::kGet) {
      out.answer = Words(405, "本网站只能浏览。");
      out.answer->headers.push_back({"Allow", "GET, HEAD"});
      out.answer->close = true;
      return out;
    }
    if (int wait = buckets_.Take(VisitorOf(request))) {
      out.answer = Words(429, "访问太频繁，请稍后再试。");
      out.answer->headers.push_back({"Retry-After", std::to_string(wait)});
      return out;
    }
    auto target = ParseTarget(request.target);
    if (!target) {
      out.answer = Words(400, "网址无法解读，请检查后重试。");
      return out;
    }
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    auto edition = Current();
    if (edition && edition->changes() == publishing_.changes()) {
      if (auto ready = edition->Find(AddressOf(request))) {
        out.answer = AnswerOf(*ready, request);
        if (out.answer) return out;
      }
    }
    out.route = &route_;
    return out;
  }

  std::optional<Response> Knock(const Route&, Request&) const override { return std::nullopt; }

  Response Run(const Route&, Request& request) const override {
    try {
      auto edition = Fresh();
      if (!edition) return Words(503, "网站正在维护，请稍后再来。");
      std::string address = AddressOf(request);
      ReadyPtr ready = edition->Find(address);
      if (!ready) {
        ready = Make(*edition, request);
        if (ready->page.status == 200 || ready->page.status == 410) edition->Keep(address, ready);
      }
      if (!ready->page.file_sha256.empty()) return Download(*ready, request);
      return *AnswerOf(*ready, request);
    } catch (const std::exception& e) {
      Log(LogLevel::kError, "public.failed", {{"target", request.target}, {"cause", e.what()}});
      return Words(500, "网站出错，请稍后再试。");
    }
  }

  std::string_view security_headers() const override { return kPublicHeaders; }

 private:
  std::shared_ptr<const Edition> Current() const {
    std::lock_guard lock(mutex_);
    return edition_;
  }

  // Made anew where this process changed what is public; otherwise the watcher sees to it.
  std::shared_ptr<const Edition> Fresh() const {
    auto now = Current();
    if (now && now->changes() == publishing_.changes()) return now;
    std::lock_guard lock(making_);
    now = Current();
    uint64_t changes = publishing_.changes();
    if (now && now->changes() == changes) return now;
    auto content = publishing_.Content();
    if (!content.ok()) {
      Log(LogLevel::kError, "public.content", {{"cause", content.error().cause}});
      return nullptr;
    }
    auto made = std::make_shared<const Edition>(std::move(*content), changes);
    std::lock_guard swap(mutex_);
    edition_ = made;
    return made;
  }

  void Watch() {
    std::unique_lock lock(watch_mutex_);
    while (!watch_.wait_for(lock, kLook, [this] { return stopping_; })) {
      auto edition = Current();
      if (!edition) continue;
      auto version = publishing_.PublicVersion();
      if (version.ok() && *version != edition->content().version) publishing_.Changed();
    }
  }

  // What the list of tasks is asked for has one spelling; other pages take no query.
  std::string AddressOf(const Request& request) const {
    return request.path == "/tasks" ? gazette::ListAddress(QueryOf(request)) : request.path;
  }
  static gazette::ListQuery QueryOf(const Request& request) {
    auto pairs = ParseQuery(request.query);
    return gazette::ReadListQuery(pairs ? *pairs : QueryPairs());
  }

  ReadyPtr Make(const Edition& edition, const Request& request) const {
    auto ready = std::make_shared<Ready>();
    ready->page = gazette::Render(edition.content(), options_.about, request.path, QueryOf(request));
    if (!ready->page.file_sha256.empty()) {
      ready->etag = "\"" + ready->page.file_sha256 + "\"";
      return ready;
    }
    ready->etag = "\"" + Sha256Hex(ready->page.body).substr(0, 32) + "\"";
    if (auto packed = Gzip(ready->page.body); packed && packed->size() < ready->page.body.size())
      ready->gzip = std::move(*packed);
    return ready;
  }

  // nullopt: a file, which is read by a worker.
  std::optional<Response> AnswerOf(const Ready& ready, const Request& request) const {
    if (!ready.page.file_sha256.empty()) return std::nullopt;
    Response response;
    response.status = ready.page.status;
    response.content_type = ready.page.type;
    response.headers.push_back({"Cache-Control", ready.page.lasting ? "public, max-age=31536000, immutable"
                                                 : ready.page.status == 200 ? "public, max-age=60"
                                                                            : "no-cache"});
    response.headers.push_back({"ETag", ready.etag});
    response.headers.push_back({"Vary", "Accept-Encoding"});
    if (ready.page.status == 200 && Matches(request, ready.etag)) {
      response.status = 304;
      return response;
    }
    if (!ready.gzip.empty() && AcceptsGzip(request)) {
      response.headers.push_back({"Content-Encoding", "gzip"});
      response.body = ready.gzip;
    } else {
      response.body = ready.page.body;
    }
    return response;
  }

  Response Download(const Ready& ready, const Request& request) const {
    Response response;
    response.headers.push_back({"ETag", ready.etag});
    response.headers.push_back({"Cache-Control", "public, max-age=60"});
    if (Matches(request, ready.etag)) {
      response.status = 304;
      return response;
    }
    auto file = publishing_.OpenFile(ready.page.file_sha256);
    if (!file.ok()) {
      Log(LogLevel::kError, "public.file", {{"cause", file.error().message}});
      return Words(503, "文件暂时不能下载，请稍后再试。");
    }
    response.content_type = ready.page.type;
    response.headers.push_back(Attachment(ready.page.file_name));
    response.file = FileBody{file->bytes, 0, file->size};
    return response;
  }

  static bool Matches(const Request& request, const std::string& etag) {
    std::string_view asked = request.Find("if-none-match");
    return asked == "*" || asked.find(etag) != asked.npos;
  }

  std::string VisitorOf(const Request& request) const {
    bool near = request.address == "127.0.0.1" || request.address == "::1";
    std::string_view chain = request.Find("x-forwarded-for");
    if (!options_.behind_proxy || !near || chain.empty()) return request.address;
    chain.remove_prefix(chain.find_last_of(", ") == chain.npos ? 0 : chain.find_last_of(", ") + 1);
    return std::string(chain.substr(0, 64));
  }

  Publishing& publishing_;
  const PublicOptions options_;
  mutable Buckets buckets_;
  const Route route_;
  mutable std::mutex mutex_, making_;
  mutable std::shared_ptr<const Edition> edition_;  // guarded by mutex_
  std::mutex watch_mutex_;
  std::condition_variable watch_;
  bool stopping_ = false;
  std::thread watcher_;
};

}  // namespace

std::unique_ptr<Responder> MakePublicSite(Publishing& publishing, const PublicOptions& options) {
  return std::make_unique<PublicSite>(publishing, options);
}

Status ReadListen(const std::string& listen, const std::string& section, std::string& address,
                  uint16_t& port) {
  size_t colon = listen.rfind(':');
  auto number = colon == listen.npos ? std::nullopt : ParseId(listen.substr(colon + 1));
  bool any = colon != listen.npos && listen.substr(colon + 1) == "0";
  if (colon == 0 || colon == listen.npos || (!any && (!number || *number > 65535)))
    return Error{Code::kInvalid, "[" + section + "] 的 listen 应写作 127.0.0.1:8081 的样子。", "listen",
                 "config.value"};
  address = listen.substr(0, colon);
  if (address.front() == '[' && address.back() == ']') address = address.substr(1, address.size() - 2);
  port = any ? 0 : uint16_t(*number);
  return {};
}

Result<std::unique_ptr<Server>> StartPublicSite(const ServerOptions& office, Office& from) {
  const PublicOptions& open = office.open;
  if (open.address.empty()) return std::unique_ptr<Server>();
  ServerOptions options;
  options.name = "public";
  options.readiness = office.readiness;
  options.address = open.address;
  options.port = open.port;
  options.tls_certificate = open.tls_certificate;
  options.tls_key = open.tls_key;
  options.public_hosts = {open.about.url};  // any Host is answered: there is nothing to be had in its name
  options.threads = office.threads;
  options.max_connections = office.max_connections;
  options.log_level = office.log_level;
  return Server::Start(options, [&](uint16_t) { return MakePublicSite(from.publishing(), open); });
}

}  // namespace zg::http
