#include "http/listener.h"

#include <linux/filter.h>
#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <thread>

#include "http/log.h"

namespace zg::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds kSweepEvery{200};
constexpr std::chrono::milliseconds kHandshake{5};  // between the first packet of a connection and its third

// The system takes connections in before they are accepted here, and closing the door cuts those off, perhaps
// with a request on its way. So first whoever knocks is not heard any more: they knock again a second later,
// find the door shut, and go elsewhere. Whoever had knocked before comes in.
void TakeNoMore(int listening) {
  constexpr uint32_t kFlags = 13, kSynAck = 0x12, kSyn = 0x02;  // of the TCP header
  sock_filter code[] = {{BPF_LD | BPF_B | BPF_ABS, 0, 0, kFlags},
                        {BPF_ALU | BPF_AND | BPF_K, 0, 0, kSynAck},
                        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, kSyn},
                        {BPF_RET | BPF_K, 0, 0, 0},
                        {BPF_RET | BPF_K, 0, 0, 0xffffffff}};
  sock_fprog program{5, code};
  (void)!::setsockopt(listening, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
  std::this_thread::sleep_for(kHandshake);
}

Error CannotListen(const tcp::endpoint& at, const error_code& ec) {
  std::string place = at.address().to_string() + ":" + std::to_string(at.port());
  if (ec == asio::error::address_in_use)
    return {
        Code::kInvalid,
        place + " 已被别的程序占用。请先停掉那个程序，或用 --port 换一个端口（--port 0 自动选空闲端口）。",
        place, "server.port_in_use", ec.message()};
  if (ec == asio::error::access_denied)
    return {Code::kInvalid, place + " 不允许普通用户使用。请用 --port 换一个1024以上的端口。", place,
            "server.cannot_listen", ec.message()};
  return {Code::kInvalid, "无法在 " + place + " 上监听。请检查地址和端口。", place, "server.cannot_listen",
          ec.message()};
}

}  // namespace

Result<tcp::acceptor> Listener::Bind(asio::io_context& io, const std::string& address, uint16_t port) {
  error_code ec;
  tcp::endpoint at(asio::ip::make_address(address, ec), port);
  tcp::acceptor acceptor(io);
  if (!ec) acceptor.open(at.protocol(), ec);
  if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) acceptor.bind(at, ec);
  if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return CannotListen(at, ec);
  return acceptor;
}

Listener::Listener(asio::io_context& io, tcp::acceptor acceptor, ConnectionContext& context)
    : io_(io), acceptor_(std::move(acceptor)), sweep_timer_(io), context_(context) {}

void Listener::Start() {
  asio::co_spawn(io_, AcceptLoop(), asio::detached);
  asio::co_spawn(io_, SweepLoop(), asio::detached);
}

asio::awaitable<void> Listener::AcceptLoop() {
  asio::steady_timer pause(io_);
  while (acceptor_.is_open()) {
    error_code ec;
    tcp::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, ec));
    if (!ec && MakeRoom()) {  // also the last one, who came in while the door was being shut
      Take(std::move(socket));
      continue;
    }
    if (!acceptor_.is_open()) co_return;
    if (!ec) continue;  // full: the socket closes
    Log(LogLevel::kWarn, "accept.failed", {{"cause", ec.message()}});
    pause.expires_after(std::chrono::milliseconds(100));  // out of file handles: let some come free
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  }
}

void Listener::Take(tcp::socket socket) {
  auto connection = std::make_shared<Connection>(std::move(socket), context_);
  connections_.insert(connection);
  auto ended = [this, connection](std::exception_ptr failure) {
    connections_.erase(connection);
    if (!failure) return;
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& e) {
      Log(LogLevel::kError, "connection.failed", {{"cause", e.what()}});
    }
  };
  asio::co_spawn(io_, Connection::Run(connection), ended);
}

// Where all places are taken, the connection that has been idle longest gives way. False: none is idle.
bool Listener::MakeRoom() {
  if (connections_.size() < size_t(context_.options.max_connections)) return true;
  std::shared_ptr<Connection> oldest;
  for (const auto& c : connections_)
    if (c->idle() && (!oldest || c->deadline() < oldest->deadline())) oldest = c;
  if (!oldest) return false;
  connections_.erase(oldest);
  oldest->Abort();
  return true;
}

asio::awaitable<void> Listener::SweepLoop() {
  while (acceptor_.is_open() || !connections_.empty()) {
    sweep_timer_.expires_after(kSweepEvery);
    error_code ec;
    co_await sweep_timer_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    Sweep();
  }
}

void Listener::Sweep() {
  auto now = Connection::Clock::now();
  for (const auto& c : connections_)
    if (c->deadline() <= now || (context_.stopping && c->unused())) c->Abort();
  if (now < give_up_) return;
  Log(LogLevel::kWarn, "shutdown.cut", {{"connections", std::to_string(connections_.size())}});
  io_.stop();
}

void Listener::StopSoon() {
  if (context_.stopping) return;
  context_.stopping = true;
  error_code ec;
  TakeNoMore(acceptor_.native_handle());
  acceptor_.non_blocking(true, ec);
  while (!ec && MakeRoom()) {
    tcp::socket socket(io_);
    acceptor_.accept(socket, ec);
    if (!ec) Take(std::move(socket));
  }
  acceptor_.close(ec);
  give_up_ = Connection::Clock::now() + context_.options.grace;
  sweep_timer_.cancel();
}

}  // namespace zg::http
