// Who does what, where several programs have the same to do.
#include "store/jobs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "store/limits.h"
#include "store/nodes.h"
#include "store/place.h"
#include "store/store.h"

namespace zg::store {
namespace {

class Jobs : public testing::Test {
 protected:
  void SetUp() override {
    auto file = std::filesystem::path(testing::TempDir()) /
                (std::string("jobs-") + testing::UnitTest::GetInstance()->current_test_info()->name());
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
    place_ = std::make_unique<test::Place>(file);
    store_ = std::move(Store::Open(place_->Open(), clock_)).value();
  }
  void TearDown() override { store_.reset(); }
  template <class F>
  auto Beside(F f) {
    return store_->Beside(std::move(f)).value();
  }
  void Come(int64_t node) {
    ASSERT_TRUE(store_->Beside([&](Session& s) {
                        AddNode(s, store_->database(), {node, "n", "1", 17});
                      })
                    .ok());
  }
  std::string Claimed(int64_t node, int64_t now = 100) {
    auto job = Beside([&](Session& s) { return ClaimJob(s, store_->database(), "import", now, node); });
    return job ? job->subject : "";
  }
  void Add(const std::string& subject, int64_t due = 0) {
    ASSERT_TRUE(store_->Write([&](Session& s) { AddJob(s, {"import", subject, due}); }).ok());
  }

