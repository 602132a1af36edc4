// compiled alone: OpenSSL's part of Asio, with its bodies.
#include "http/stream.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace zg::http {

namespace asio = boost::asio;
using asio::ip::tcp;

struct Tls::Context {
  asio::ssl::context ssl{asio::ssl::context::tls_server};
};

Tls::Tls(std::unique_ptr<Context> context) : context_(std::move(context)) {}
Tls::~Tls() = default;

Result<std::shared_ptr<Tls>> Tls::Load(const std::string& certificate, const std::string& key) {
  auto context = std::make_unique<Context>();
  auto bad = [](const std::string& file, const std::string& what, const boost::system::error_code& ec) {
    return zg::Error{Code::kInvalid, what, file, "server.tls", ec.message()};
  };
  boost::system::error_code ec;
  context->ssl.use_certificate_chain_file(certificate, ec);
  if (ec)
    return bad(certificate, "证书文件读不出来。请检查 tls_certificate 的路径、权限，文件应为 PEM 格式。", ec);
  context->ssl.use_private_key_file(key, asio::ssl::context::pem, ec);
  if (ec)
    return bad(
        key, "私钥文件读不出来，或与证书不是一对。请检查 tls_key 的路径、权限，文件应为没有口令的 PEM 格式。",
        ec);
  SSL_CTX* ssl = context->ssl.native_handle();
  SSL_CTX_set_min_proto_version(ssl, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(ssl, "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL");
  SSL_CTX_set_options(ssl, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  return std::shared_ptr<Tls>(new Tls(std::move(context)));
}

struct Stream::Secure {
  Secure(tcp::socket& socket, Tls::Context& context) : ssl(socket, context.ssl) {}
  asio::ssl::stream<tcp::socket&> ssl;
};

Stream::Stream(tcp::socket socket, Tls* tls) : socket_(std::move(socket)) {
  Error ec;
  socket_.set_option(tcp::no_delay(true), ec);
  if (tls) tls_ = std::make_unique<Secure>(socket_, tls->context());
}

Stream::~Stream() = default;

std::string Stream::address() const {
  Error ec;
  tcp::endpoint peer = socket_.remote_endpoint(ec);
  return ec ? "" : peer.address().to_string();
}

asio::awaitable<Stream::Error> Stream::Handshake() {
  Error ec;
  if (tls_)
    co_await tls_->ssl.async_handshake(asio::ssl::stream_base::server,
                                       asio::redirect_error(asio::use_awaitable, ec));
  co_return ec;
}

asio::awaitable<size_t> Stream::Read(asio::mutable_buffer room) {
  Error ec;
  size_t n = 0;
  if (tls_)
    n = co_await tls_->ssl.async_read_some(room, asio::redirect_error(asio::use_awaitable, ec));
  else
    n = co_await socket_.async_read_some(room, asio::redirect_error(asio::use_awaitable, ec));
  co_return ec ? 0 : n;
}

asio::awaitable<Stream::Error> Stream::Write(std::array<asio::const_buffer, 2> parts) {
  Error ec;
  if (tls_)
    co_await asio::async_write(tls_->ssl, parts, asio::redirect_error(asio::use_awaitable, ec));
  else
    co_await asio::async_write(socket_, parts, asio::redirect_error(asio::use_awaitable, ec));
  co_return ec;
}

// Through TLS the farewell would wait for the client's own: the socket is shut all the same.
asio::awaitable<void> Stream::SayGoodbye() {
  Error ec;
  if (tls_) SSL_shutdown(tls_->ssl.native_handle());
  socket_.shutdown(tcp::socket::shutdown_send, ec);
  co_return;
}

void Stream::Close() {
  Error ec;
  socket_.close(ec);
}

}  // namespace zg::http
