#include "http/server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <random>
#include <thread>

#include "http/listener.h"
#include "http/site.h"

namespace zg::http {

namespace asio = boost::asio;

namespace {

constexpr size_t kMaxWaiting = 2'000;  // requests queued for a worker

// The literal to bind, for the few names that are this machine and nobody else.
Result<std::string> LoopbackLiteral(const std::string& address) {
  if (address == "127.0.0.1" || address == "localhost") return std::string("127.0.0.1");
  if (address == "::1" || address == "[::1]") return std::string("::1");
  return Error{
      Code::kInvalid,
      "拒绝监听地址“" + address +
          "”：目前没有登录功能，只能在本机使用。请改用 127.0.0.1（或 localhost、::1），或去掉这个选项。",
      address, "server.not_loopback"};
}

Status CheckOptions(const ServerOptions& options) {
  if (!options.dev_origin.empty() && options.dev_origin.rfind("http://", 0) != 0)
    return Error{Code::kInvalid, "开发用的页面来源应写作 http://127.0.0.1:5173 的样子。", "dev_origin",
                 "server.bad_option"};
  std::error_code ec;
  if (!options.web_root.empty() && !std::filesystem::is_regular_file(options.web_root / "index.html", ec))
    return Error{Code::kInvalid,
                 "界面目录 " + options.web_root.string() + " 里没有 index.html。请先构建界面或改正路径。",
                 options.web_root.string(), "server.bad_option"};
  return {};
}

std::string RunPrefix() {
  constexpr char kLetters[] = "0123456789abcdefghjkmnpqrstvwxyz";
  std::random_device random;
  std::string prefix;
  for (int i = 0; i < 8; ++i) prefix += kLetters[random() % 32];
  return prefix + "-";
}

int WorkerCount(int asked) {
  return asked > 0 ? std::min(asked, 256) : std::max(2, int(std::thread::hardware_concurrency()));
}

}  // namespace

struct Server::Parts {
  Parts(const ServerOptions& o, std::string literal) : options(o), address(std::move(literal)) {}

  // Destroyed from below: what is still suspended in `io` after a cut shutdown refers to the parts above it.
  ServerOptions options;
  std::string address;
  uint16_t port = 0;
  std::unique_ptr<Site> site;
  std::unique_ptr<Workers> workers;
  std::unique_ptr<ConnectionContext> context;
  asio::io_context io{1};
  std::unique_ptr<Listener> listener;
  std::thread thread;

  void Build(asio::ip::tcp::acceptor acceptor, Router router) {
    port = acceptor.local_endpoint().port();
    Site::Limits limits{options.max_json_bytes, options.max_file_bytes};
    site = std::make_unique<Site>(std::move(router), Assets(EmbeddedUi(), options.web_root),
                                  Guard(port, options.dev_origin), limits);
    workers = std::make_unique<Workers>(WorkerCount(options.threads), kMaxWaiting);
    context.reset(new ConnectionContext{*site, *workers, options});
    context->id_prefix = RunPrefix();
    listener = std::make_unique<Listener>(io, std::move(acceptor), *context);
    listener->Start();
    thread = std::thread([this] { io.run(); });
  }
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() {
  Stop();
}

Result<std::unique_ptr<Server>> Server::Start(const ServerOptions& options, Router router) {
  ZG_ASSIGN(std::string literal, LoopbackLiteral(options.address));
  ZG_TRY(CheckOptions(options));
  SetLogLevel(options.log_level);
  auto parts = std::make_unique<Parts>(options, literal);
  ZG_ASSIGN(asio::ip::tcp::acceptor acceptor, Listener::Bind(parts->io, literal, options.port));
  parts->Build(std::move(acceptor), std::move(router));
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

uint16_t Server::port() const {
  return parts_->port;
}

std::string Server::url() const {
  bool v6 = parts_->address.find(':') != std::string::npos;
  return "http://" + (v6 ? "[" + parts_->address + "]" : parts_->address) + ":" +
         std::to_string(parts_->port);
}

void Server::Stop() {
  if (!parts_->thread.joinable()) return;
  asio::post(parts_->io, [listener = parts_->listener.get()] { listener->StopSoon(); });
  parts_->thread.join();
  parts_->workers->Stop();
}

void Server::RunUntilSignal(const std::function<void()>& ready) {
  asio::io_context waiting{1};
  asio::signal_set signals(waiting, SIGINT, SIGTERM);
  signals.async_wait([](const boost::system::error_code&, int) {});
  ready();
  waiting.run();
  Stop();
}

}  // namespace zg::http
