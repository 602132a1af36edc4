#pragma once
// A client's connection as bytes, plain or through TLS. On the server's one socket thread. Only stream.cc and
// tls.cc know OpenSSL's part of Asio.

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>

#include "base/result.h"

namespace zg::http {

// Certificate and key, TLS 1.2 or newer, ciphers that keep what was said secret afterwards. Constant.
class Tls {
 public:
  // PEM files. kInvalid (server.tls) where they cannot be read or do not belong together.
  static Result<std::shared_ptr<Tls>> Load(const std::string& certificate, const std::string& key);
  ~Tls();
  struct Context;
  Context& context() { return *context_; }

 private:
  explicit Tls(std::unique_ptr<Context> context);
  std::unique_ptr<Context> context_;
};

class Stream {
 public:
  using Error = boost::system::error_code;
  Stream(boost::asio::ip::tcp::socket socket, Tls* tls);  // `tls` null: plain
  ~Stream();

  bool secure() const { return bool(tls_); }
  std::string address() const;  // of the client, without the port; "" where it is gone
  auto executor() { return socket_.get_executor(); }
  boost::asio::awaitable<Error> Handshake();                              // nothing to do where plain
  boost::asio::awaitable<size_t> Read(boost::asio::mutable_buffer room);  // 0: gone
  boost::asio::awaitable<Error> Write(std::array<boost::asio::const_buffer, 2> parts);
  boost::asio::awaitable<void> SayGoodbye();  // nothing more will be sent
  void Close();

 private:
  struct Secure;
  boost::asio::ip::tcp::socket socket_;
  std::unique_ptr<Secure> tls_;
};

}  // namespace zg::http
