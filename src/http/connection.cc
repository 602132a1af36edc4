#include "http/connection.h"

#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "base/errand.h"
#include "http/answer.h"
#include "http/readiness.h"
#include "http/wire.h"

// g++ 12 destroys some temporaries of a co_await expression twice and loses the loop of `while (co_await f())
// {}`: lambdas and aggregates are named before they are passed to anything that is awaited, and an awaited
// value is named before it is tested.

namespace zg::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

namespace {

constexpr size_t kMaxHead = 16 * 1024;
constexpr size_t kReadSome = 8 * 1024;
constexpr size_t kReadBody = 64 * 1024;
constexpr std::chrono::milliseconds kLinger{2'000};     // for a client that is still sending
constexpr std::chrono::milliseconds kShortLinger{200};  // for one that has said all

Method ToMethod(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get:
    case beast::http::verb::head:
      return Method::kGet;
    case beast::http::verb::post:
      return Method::kPost;
    case beast::http::verb::patch:
      return Method::kPatch;
    case beast::http::verb::delete_:
      return Method::kDelete;
    default:
      return Method::kOther;
  }
}

std::string LowerName(std::string_view name) {
  std::string out(name);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = char(c + 32);
  return out;
}

// The parser refuses Content-Length beside chunked; other codings it would pass over, and then take the body
// for the next request.
bool EndIsClear(const Request& request) {
  int codings = request.Count("transfer-encoding");
  return codings == 0 || (codings == 1 && LowerName(request.Find("transfer-encoding")) == "chunked");
}

Error Broken() {
  return {Code::kInvalid, "请求正文不完整或格式有误。请重试。", "body", "http.bad_request"};
}

Error NotProxied(const std::string& address) {
  return {Code::kForbidden, "请从反向代理（网站的正式地址）打开本系统。", "", "http.not_proxied",
          "from " + address};
}

Error TooLarge(uint64_t max) {
  if (max == 0) return {Code::kInvalid, "这个请求不应带正文。", "body", "http.bad_request"};
  std::string most = max >= (1u << 20) ? std::to_string(max >> 20) + " MB" : std::to_string(max) + " 字节";
  return {Code::kInvalid, "上传的内容太大，最多" + most + "。请拆分或压缩后再传。", "body",
          "http.body_too_large"};
}

}  // namespace

struct Connection::Reader {
  using Parser = beast::http::request_parser<beast::http::buffer_body>;
  beast::flat_buffer buffer{kMaxHead + kReadBody};
  std::unique_ptr<Parser> parser;

  void Restart() {
    parser = std::make_unique<Parser>();
    parser->header_limit(kMaxHead);
    parser->body_limit(boost::none);  // the route's limit is known after the head; ReadBody keeps it
  }
  // Hands the parser what is there. `ec` is clear when it only wants more.
  void Put(error_code& ec) {
    buffer.consume(parser->put(buffer.data(), ec));
    if (ec == beast::http::error::need_more) ec = {};
  }
};

struct Connection::Job {
  Request request;
  std::optional<Response> response;
  asio::steady_timer done;
};

Connection::Connection(asio::ip::tcp::socket socket, ConnectionContext& context)
    : stream_(std::move(socket), context.tls),
      address_(stream_.address()),
      context_(context),
      reader_(std::make_unique<Reader>()),
      counted_(context.tally.connections()) {
  Allow(context_.options.head_timeout);
}

bool ConnectionContext::leaving() const {
  return stopping || (options.readiness && options.readiness->draining());
}

Connection::~Connection() = default;

void Connection::Abort() {
  stream_.Close();
}

// `time`, and as much again for each MB of `bytes`.
void Connection::Allow(std::chrono::milliseconds time, uint64_t bytes) {
  deadline_ = Clock::now() + time * int64_t(1 + (bytes >> 20));
}

std::string Connection::NextId() {
  return context_.id_prefix + std::to_string(++context_.requests);
}

asio::awaitable<void> Connection::Run(std::shared_ptr<Connection> self) {
  error_code shaken = co_await self->stream_.Handshake();
  if (shaken) {
    self->stream_.Close();
    co_return;
  }
  bool more = true;
  while (more) more = co_await self->ServeOne();
  co_await self->Linger();
}

