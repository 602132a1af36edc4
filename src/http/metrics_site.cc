#include "http/metrics_site.h"

#include "http/log.h"
#include "measure/metrics.h"
#include "office/office.h"
#include "office/pulse.h"

namespace zg::http {
namespace {

constexpr std::string_view kHeaders = "X-Content-Type-Options: nosniff\r\n";

Response Words(int status, const char* sentence) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::string(sentence) + "\n";
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

class MetricsSite : public Responder {
 public:
  MetricsSite(Office& office, std::shared_ptr<Readiness> readiness)
      : office_(office), readiness_(std::move(readiness)) {}

  // Alive is who answers here: on the thread that serves the sockets, whatever the workers wait for.
  Admission Admit(Request& request) const override {
    Admission out;
    request.path = request.target.substr(0, request.target.find('?'));
    if (request.method != Method::kGet)
      out.answer = Words(405, "只能读取。");
    else if (request.path == "/livez")
      out.answer = Words(200, "ok");
    else if (request.path == metrics_.pattern)
      out.route = &metrics_;
    else if (request.path == ready_.pattern)
      out.route = &ready_;
    else
      out.answer = Words(404, "这里只有 /metrics、/livez、/readyz。");
    return out;
  }
  std::optional<Response> Knock(const Route&, Request&) const override { return std::nullopt; }
  Response Run(const Route& route, Request&) const override {
    try {
      if (&route == &ready_) return ReadyAnswer(*readiness_);
      office_.pulse().Measure();
      Response response = Words(200, "");
      response.content_type = "text/plain; version=0.0.4; charset=utf-8";
      response.body = measure::Expose();
      return response;
    } catch (const std::exception& e) {
      Log(LogLevel::kError, "metrics.failed", {{"cause", e.what()}});
      return Words(500, "读不出来。");
    }
  }
  std::string_view security_headers() const override { return kHeaders; }

 private:
  Office& office_;
  std::shared_ptr<Readiness> readiness_;
  const Route metrics_{Method::kGet, "/metrics", Right::kPublic, BodyKind::kNone, {}};
  const Route ready_{Method::kGet, "/readyz", Right::kPublic, BodyKind::kNone, {}};
};

}  // namespace

std::unique_ptr<Responder> MakeMetricsSite(Office& office, std::shared_ptr<Readiness> readiness) {
  return std::make_unique<MetricsSite>(office, std::move(readiness));
}

Result<std::unique_ptr<Server>> StartMetricsSite(const ServerOptions& from, Office& office,
                                                 std::shared_ptr<Readiness> readiness) {
  if (from.metrics_address.empty()) return std::unique_ptr<Server>();
  ServerOptions options;
  options.name = "metrics";
  options.address = from.metrics_address;
  options.port = from.metrics_port;
  options.plain_private = true;
  options.threads = 2;  // one may wait for a database that does not answer
  options.max_connections = 20;
  options.log_level = from.log_level;
  return Server::Start(options, [&](uint16_t) { return MakeMetricsSite(office, std::move(readiness)); });
}

}  // namespace zg::http
