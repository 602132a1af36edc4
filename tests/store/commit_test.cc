// A change whose commit nobody answered is told as unknown, one that broke off before it as not made.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "store/place.h"
#include "store/store.h"

namespace zg::store {
namespace {

const Query kAdd{
    "test_add",
    "INSERT INTO rounds (name, level, number, year, created_at) VALUES (:name, 'other', 0, 0, '')"};
const Query kCount{"test_count", "SELECT count(*) FROM rounds WHERE name = :name"};

class Commit : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::PostgresServer()) GTEST_SKIP() << "only on PostgreSQL: a file has no connection that breaks";
    place_ = std::make_unique<test::Place>("");
    store_ = std::move(Store::Open(place_->Open(), clock_)).value();
  }
  Status Add(const std::string& name, const std::string& also = "") {
    return store_->Write([&](Session& s) -> Status {
      s.Run(kAdd, name);
      if (!also.empty()) s.Execute(also);
      return {};
    });
  }
  int64_t Count(const std::string& name) {
    return store_->Read([&](Session& s) { return s.Value<int64_t>(kCount, name).value_or(-1); }).value();
  }

  FixedClock clock_{*Date::Make(2024, 6, 30)};
  std::unique_ptr<test::Place> place_;
  std::unique_ptr<Store> store_;
};

TEST_F(Commit, ABreakBeforeItMeansThatNothingIsKept) {
  auto added = Add("a", "SELECT pg_terminate_backend(pg_backend_pid())");
  ASSERT_FALSE(added.ok());
  EXPECT_EQ(added.error().id, "store.down") << added.error().cause;
  EXPECT_NE(added.error().message.find("没有做成"), std::string::npos);
  EXPECT_EQ(Count("a"), 0);
  EXPECT_TRUE(Add("b").ok()) << "the next one has a new connection";
}

// A trigger that runs inside of the commit breaks the connection there.
TEST_F(Commit, ABreakInItIsToldAsUnknown) {
  place_->Sql(
      "CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
      "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$; "
      "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON rounds DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
      "WHEN (NEW.name = 'a') EXECUTE FUNCTION break_off()");
  auto added = Add("a");
  ASSERT_FALSE(added.ok());
  EXPECT_EQ(added.error().code, Code::kUnavailable);
  EXPECT_EQ(added.error().id, "store.unknown") << added.error().cause;
  EXPECT_NE(added.error().message.find("不知道"), std::string::npos);
  EXPECT_TRUE(Add("b").ok());
  EXPECT_EQ(Count("b"), 1);
}

// The wait for a synchronous standby is broken off: kept here, on no other machine, and the server says
// COMMIT with a warning.
TEST_F(Commit, WithoutTheSynchronousStandbyItIsUnknown) {
  auto server = [&](std::vector<const char*> statements) {
    PGconn* connection = PQconnectdb(place_->url().c_str());
    for (const char* sql : statements) {
      PGresult* result = PQexec(connection, sql);
      EXPECT_NE(PQresultStatus(result), PGRES_FATAL_ERROR) << PQerrorMessage(connection);
      PQclear(result);
    }
    PQfinish(connection);
  };
  server({"ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()"});
  std::atomic<bool> over{false};
  std::thread impatient([&] {
    while (!over) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      server({"SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"});
    }
  });
  Status added;
  for (int i = 0; i < 100 && added.ok(); ++i) {  // until the server has read the setting
    added = Add("a" + std::to_string(i), "SET LOCAL synchronous_commit = on");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  over = true;
  impatient.join();
  server({"ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()"});
  ASSERT_FALSE(added.ok());
  EXPECT_EQ(added.error().id, "store.unknown") << added.error().cause;
}

// COMMIT of a transaction in which a statement failed says ROLLBACK, and no error.
TEST_F(Commit, WhatEndsAsARollbackIsNotKept) {
  auto added = store_->Write([&](Session& s) -> Status {
    s.Run(kAdd, "a");
    try {
      s.Execute("SELECT 1 / 0");
    } catch (const SqlError&) {
      // forgotten
    }
    return {};
  });
  ASSERT_FALSE(added.ok());
  EXPECT_EQ(added.error().id, "store.failed");
  EXPECT_EQ(Count("a"), 0);
}

TEST(Connecting, SaysWhatIsTheMatter) {
  auto refused =
      Store::Open(OpenPostgres({"postgresql://zhenggai@127.0.0.1:1,127.0.0.2:1/zhenggai", ""}).value(),
                  *std::make_unique<SystemClock>());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().id, "store.down");
  EXPECT_NE(refused.error().message.find("连不上数据库"), std::string::npos);
}

}  // namespace
}  // namespace zg::store
