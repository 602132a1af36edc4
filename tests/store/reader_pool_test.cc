// Read connections that rest: the end of what was read last goes out with what is read next, or soon.
#include "store/reader_pool.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "store/place.h"
#include "store/store.h"

namespace zg::store {
namespace {

const Query kAddOne{
    "pool_add",
    "INSERT INTO rounds (name, level, number, year, created_at) VALUES (:name, 'other', 0, 0, '')"};
const Query kCountAll{"pool_count", "SELECT count(*) FROM rounds"};
const Query kOpen{"pool_open",
                  "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE "
                  "'idle in transaction%'"};

class ReaderPoolTest : public testing::Test {
 protected:
  ReaderPoolTest()
      : file_(std::filesystem::temp_directory_path() / ("zg-pool-" + std::to_string(::getpid()) + ".db")),
        place_(file_),
        store_(std::move(Store::Open(place_.Open(), clock_, 4)).value()) {}
  ~ReaderPoolTest() override {
    store_.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + end);
  }
  int64_t Count() {
    return store_->Read([](Session& s) { return s.Value<int64_t>(kCountAll).value_or(-1); }).value();
  }
  bool Add(const std::string& name) {
    return store_
        ->Write([&](Session& s) -> Status {
          s.Run(kAddOne, name);
          return {};
        })
        .ok();
  }

  FixedClock clock_{*Date::Make(2024, 6, 30)};
  std::filesystem::path file_;
  test::Place place_;
  std::unique_ptr<Store> store_;
};

TEST_F(ReaderPoolTest, WhatIsReadNextIsTheStateOfThen) {
  int64_t before = Count();
  for (int i = 1; i <= 200; ++i) {
    ASSERT_TRUE(Add("r" + std::to_string(i)));
    ASSERT_EQ(Count(), before + i);
  }
}

// Several at once, each with a question that the connection has to prepare first.
TEST_F(ReaderPoolTest, ManyReadersShareFewConnections) {
  std::atomic<int> added{0}, wrong{0};
  std::vector<std::thread> readers;
  int64_t before = Count();
  for (int t = 0; t < 12; ++t)
    readers.emplace_back([&, t] {
      for (int i = 0; i < 150; ++i) {
        int least = added;
        Query query{"pool_own", "SELECT count(*) + " + std::to_string(t * 1000 + i % 7) + " FROM rounds"};
        auto n = store_->Read([&](Session& s) { return s.Value<int64_t>(query).value_or(-1); });
        if (!n.ok() || *n - t * 1000 - i % 7 < before + least) ++wrong;
      }
    });
  for (int i = 0; i < 60; ++i) {
    ASSERT_TRUE(Add("w" + std::to_string(i)));
    ++added;
  }
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
}

TEST_F(ReaderPoolTest, AnEndIsSentThoughNobodyReadsOn) {
  ZG_POSTGRES_ONLY();
  for (int i = 0; i < 3; ++i) {
    EXPECT_GE(Count(), 0);
    auto other = place_.Open()->Connect(false);
    int64_t open = 1;
    for (int n = 0; n < 100 && open > 0; ++n) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      open = other->Value<int64_t>(kOpen).value_or(-1);
    }
    EXPECT_EQ(open, 0);
  }
}

TEST_F(ReaderPoolTest, AReadThatFailedGivesItsPlaceToAnother) {
  for (int i = 0; i < 10; ++i) {
    auto told = store_->Read([](Session& s) {
      return s.Value<int64_t>(Query{"pool_wrong", "SELECT no_such_column FROM rounds"}).value_or(0);
    });
    EXPECT_FALSE(told.ok());
    EXPECT_GE(Count(), 0);
  }
}

// One connection, and it is taken: who comes then waits for it.
TEST(ReaderPool, WhoComesLastWaitsForOne) {
  auto file = std::filesystem::path(testing::TempDir()) / "pool-one.db";
  test::Place place(file);
  auto database = place.Open();
  ReaderPool pool(1);
  EXPECT_EQ(pool.Take(), nullptr);
  std::atomic<bool> came{false};
  std::thread other([&] {
    auto session = pool.Take();
    came = session != nullptr;
    pool.Return(std::move(session));
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_FALSE(came);
  pool.Return(database->Connect(false));
  other.join();
  EXPECT_TRUE(came);
  pool.DropResting();
  EXPECT_EQ(pool.Take(), nullptr) << "a new one has to be made";
  pool.Lost();
  EXPECT_EQ(pool.Take(), nullptr);
}

}  // namespace
}  // namespace zg::store
