// Questions that are asked ahead (Session::Ahead): whoever asks the same later has the answer it would have
// had.
#include <gtest/gtest.h>
#include <unistd.h>

#include "store/place.h"
#include "store/store.h"

namespace zg::store {
namespace {

const Query kAdd{
    "test_add",
    "INSERT INTO rounds (name, level, number, year, created_at) VALUES (:name, 'other', 0, 0, '')"};
const Query kAddBack{"test_add_back",
                     "INSERT INTO rounds (name, level, number, year, created_at) VALUES (:name, 'other', 0, "
                     "0, '') RETURNING id"};
const Query kCount{"test_count", "SELECT count(*) FROM rounds WHERE name = :name"};
const Query kNames{"test_names", "SELECT name FROM rounds WHERE name >= :from ORDER BY name LIMIT :n"};
const Query kWrong{"test_wrong", "SELECT no_such_column FROM rounds WHERE name = :name"};
const Query kByIds{"test_by_ids",
                   "SELECT id, name FROM rounds WHERE id IN (:ids...) AND name <> :not ORDER BY id"};

class Ahead : public testing::Test {
 protected:
  Ahead()
      : file_(std::filesystem::temp_directory_path() / ("zg-ahead-" + std::to_string(::getpid()) + ".db")),
        place_(file_),
        store_(std::move(Store::Open(place_.Open(), clock_)).value()) {
    Status made = store_->Write([](Session& s) -> Status {
      for (int i = 100; i < 220; ++i) s.Run(kAdd, "r" + std::to_string(i));
      return {};
    });
    EXPECT_TRUE(made.ok());
  }
  ~Ahead() override {
    store_.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + end);
  }
  static std::vector<std::string> Names(Session& s, const std::string& from, int n) {
    std::vector<std::string> names;
    s.Each<std::string>(
        kNames, [&](std::string& name) { names.push_back(name); }, from, n);
    return names;
  }
  static int64_t Count(Session& s, const std::string& name) {
    return s.Value<int64_t>(kCount, name).value_or(-1);
  }

