// /metrics over a real socket: what was done is counted, by names that are few.
#include "http/metrics_site.h"

#include <gmock/gmock.h>

#include "http/api.h"

namespace zg::http::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class MetricsSiteTest : public testing::Test {
 protected:
  MetricsSiteTest() : api_("metrics") {
    ServerOptions options;
    options.metrics_address = "127.0.0.1";
    readiness_ = ReadinessOf(api_.office());
    auto server = StartMetricsSite(options, api_.office(), readiness_);
    EXPECT_TRUE(server.ok());
    site_ = std::move(*server);
  }
  Reply See(const std::string& path) { return test::Call(site_->port(), Get(path)); }
  // The number behind the line that begins so; -1: no such line.
  static double Value(const std::string& text, const std::string& begins) {
    size_t at = text.find("\n" + begins);
    if (at == text.npos) return -1;
    size_t blank = text.find(' ', at + 1 + begins.size());
    return std::stod(text.substr(blank));
  }

  Api api_;
  std::shared_ptr<Readiness> readiness_;
  std::unique_ptr<Server> site_;
};

TEST_F(MetricsSiteTest, RequestsAreCountedByPattern) {
  const std::string counted =
      R"(zhenggai_http_requests_total{method="GET",route="/api/tasks/{id}",server="office",status="4xx"})";
  const std::string took =
      R"(zhenggai_http_request_seconds_count{method="GET",route="/api/tasks/{id}",server="office"})";
  std::string before = See("/metrics").body;
  for (int id : {91, 92, 93}) EXPECT_EQ(api_.Call(Get("/api/tasks/" + std::to_string(id))).status, 404);
  api_.Call(Get("/api/nowhere/secret-word"));
  std::string after = See("/metrics").body;
  EXPECT_EQ(Value(after, counted) - std::max(0.0, Value(before, counted)), 3);
  EXPECT_EQ(Value(after, took) - std::max(0.0, Value(before, took)), 3);
  EXPECT_THAT(after, Not(HasSubstr("secret-word")));
  EXPECT_THAT(after, Not(HasSubstr("/api/tasks/91")));
}

TEST_F(MetricsSiteTest, QueriesAreCountedByNameAndWritesByGroup) {
  std::string before = See("/metrics").body;
  api_.Json(Post("/api/units", R"({"name":"青河市水务局","parent_id":null})"), 201);
  std::string after = See("/metrics").body;
  EXPECT_GT(Value(after, R"(zhenggai_store_query_seconds_count{query="COMMIT"})"),
            Value(before, R"(zhenggai_store_query_seconds_count{query="COMMIT"})"));
  EXPECT_GT(Value(after, "zhenggai_store_write_group_size_count"),
            Value(before, "zhenggai_store_write_group_size_count"));
  EXPECT_GE(Value(after, "zhenggai_store_writes_waiting"), 0);
  EXPECT_GE(Value(after, "zhenggai_store_readers_in_use"), 0);  // the office's own threads read too
}

TEST_F(MetricsSiteTest, TheLedgersSizesAreTold) {
  std::string text = See("/metrics").body;
  EXPECT_EQ(Value(text, "zhenggai_ledger_readable"), 1);
  EXPECT_EQ(Value(text, "zhenggai_ledger_tasks"), 0);
  EXPECT_GT(Value(text, R"(zhenggai_ledger_numbers{table="events"})"), 0);
  EXPECT_GT(Value(text, "zhenggai_ledger_database_bytes"), 100'000);
  EXPECT_EQ(Value(text, R"(zhenggai_ledger_letters{state="waiting"})"), 0);
  EXPECT_GT(Value(text, "zhenggai_data_free_bytes"), 0);
  EXPECT_GT(Value(text, "process_resident_memory_bytes"), 1'000'000);
}

TEST_F(MetricsSiteTest, LiveAndReady) {
  EXPECT_EQ(See("/livez").body, "ok\n");
  Reply ready = See("/readyz");
  EXPECT_EQ(ready.status, 200);
  EXPECT_EQ(ready.body, R"({"parts":{"database":"ok","vault":"ok"},"status":"ok"})");
  readiness_->Drain();
  ready = See("/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_THAT(ready.body, HasSubstr("draining"));
  EXPECT_EQ(See("/livez").status, 200);
}

TEST_F(MetricsSiteTest, NothingElseIsThere) {
  EXPECT_EQ(See("/").status, 404);
  EXPECT_EQ(See("/api/tasks").status, 404);
  EXPECT_EQ(test::Call(site_->port(), Post("/metrics")).status, 405);
}

TEST(MetricsSiteAddress, ClosedNetworksOnly) {
  Api api("metrics-address");
  for (const char* address : {"0.0.0.0", "8.8.8.8", "::", "example.cn"}) {
    ServerOptions options;
    options.metrics_address = address;
    auto server = StartMetricsSite(options, api.office(), ReadinessOf(api.office()));
    ASSERT_FALSE(server.ok()) << address;
    EXPECT_EQ(server.error().id, "server.not_loopback") << address;
  }
}

}  // namespace
}  // namespace zg::http::test