// True when a next request may come.
asio::awaitable<bool> Connection::ServeOne() {
  reader_->Restart();
  Head head = co_await ReadHead();
  if (head == Head::kGone) co_return false;
  Request request;
  request.id = NextId();
  auto began = Clock::now();
  Response response;
  bool keep_alive = false;
  const Route* route = nullptr;
  measure::Held in_flight(context_.tally.in_flight());
  if (head == Head::kReady) {
    request = TakeHead();
    keep_alive = reader_->parser->keep_alive();
    response = co_await Respond(request, route);
    keep_alive = keep_alive && reader_->parser->is_done() && !response.close;
  } else {
    response = HeadError(head, request.id);
  }
  keep_alive = keep_alive && !context_.leaving();
  served_ = true;
  context_.tally.Answered(request.method, route, response.status, Clock::now() - began);
  std::string_view body = request.head || response.status == 304 ? std::string_view() : response.bytes();
  std::string head_text =
      AnswerHead(response, request.id, keep_alive, request.secure, context_.site.security_headers());
  if (LogIsOn(LogLevel::kDebug)) {
    auto us = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began).count();
    Log(LogLevel::kDebug, "request",
        {{"request", request.id},
         {"method", MethodName(request.method)},
         {"target", request.target},
         {"route", route ? route->pattern : ""},
         {"client", request.address},
         {"status", std::to_string(response.status)},
         {"us", std::to_string(us)}});
  }
  bool written = false;
  if (response.file && !request.head) {
    written = co_await WriteFile(head_text, *response.file);
  } else {
    Allow(context_.options.write_timeout, body.size());
    written = co_await Write(head_text, body);
  }
  keep_alive = keep_alive && written;
  co_return keep_alive;
}

asio::awaitable<Connection::Head> Connection::ReadHead() {
  Reader& reader = *reader_;
  idle_ = reader.buffer.size() == 0;
  if (!idle_) Allow(context_.options.head_timeout);
  while (true) {
    error_code ec;
    if (reader.buffer.size() > 0) reader.Put(ec);
    if (ec == beast::http::error::header_limit) co_return Head::kTooLarge;
    if (ec) co_return Head::kBad;
    if (reader.parser->is_header_done()) co_return Head::kReady;
    if (reader.buffer.size() >= kMaxHead) co_return Head::kTooLarge;
    if (unused() && context_.stopping) co_return Head::kGone;
    bool more = co_await Receive(kReadSome);
    if (!more) co_return Head::kGone;
    if (idle_) Allow(context_.options.head_timeout);
    idle_ = false;
  }
}

Request Connection::TakeHead() {
  const auto& message = reader_->parser->get();
  Request request;
  request.id = NextId();
  request.method = ToMethod(message.method());
  request.head = message.method() == beast::http::verb::head;
  request.target = message.target();
  for (const auto& field : message) {
    auto name = field.name_string();
    request.headers.push_back({LowerName({name.data(), name.size()}), std::string(field.value())});
  }
  request.address = address_;
  request.secure = stream_.secure();
  context_.proxy.Read(request);
  request.body = Spool(context_.options.scratch);
  return request;
}

Response Connection::HeadError(Head head, const std::string& id) const {
  if (head == Head::kTooLarge)
    return ErrorAnswer(431, "http.head_too_large", "请求头太大。请缩短网址或清除浏览器的Cookie后再试。", id,
                       "head");
  return ErrorAnswer(400, "http.bad_request", "请求不符合HTTP格式。请用浏览器打开本系统。", id, "head");
}

asio::awaitable<Response> Connection::Respond(Request& request, const Route*& route) {
  if (context_.proxy.Refuses(address_)) {
    Response refusal = ErrorAnswer(NotProxied(address_), request.id);
    refusal.close = true;
    co_return refusal;
  }
  if (!EndIsClear(request)) {
    Response refusal = ErrorAnswer(Broken(), request.id);
    refusal.close = true;
    co_return refusal;
  }
  Admission admission = context_.site.Admit(request);
  route = admission.route;
  if (admission.answer) co_return std::move(*admission.answer);
  bool file = admission.route->body == BodyKind::kFile;
  if (!file) {
    Response response = co_await ReadBodyAndRun(request, admission);
    co_return response;
  }
  if (context_.uploads >= context_.options.max_uploads)
    co_return ErrorAnswer(503, "server.busy", "同时上传的文件太多。请等前面的传完再试。", request.id);
  struct Count {
    explicit Count(int& n) : n(n) { ++n; }
    ~Count() { --n; }
    int& n;
  };
  Count count(context_.uploads);
  Response response = co_await ReadBodyAndRun(request, admission);
  co_return response;
}

