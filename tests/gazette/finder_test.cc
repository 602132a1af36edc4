#include "gazette/finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zg::gazette {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<uint32_t> Found(const Finder& finder, std::u32string_view word) {
  return finder.Find(Finder::Fold(word));
}

TEST(Finder, WordsOfAnyLengthAreFoundWhereTheyStand) {
  Finder finder;
  finder.Add(U"青河污水处理厂长期超标");
  finder.Add(U"白石矿区，污水 处理不到位");
  finder.Add(U"水污，理处");
  EXPECT_THAT(Found(finder, U"污"), ElementsAre(0, 1, 2));
  EXPECT_THAT(Found(finder, U"污水"), ElementsAre(0, 1));
  EXPECT_THAT(Found(finder, U"污水处理"), ElementsAre(0, 1)) << "white space does not part words";
  EXPECT_THAT(Found(finder, U"污水处理厂"), ElementsAre(0));
  EXPECT_THAT(Found(finder, U"水污水处"), IsEmpty()) << "all its pairs are there, the word is not";
  EXPECT_THAT(Found(finder, U"大气"), IsEmpty());
}

TEST(Finder, FullAndHalfWidthAreOneSign) {
  Finder finder;
  finder.Add(U"ＰＭ２.５超标");
  EXPECT_THAT(Found(finder, U"PM2.5"), ElementsAre(0));
}

}  // namespace
}  // namespace zg::gazette
