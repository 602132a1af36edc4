#include "base/numeral.h"

#include <gtest/gtest.h>

namespace zg {
namespace {

TEST(Numeral, ReadsWhatDocumentsWrite) {
  EXPECT_EQ(ParseInteger(U"12"), 12);
  EXPECT_EQ(ParseInteger(U"１２"), 12);
  EXPECT_EQ(ParseInteger(U"十二"), 12);
  EXPECT_EQ(ParseInteger(U"二十"), 20);
  EXPECT_EQ(ParseInteger(U"一百零三"), 103);
  EXPECT_EQ(ParseInteger(U"廿一"), 21);
  EXPECT_EQ(ParseInteger(U"两千"), 2000);
  EXPECT_EQ(ParseInteger(U"三万五千"), 35000);
  EXPECT_EQ(ParseInteger(U"二〇二四"), 2024);
  EXPECT_EQ(ParseInteger(U"二○二四"), 2024);
}

TEST(Numeral, RefusesWhatIsNoNumber) {
  EXPECT_EQ(ParseInteger(U""), std::nullopt);
  EXPECT_EQ(ParseInteger(U"年"), std::nullopt);
  EXPECT_EQ(ParseInteger(U"百"), std::nullopt);
  EXPECT_EQ(ParseInteger(U"一二百"), std::nullopt);
  EXPECT_EQ(ParseInteger(U"1234567890123456789"), std::nullopt);
}

TEST(Numeral, WritesAndReadsBack) {
  for (int n = 0; n < 20000; ++n) ASSERT_EQ(ParseInteger(ChineseNumeral(n)), n) << n;
  EXPECT_EQ(ChineseNumeral(12), U"十二");
  EXPECT_EQ(ChineseNumeral(103), U"一百零三");
}

}  // namespace
}  // namespace zg
