#include "http/spool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zg::http {
namespace {

namespace fs = std::filesystem;

fs::path EmptyFolder(const char* name) {
  fs::path folder = fs::path(testing::TempDir()) / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

TEST(Spool, SmallStaysInMemory) {
  Spool spool(EmptyFolder("spool-small"));
  ASSERT_TRUE(spool.Append(std::string(Spool::kInMemory, 'a')).ok());
  EXPECT_FALSE(spool.in_file());
  EXPECT_EQ(spool.bytes()->size(), Spool::kInMemory);
}
TEST(Spool, LargeGoesToAFileByteForByteAndLeavesNothing) {
  fs::path folder = EmptyFolder("spool-large");
  std::string all;
  {
    Spool spool(folder);
    for (int i = 0; i < 40; ++i) {
      std::string piece(100'000 + i, char('a' + i % 26));
      all += piece;
      ASSERT_TRUE(spool.Append(piece).ok());
    }
    EXPECT_TRUE(spool.in_file());
    Spool moved = std::move(spool);
    EXPECT_EQ(*moved.bytes(), all);
    EXPECT_TRUE(fs::is_empty(folder)) << "the file has no name, so a crash leaves none";
    EXPECT_EQ(spool.size(), 0u);
  }
  EXPECT_TRUE(fs::is_empty(folder));
}
TEST(Spool, SaysSoWhereTheDiskDoesNotTakeIt) {
  Spool spool(fs::path("/nowhere/at/all"));
  Status s = spool.Append(std::string(Spool::kInMemory + 1, 'a'));
  ASSERT_FALSE(s.ok());
  EXPECT_EQ(s.error().id, "upload.no_room");
  EXPECT_EQ(s.error().code, Code::kUnavailable);
}

}  // namespace
}  // namespace zg::http
