#pragma once
// Takes connections in, cuts off those that are past their deadline, and lets them end in good order at
// shutdown. Runs on the server's one socket thread.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <set>

#include "http/connection.h"

namespace zg::http {

class Listener {
 public:
  // Binds and listens. `address` is a literal. Errors: server.port_in_use, server.cannot_listen.
  static Result<boost::asio::ip::tcp::acceptor> Bind(boost::asio::io_context& io, const std::string& address,
                                                     uint16_t port);

  Listener(boost::asio::io_context& io, boost::asio::ip::tcp::acceptor acceptor, ConnectionContext& context);
  void Start();
  // From the socket thread: closes the door; the io_context runs dry when the last connection is done, or is
  // stopped `grace` later.
  void StopSoon();

 private:
  boost::asio::awaitable<void> AcceptLoop();
  boost::asio::awaitable<void> SweepLoop();
  void Take(boost::asio::ip::tcp::socket socket);
  bool MakeRoom();
  void Sweep();

  boost::asio::io_context& io_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer sweep_timer_;
  ConnectionContext& context_;
  std::set<std::shared_ptr<Connection>> connections_;
  Connection::Clock::time_point give_up_ = Connection::Clock::time_point::max();
};

}  // namespace zg::http
