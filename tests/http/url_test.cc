#include "http/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zg::http {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(PercentDecode, DecodesUtf8) {
  EXPECT_EQ(PercentDecode("%E6%95%B4%e6%94%b9", false), "整改");
}
TEST(PercentDecode, PlusIsASpaceInQueriesOnly) {
  EXPECT_EQ(PercentDecode("a+b", true), "a b");
  EXPECT_EQ(PercentDecode("a+b", false), "a+b");
}
TEST(PercentDecode, RefusesBrokenEscapesControlsAndBadUtf8) {
  for (const char* bad : {"%", "%4", "%zz", "a%0", "%00", "%0d%0a", "%7f", "%ff", "%c0%af", "%ed%a0%80"})
    EXPECT_EQ(PercentDecode(bad, true), std::nullopt) << bad;
}
TEST(PercentEncode, KeepsOnlyWhatNeedsNoQuotes) {
  EXPECT_EQ(PercentEncode("a-b_c.9~ /\"\r\n改"), "a-b_c.9~%20%2F%22%0D%0A%E6%94%B9");
}

TEST(ParseTarget, SplitsAtTheFirstQuestionMark) {
  auto t = ParseTarget("/api/tasks?q=%3F&x=?");
  ASSERT_TRUE(t);
  EXPECT_EQ(t->path, "/api/tasks");
  EXPECT_EQ(t->query, "q=%3F&x=?");
}
TEST(ParseTarget, RefusesEveryWayOut) {
  for (const char* bad : {"", "x", "*", "http://a/b", "/../etc/passwd", "/a/../b", "/a/..", "/%2e%2e/x",
                          "/a/%2E./b", "/a/%2e%2e%2fb", "/./a", "/a\\..\\b", "/a%5cb", "/a%00b", "/a%ff"})
    EXPECT_FALSE(ParseTarget(bad)) << bad;
  EXPECT_FALSE(ParseTarget("/" + std::string(9000, 'a')));
  EXPECT_TRUE(ParseTarget("/a..b/...c"));
}

TEST(ParseQuery, KeepsOrderAndRepeats) {
  EXPECT_THAT(*ParseQuery("b=1&&a=%E6%94%B9&b=2&c"),
              ElementsAre(Pair("b", "1"), Pair("a", "改"), Pair("b", "2"), Pair("c", "")));
  EXPECT_TRUE(ParseQuery("")->empty());
}
TEST(ParseQuery, RefusesMoreThan64Pairs) {
  std::string many;
  for (int i = 0; i < 64; ++i) many += "a&";
  EXPECT_TRUE(ParseQuery(many));
  EXPECT_FALSE(ParseQuery(many + "a"));
}

}  // namespace
}  // namespace zg::http
