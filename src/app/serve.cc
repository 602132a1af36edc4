// zhenggai serve: the web UI and its API on this machine.
#include <algorithm>
#include <fstream>
#include <thread>

#include "app/commands.h"
#include "app/place.h"
#include "http/public_site.h"
#include "http/server.h"

namespace zg::app {
namespace {

struct Call {
  Place place;
  std::string address, web_root;
  int64_t port = -1;
};

http::LogLevel LevelOf(const std::string& name) {
  if (name == "debug") return http::LogLevel::kDebug;
  if (name == "warn") return http::LogLevel::kWarn;
  if (name == "error") return http::LogLevel::kError;
  return http::LogLevel::kInfo;
}

// The secret stands in a file of its own, so that the configuration may be shown.
Result<oidc::ProviderOptions> OidcOf(const Settings& s, int64_t port) {
  oidc::ProviderOptions options{s.oidc_issuer, s.oidc_client_id, "", s.oidc_redirect, s.oidc_claim};
  if (options.issuer.empty()) return options;
  if (options.client_id.empty())
    return Error{Code::kInvalid, "配置了 oidc_issuer，还要写 oidc_client_id。", "oidc_client_id",
                 "config.value"};
  if (!s.oidc_secret_file.empty()) {
    std::ifstream in(s.oidc_secret_file);
    if (!std::getline(in, options.client_secret) || options.client_secret.empty())
      return Error{Code::kInvalid, "oidc_secret_file 读不出来或是空的。", s.oidc_secret_file, "config.value"};
  }
  if (options.redirect.empty()) {
    bool secure = !s.tls_certificate.empty() || s.behind_proxy;
    std::string host = s.public_hosts.empty() ? "127.0.0.1:" + std::to_string(port) : s.public_hosts[0];
    options.redirect = (secure ? "https://" : "http://") + host + "/api/oidc/callback";
  }
  return options;
}

Result<http::PublicOptions> PublicOf(const Settings& s) {
  http::PublicOptions open;
  if (!s.public_listen.empty()) ZG_TRY(http::ReadListen(s.public_listen, "public", open.address, open.port));
  open.tls_certificate = s.public_tls_certificate;
  open.tls_key = s.public_tls_key;
  open.behind_proxy = s.public_behind_proxy;
  open.per_second = int(s.public_requests_per_second);
  open.burst = int(std::min<int64_t>(s.public_requests_per_second * 10, 1'000'000));
  gazette::About& about = open.about;
  if (!s.public_title.empty()) about.title = s.public_title;
  about.office = s.public_office;
  about.contact = s.public_contact;
  about.record = s.public_record;
  about.licence = s.public_licence;
  about.url = s.public_url;
  while (!about.url.empty() && about.url.back() == '/') about.url.pop_back();
  return open;
}

// What runs the server rather than what it serves.
Status SetRunning(const Settings& s, http::ServerOptions& options) {
  options.proxy = {s.behind_proxy, s.proxies};
  options.drain = std::chrono::seconds(s.drain_seconds);
  options.grace = std::chrono::seconds(s.grace_seconds);
  options.slow_query = std::chrono::milliseconds(s.slow_query_ms);
  options.log_level = LevelOf(s.log_level);
  if (s.metrics_listen.empty()) return {};
  return http::ReadListen(s.metrics_listen, "metrics", options.metrics_address, options.metrics_port);
}

// Causes that no client sees, of jobs above all.
void LogCause(const Error& error) {
  http::Log(http::LogLevel::kWarn, "office.failed",
            {{"code", error.id}, {"message", error.message}, {"where", error.where}, {"cause", error.cause}});
}

int Run(Call& call) {
  call.place.log = LogCause;
  auto office = call.place.OpenOffice(true);
  if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  const Settings& s = call.place.settings;
  http::ServerOptions options;
  options.address = call.address.empty() ? s.address : call.address;
  int64_t port = call.port >= 0 ? call.port : s.port;
  if (port > 65535) return Fail({Code::kInvalid, "端口应在0到65535之间。", "--port"}, kCallAtFault);
  options.port = uint16_t(port);
  auto oidc = OidcOf(s, port);
  if (!oidc.ok()) return Fail(oidc.error(), kCallAtFault);
  options.oidc = std::move(*oidc);
  auto open = PublicOf(s);
  if (!open.ok()) return Fail(open.error(), kCallAtFault);
  options.open = std::move(*open);
  options.web_root = call.web_root.empty() ? s.web_root : call.web_root;
  options.tls_certificate = s.tls_certificate;
  options.tls_key = s.tls_key;
  options.public_hosts = s.public_hosts;
  options.door.per_second = int(s.requests_per_second);
  options.door.burst = int(std::min<int64_t>(s.requests_per_second * 8, 1'000'000));
  options.door.tries_per_minute = int(s.tries_per_minute);
  options.threads = int(s.threads);
  // A thread that waits for the database leaves its core to others (docs/performance.md).
  if (options.threads == 0 && !s.database_url.empty())
    options.threads = 3 * std::max(2, int(std::thread::hardware_concurrency()));
  options.max_connections = int(s.max_connections);
  options.max_file_bytes = uint64_t(s.max_file_mb) << 20;
  if (Status set = SetRunning(s, options); !set.ok()) return Fail(set.error(), kCallAtFault);
  return http::RunServer(options, **office);
}

}  // namespace

Command ServeCommand() {
  return {"serve", "启动网页服务（没有配置证书时只监听本机）", "zhenggai serve --data ./var --port 8080",
          [](Options& options) -> std::function<int()> {
            auto call = std::make_shared<Call>();
            options.Text("--address", call->address, "监听地址（默认 127.0.0.1；其他地址要先配置证书）",
                         "地址");
            options.Whole("--port", call->port, "端口（默认 8080；0：任选一个）");
            options.Text("--web-root", call->web_root, "开发用：从这个目录取网页文件", "DIR");
            call->place.Declare(options);
            return [call] { return Run(*call); };
          }};
}

}  // namespace zg::app
