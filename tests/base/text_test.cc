#include "base/text.h"

#include <gtest/gtest.h>

namespace zg {
namespace {

TEST(Text, CountsCharactersNotBytes) {
  EXPECT_EQ(ToUtf32("第3页").size(), 3u);
  EXPECT_EQ(ToUtf8(ToUtf32("第3页𠮷")), "第3页𠮷");
}

TEST(Text, BadBytesBecomeReplacementOneForOne) {
  EXPECT_EQ(ToUtf32("a\xFF\xFE"), U"a\uFFFD\uFFFD");
  EXPECT_FALSE(IsUtf8("\xC0\x80"));      // overlong
  EXPECT_FALSE(IsUtf8("\xED\xA0\x80"));  // surrogate
  EXPECT_FALSE(IsUtf8("\xE7\xAC"));      // cut
  EXPECT_TRUE(IsUtf8("整改"));
}

TEST(Text, SqueezeFoldsWidthAndDropsSpace) {
  EXPECT_EQ(Squeeze(U"２０２２ 年 9 月\n底前（一）"), U"2022年9月底前(一)");
}

TEST(Text, SliceStopsAtTheEnd) {
  EXPECT_EQ(Slice(U"整改办", {1, 99}), U"改办");
  EXPECT_EQ(Slice(U"整改办", {5, 9}), U"");
}

}  // namespace
}  // namespace zg
