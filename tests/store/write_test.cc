// Writes that wait for each other share a transaction, and each is kept or undone by itself.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <future>
#include <thread>

#include "store/place.h"
#include "store/store.h"

namespace zg::store {
namespace {

using namespace std::chrono_literals;

// The database, with its commits counted, and failing when told to.
class CountingDatabase : public Database {
 public:
  explicit CountingDatabase(std::unique_ptr<Database> real) : real_(std::move(real)) {}
  std::string NowMs() const override { return real_->NowMs(); }
  std::unique_ptr<Session> Connect(bool writer) override { return real_->Connect(writer); }
  void BeginRead(Session& s) override { real_->BeginRead(s); }
  void BeginWrite(Session& s) override { real_->BeginWrite(s); }
  void CommitWrite(Session& s) override {
    ++commits;
    if (fail.exchange(false)) throw SqlError({Code::kUnavailable, "磁盘已满。", "", "store.failed", "full"});
    real_->CommitWrite(s);
  }
  void BeginMember(Session& s) override { real_->BeginMember(s); }
  void KeepMember(Session& s) override { real_->KeepMember(s); }
  void UndoMember(Session& s) override { real_->UndoMember(s); }
  std::string Translate(const std::string& m) const override { return real_->Translate(m); }
  void BeforeMigration(Session& s, const std::vector<std::string>& all) override {
    real_->BeforeMigration(s, all);
  }
  void AfterMigration(Session& s, bool migrated) override { real_->AfterMigration(s, migrated); }
  void SealAgain(Session& s, const std::vector<std::string>& t) override { real_->SealAgain(s, t); }
  std::vector<std::string> BrokenSeals(Session& s) override { return real_->BrokenSeals(s); }
  std::vector<TableShape> Tables(Session& s) override { return real_->Tables(s); }
  void BeginLoad(Session& s) override { real_->BeginLoad(s); }
  void LoadRows(Session& s, const TableShape& t, const std::vector<std::vector<Cell>>& rows) override {
    real_->LoadRows(s, t, rows);
  }
  void FinishLoad(Session& s) override { real_->FinishLoad(s); }
  TextIndex& text_index() override { return real_->text_index(); }
  Status CopyTo(const std::filesystem::path& file) override { return real_->CopyTo(file); }
  Status Inspect(Session& s) override { return real_->Inspect(s); }
  void Optimize(Session& s) override { real_->Optimize(s); }
  void KeepPartitions(Session& s, Date today) override { real_->KeepPartitions(s, today); }

  std::atomic<int> commits{0};
  std::atomic<bool> fail{false};

 private:
  std::unique_ptr<Database> real_;
};

const Query kAdd{
    "test_add",
    "INSERT INTO rounds (name, level, number, year, created_at) VALUES (:name, 'other', 0, 0, '')"};
const Query kNames{"test_names", "SELECT name FROM rounds WHERE name LIKE 'w%' ORDER BY name"};

class Writes : public testing::Test {
 protected:
  void SetUp() override {
    auto file = std::filesystem::path(testing::TempDir()) /
                (std::string("writes-") + testing::UnitTest::GetInstance()->current_test_info()->name());
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
    place_ = std::make_unique<test::Place>(file);
    auto counting = std::make_unique<CountingDatabase>(place_->Open());
    database_ = counting.get();
    store_ = std::move(Store::Open(std::move(counting), clock_)).value();
  }
  static Status Add(Session& s, const std::string& name) {
    s.Run(kAdd, name);
    return {};
  }
  std::vector<std::string> Names() {
    return store_
        ->Read([](Session& s) {
          std::vector<std::string> names;
          s.Each<std::string>(kNames, [&](const std::string& name) { names.push_back(name); });
          return names;
        })
        .value();
  }
  // Holds the turn while `n` others line up behind it, each doing what `work` says; → what became of them.
  std::vector<Status> Behind(int n, const std::function<Status(Session&, int)>& work) {
    std::promise<void> go;
    auto gate = go.get_future().share();
    std::vector<std::future<Status>> all;
    std::atomic<int> inside{0};
    all.push_back(std::async(std::launch::async, [&] {
      return store_->Write([&](Session& s) -> Status {
        ++inside;
        gate.wait();
        return Add(s, "w00");
      });
    }));
    while (!inside) std::this_thread::sleep_for(1ms);
    for (int i = 1; i <= n; ++i) {
      std::atomic<bool> started{false};
      all.push_back(std::async(std::launch::async, [&, i] {
        started = true;
        return store_->Write([&](Session& s) { return work(s, i); });
      }));
      while (!started) std::this_thread::sleep_for(1ms);
    }
    std::this_thread::sleep_for(
        50ms);  // until they stand in line; fewer in line would only mean more commits
    database_->commits = 0;
    go.set_value();
    std::vector<Status> became;
    for (auto& one : all) became.push_back(one.get());
    return became;
  }
  std::vector<std::string> BrokenSeals() {
    return store_->Write([&](Session& s) { return store_->database().BrokenSeals(s); }).value();
  }
  static std::string Name(int i) { return (i < 10 ? "w0" : "w") + std::to_string(i); }

