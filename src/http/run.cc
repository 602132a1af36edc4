// The `serve` command's body.
#include <unistd.h>

#include "http/routes.h"
#include "http/server.h"

namespace zg::http {

int RunServer(const ServerOptions& options, Office& office) {
  auto say = [](const std::string& line) {
    std::string text = line + "\n";
    if (write(STDERR_FILENO, text.data(), text.size()) < 0) return;
  };
  Router router;
  BindAll(router, office);
  auto server = Server::Start(options, std::move(router));
  if (!server.ok()) {
    say(server.error().message);
    return 2;
  }
  (*server)->RunUntilSignal([&] { say("整改服务已启动：" + (*server)->url()); });
  say("整改服务已停止。");
  return 0;
}

}  // namespace zg::http
