// Reads that may be a little old are asked of a streaming replica, and of the primary where it will not do.
// On tests/with_replica, which starts both.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "store/place.h"
#include "store/store.h"

namespace zg::store {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

const Query kAdd{
    "test_add",
    "INSERT INTO rounds (name, level, number, year, created_at) VALUES (:name, 'other', 0, 0, '')"};
const Query kCount{"test_count", "SELECT count(*) FROM rounds WHERE name = :name"};
const Query kStandby{"test_standby", "SELECT CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END"};

std::string AtReplica(const std::string& url) {
  std::string replica = url;
  size_t begin = replica.find("host=") + 5, end = std::min(replica.find('&', begin), replica.size());
  return replica.replace(begin, end - begin, std::getenv("ZG_TEST_REPLICA"));
}

class ReplicaReads : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::PostgresServer() || !std::getenv("ZG_TEST_REPLICA"))
      GTEST_SKIP() << "needs tests/with_replica";
    place_ = std::make_unique<test::Place>("");
    replica_ = AtReplica(place_->url());
    Open(replica_);
    ASSERT_TRUE(Until([&] { return Count("none") == 0 && on_standby_; }))
        << "the replica never came into use";
  }
  void TearDown() override {
    if (place_ && !replica_.empty()) AtTheReplica("SELECT pg_wal_replay_resume()");
  }
  void Open(const std::string& read_url, std::chrono::milliseconds most_lag = 1500ms) {
    store_ =
        std::move(Store::Open(OpenPostgres({place_->url(), read_url}).value(), clock_, 4, most_lag)).value();
  }
  void Add(const std::string& name) {
    ASSERT_TRUE(store_
                    ->Write([&](Session& s) -> Status {
                      s.Run(kAdd, name);
                      return {};
                    })
                    .ok());
  }
  // Read from where it may be old; on_standby_ says where that was.
  int64_t Count(const std::string& name) {
    auto count = store_->ReadStale([&](Session& s) {
      on_standby_ = s.Value<int64_t>(kStandby).value_or(0) == 1;
      return s.Value<int64_t>(kCount, name).value_or(-1);
    });
    EXPECT_TRUE(count.ok()) << count.error().cause;
    return count.ok() ? *count : -2;
  }
  template <class F>
  bool Until(F f, std::chrono::milliseconds most = 10s) {
    auto end = steady_clock::now() + most;
    while (!f()) {
      if (steady_clock::now() > end) return false;
      std::this_thread::sleep_for(20ms);
    }
    return true;
  }
  void AtTheReplica(const std::string& sql) { At(replica_, sql); }
  static void At(const std::string& url, const std::string& sql) {
    PGconn* connection = PQconnectdb(url.c_str());
    PGresult* result = PQexec(connection, sql.c_str());
    EXPECT_NE(PQresultStatus(result), PGRES_FATAL_ERROR) << PQerrorMessage(connection);
    PQclear(result);
    PQfinish(connection);
  }

  FixedClock clock_{*Date::Make(2024, 6, 30)};
  std::unique_ptr<test::Place> place_;
  std::string replica_;
  std::unique_ptr<Store> store_;
  bool on_standby_ = false;
};

TEST_F(ReplicaReads, OnlyWhatMayBeOldGoesThere) {
  Add("a");
  EXPECT_TRUE(Until([&] { return Count("a") == 1 && on_standby_; }));
  auto on_standby = store_->Read([](Session& s) { return s.Value<int64_t>(kStandby).value_or(-1); });
  EXPECT_EQ(on_standby.value(), 0) << "what must be new is asked of the primary";
}

TEST_F(ReplicaReads, OneTooFarBehindIsNotAsked) {
  AtTheReplica("SELECT pg_wal_replay_pause()");
  std::this_thread::sleep_for(300ms);
  Add("a");
  auto written = steady_clock::now();
  while (Count("a") == 0) {
    ASSERT_TRUE(on_standby_) << "the primary knows it";
    ASSERT_LT(steady_clock::now() - written, 4s) << "most_lag is 1.5 s, looked at once a second";
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_FALSE(on_standby_);
  AtTheReplica("SELECT pg_wal_replay_resume()");
  EXPECT_TRUE(Until([&] { return Count("a") == 1 && on_standby_; })) << "caught up, it is asked again";
}

TEST_F(ReplicaReads, WhatItDoesNotKnowYetThePrimaryIsAsked) {
  AtTheReplica("SELECT pg_wal_replay_pause()");
  std::this_thread::sleep_for(300ms);
  Add("a");
  auto found = store_->ReadStale([](Session& s) -> Result<int64_t> {
    if (s.Value<int64_t>(kCount, std::string("a")).value_or(0) == 0)
      return Error{Code::kNotFound, "没有。", "", "test.not_found"};
    return 1;
  });
  EXPECT_TRUE(found.ok());
}

TEST_F(ReplicaReads, LostConnectionsAreMadeAgain) {
  AtTheReplica(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
      "backend_type = 'client backend'");
  EXPECT_EQ(Count("none"), 0);
  EXPECT_TRUE(on_standby_);
}

// What the primary has cleaned away is still seen by a read on the replica: recovery breaks the read off.
TEST_F(ReplicaReads, OneThatRecoveryBreaksOffIsAskedOfThePrimary) {
  static const Query kSleep{"test_sleep", "SELECT CAST(pg_sleep(0.3) AS text)"};
  Add("a");
  ASSERT_TRUE(Until([&] { return Count("a") == 1 && on_standby_; }));
  int on_replica = 0, on_primary = 0;
  auto told = store_->ReadStale([&](Session& s) -> Result<int64_t> {
    bool standby = s.Value<int64_t>(kStandby).value_or(0) == 1;
    ++(standby ? on_replica : on_primary);
    int64_t seen = s.Value<int64_t>(kCount, std::string("a")).value_or(-1);
    for (int i = 0; standby && i < 20; ++i) {
      At(place_->url(), "UPDATE rounds SET year = year + 1");
      At(place_->url(), "VACUUM rounds");
      s.Value<std::string>(kSleep);
    }
    return seen;
  });
  ASSERT_TRUE(told.ok()) << told.error().cause;
  EXPECT_EQ(*told, 1);
  EXPECT_EQ(on_replica, 1);
  EXPECT_EQ(on_primary, 1) << "it was not broken off";
}

TEST_F(ReplicaReads, OneThatIsDownCostsNothing) {
  Open(AtReplica(place_->url()) + "&port=1");
  auto begin = steady_clock::now();
  for (int i = 0; i < 100; ++i) ASSERT_EQ(Count("none"), 0);
  EXPECT_FALSE(on_standby_);
  EXPECT_LT(steady_clock::now() - begin, 3s);
}

TEST_F(ReplicaReads, APrimaryIsNoReplica) {
  Open(place_->url());
  EXPECT_EQ(Count("none"), 0);
  EXPECT_FALSE(on_standby_);
}

TEST_F(ReplicaReads, ManyAtOnce) {
  std::vector<std::thread> readers;
  std::atomic<int> wrong{0};
  for (int i = 0; i < 8; ++i)
    readers.emplace_back([&] {
      for (int n = 0; n < 100; ++n) {
        auto count =
            store_->ReadStale([](Session& s) { return s.Value<int64_t>(kCount, std::string("none")); });
        if (!count.ok()) ++wrong;
      }
    });
  for (int i = 0; i < 20; ++i) Add("w" + std::to_string(i));
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace zg::store
