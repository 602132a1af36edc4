// The `serve` command's body.
#include <unistd.h>

#include "http/public_site.h"
#include "http/routes.h"
#include "http/server.h"
#include "office/office.h"
#include "office/signing_in.h"

namespace zg::http {

int RunServer(const ServerOptions& options, Office& office) {
  auto say = [](const std::string& line) {
    std::string text = line + "\n";
    if (write(STDERR_FILENO, text.data(), text.size()) < 0) return;
  };
  Router router;
  BindAll(router, office, std::make_shared<oidc::Provider>(options.oidc), options.open.about);
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
  std::string link;
  if (office.signing_in().NobodyYet()) {
    auto made = office.signing_in().NewSetupLink();
    if (made.ok()) link = (*server)->url() + "/setup#" + *made;
  }
  (*server)->RunUntilSignal([&] {
    say("整改服务已启动：" + (*server)->url());
    if (*open) say("公开网站已启动：" + (*open)->url());
    if (!link.empty()) say("还没有用户。请用浏览器打开下面的链接设置（24小时内有效，只能用一次）：\n" + link);
  });
  say("整改服务已停止。");
  return 0;
}

}  // namespace zg::http