  FixedClock clock_{*Date::Make(2024, 6, 30)};
  std::filesystem::path file_;
  test::Place place_;
  std::unique_ptr<Store> store_;
};

TEST_F(Ahead, AnswersAreThoseOfTheirArguments) {
  auto seen = store_->Read([](Session& s) -> Result<int> {
    s.Ahead([&] {
      EXPECT_TRUE(Names(s, "r110", 2).empty()) << "nothing has come yet";
      Names(s, "r120", 3);
      Count(s, "r130");
      Count(s, "nobody");
    });
    EXPECT_EQ(Count(s, "nobody"), 0);
    EXPECT_EQ(Names(s, "r120", 3), (std::vector<std::string>{"r120", "r121", "r122"}));
    EXPECT_EQ(Names(s, "r140", 1), (std::vector<std::string>{"r140"})) << "not asked ahead";
    EXPECT_EQ(Names(s, "r110", 2), (std::vector<std::string>{"r110", "r111"}));
    EXPECT_EQ(Names(s, "r110", 2), (std::vector<std::string>{"r110", "r111"})) << "and again";
    EXPECT_EQ(Count(s, "r130"), 1);
    return 0;
  });
  EXPECT_TRUE(seen.ok()) << seen.error().cause;
}

// Many sizes of a page, more than statements are kept for.
TEST_F(Ahead, EachLimitIsItsOwn) {
  auto seen = store_->Read([](Session& s) -> Result<int> {
    for (int n = 0; n < 12; ++n) {
      s.Ahead([&] { Names(s, "r150", n); });
      EXPECT_EQ(Names(s, "r150", n).size(), size_t(n));
      EXPECT_EQ(Names(s, "r150", n + 1).size(), size_t(n + 1));
    }
    return 0;
  });
  EXPECT_TRUE(seen.ok());
}

TEST_F(Ahead, WhatNobodyAsksForDoesNoHarm) {
  for (int i = 0; i < 5; ++i) {
    auto seen = store_->Read([&](Session& s) -> Result<int> {
      s.Ahead([&] {
        for (int k = 0; k < 250; ++k) Count(s, "r" + std::to_string(k));
      });
      if (i % 2 == 0) return 0;  // not one question is asked
      EXPECT_EQ(Count(s, "r" + std::to_string(100 + i)), 1);
      return 0;
    });
    EXPECT_TRUE(seen.ok());
  }
}

// What is read after a change is what is there after it.
TEST_F(Ahead, AChangeInBetweenIsSeen) {
  auto done = store_->Write([](Session& s) -> Status {
    s.Ahead([&] { Count(s, "new"); });
    s.Run(kAdd, "new");
    EXPECT_EQ(Count(s, "new"), 1);
    s.Ahead([&] { Count(s, "back"); });
    EXPECT_GT(s.Insert(kAddBack, "back"), 0);
    EXPECT_EQ(Count(s, "back"), 1);
    s.Ahead([&] { Count(s, "sql"); });
    s.Execute("UPDATE rounds SET name = 'sql' WHERE name = 'back'");
    EXPECT_EQ(Count(s, "sql"), 1);
    EXPECT_EQ(Count(s, "back"), 0);
    return {};
  });
  EXPECT_TRUE(done.ok()) << done.error().cause;
}

TEST_F(Ahead, TheNextTransactionAsksAnew) {
  auto read = [&](auto f) { return store_->Read([&](Session& s) -> Result<int> { return f(s), 0; }).ok(); };
  EXPECT_TRUE(read([](Session& s) { s.Ahead([&] { Count(s, "later"); }); }));
  EXPECT_TRUE(store_->Write([](Session& s) -> Status { return s.Run(kAdd, "later"), Status(); }).ok());
  EXPECT_TRUE(read([](Session& s) { EXPECT_EQ(Count(s, "later"), 1); }));
}

TEST_F(Ahead, AWrongQuestionFailsTheReadAndNotTheNextOne) {
  auto seen = store_->Read([](Session& s) -> Result<int> {
    s.Ahead([&] { s.Value<int64_t>(kWrong, "x"); });
    return int(s.Value<int64_t>(kWrong, "x").value_or(0));
  });
  EXPECT_FALSE(seen.ok());
  auto next = store_->Read([](Session& s) { return Count(s, "r100"); });
  ASSERT_TRUE(next.ok());
  EXPECT_EQ(*next, 1);
}

TEST_F(Ahead, NoChangeIsMadeAhead) {
  auto done = store_->Write([](Session& s) -> Status {
    s.Ahead([&] { s.Run(kAdd, "never"); });
    return {};
  });
  EXPECT_EQ(done.ok(), !test::PostgresServer())
      << "where nothing is asked ahead, the change is not even tried";
  auto seen = store_->Read([](Session& s) { return Count(s, "never"); });
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(*seen, 0);
}

TEST_F(Ahead, ManyRowsInOrderWhateverTheirNumber) {
  auto seen = store_->Read([](Session& s) -> Result<int> {
    std::vector<int64_t> all;
    s.Each<int64_t>(Query{"test_ids", "SELECT id FROM rounds ORDER BY id"},
                    [&](int64_t id) { all.push_back(id); });
    for (size_t n : {0, 1, 8, 120}) {
      std::vector<int64_t> ids(all.begin(), all.begin() + long(n)), found;
      auto ask = [&] {
        s.Each<int64_t, std::string>(
            kByIds, [&](int64_t id, std::string&) { found.push_back(id); }, ids, "r000");
      };
      s.Ahead(ask);
      EXPECT_TRUE(found.empty());
      ask();
      EXPECT_EQ(found, ids);
    }
    return 0;
  });
  EXPECT_TRUE(seen.ok());
}

}  // namespace
}  // namespace zg::store
