// How the server begins and ends.
#include <signal.h>

#include <future>

#include "http/server_fixture.h"

namespace zg::http::test {
namespace {

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
    auto server = Server::Start(options_, Routes(), MakeOpenDoor());
    ASSERT_FALSE(server.ok()) << address;
    EXPECT_EQ(server.error().id, "server.not_loopback");
    EXPECT_THAT(server.error().message, HasSubstr("127.0.0.1"));
  }
  options_.address = "localhost";
  EXPECT_THAT((Start(), server_->url()), testing::StartsWith("http://127.0.0.1:"));
}

TEST_F(ServerTest, SaysWhatToDoWhenThePortIsTaken) {
  options_.port = Start();
  auto second = Server::Start(options_, Routes(), MakeOpenDoor());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().id, "server.port_in_use");
  EXPECT_THAT(second.error().message, HasSubstr("--port"));
}

}  // namespace
}  // namespace zg::http::test
