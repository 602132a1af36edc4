// A question that goes along with what is read (store/along.h): while it is not answered with yes, nothing is
// told and nothing is changed.
#include <gtest/gtest.h>
#include <unistd.h>

#include "store/place.h"
#include "store/store.h"

namespace zg::store {
namespace {

const Query kAddRound{
    "along_add",
    "INSERT INTO rounds (name, level, number, year, created_at) VALUES (:name, 'other', 0, 0, '')"};
const Query kCountRounds{"along_count", "SELECT count(*) FROM rounds WHERE name = :name"};

class AlongTest : public testing::Test {
 protected:
  AlongTest()
      : file_(std::filesystem::temp_directory_path() / ("zg-along-" + std::to_string(::getpid()) + ".db")),
        place_(file_),
        store_(std::move(Store::Open(place_.Open(), clock_)).value()) {
    Add("open");
  }
  ~AlongTest() override {
    store_.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + end);
  }
  static int64_t Count(Session& s, const std::string& name) {
    return s.Value<int64_t>(kCountRounds, name).value_or(-1);
  }
  Status Add(const std::string& name) {
    return store_->Write([&](Session& s) -> Status {
      s.Run(kAddRound, name);
      return {};
    });
  }
  Result<int64_t> Read(const std::string& name) {
    return store_->Read([&](Session& s) { return Count(s, name); });
  }
  static bool Open(Session& s) { return Count(s, "open") > 0; }
  static bool Closed(Session& s) { return Count(s, "closed") > 0; }

  FixedClock clock_{*Date::Make(2024, 6, 30)};
  std::filesystem::path file_;
  test::Place place_;
  std::unique_ptr<Store> store_;
};

TEST_F(AlongTest, IsAskedOnceWithWhatIsReadFirst) {
  int asked = 0;
  Along along([&](Session& s) {
    bool open = Open(s);
    asked += open;
    return open;
  });
  EXPECT_EQ(along.Holds(), std::nullopt);
  EXPECT_EQ(Read("open").value(), 1);
  EXPECT_EQ(along.Holds(), true);
  EXPECT_EQ(Read("none").value(), 0);
  EXPECT_TRUE(Add("more").ok());
  EXPECT_EQ(Read("more").value(), 1);
  EXPECT_EQ(asked, 1);
}

TEST_F(AlongTest, NothingIsToldWhereItDoesNotHold) {
  {
    Along along(Closed);
    auto told = Read("open");
    ASSERT_FALSE(told.ok());
    EXPECT_EQ(told.error().id, "store.fell");
    EXPECT_EQ(along.Holds(), false);
    EXPECT_FALSE(Read("open").ok()) << "nor afterwards";
    EXPECT_FALSE(Add("late").ok());
  }
  EXPECT_EQ(Read("open").value(), 1) << "it is over";
  EXPECT_EQ(Read("late").value(), 0);
}

TEST_F(AlongTest, AChangeAsksBeforeItIsMade) {
  {
    Along along(Closed);
    EXPECT_FALSE(Add("late").ok());
    EXPECT_EQ(along.Holds(), false);
  }
  {
    Along along(Open);
    EXPECT_TRUE(Add("kept").ok());
    EXPECT_EQ(along.Holds(), true);
  }
  EXPECT_EQ(Read("late").value(), 0);
  EXPECT_EQ(Read("kept").value(), 1);
}

TEST_F(AlongTest, AReadThatFailsDoesNotAnswerIt) {
  Along along(Open);
  auto told = store_->Read([](Session&) -> Result<int> { throw std::runtime_error("broken"); });
  EXPECT_FALSE(told.ok());
  EXPECT_EQ(along.Holds(), std::nullopt);
  EXPECT_EQ(Read("open").value(), 1);
  EXPECT_EQ(along.Holds(), true);
}

TEST_F(AlongTest, AnErrorOfTheReadStaysWhatItIs) {
  Along along(Open);
  auto told = store_->Read([](Session&) -> Result<int> { return Error{Code::kNotFound, "", "", "none"}; });
  EXPECT_EQ(told.error().id, "none");
  EXPECT_EQ(along.Holds(), true);
}

}  // namespace
}  // namespace zg::store
