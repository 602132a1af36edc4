#pragma once
// A server with a few routes of every kind, for tests of the server itself.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "http/answer.h"
#include "http/body.h"
#include "http/client.h"
#include "http/server.h"

namespace zg::http::test {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using Clock = std::chrono::steady_clock;

inline std::string ErrorCode(const Reply& reply) {
  auto json = nlohmann::json::parse(reply.body, nullptr, false);
  return json.is_object() && json.contains("error") ? json["error"]["code"].get<std::string>() : reply.body;
}

// Lines of the log, caught for the whole test.
inline std::mutex g_lines_mutex;
inline std::string g_lines;
inline void Catch(const std::string& line) {
  std::lock_guard lock(g_lines_mutex);
  g_lines += line + "\n";
}
inline std::string Lines() {
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
    r.Get("/api/echo", Right::kPublic, [](Request& q) -> Result<Response> {
      return JsonAnswer({{"query", q.query}});
    });
    r.Get("/api/items/{id}", Right::kPublic, [](Request& q) -> Result<Response> {
      return JsonAnswer({{"id", q.ids.at(0)}});
    });
    r.Post("/api/json", Right::kPublic, [](Request& q) -> Result<Response> {
      BodyReader b(q);
      std::string name = b.Text("name");
      ZG_TRY(b.Finish());
      return JsonAnswer({{"name", name}});
    });
    r.Post(
        "/api/files", Right::kPublic,
        [](Request& q) -> Result<Response> {
          ZG_ASSIGN(std::string_view bytes, q.body.bytes());
          uint64_t sum = 0;
          for (unsigned char c : bytes) sum = sum * 31 + c;
          return JsonAnswer({{"bytes", bytes.size()}, {"sum", sum}, {"spooled", q.body.in_file()}});
        },
        BodyKind::kFile);
    r.Get("/api/slow", Right::kPublic, [this](Request&) -> Result<Response> {
      ++slow_running_;
      std::this_thread::sleep_for(400ms);
      return JsonAnswer({{"slow", true}});
    });
    r.Get("/api/large", Right::kPublic, [](Request&) -> Result<Response> {
      return JsonAnswer({{"text", std::string(3'000'000, 'x')}});
    });
    r.Get("/api/throws", Right::kPublic,
          [](Request&) -> Result<Response> { throw std::runtime_error("secret detail"); });
    r.Get("/api/fails", Right::kPublic, [](Request&) -> Result<Response> {
      return Error{Code::kUnavailable, "数据库打不开。", "db", "store.closed", "SELECT secret FROM t"};
    });
    return r;
  }
  uint16_t Start() {
    auto server = Server::Start(options_, Routes(), MakeOpenDoor());
    EXPECT_TRUE(server.ok()) << (server.ok() ? "" : server.error().message);
    server_ = std::move(*server);
    return server_->port();
  }

  ServerOptions options_;
  std::unique_ptr<Server> server_;
  std::atomic<int> slow_running_{0};
};

}  // namespace zg::http::test