  FixedClock clock_{*Date::Make(2024, 6, 30)};
  CountingDatabase* database_ = nullptr;
  std::unique_ptr<test::Place> place_;
  std::unique_ptr<Store> store_;
};

TEST_F(Writes, ThoseThatWaitShareACommit) {
  auto became = Behind(8, [](Session& s, int i) { return Add(s, Name(i)); });
  for (const auto& one : became) EXPECT_TRUE(one.ok());
  EXPECT_EQ(Names().size(), 9u);
  EXPECT_EQ(database_->commits, 1);
  EXPECT_TRUE(BrokenSeals().empty());
}

TEST_F(Writes, OneThatIsRefusedIsUndoneAlone) {
  auto became = Behind(6, [](Session& s, int i) -> Status {
    ZG_TRY(Add(s, Name(i)));
    if (i % 2 == 0) return Error{Code::kConflict, "已经改过。", "", "test.conflict"};
    return {};
  });
  for (size_t i = 0; i < became.size(); ++i) EXPECT_EQ(became[i].ok(), i % 2 == 1 || i == 0) << i;
  EXPECT_EQ(Names(), (std::vector<std::string>{"w00", "w01", "w03", "w05"}));
  EXPECT_TRUE(BrokenSeals().empty()) << "what was undone is not in the seals";
}

TEST_F(Writes, OneThatThrowsIsUndoneAlone) {
  auto became = Behind(3, [](Session& s, int i) -> Status {
    ZG_TRY(Add(s, Name(i)));
    if (i == 2) s.Execute("INSERT INTO no_such_table VALUES (1)");
    if (i == 3) throw std::runtime_error("broken");
    return {};
  });
  EXPECT_TRUE(became[0].ok());
  EXPECT_TRUE(became[1].ok());
  EXPECT_FALSE(became[2].ok());
  EXPECT_FALSE(became[3].ok());
  EXPECT_EQ(Names(), (std::vector<std::string>{"w00", "w01"}));
  EXPECT_TRUE(BrokenSeals().empty());
}

TEST_F(Writes, ACommitThatFailsIsToldToAll) {
  database_->fail = true;
  auto became = Behind(4, [](Session& s, int i) { return Add(s, Name(i)); });
  for (const auto& one : became) EXPECT_FALSE(one.ok()) << "nobody is told that it is kept";
  EXPECT_TRUE(Names().empty());
  EXPECT_TRUE(store_->Write([](Session& s) { return Add(s, "w77"); }).ok()) << "and work goes on";
  EXPECT_EQ(Names(), (std::vector<std::string>{"w77"}));
  EXPECT_TRUE(BrokenSeals().empty());
}

TEST_F(Writes, ATransactionThatTheDatabaseEndsIsToldToAll) {
  auto became = Behind(2, [](Session& s, int i) -> Status {
    ZG_TRY(Add(s, Name(i)));
    if (i == 2) s.Execute("ROLLBACK");  // as SQLite does when the disk is full
    return {};
  });
  for (const auto& one : became) EXPECT_FALSE(one.ok());
  EXPECT_TRUE(Names().empty());
  EXPECT_TRUE(store_->Write([](Session& s) { return Add(s, "w77"); }).ok());
  EXPECT_TRUE(BrokenSeals().empty());
}

TEST_F(Writes, LongWorkHasATransactionOfItsOwn) {
  std::future<Status> alone;
  std::atomic<bool> kept{false};
  ASSERT_TRUE(store_
                  ->Write([&](Session& s) -> Status {
                    alone = std::async(std::launch::async, [&] {
                      return store_->WriteAlone([&](Session& inner) -> Status {
                        kept = Names().size() == 1;  // read beside it: the one before is on disk
                        return Add(inner, "w02");
                      });
                    });
                    std::this_thread::sleep_for(30ms);
                    return Add(s, "w01");
                  })
                  .ok());
  EXPECT_TRUE(alone.get().ok());
  EXPECT_TRUE(kept);
  EXPECT_EQ(Names().size(), 2u);
}

TEST_F(Writes, ManyAtOnceAreAllThere) {
  std::vector<std::thread> people;
  std::atomic<int> kept{0};
  for (int p = 0; p < 8; ++p) {
    people.emplace_back([&, p] {
      for (int i = 0; i < 50; ++i) {
        auto done = store_->Write([&](Session& s) -> Status {
          ZG_TRY(Add(s, "w" + std::to_string(p) + "-" + std::to_string(i)));
          if (i % 7 == 3) return Error{Code::kConflict, "已经改过。", "", "test.conflict"};
          return {};
        });
        EXPECT_EQ(done.ok(), i % 7 != 3);
        if (done.ok()) ++kept;
      }
    });
  }
  for (auto& person : people) person.join();
  EXPECT_EQ(int(Names().size()), kept);
  EXPECT_TRUE(BrokenSeals().empty());
}

}  // namespace
}  // namespace zg::store
