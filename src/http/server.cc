#include "http/server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <random>
#include <thread>

#include "http/listener.h"
#include "http/readiness.h"
#include "http/site.h"

namespace zg::http {

namespace asio = boost::asio;

namespace {

constexpr size_t kMaxWaiting = 2'000;  // requests queued for a worker
// Changes that wait at the same time share a transaction (store.h); as many as one takes.
constexpr int kWriters = 16;

// The literal to bind. Without TLS only the few names that are this machine and nobody else.
Result<std::string> LiteralOf(const ServerOptions& options) {
  const std::string& address = options.address;
  if (options.proxy.behind && options.public_hosts.empty())
    return Error{Code::kInvalid,
                 "前面有反向代理（behind_proxy）时，请在配置里写明 public_hosts，如 public_hosts = "
                 "[\"zg.example.cn\"]，浏览器地址栏里用的就是它。",
                 "public_hosts", "server.no_name"};
  if (address == "127.0.0.1" || address == "localhost") return std::string("127.0.0.1");
  if (address == "::1" || address == "[::1]") return std::string("::1");
  bool closed =
      (options.plain_private || options.proxy.behind) && (IsLoopback(address) || IsPrivate(address));
  if (closed && options.plain_private) return address;
  if (!options.tls_certificate.empty() || closed) {
    if (!options.public_hosts.empty()) return address;
    return Error{Code::kInvalid,
                 "要让别的机器访问，请在配置里写明 public_hosts，如 public_hosts = [\"zg.example.cn:8443\"]，"
                 "浏览器地址栏里用的就是它。",
                 "public_hosts", "server.no_name"};
  }
  return Error{Code::kInvalid,
               "拒绝监听地址“" + address +
                   "”：没有配置证书（tls_certificate、tls_"
                   "key），密码会被人偷看，只能在本机使用。请配置证书，或改用 127.0.0.1；"
                   "前面有反向代理时，可在 [server] 里写 behind_proxy = true 并监听内网地址。",
               address, "server.not_loopback"};
}

Status CheckOptions(const ServerOptions& options) {
  if (!options.dev_origin.empty() && options.dev_origin.rfind("http://", 0) != 0)
    return Error{Code::kInvalid, "开发用的页面来源应写作 http://127.0.0.1:5173 的样子。", "dev_origin",
                 "server.bad_option"};
  if (options.tls_certificate.empty() != options.tls_key.empty())
    return Error{Code::kInvalid, "证书和私钥要一起配置：tls_certificate、tls_key。", "tls_key", "server.tls"};
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
  std::shared_ptr<Tls> tls;
  std::unique_ptr<Responder> site;
  std::unique_ptr<Workers> readers, writers;
  std::unique_ptr<ConnectionContext> context;
  std::vector<measure::Watch> watches;
  asio::io_context io{1};
  std::unique_ptr<Listener> listener;
  std::thread thread;

  void Build(asio::ip::tcp::acceptor acceptor, const MakeResponder& make) {
    port = acceptor.local_endpoint().port();
    site = make(port);
    readers = std::make_unique<Workers>(WorkerCount(options.threads), kMaxWaiting);
    writers = std::make_unique<Workers>(kWriters, kMaxWaiting);
    context.reset(new ConnectionContext{*site, *readers, *writers, options, tls.get(), Proxy(options.proxy),
                                        Tally(options.name)});
    context->id_prefix = RunPrefix();
    WatchQueue("readers", *readers);
    WatchQueue("writers", *writers);
    listener = std::make_unique<Listener>(io, std::move(acceptor), *context);
    listener->Start();
    thread = std::thread([this] { io.run(); });
  }
  void WatchQueue(const char* queue, const Workers& workers) {
    watches.push_back(measure::WatchValue("zhenggai_http_workers_waiting", "Requests that wait for a worker.",
                                          {{"server", options.name}, {"workers", queue}},
                                          [&workers] { return double(workers.Waiting()); }));
  }
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() {
  Stop();
}

Result<std::unique_ptr<Server>> Server::Start(const ServerOptions& options, Router router,
                                              std::unique_ptr<Door> door) {
  auto make = [&](uint16_t port) -> std::unique_ptr<Responder> {
    Site::Limits limits{options.max_json_bytes, options.max_file_bytes};
    bool secure = !options.tls_certificate.empty() || options.proxy.behind;
    return std::make_unique<Site>(std::move(router), Assets(EmbeddedUi(), options.web_root),
                                  Guard(port, options.dev_origin, secure, options.public_hosts), limits,
                                  std::move(door));
  };
  return Start(options, make);
}

Result<std::unique_ptr<Server>> Server::Start(const ServerOptions& options, const MakeResponder& make) {
  ZG_ASSIGN(std::string literal, LiteralOf(options));
  ZG_TRY(CheckOptions(options));
  std::shared_ptr<Tls> tls;
  if (!options.tls_certificate.empty()) {
    ZG_ASSIGN(tls, Tls::Load(options.tls_certificate, options.tls_key));
  }
  SetLogLevel(options.log_level);
  auto parts = std::make_unique<Parts>(options, literal);
  parts->tls = std::move(tls);
  ZG_ASSIGN(asio::ip::tcp::acceptor acceptor, Listener::Bind(parts->io, literal, options.port));
  parts->Build(std::move(acceptor), make);
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

uint16_t Server::port() const {
  return parts_->port;
}

std::string Server::url() const {
  bool v6 = parts_->address.find(':') != std::string::npos;
  return std::string(parts_->tls ? "https://" : "http://") +
         (v6 ? "[" + parts_->address + "]" : parts_->address) + ":" + std::to_string(parts_->port);
}

void Server::Stop() {
  if (!parts_->thread.joinable()) return;
  parts_->watches.clear();
  asio::post(parts_->io, [listener = parts_->listener.get()] { listener->StopSoon(); });
  parts_->thread.join();
  parts_->readers->Stop();
  parts_->writers->Stop();
}

void Server::RunUntilSignal(const std::function<void()>& ready, const std::function<void()>& leaving) {
  asio::io_context waiting{1};
  asio::signal_set signals(waiting, SIGINT, SIGTERM);
  signals.async_wait([](const boost::system::error_code&, int) {});
  ready();
  waiting.run();
  signals.clear();  // a second one does what signals do by themselves
  if (leaving) leaving();
  if (parts_->options.readiness) parts_->options.readiness->Drain();
  if (parts_->options.drain.count() > 0) {
    Log(LogLevel::kInfo, "server.drain", {{"ms", std::to_string(parts_->options.drain.count())}});
    std::this_thread::sleep_for(parts_->options.drain);
  }
  Stop();
}

}  // namespace zg::http
