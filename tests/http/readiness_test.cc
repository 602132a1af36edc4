// Whether a server says that it is ready, and how it goes away.
#include "http/readiness.h"

#include <signal.h>
#include <sys/wait.h>

#include <future>

#include "http/server_fixture.h"

namespace zg::http::test {
namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

TEST(Readiness, EachPartSaysForItself) {
  Readiness readiness({{"good", [] { return Status(); }},
                       {"bad",
                        [] {
                          return Status(Error{Code::kUnavailable, "坏了。", "", "x"});
                        }},
                       {"throws", []() -> Status { throw std::runtime_error("no"); }}});
  Readiness::State state = readiness.Look();
  EXPECT_FALSE(state.ready);
  EXPECT_EQ(state.parts, (Parts{{"good", "ok"}, {"bad", "failed"}, {"throws", "failed"}}));
  Response answer = ReadyAnswer(readiness);
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body,
            R"({"parts":{"bad":"failed","good":"ok","throws":"failed"},"status":"unavailable"})");
}

TEST(Readiness, WhoDoesNotAnswerInTimeIsNotWaitedFor) {
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  std::atomic<int> asked{0};
  Readiness readiness({{"stuck",
                        [&] {
                          ++asked;
                          released.wait();
                          return Status();
                        }}},
                      {100ms, 1'000ms});
  auto began = Clock::now();
  EXPECT_EQ(readiness.Look().parts, (Parts{{"stuck", "timeout"}}));
  EXPECT_EQ(readiness.Look().parts, (Parts{{"stuck", "timeout"}}));
  EXPECT_LT(Clock::now() - began, 1s);
  EXPECT_EQ(asked, 1) << "it is asked once, however many want to know";
  release.set_value();
  std::this_thread::sleep_for(50ms);
  EXPECT_TRUE(readiness.Look().ready);
}

TEST(Readiness, AnAnswerIsGoodForASecond) {
  std::atomic<int> asked{0};
  Readiness readiness({{"counted",
                        [&] {
                          ++asked;
                          return Status();
                        }}},
                      {1'000ms, 200ms});
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(readiness.Look().ready);
  EXPECT_EQ(asked, 1);
  std::this_thread::sleep_for(250ms);
  EXPECT_TRUE(readiness.Look().ready);
  EXPECT_EQ(asked, 2);
}

// Clients that keep their connections and ask without a pause see no failure from the signal to the end: they
// are told to close, and come back until the door is shut.
TEST_F(ServerTest, NoRequestFailsWhileItGoesAway) {
  options_.readiness = std::make_shared<Readiness>(std::vector<Readiness::Part>());
  options_.drain = 600ms;
  uint16_t port = Start();
  std::promise<void> up;
  auto ended = std::async(std::launch::async, [&] { server_->RunUntilSignal([&] { up.set_value(); }); });
  up.get_future().wait();
  std::atomic<int> answered{0}, failed{0}, told_to_close{0}, fresh_after{0};
  std::atomic<bool> leaving{false};
  auto client = [&](const Ask& ask) {
    while (true) {
      Client connection(port);
      if (!connection.connected()) return;  // the door is shut
      if (leaving) ++fresh_after;
      for (bool more = true; more;) {
        bool before = !leaving;
        connection.Send(test::ToWire(ask, port));
        Reply reply = connection.Read();
        reply.status == 200 ? ++answered : ++failed;
        more = reply.header("connection") == "keep-alive";
        if (!more) ++told_to_close;
        if (reply.status != 200 && before) return;
      }
    }
  };
  std::vector<std::thread> clients;
  for (int i = 0; i < 6; ++i)
    clients.emplace_back(client, i % 2 ? Get("/api/echo") : Post("/api/json", R"({"name":"x"})"));
  clients.emplace_back(client, Get("/api/slow"));
  std::this_thread::sleep_for(200ms);
  leaving = true;
  auto began = Clock::now();
  kill(getpid(), SIGTERM);
  ASSERT_EQ(ended.wait_for(10s), std::future_status::ready);
  EXPECT_GE(Clock::now() - began, 600ms);
  for (auto& thread : clients) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_GT(answered, 20);
  EXPECT_GE(told_to_close, 7);
  EXPECT_GT(fresh_after, 0) << "it goes on taking connections while it drains";
  EXPECT_TRUE(options_.readiness->draining());
  EXPECT_FALSE(options_.readiness->Look().ready);
}

TEST_F(ServerTest, ASecondSignalEndsItAtOnce) {
  options_.drain = 30s;
  pid_t child = fork();
  if (child == 0) {
    Start();
    int signals = 0;
    server_->RunUntilSignal([] { kill(getpid(), SIGTERM); },
                            [&] {
                              ++signals;
                              std::thread([] {
                                std::this_thread::sleep_for(100ms);
                                kill(getpid(), SIGTERM);
                              }).detach();
                            });
    _exit(7);
  }
  auto began = Clock::now();
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM) << status;
  EXPECT_LT(Clock::now() - began, 10s);
}

}  // namespace
}  // namespace zg::http::test
