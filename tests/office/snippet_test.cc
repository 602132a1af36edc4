// What a search shows of a long text.
#include "office/snippet.h"

#include <gtest/gtest.h>

namespace zg {
namespace {

std::string Shown(const std::string& text, const std::string& q, size_t width = 12) {
  std::string all;
  for (const auto& part : MakeSnippet(text, q, width)) all += part.hit ? "[" + part.text + "]" : part.text;
  return all;
}
std::string Times(const std::string& text, int n) {
  std::string all;
  for (int i = 0; i < n; ++i) all += text;
  return all;
}

TEST(Snippet, BeginsALittleBeforeTheFirstHit) {
  EXPECT_EQ(Shown("河道整治", "整治"), "河道[整治]");
  EXPECT_EQ(Shown("一二三四五六七八九河道整治一二三四五六七八九", "整治"), "…八九河道[整治]一二三四五六…");
  EXPECT_EQ(Shown("整治" + Times("河", 50), "整治"), "[整治]" + Times("河", 10) + "…");
}

TEST(Snippet, WithoutAHitIsTheBeginning) {
  EXPECT_EQ(Shown(Times("河", 50), "整治"), Times("河", 12) + "…");
  EXPECT_EQ(Shown("河道", "整治"), "河道");
  EXPECT_EQ(Shown("", "整治"), "");
  EXPECT_EQ(Shown("河道", ""), "河道");
}

TEST(Snippet, HitsAcrossBlanksInAnyWidthAndCase) {
  EXPECT_EQ(Shown("河道 整 治", "整治"), "河道 [整 治]");
  EXPECT_EQ(Shown("降低ＰＭ2.5浓度", "pm2.5"), "降低[ＰＭ2.5]浓度");
  EXPECT_EQ(Shown("整治河道", "河道 整治"), "[整治河道]");
}

TEST(Snippet, AHitIsNotCutAndTheEndIsTheEnd) {
  EXPECT_EQ(Shown("整治一二三四五六七八九十整治", "整治"), "[整治]一二三四五六七八九十…");
  EXPECT_EQ(Shown("整治一二三四五六七八九整治完", "整治"), "[整治]一二三四五六七八九[整治]…");
  EXPECT_EQ(Shown(Times("河", 300) + "整治", "整治"), "…河河河河[整治]");
  EXPECT_EQ(Shown(Times("河", 300) + "整治" + Times("道", 300), "整治"),
            "…河河河河[整治]" + Times("道", 6) + "…");
}

// A long word that begins before a short one ends.
TEST(Snippet, WordsThatOverlap) {
  EXPECT_EQ(Shown("全面推进河道整治工作" + Times("河", 50), "整治 河道整治工作", 30),
            "全面推进[河道整治工作]" + Times("河", 20) + "…");
}

}  // namespace
}  // namespace zg