asio::awaitable<Response> Connection::ReadBodyAndRun(Request& request, const Admission& admission) {
  BodyKind kind = admission.route->body;
  bool large = kind == BodyKind::kFile || kind == BodyKind::kPart;
  if (large && !reader_->parser->is_done()) {  // nobody fills the disk who may not
    std::optional<Response> refusal = co_await AskWorker(request, *admission.route, true);
    if (refusal) co_return std::move(*refusal);
  }
  if (!reader_->parser->is_done()) {
    Status body = co_await ReadBody(request, admission.max_body);
    if (!body.ok()) co_return ErrorAnswer(body.error(), request.id);
  }
  std::optional<Response> response = co_await AskWorker(request, *admission.route, false);
  co_return std::move(*response);
}

asio::awaitable<Status> Connection::ReadBody(Request& request, uint64_t max) {
  Reader& reader = *reader_;
  auto& parser = *reader.parser;
  uint64_t length = parser.content_length().value_or(0);
  if (length > max) co_return TooLarge(max);
  Allow(context_.options.body_timeout, std::max<uint64_t>(length, parser.chunked() ? max : 0));
  if (LowerName(request.Find("expect")) == "100-continue") {
    bool written = co_await Write("HTTP/1.1 100 Continue\r\n\r\n", "");
    if (!written) co_return Broken();
  }
  std::vector<char> piece(kReadBody);
  while (!parser.is_done()) {
    if (reader.buffer.size() == 0) {
      bool more = co_await Receive(kReadBody);
      if (!more) co_return Broken();
    }
    parser.get().body().data = piece.data();
    parser.get().body().size = piece.size();
    error_code ec;
    size_t before = reader.buffer.size();
    reader.Put(ec);
    if (ec == beast::http::error::need_buffer) ec = {};
    if (ec) co_return Broken();
    size_t got = piece.size() - parser.get().body().size;
    if (request.body.size() + got > max) co_return TooLarge(max);
    Status kept = request.body.Append({piece.data(), got});
    if (!kept.ok()) co_return kept;
    if (parser.is_done() || got > 0 || reader.buffer.size() < before) continue;
    if (reader.buffer.size() >= kMaxHead) co_return Broken();  // a chunk head without an end
    bool more = co_await Receive(kReadSome);
    if (!more) co_return Broken();
  }
  co_return Status();
}

asio::awaitable<std::optional<Response>> Connection::AskWorker(Request& request, const Route& route,
                                                               bool knock) {
  deadline_ = Clock::time_point::max();  // handlers end by themselves
  auto executor = stream_.executor();
  auto job = std::make_shared<Job>(std::move(request), std::optional<Response>(),
                                   asio::steady_timer(executor, asio::steady_timer::time_point::max()));
  auto wake = [job] { job->done.cancel(); };
  auto work = [job, wake, executor, knock, &route, &site = context_.site] {
    OnErrand errand(job->request.id, route.pattern);
    job->response = knock ? site.Knock(route, job->request) : site.Run(route, job->request);
    asio::post(executor, wake);
  };
  // `wake` cannot run before the wait below: both are on this thread.
  bool reads = job->request.method == Method::kGet;
  if (!(reads ? context_.readers : context_.writers).Post(work)) {
    request = std::move(job->request);
    co_return ErrorAnswer(503, "server.busy", "服务器正忙，请稍后再试。", request.id);
  }
  error_code ec;
  co_await job->done.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  request = std::move(job->request);
  co_return std::move(job->response);
}

// False when the client is gone or was cut off.
asio::awaitable<bool> Connection::Receive(size_t most) {
  auto room = reader_->buffer.prepare(std::min(most, reader_->buffer.max_size() - reader_->buffer.size()));
  size_t n = co_await stream_.Read(room);
  reader_->buffer.commit(n);
  co_return n > 0;
}

asio::awaitable<bool> Connection::Write(std::string_view head, std::string_view body) {
  std::array<asio::const_buffer, 2> parts = {asio::buffer(head), asio::buffer(body)};
  error_code ec = co_await stream_.Write(parts);
  if (!ec) Allow(context_.options.idle_timeout);
  co_return !ec;
}

// A client that is still sending would not see the answer if the socket were closed under it: the rest is
// read and thrown away for a while.
asio::awaitable<void> Connection::Linger() {
  co_await stream_.SayGoodbye();
  bool all_read = reader_->parser->is_done() && reader_->buffer.size() == 0;
  deadline_ = Clock::now() + (all_read ? kShortLinger : kLinger);
  idle_ = false;
  bool more = true;
  while (more) {
    reader_->buffer.clear();
    more = co_await Receive(kReadBody);
  }
  stream_.Close();
}

}  // namespace zg::http
