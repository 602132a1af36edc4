#pragma once
// One client's connection: reads requests, has them answered, writes the answers. The only part that knows
// Beast (connection.cc). Everything here runs on the server's one socket thread, so nothing is locked.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "http/proxy.h"
#include "http/responder.h"
#include "http/server.h"
#include "http/stream.h"
#include "http/tally.h"
#include "http/workers.h"

namespace zg::http {

// What all connections share; owned by the server, outlives them.
struct ConnectionContext {
  const Responder& site;
  Workers& readers;  // run what only reads
  Workers& writers;  // run everything else: they wait for each other and the disk more than they work
  const ServerOptions& options;
  Tls* tls = nullptr;     // null: plain
  Proxy proxy;            // in front of it
  Tally tally;            // of its requests
  bool stopping = false;  // answers say "Connection: close"
  bool leaving() const;   // … so they do where it is only about to stop
  int uploads = 0;        // bodies of files being read just now
  uint64_t requests = 0;
  std::string id_prefix;  // of this run's request ids
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Clock = std::chrono::steady_clock;

  Connection(boost::asio::ip::tcp::socket socket, ConnectionContext& context);
  ~Connection();

  // Until the client or the server has had enough. Keep `self` alive by passing it in.
  static boost::asio::awaitable<void> Run(std::shared_ptr<Connection> self);

  bool idle() const { return idle_; }  // no byte of a next request is here
  // At shutdown: idle, and not so new that its first request must be on its way.
  bool unused() const { return idle_ && (served_ || Clock::now() > born_ + std::chrono::seconds(1)); }
  Clock::time_point deadline() const { return deadline_; }  // past it, the owner calls Abort
  void Abort();                                             // closes the socket; Run then ends soon

 private:
  struct Reader;  // Beast's parser and buffer
  struct Job;
  enum class Head { kReady, kBad, kTooLarge, kGone };

  boost::asio::awaitable<bool> ServeOne();
  boost::asio::awaitable<Head> ReadHead();
  // `route`: the one that answers, where one does.
  boost::asio::awaitable<Response> Respond(Request& request, const Route*& route);
  boost::asio::awaitable<Response> ReadBodyAndRun(Request& request, const Admission& admission);
  boost::asio::awaitable<Status> ReadBody(Request& request, uint64_t max);
  // `knock`: whether it would be refused; nothing where not.
  boost::asio::awaitable<std::optional<Response>> AskWorker(Request& request, const Route& route, bool knock);
  boost::asio::awaitable<bool> Receive(size_t most);
  boost::asio::awaitable<bool> Write(std::string_view head, std::string_view body);
  // 0: it could not be read.
  boost::asio::awaitable<size_t> ReadPiece(const FileBody& file, uint64_t at, std::vector<char>& piece);
  boost::asio::awaitable<bool> WriteFile(std::string_view head, const FileBody& file);
  boost::asio::awaitable<void> Linger();

  Request TakeHead();
  Response HeadError(Head head, const std::string& id) const;
  std::string NextId();
  void Allow(std::chrono::milliseconds time, uint64_t bytes = 0);

  Stream stream_;
  std::string address_;
  ConnectionContext& context_;
  std::unique_ptr<Reader> reader_;
  Clock::time_point deadline_;
  bool idle_ = true, served_ = false;
  const Clock::time_point born_ = Clock::now();
  measure::Held counted_;
};

}  // namespace zg::http