  SystemClock clock_;
  std::unique_ptr<test::Place> place_;
  std::unique_ptr<Store> store_;
};

TEST_F(Jobs, AreClaimedOnceInTheOrderTheyAreDue) {
  Come(1), Come(2);
  Add("late", 50), Add("early", 10), Add("not yet", 200);
  EXPECT_EQ(Claimed(1), "early");
  EXPECT_EQ(Claimed(2), "late");
  EXPECT_EQ(Claimed(2), "late") << "who asks again is not at work on it: its answer was lost";
  ASSERT_TRUE(store_->Write([](Session& s) { EndJob(s, "import", "late"); }).ok());
  EXPECT_EQ(Claimed(2), "");
  EXPECT_EQ(Claimed(2, 300), "not yet");
}

TEST_F(Jobs, OfANodeThatIsGoneAreFreeAndItsTriesAreCounted) {
  Come(1), Come(2);
  Add("x");
  EXPECT_EQ(Claimed(1), "x");
  EXPECT_EQ(Claimed(2), "");
  ASSERT_TRUE(store_->Beside([](Session& s) { DropNode(s, 1); }).ok());
  EXPECT_FALSE(Beside([&](Session& s) { return TouchNode(s, store_->database(), 1); })) << "taken for dead";
  EXPECT_EQ(Claimed(2), "x");
  auto job = Beside([](Session& s) { return LoadJob(s, "import", "x"); });
  EXPECT_EQ(job->tries, 2);
  EXPECT_EQ(job->node, 2);
  // The one that was taken for dead cannot put off what is another's now.
  ASSERT_TRUE(store_->Beside([](Session& s) { PutOff(s, "import", "x", 1, 500, 1, "too late"); }).ok());
  EXPECT_EQ(Beside([](Session& s) { return LoadJob(s, "import", "x"); })->error, "");
  ASSERT_TRUE(store_->Beside([](Session& s) { PutOff(s, "import", "x", 2, 500, 2, "away"); }).ok());
  EXPECT_EQ(Claimed(2, 499), "");
  EXPECT_EQ(Claimed(2, 500), "x");
}

TEST_F(Jobs, ATurnIsOneNodesUntilItIsDueAgain) {
  Come(1), Come(2);
  auto turn = [&](int64_t node, int64_t now) {
    return Beside([&](Session& s) { return ClaimTurn(s, "clock", "outbox", now, now + 20, node); });
  };
  EXPECT_FALSE(turn(1, 100)) << "nobody has put it there";
  ASSERT_TRUE(store_->Beside([](Session& s) { AddJob(s, {"clock", "outbox"}); }).ok());
  EXPECT_TRUE(turn(1, 100));
  EXPECT_FALSE(turn(2, 100));
  ASSERT_TRUE(store_->Beside([](Session& s) { PutOff(s, "clock", "outbox", 1, 120, 0, ""); }).ok());
  EXPECT_FALSE(turn(2, 119));
  EXPECT_TRUE(turn(2, 120));
  ASSERT_TRUE(store_->Beside([](Session& s) { PutOff(s, "clock", "outbox", 2, 140, 0, ""); }).ok());
  EXPECT_TRUE(turn(1, 50)) << "a clock that was set back";
}

TEST_F(Jobs, AreClaimedOnceByManyAtOnce) {
  constexpr int kJobs = 60, kNodes = 4;
  for (int i = 0; i < kJobs; ++i) Add(std::to_string(i));
  std::mutex mutex;
  std::multiset<std::string> done;
  std::vector<std::thread> threads;
  std::vector<std::unique_ptr<Store>> stores;
  for (int n = 1; n <= kNodes; ++n) {
    Come(n);
    stores.push_back(std::move(Store::Open(place_->Open(), clock_)).value());
  }
  for (int n = 1; n <= kNodes; ++n)
    threads.emplace_back([&, n] {
      Store& mine = *stores[size_t(n) - 1];
      for (;;) {
        auto job = mine.Beside([&](Session& s) { return ClaimJob(s, mine.database(), "import", 1, n); });
        ASSERT_TRUE(job.ok()) << job.error().cause;
        if (!*job) return;
        {
          std::lock_guard lock(mutex);
          done.insert((*job)->subject);
        }
        ASSERT_TRUE(mine.Write([&](Session& s) { EndJob(s, "import", (*job)->subject); }).ok());
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(done.size(), size_t(kJobs));
  EXPECT_EQ(std::set<std::string>(done.begin(), done.end()).size(), size_t(kJobs));
}

TEST_F(Jobs, SilentNodesAreTakenOut) {
  Come(1);
  EXPECT_EQ(Beside([&](Session& s) { return DropSilentNodes(s, store_->database(), 60'000); }), 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  Come(2);
  EXPECT_EQ(Beside([&](Session& s) { return DropSilentNodes(s, store_->database(), 20); }), 1);
  auto left = Beside([&](Session& s) { return LoadNodes(s, store_->database()); });
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].id, 2);
}

TEST_F(Jobs, TokensAreCountedInOneBucket) {
  Limit slow{"a", 0.001, 3};
  auto take = [&] { return Beside([&](Session& s) { return TakeToken(s, store_->database(), slow); }); };
  EXPECT_TRUE(take());
  EXPECT_TRUE(take());
  EXPECT_TRUE(take());
  EXPECT_FALSE(take());
  auto spend = [&](double n) {
    return Beside([&](Session& s) { return SpendTokens(s, store_->database(), {"b", 0.001, 10}, n); });
  };
  EXPECT_NEAR(spend(4), 6, 0.1);
  EXPECT_NEAR(spend(8), -2, 0.1) << "a debt";
  EXPECT_NEAR(spend(0), -2, 0.1);
  Limit fast{"c", 1000, 2};
  EXPECT_TRUE(Beside([&](Session& s) { return TakeToken(s, store_->database(), fast); }));
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_NEAR(Beside([&](Session& s) { return SpendTokens(s, store_->database(), fast, 0); }), 2, 0.01)
      << "full again, and no fuller";
}

// What is beside the ledger has no seal; what is in it has.
TEST_F(Jobs, LeaveTheSealsAsTheyAre) {
  Come(1);
  Add("x");
  Claimed(1);
  Beside([&](Session& s) { return SpendTokens(s, store_->database(), {"d", 1, 1}, 1); });
  auto broken = store_->Read([&](Session& s) { return store_->database().BrokenSeals(s); });
  ASSERT_TRUE(broken.ok());
  EXPECT_TRUE(broken->empty()) << broken->front();
}

}  // namespace
}  // namespace zg::store
