#pragma once
// The HTTP server: JSON API under /api, the UI everywhere else. Without TLS it listens on loopback only.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/door.h"
#include "http/log.h"
#include "http/proxy.h"
#include "http/public_options.h"
#include "http/responder.h"
#include "http/router.h"
#include "oidc/provider.h"

namespace zg {
class Office;
}

namespace zg::http {

class Readiness;

struct ServerOptions {
  std::string name = "office";           // in metrics
  std::string address = "127.0.0.1";     // without TLS 127.0.0.1, localhost or ::1; anything else is refused
  std::string tls_certificate, tls_key;  // PEM files; both or none
  std::vector<std::string>
      public_hosts;                // names it is called by from outside, as in Host: zg.example.cn:8443
  uint16_t port = 8080;            // 0: any free port
  std::filesystem::path web_root;  // development: the UI's files from this folder; empty: those in the binary
  bool plain_private = false;      // without TLS also on a private address (10.…, 192.168.…, fd…)
  ProxyOptions proxy;              // nginx in front; sets plain_private too, and wants public_hosts
  std::string metrics_address;     // /metrics is to be had there; empty: nowhere. RunServer only
  uint16_t metrics_port = 0;
  std::string dev_origin;         // development: a page that may use the API too, e.g. http://127.0.0.1:5173
  std::filesystem::path scratch;  // for the bodies of large uploads; empty: the system's temporary folder

  uint64_t max_file_bytes = 200u << 20;  // body of an upload
  uint64_t max_json_bytes = 1u << 20;    // any other body
  int max_connections = 500;             // further ones wait, or push out one that is idle
  int max_uploads = 4;                   // at the same time; further ones are told to try again
  int threads = 0;                       // workers that run what only reads; 0: as many as cores, at least 2

  std::chrono::milliseconds head_timeout{15'000};   // from a request's first byte to the end of its head
  std::chrono::milliseconds idle_timeout{60'000};   // between two requests of a connection
  std::chrono::milliseconds body_timeout{30'000};   // the whole body, and for each MB of it
  std::chrono::milliseconds write_timeout{30'000};  // the whole answer, and for each MB of it
  std::chrono::milliseconds grace{10'000};          // what is being answered at shutdown may take this long

  std::chrono::milliseconds drain{0};  // at a signal: so long it says that it is not ready, and still serves
  std::shared_ptr<Readiness> readiness;       // may be null; RunServer makes it
  std::chrono::milliseconds slow_query{200};  // longer ones stand in the log; 0: none. RunServer only

  PublicOptions open;          // the public site; RunServer only
  oidc::ProviderOptions oidc;  // who else vouches for people; RunServer only
  DoorOptions door;            // how often somebody may ask

  LogLevel log_level = LogLevel::kInfo;
};

// A running server. Start binds the port and returns; requests are served by threads of its own.
class Server {
 public:
  // Errors, all kInvalid with a sentence for the console: server.not_loopback, server.tls,
  // server.no_name, server.port_in_use,
  // server.cannot_listen, server.bad_option.
  static Result<std::unique_ptr<Server>> Start(const ServerOptions& options, Router router,
                                               std::unique_ptr<Door> door);
  // Serves something else than the office. `make` is told the port that was bound.
  using MakeResponder = std::function<std::unique_ptr<Responder>(uint16_t port)>;
  static Result<std::unique_ptr<Server>> Start(const ServerOptions& options, const MakeResponder& make);
  ~Server();  // as Stop

  uint16_t port() const;
  std::string url() const;  // http://127.0.0.1:8080, or https://
  // Takes no new connections, lets what is being answered finish (at most `grace`), returns when all is done.
  void Stop();
  // Calls `ready` once signals are caught, blocks until SIGTERM or SIGINT came; says for options.drain that
  // it is not ready while it goes on serving, calls `leaving` before that, then stops. A second signal ends
  // the process at once.
  void RunUntilSignal(const std::function<void()>& ready, const std::function<void()>& leaving = {});

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// The `serve` command: binds all routes to `office`, says on stderr where it listens, serves until SIGTERM or
// SIGINT. Exit status: 0 after an orderly end, 2 where it cannot listen as asked (the sentence is on stderr).
// `office` is used by several threads at once and outlives the call.
int RunServer(const ServerOptions& options, Office& office);

}  // namespace zg::http
