// Clients that are slow, greedy or hostile, over real sockets: what the server takes and where it stops.
#include "http/server_fixture.h"

namespace zg::http::test {
namespace {

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

}  // namespace
}  // namespace zg::http::test
