// Answers that are files: read in pieces, on this machine or from another one.
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/connection.h"

// See connection.cc on what g++ 12 does to temporaries of awaited expressions.

namespace zg::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr size_t kFilePiece = 256 * 1024;
constexpr size_t kRemotePiece = 1024 * 1024;           // of a file that lies on another machine
constexpr std::chrono::minutes kRemoteWait{3};         // for one of them: longer than the vault's own tries
constexpr std::chrono::milliseconds kPiecePause{100};  // where all who answer are busy, and
constexpr int kPieceTries = 100;                       // how often it is tried again

}  // namespace

// From this machine at once; from another one on a thread of those that answer, while the socket's own thread
// goes on. The read has its own buffer: it may outlive this connection.
asio::awaitable<size_t> Connection::ReadPiece(const FileBody& file, uint64_t at, std::vector<char>& piece) {
  if (!file.bytes->remote()) {
    auto got = file.bytes->ReadAt(at, piece.data(), piece.size());
    co_return got.ok() ? *got : 0;
  }
  struct Reading {
    explicit Reading(asio::any_io_executor executor)
        : done(executor, asio::steady_timer::time_point::max()) {}
    asio::steady_timer done;
    std::shared_ptr<const BlobReader> from;
    std::vector<char> piece;
    size_t got = 0;
  };
  auto executor = co_await asio::this_coro::executor;
  auto reading = std::make_shared<Reading>(executor);
  reading->from = file.bytes;
  reading->piece = std::move(piece);
  auto work = [reading, executor, at] {
    auto got = reading->from->ReadAt(at, reading->piece.data(), reading->piece.size());
    reading->got = got.ok() ? *got : 0;
    asio::post(executor, [reading] { reading->done.cancel(); });
  };
  error_code ec;
  for (int tries = 0; !context_.readers.Post(work); ++tries) {
    if (tries == kPieceTries) co_return 0;
    asio::steady_timer pause(executor, kPiecePause);
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  }
  Allow(kRemoteWait);
  co_await reading->done.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  piece = std::move(reading->piece);
  co_return reading->got;
}

// The time allowed is for each piece, so that a large file on a slow line comes to its end. A file that turns
// out shorter than promised ends the connection.
asio::awaitable<bool> Connection::WriteFile(std::string_view head, const FileBody& file) {
  const size_t most = file.bytes->remote() ? kRemotePiece : kFilePiece;
  std::vector<char> piece;
  uint64_t at = file.offset, end = file.offset + file.length;
  Allow(context_.options.write_timeout);
  bool written = co_await Write(head, "");
  while (written && at < end) {
    piece.resize(size_t(std::min<uint64_t>(most, end - at)));
    size_t n = co_await ReadPiece(file, at, piece);
    if (n == 0) co_return false;
    at += n;
    Allow(context_.options.write_timeout);
    std::string_view part(piece.data(), n);
    written = co_await Write(part, "");
  }
  co_return written;
}

}  // namespace zg::http
