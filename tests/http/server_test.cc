// The server itself, over real sockets: what it answers to well-meant, mistaken and hostile clients.
#include "http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <future>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "http/answer.h"
#include "http/body.h"
#include "http/client.h"
#include "http/params.h"

namespace zg::http {
namespace {

using namespace std::chrono_literals;
using test::Ask;
using test::Call;
using test::Client;
using test::Get;
using test::Post;
using test::Raw;
using test::Reply;
using testing::HasSubstr;
using testing::Not;
using Clock = std::chrono::steady_clock;

std::string ErrorCode(const Reply& reply) {
  auto json = nlohmann::json::parse(reply.body, nullptr, false);
  return json.is_object() && json.contains("error") ? json["error"]["code"].get<std::string>() : reply.body;
}

// Lines of the log, caught for the whole test.
std::mutex g_lines_mutex;
std::string g_lines;
void Catch(const std::string& line) {
  std::lock_guard lock(g_lines_mutex);
  g_lines += line + "\n";
}
std::string Lines() {
  std::lock_guard lock(g_lines_mutex);
  return g_lines;
}

class ServerTest : public testing::Test {
 protected:
  void SetUp() override {
    g_lines.clear();
    SetLogSink(Catch);
    options_.port = 0;
  }
  void TearDown() override {
    server_.reset();
    SetLogSink(nullptr);
  }

  Router Routes() {
    Router r;
    r.Get("/api/echo", [](Request& q) -> Result<Response> { return JsonAnswer({{"query", q.query}}); });
    r.Get("/api/items/{id}", [](Request& q) -> Result<Response> {
      return JsonAnswer({{"id", q.ids.at(0)}});
    });
    r.Post("/api/json", [](Request& q) -> Result<Response> {
      BodyReader b(q);
      std::string name = b.Text("name");
      ZG_TRY(b.Finish());
      return JsonAnswer({{"name", name}});
    });
    r.Post(
        "/api/files",
        [](Request& q) -> Result<Response> {
          ZG_ASSIGN(std::string_view bytes, q.body.bytes());
          uint64_t sum = 0;
          for (unsigned char c : bytes) sum = sum * 31 + c;
          return JsonAnswer({{"bytes", bytes.size()}, {"sum", sum}, {"spooled", q.body.in_file()}});
        },
        BodyKind::kFile);
    r.Get("/api/slow", [this](Request&) -> Result<Response> {
      ++slow_running_;
      std::this_thread::sleep_for(400ms);
      return JsonAnswer({{"slow", true}});
    });
    r.Get("/api/large", [](Request&) -> Result<Response> {
      return JsonAnswer({{"text", std::string(3'000'000, 'x')}});
    });
    r.Get("/api/throws", [](Request&) -> Result<Response> { throw std::runtime_error("secret detail"); });
    r.Get("/api/fails", [](Request&) -> Result<Response> {
      return Error{Code::kUnavailable, "数据库打不开。", "db", "store.closed", "SELECT secret FROM t"};
    });
    return r;
  }
  uint16_t Start() {
    auto server = Server::Start(options_, Routes());
    EXPECT_TRUE(server.ok()) << (server.ok() ? "" : server.error().message);
    server_ = std::move(*server);
    return server_->port();
  }

