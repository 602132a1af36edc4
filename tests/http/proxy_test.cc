// Behind a reverse proxy: whom its headers are believed from, and what becomes of them.
#include "http/proxy.h"

#include "http/server_fixture.h"

namespace zg::http::test {
namespace {

TEST(Proxy, AddressesOfClosedNetworks) {
  for (const char* a : {"127.0.0.1", "127.8.8.8", "::1"}) EXPECT_TRUE(IsLoopback(a)) << a;
  for (const char* a : {"10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00::1", "fe80::1"})
    EXPECT_TRUE(IsPrivate(a)) << a;
  for (const char* a : {"8.8.8.8", "172.32.0.1", "172.15.0.1", "11.0.0.1", "192.169.0.1", "2001:db8::1",
                        "::", "0.0.0.0", "example.cn", ""}) {
    EXPECT_FALSE(IsPrivate(a)) << a;
    EXPECT_FALSE(IsLoopback(a)) << a;
  }
}

TEST(Proxy, OnlyWhatLooksLikeAnIdIsOne) {
  EXPECT_TRUE(IsRequestId("0123456789abcdef0123456789abcdef"));
  EXPECT_TRUE(IsRequestId("k3x9-q2.a_1"));
  for (const std::string& id : std::vector<std::string>{"short", std::string(65, 'a'), "with blank1",
                                                        "quote\"12", "line\nbreak", "汉字汉字汉字", ""})
    EXPECT_FALSE(IsRequestId(id)) << id;
}

Request Forwarded() {
  Request request;
  request.id = "own-1";
  request.address = "127.0.0.1";
  request.headers = {{"x-forwarded-for", "1.1.1.1, 203.0.113.9"},
                     {"x-forwarded-proto", "https"},
                     {"x-request-id", "0123456789abcdef"}};
  return request;
}

TEST(Proxy, TheLastHopIsTheClient) {
  Request request = Forwarded();
  Proxy({.behind = true}).Read(request);
  EXPECT_EQ(request.address, "203.0.113.9");
  EXPECT_EQ(request.id, "0123456789abcdef");
  EXPECT_TRUE(request.secure);
}

TEST(Proxy, WithoutOneItsHeadersSayNothing) {
  Request request = Forwarded();
  Proxy({}).Read(request);
  EXPECT_EQ(request.address, "127.0.0.1");
  EXPECT_EQ(request.id, "own-1");
  EXPECT_FALSE(request.secure);
}

TEST(Proxy, NobodyElseIsListenedTo) {
  Proxy proxy({.behind = true, .trusted = {"10.0.0.5"}});
  EXPECT_FALSE(proxy.Refuses("127.0.0.1"));
  EXPECT_FALSE(proxy.Refuses("10.0.0.5"));
  EXPECT_TRUE(proxy.Refuses("10.0.0.6"));
  EXPECT_TRUE(proxy.Refuses(""));
  EXPECT_FALSE(Proxy({}).Refuses("10.0.0.6"));
}

TEST_F(ServerTest, BehindAProxyTheBrowserSpeaksTlsWithIt) {
  options_.proxy.behind = true;
  options_.public_hosts = {"zg.example.cn"};
  uint16_t port = Start();
  auto through = [&](std::vector<std::string> more) {
    Ask ask = Post("/api/json", R"({"name":"x"})");
    ask.headers = {"Host: zg.example.cn", "X-Forwarded-Proto: https", "X-Forwarded-For: 203.0.113.9",
                   "X-Request-Id: abcdef0123456789"};
    ask.headers.insert(ask.headers.end(), more.begin(), more.end());
    return test::Call(port, ask);
  };
  Reply good = through({"Origin: https://zg.example.cn"});
  EXPECT_EQ(good.status, 200) << good.body;
  EXPECT_EQ(good.header("x-request-id"), "abcdef0123456789");
  EXPECT_EQ(good.header("strict-transport-security"), "max-age=31536000");
  EXPECT_EQ(ErrorCode(through({"Origin: http://zg.example.cn"})), "http.bad_origin");
  EXPECT_EQ(ErrorCode(through({"Origin: https://evil.example"})), "http.bad_origin");
}

TEST_F(ServerTest, BehindAProxyItNeedsItsName) {
  options_.proxy.behind = true;
  auto server = Server::Start(options_, Routes(), MakeOpenDoor());
  ASSERT_FALSE(server.ok());
  EXPECT_EQ(server.error().id, "server.no_name");
  options_.public_hosts = {"zg.example.cn"};
  options_.address = "0.0.0.0";
  server = Server::Start(options_, Routes(), MakeOpenDoor());
  ASSERT_FALSE(server.ok());
  EXPECT_EQ(server.error().id, "server.not_loopback");
}

TEST_F(ServerTest, EveryLineOfARequestHasItsId) {
  options_.proxy.behind = true;
  options_.public_hosts = {"zg.example.cn"};
  options_.log_level = LogLevel::kDebug;
  Router routes;
  routes.Get("/api/tells/{id}", Right::kPublic, [](Request&) -> Result<Response> {
    Log(LogLevel::kInfo, "something");
    return JsonAnswer({{"told", true}});
  });
  auto server = Server::Start(options_, std::move(routes), MakeOpenDoor());
  ASSERT_TRUE(server.ok());
  Ask ask = Get("/api/tells/7");
  ask.headers = {"X-Request-Id: abcdef0123456789"};
  EXPECT_EQ(test::Call((*server)->port(), ask).status, 200);
  server->reset();
  int lines = 0;
  std::istringstream all(Lines());
  for (std::string text; std::getline(all, text);) {
    auto line = nlohmann::json::parse(text);
    if (line["event"] != "something" && line["event"] != "request") continue;
    ++lines;
    EXPECT_EQ(line["request"], "abcdef0123456789");
    EXPECT_EQ(line["route"], "/api/tells/{id}");
  }
  EXPECT_EQ(lines, 2);
}

}  // namespace
}  // namespace zg::http::test
