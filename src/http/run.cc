// The `serve` command's body.
#include <unistd.h>

#include "http/metrics_site.h"
#include "http/public_site.h"
#include "http/readiness.h"
#include "http/routes.h"
#include "http/server.h"
#include "http/supervisor.h"
#include "measure/metrics.h"
#include "measure/slow_query.h"
#include "office/office.h"
#include "office/signing_in.h"

namespace zg::http {
namespace {

// The name of the query, never what was asked for; the request and its route come from the thread.
void LogSlowQuery(const measure::SlowQuery& query) {
  auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(query.took).count();
  Log(LogLevel::kWarn, "slow_query",
      {{"query", query.name}, {"ms", std::to_string(ms)}, {"rows", std::to_string(query.rows)}});
}

std::string SetupLink(const ServerOptions& options, const Server& server, Office& office) {
  if (!office.signing_in().NobodyYet()) return "";
  auto made = office.signing_in().NewSetupLink();
  if (!made.ok()) return "";
  return (options.proxy.behind ? "https://" + options.public_hosts.at(0) : server.url()) + "/setup#" + *made;
}

}  // namespace

int RunServer(const ServerOptions& asked, Office& office) {
  ServerOptions options = asked;
  options.readiness = ReadinessOf(office);
  measure::TellSlowQueries(options.slow_query, LogSlowQuery);
  measure::GaugeOf("zhenggai_build_info", "1, with the version.", {{"version", ZG_VERSION}}).Set(1);
  auto say = [](const std::string& line) {
    std::string text = line + "\n";
    if (write(STDERR_FILENO, text.data(), text.size()) < 0) return;
  };
  Router router;
  BindAll(router, office, std::make_shared<oidc::Provider>(options.oidc), options.open.about,
          options.readiness);
  auto server = Server::Start(options, std::move(router),
                              MakeDoor(office.signing_in(), options.door, &office.limits()));
  if (!server.ok()) {
    say(server.error().message);
    return 2;
  }
  auto open = StartPublicSite(options, office);
  if (!open.ok()) {
    say("公开网站没有启动：" + open.error().message);
    return 2;
  }
  auto metrics = StartMetricsSite(options, office, options.readiness);
  if (!metrics.ok()) {
    say("[metrics] 没有启动：" + metrics.error().message);
    return 2;
  }
  std::string link = SetupLink(options, **server, office);
  auto ready = [&] {
    say("整改服务已启动：" + (*server)->url());
    if (*open) say("公开网站已启动：" + (*open)->url());
    if (*metrics) say("监测地址：" + (*metrics)->url() + "/metrics");
    if (!link.empty()) say("还没有用户。请用浏览器打开下面的链接设置（24小时内有效，只能用一次）：\n" + link);
    TellSupervisor("READY=1");
  };
  (*server)->RunUntilSignal(ready, [] { TellSupervisor("STOPPING=1"); });
  say("整改服务已停止。");
  return 0;
}

}  // namespace zg::http