  ServerOptions options_;
  std::unique_ptr<Server> server_;
  std::atomic<int> slow_running_{0};
};

TEST_F(ServerTest, AnswersWithJsonAndTheHeadersEveryAnswerCarries) {
  Reply r = Call(Start(), Get("/api/echo?a=%E6%94%B9"));
  EXPECT_EQ(r.status, 200);
  EXPECT_EQ(r.body, R"({"query":"a=%E6%94%B9"})");
  EXPECT_EQ(r.header("content-type"), "application/json; charset=utf-8");
  EXPECT_EQ(r.header("cache-control"), "no-store");
  EXPECT_EQ(r.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(r.header("referrer-policy"), "no-referrer");
  EXPECT_THAT(r.header("content-security-policy"), HasSubstr("default-src 'self'"));
  EXPECT_THAT(r.header("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_FALSE(r.header("x-request-id").empty());
  EXPECT_EQ(r.header("access-control-allow-origin"), "");
}

TEST_F(ServerTest, AnErrorHasCodePlaceSentenceAndRequestIdAndItsCauseIsInTheLogOnly) {
  Reply r = Call(Start(), Get("/api/fails"));
  EXPECT_EQ(r.status, 503);
  auto error = nlohmann::json::parse(r.body)["error"];
  EXPECT_EQ(error["code"], "store.closed");
  EXPECT_EQ(error["message"], "数据库打不开。");
  EXPECT_EQ(error["where"], "db");
  EXPECT_EQ(error["request"], r.header("x-request-id"));
  EXPECT_THAT(r.body, Not(HasSubstr("SELECT")));
  EXPECT_THAT(Lines(), HasSubstr("SELECT secret FROM t"));
  EXPECT_THAT(Lines(), HasSubstr(r.header("x-request-id")));
}

TEST_F(ServerTest, AHandlerThatThrowsIsA500WithoutItsWords) {
  uint16_t port = Start();
  Reply r = Call(port, Get("/api/throws"));
  EXPECT_EQ(r.status, 500);
  EXPECT_THAT(r.body, Not(HasSubstr("secret detail")));
  EXPECT_THAT(Lines(), HasSubstr("secret detail"));
  EXPECT_EQ(Call(port, Get("/api/echo")).status, 200);
}

struct Row {
  const char* name;
  Ask ask;
  int status;
  std::string code;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

TEST_F(ServerTest, RefusesWhatIsNotMeantForIt) {
  uint16_t port = Start();
  std::string self = std::to_string(port), other = std::to_string(port == 65535 ? 1 : port + 1);
  std::vector<Row> rows = {
      {"unknown path", Get("/api/nothing"), 404, "http.no_such_path"},
      {"wrong method", Post("/api/echo"), 405, "http.method"},
      {"method nobody knows", {.method = "BREW", .target = "/api/echo"}, 405, "http.method"},
      {"changing a page", Post("/index.html"), 405, "http.method"},
      {"id that is none", Get("/api/items/abc"), 400, "parameter.bad"},
      {"way out of the folder", Get("/../../etc/passwd"), 400, "http.bad_target"},
      {"way out, encoded", Get("/%2e%2e/%2e%2e/etc/passwd"), 400, "http.bad_target"},
      {"absolute target", Get("http://127.0.0.1/api/echo"), 400, "http.bad_target"},
      {"a foreign name (DNS rebinding)",
       {.target = "/api/echo", .headers = {"Host: evil.example:" + self}},
       421,
       "http.bad_host"},
      {"a foreign name at the page",
       {.target = "/", .headers = {"Host: evil.example:" + self}},
       421,
       "http.bad_host"},
      {"a name that only begins well",
       {.target = "/api/echo", .headers = {"Host: localhost.evil.example:" + self}},
       421,
       "http.bad_host"},
      {"another port",
       {.target = "/api/echo", .headers = {"Host: 127.0.0.1:" + other}},
       421,
       "http.bad_host"},
      {"two hosts",
       {.target = "/api/echo", .headers = {"Host: 127.0.0.1:" + self, "Host: evil.example"}},
       421,
       "http.bad_host"},
      {"a change asked for by another site",
       {.method = "POST", .target = "/api/json", .headers = {"Origin: http://evil.example"}, .body = "{}"},
       403,
       "http.bad_origin"},
      {"a change from an opaque page",
       {.method = "POST", .target = "/api/json", .headers = {"Origin: null"}, .body = "{}"},
       403,
       "http.bad_origin"},
      {"a change from another port of this machine",
       {.method = "POST",
        .target = "/api/json",
        .headers = {"Origin: http://127.0.0.1:" + other},
        .body = "{}"},
       403,
       "http.bad_origin"},
      {"a change from another scheme",
       {.method = "POST",
        .target = "/api/json",
        .headers = {"Origin: https://127.0.0.1:" + self},
        .body = "{}"},
       403,
       "http.bad_origin"},
      {"a cross-site change without an Origin",
       {.method = "POST", .target = "/api/json", .headers = {"Sec-Fetch-Site: cross-site"}, .body = "{}"},
       403,
       "http.bad_origin"},
      {"an upload from another site",
       {.method = "POST",
        .target = "/api/files",
        .headers = {"Origin: http://evil.example"},
        .body = "x",
        .content_type = "text/plain"},
       403,
       "http.bad_origin"},
      {"a form where JSON should be",
       {.method = "POST",
        .target = "/api/json",
        .body = "name=a",
        .content_type = "application/x-www-form-urlencoded"},
       415,
       "http.content_type"},
      {"JSON that calls itself text",
       {.method = "POST", .target = "/api/json", .body = "{}", .content_type = "text/plain"},
       415,
       "http.content_type"},
      {"JSON that calls itself nothing",
       {.method = "POST", .target = "/api/json", .body = "{}", .content_type = ""},
       415,
       "http.content_type"},
      {"a file inside a form",
       {.method = "POST",
        .target = "/api/files",
        .body = "x",
        .content_type = "multipart/form-data; boundary=a"},
       415,
       "http.content_type"},
      {"broken JSON", Post("/api/json", "{"), 400, "body.bad_json"},
      {"a member mistyped", Post("/api/json", R"({"nam":"a"})"), 400, "body.missing"},
      {"a body where none belongs", {.target = "/api/echo", .body = "{}"}, 400, "http.bad_request"},
  };
  for (const Row& row : rows) {
    Reply r = Call(port, row.ask);
    EXPECT_EQ(r.status, row.status) << row.name;
    EXPECT_EQ(ErrorCode(r), row.code) << row.name;
    EXPECT_NE(nlohmann::json::parse(r.body, nullptr, false)["error"]["message"].get<std::string>(), "")
        << row.name;
  }
  EXPECT_EQ(Call(port, Post("/api/echo")).header("allow"), "GET");
}

TEST_F(ServerTest, AnswersItsOwnPagesAndPrograms) {
  uint16_t port = Start();
  std::string self = std::to_string(port);
  for (std::string host : {"127.0.0.1:", "localhost:", "[::1]:", "LOCALHOST:"})
    EXPECT_EQ(Call(port, {.target = "/api/echo", .headers = {"Host: " + host + self}}).status, 200) << host;
  for (std::string origin : {"http://127.0.0.1:", "http://localhost:"}) {
    Ask ask = Post("/api/json", R"({"name":"甲"})");
    ask.headers = {"Origin: " + origin + self, "Sec-Fetch-Site: same-origin"};
    EXPECT_EQ(Call(port, ask).body, R"({"name":"甲"})") << origin;
  }
  Ask spelled = Post("/api/json", R"({"name":"a"})");
  spelled.content_type = "Application/JSON; charset=utf-8";
  EXPECT_EQ(Call(port, spelled).status, 200);
}

TEST_F(ServerTest, WhileTheUiIsDevelopedItsPageMayAsk) {
  options_.dev_origin = "http://127.0.0.1:5173";
  uint16_t port = Start();
  Ask ask = Post("/api/json", R"({"name":"a"})");
  ask.headers = {"Host: 127.0.0.1:5173", "Origin: http://127.0.0.1:5173"};
  EXPECT_EQ(Call(port, ask).status, 200);
  ask.headers = {"Host: 127.0.0.1:5174", "Origin: http://127.0.0.1:5173"};
  EXPECT_EQ(Call(port, ask).status, 421);
}

TEST_F(ServerTest, KeepsAConnectionForManyRequestsAlsoPipelined) {
  uint16_t port = Start();
  Client client(port);
  std::string both = test::ToWire(Get("/api/items/1"), port) + test::ToWire(Get("/api/items/2"), port) +
                     test::ToWire(Post("/api/json", R"({"name":"x"})"), port) +
                     test::ToWire(Get("/api/items/3"), port);
  client.Send(both);
  EXPECT_EQ(client.Read().body, R"({"id":1})");
  EXPECT_EQ(client.Read().body, R"({"id":2})");
  EXPECT_EQ(client.Read().body, R"({"name":"x"})");
  Reply last = client.Read();
  EXPECT_EQ(last.body, R"({"id":3})");
  EXPECT_EQ(last.header("connection"), "keep-alive");
}
TEST_F(ServerTest, ClosesWhenAskedAndForOldClients) {
  uint16_t port = Start();
  Client client(port);
  client.Send(test::ToWire({.target = "/api/echo", .headers = {"Connection: close"}}, port));
  EXPECT_EQ(client.Read().header("connection"), "close");
  EXPECT_TRUE(client.AtEnd());
  Client old(port);
  old.Send("GET /api/echo HTTP/1.0\r\nHost: localhost:" + std::to_string(port) + "\r\n\r\n");
  EXPECT_EQ(old.Read().status, 200);
  EXPECT_TRUE(old.AtEnd());
}
TEST_F(ServerTest, HeadIsGetWithoutTheBody) {
  uint16_t port = Start();
  Client client(port);
  client.Send(test::ToWire({.method = "HEAD", .target = "/api/items/5"}, port) +
              test::ToWire(Get("/api/items/6"), port));
  Reply head = client.Read(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), "8");
  EXPECT_EQ(client.Read().body, R"({"id":6})");
}
TEST_F(ServerTest, PacksLargeJsonForThoseWhoTakeIt) {
  uint16_t port = Start();
  Reply packed = Call(port, {.target = "/api/large", .headers = {"Accept-Encoding: br, gzip"}});
  EXPECT_EQ(packed.header("content-encoding"), "gzip");
  EXPECT_LT(packed.body.size(), 100'000u);
  EXPECT_EQ(packed.body.substr(0, 2), "\x1f\x8b");
  for (std::vector<std::string> h :
       {std::vector<std::string>{}, {"Accept-Encoding: gzip;q=0"}, {"Accept-Encoding: br"}}) {
    Reply plain = Call(port, {.target = "/api/large", .headers = h});
    EXPECT_EQ(plain.header("content-encoding"), "");
    EXPECT_EQ(plain.body.size(), 3'000'011u);
  }
}

TEST_F(ServerTest, MalformedHttpIsAnsweredWith400AndClosed) {
  uint16_t port = Start();
  std::string host = "Host: 127.0.0.1:" + std::to_string(port) + "\r\n";
  for (std::string bad :
       {std::string("\x16\x03\x01\x02") + std::string(40, '\0') + "\r\n\r\n", std::string("GARBAGE\r\n\r\n"),
        "GET /api/echo\r\n" + host + "\r\n", "GET /api/echo HTTP/9.9\r\n" + host + "\r\n",
        "GET /api/echo HTTP/1.1\r\n" + host + "bad header\r\n\r\n",
        "GET /api/echo HTTP/1.1\r\n" + host + "a\x01: b\r\n\r\n", "GET /a b HTTP/1.1\r\n" + host + "\r\n",
        "POST /api/json HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n{}",
        "POST /api/json HTTP/1.1\r\n" + host + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "POST /api/json HTTP/1.1\r\n" + host + "Content-Length: 2x\r\n\r\n{}"}) {
    Client client(port);
    client.Send(bad);
    Reply r = client.Read();
    EXPECT_EQ(r.status, 400) << bad;
    EXPECT_EQ(ErrorCode(r), "http.bad_request") << bad;
    client.EndSending();
    EXPECT_TRUE(client.AtEnd()) << bad;
  }
  EXPECT_EQ(Call(port, Get("/api/echo")).status, 200);
}
TEST_F(ServerTest, TwoWaysToSayWhereTheBodyEndsAreRefused) {
  uint16_t port = Start();
  std::string head = "POST /api/json HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                     "\r\nContent-Type: application/json\r\n";
  for (std::string lengths : {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                              "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                              "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: identity\r\n"}) {
    Client client(port);
    client.Send(head + lengths + "\r\n0\r\n\r\nGET /api/items/9 HTTP/1.1\r\nHost: 127.0.0.1:" +
                std::to_string(port) + "\r\n\r\n");
    Reply r = client.Read();
    EXPECT_EQ(r.status, 400) << lengths << r.body;
    EXPECT_EQ(client.Read().status, 0) << "what follows must not be taken for a request: " << lengths;
  }
}
TEST_F(ServerTest, AHeadWithoutEndIsRefused) {
  uint16_t port = Start();
  std::string host = "Host: 127.0.0.1:" + std::to_string(port) + "\r\n";
  EXPECT_EQ(
      Raw(port, "GET /api/echo HTTP/1.1\r\n" + host + "X-Long: " + std::string(20'000, 'a') + "\r\n\r\n")
          .status,
      431);
  EXPECT_EQ(Raw(port, "GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\n" + host + "\r\n").status, 431);
  EXPECT_EQ(Raw(port, std::string(30'000, 'A')).status, 431);
}

TEST_F(ServerTest, TakesChunkedBodiesAndThoseThatAskFirst) {
  uint16_t port = Start();
  std::string host = "Host: 127.0.0.1:" + std::to_string(port) + "\r\nContent-Type: application/json\r\n";
  Reply chunked =
      Raw(port,
          "POST /api/json HTTP/1.1\r\n" + host +
              "Transfer-Encoding: chunked\r\n\r\n8\r\n{\"name\":\r\n5\r\n\"abc\"\r\n1;x=y\r\n}\r\n0\r\n\r\n");
  EXPECT_EQ(chunked.body, R"({"name":"abc"})");
  Client client(port);
  client.Send("POST /api/json HTTP/1.1\r\n" + host + "Content-Length: 12\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.Read().status, 100);
  client.Send(R"({"name":"z"})");
  EXPECT_EQ(client.Read().body, R"({"name":"z"})");
}
TEST_F(ServerTest, RefusesBodiesOverTheLimitOfTheirRoute) {
  options_.max_json_bytes = 1000;
  options_.max_file_bytes = 5'000'000;
  uint16_t port = Start();
  std::string host = "Host: 127.0.0.1:" + std::to_string(port) + "\r\nContent-Type: application/json\r\n";
  Ask json = Post("/api/json", std::string(1001, ' '));
  EXPECT_EQ(Call(port, json).status, 413);
  // Said in the head: refused before a byte of it came.
  Reply early = Raw(port, "POST /api/files HTTP/1.1\r\n" + host +
                              "Content-Length: 5000001\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(early.status, 413);
  EXPECT_EQ(early.header("connection"), "close");
  EXPECT_EQ(
      Raw(port, "POST /api/files HTTP/1.1\r\n" + host + "Content-Length: 999999999999999999\r\n\r\n").status,
      413);
  // Not said: cut off when it is too much.
  std::string chunk = "1000\r\n" + std::string(0x1000, 'a') + "\r\n", many;
  for (int i = 0; i < 1300; ++i) many += chunk;
  EXPECT_EQ(Raw(port, "POST /api/files HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n" + many +
                          "0\r\n\r\n")
                .status,
            413);
  EXPECT_EQ(ErrorCode(Call(port, json)), "http.body_too_large");
}
TEST_F(ServerTest, SpoolsLargeUploadsByteForByte) {
  uint16_t port = Start();
  std::string bytes(9'000'000, '\0');
  uint64_t sum = 0;
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = char(i * 7 + i / 1000);
  for (unsigned char c : bytes) sum = sum * 31 + c;
  Ask ask{
      .method = "POST", .target = "/api/files", .body = bytes, .content_type = "application/octet-stream"};
  auto got = nlohmann::json::parse(Call(port, ask).body);
  EXPECT_EQ(got["bytes"], bytes.size());
  EXPECT_EQ(got["sum"], sum);
  EXPECT_EQ(got["spooled"], true);
}
TEST_F(ServerTest, OnlySoManyUploadsAtOnce) {
  options_.max_uploads = 1;
  uint16_t port = Start();
  Client first(port);
  first.Send("POST /api/files HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
             "\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(first.Read().status, 100);
  Ask second{.method = "POST", .target = "/api/files", .body = "x", .content_type = "text/plain"};
  EXPECT_EQ(ErrorCode(Call(port, second)), "server.busy");
  first.Send("0123456789");
  EXPECT_EQ(first.Read().status, 200);
  EXPECT_EQ(Call(port, second).status, 200);
}

TEST_F(ServerTest, CutsOffAHeadThatDripsIn) {
  options_.head_timeout = 500ms;
  uint16_t port = Start();
  Client slow(port);
  auto began = Clock::now();
  std::string head = "GET /api/echo HTTP/1.1\r\nX-Slow: ";
  bool cut = false;
  for (size_t i = 0; i < 60 && !cut; ++i) {  // a byte each 50 ms: three seconds, were it let
    cut = !slow.Send(head.substr(i % head.size(), 1));
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_TRUE(slow.AtEnd());
  EXPECT_TRUE(cut) << "the deadline is for the whole head, not for each byte";
  EXPECT_LT(Clock::now() - began, 2s);
}
TEST_F(ServerTest, CutsOffABodyThatDripsInAndOneThatStaysAway) {
  options_.body_timeout = 500ms;
  uint16_t port = Start();
  std::string head = "POST /api/json HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                     "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n";
  Client slow(port);
  slow.Send(head);
  auto began = Clock::now();
  bool cut = false;
  for (int i = 0; i < 60 && !cut; ++i) {
    cut = !slow.Send("{");
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_TRUE(cut);
  EXPECT_LT(Clock::now() - began, 2s);
  Client silent(port);
  silent.Send(head);
  EXPECT_EQ(silent.Read().status, 0);
}
TEST_F(ServerTest, LetsGoOfIdleConnections) {
  options_.idle_timeout = 300ms;
  uint16_t port = Start();
  Client client(port);
  client.Send(test::ToWire(Get("/api/echo"), port));
  EXPECT_EQ(client.Read().status, 200);
  auto began = Clock::now();
  EXPECT_TRUE(client.AtEnd());
  EXPECT_GT(Clock::now() - began, 200ms);
  EXPECT_LT(Clock::now() - began, 2s);
}
TEST_F(ServerTest, CutsOffAReaderWhoDoesNotRead) {
  options_.write_timeout = 150ms;  // and as much for each of the three MB
  uint16_t port = Start();
  std::vector<std::unique_ptr<Client>> lazy;
  for (int i = 0; i < 3; ++i) {
    lazy.push_back(std::make_unique<Client>(port));
    for (int j = 0; j < 5; ++j) lazy.back()->Send(test::ToWire(Get("/api/large"), port));
  }
  std::this_thread::sleep_for(1500ms);
  int whole = 0;
  for (auto& client : lazy)
    while (client->Read().body.size() == 3'000'011) ++whole;
  EXPECT_LT(whole, 15) << "some of the fifteen answers must have been given up";
  EXPECT_EQ(Call(port, Get("/api/echo")).status, 200);
}

TEST_F(ServerTest, SlowClientsDoNotKeepOthersOut) {
  options_.max_connections = 20;
  uint16_t port = Start();
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 40; ++i) idle.push_back(std::make_unique<Client>(port));
  EXPECT_EQ(Call(port, Get("/api/echo")).status, 200) << "the longest idle give way";
}
TEST_F(ServerTest, SixtyFourClientsAtOnce) {
  uint16_t port = Start();
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 64; ++t) {
    threads.emplace_back([&, t] {
      Client client(port);
      for (int i = 0; i < 50; ++i) {
        int id = t * 1000 + i + 1;
        client.Send(test::ToWire(Get("/api/items/" + std::to_string(id)), port));
        right += client.Read().body == "{\"id\":" + std::to_string(id) + "}";
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 64 * 50);
}
TEST_F(ServerTest, RequestIdsAreDifferent) {
  uint16_t port = Start();
  EXPECT_NE(Call(port, Get("/api/echo")).header("x-request-id"),
            Call(port, Get("/api/echo")).header("x-request-id"));
}

TEST_F(ServerTest, StoppingAnswersWhatIsUnderWayAndTakesNothingNew) {
  uint16_t port = Start();
  Client idle(port), busy(port);
  idle.Send(test::ToWire(Get("/api/echo"), port));
  EXPECT_EQ(idle.Read().status, 200);
  busy.Send(test::ToWire(Get("/api/slow"), port));
  while (slow_running_ == 0) std::this_thread::sleep_for(1ms);
  auto stopped = std::async(std::launch::async, [&] { server_->Stop(); });
  std::this_thread::sleep_for(100ms);
  EXPECT_FALSE(Client(port).connected());
  Reply last = busy.Read();
  EXPECT_EQ(last.body, R"({"slow":true})");
  EXPECT_EQ(last.header("connection"), "close");
  EXPECT_TRUE(idle.AtEnd());
  EXPECT_EQ(stopped.wait_for(5s), std::future_status::ready);
}
TEST_F(ServerTest, StoppingDoesNotWaitForClientsThatDrip) {
  options_.grace = 300ms;
  uint16_t port = Start();
  Client slow(port);
  slow.Send("GET /api/echo HTTP/1.1\r\nX: ");
  Client body(port);
  body.Send("POST /api/files HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
            "\r\nContent-Length: 10\r\n\r\n012");
  std::this_thread::sleep_for(100ms);
  auto began = Clock::now();
  server_->Stop();
  EXPECT_LT(Clock::now() - began, 2s);
}
TEST_F(ServerTest, ASignalEndsItInGoodOrder) {
  for (int signal : {SIGTERM, SIGINT}) {
    uint16_t port = Start();
    std::promise<void> ready;
    auto ended = std::async(std::launch::async, [&] { server_->RunUntilSignal([&] { ready.set_value(); }); });
    ready.get_future().wait();
    slow_running_ = 0;
    Client busy(port);
    busy.Send(test::ToWire(Get("/api/slow"), port));
    while (slow_running_ == 0) std::this_thread::sleep_for(1ms);
    kill(getpid(), signal);
    EXPECT_EQ(busy.Read().body, R"({"slow":true})");
    EXPECT_EQ(ended.wait_for(5s), std::future_status::ready);
  }
}

TEST_F(ServerTest, ListensOnLoopbackOnly) {
  for (const char* address : {"0.0.0.0", "::", "192.168.1.5", "example.com", "", "127.0.0.2", "127.1", "*"}) {
    options_.address = address;
    auto server = Server::Start(options_, Routes());
    ASSERT_FALSE(server.ok()) << address;
    EXPECT_EQ(server.error().id, "server.not_loopback");
    EXPECT_THAT(server.error().message, HasSubstr("127.0.0.1"));
  }
  options_.address = "localhost";
  EXPECT_THAT((Start(), server_->url()), testing::StartsWith("http://127.0.0.1:"));
}
TEST_F(ServerTest, SaysWhatToDoWhenThePortIsTaken) {
  options_.port = Start();
  auto second = Server::Start(options_, Routes());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().id, "server.port_in_use");
  EXPECT_THAT(second.error().message, HasSubstr("--port"));
}

}  // namespace
}  // namespace zg::http
