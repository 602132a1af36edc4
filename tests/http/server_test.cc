// The server itself, over real sockets: answers, refusals, keep-alive.
#include "http/server_fixture.h"

namespace zg::http::test {
namespace {

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

TEST_F(ServerTest, RequestIdsAreDifferent) {
  uint16_t port = Start();
  EXPECT_NE(Call(port, Get("/api/echo")).header("x-request-id"),
            Call(port, Get("/api/echo")).header("x-request-id"));
}

}  // namespace
}  // namespace zg::http::test
