#include "extract/numbering.h"

#include <gtest/gtest.h>

#include "extract/upstream.h"
#include "support/vocabulary.h"

namespace zg {
namespace {

NumberLabel Read(std::u32string_view s) {
  return ReadNumberLabel(s, test::Words().lexicon());
}

TEST(Numbering, StylesAndNumbers) {
  EXPECT_EQ(Read(U"十六、某问题").number, 16);
  EXPECT_EQ(Read(U"十六、某问题").style, NumberStyle::kChinese);
  EXPECT_EQ(Read(U"（九十四）加快").number, 94);
  EXPECT_EQ(Read(U"(二十三)某市").style, NumberStyle::kChineseParen);
  EXPECT_EQ(Read(U"3. 加强").style, NumberStyle::kArabic);
  EXPECT_EQ(Read(U"（1）清退").style, NumberStyle::kArabicParen);
  EXPECT_EQ(Read(U"③巡查").number, 3);
  EXPECT_EQ(Read(U"任务二：某湖").number, 2);
  EXPECT_EQ(Read(U"问题1").style, NumberStyle::kWord);
  EXPECT_FALSE(Read(U"二类水体"));
  EXPECT_FALSE(Read(U"2023年底前"));
}

TEST(Numbering, ItemOneFollowedByAYear) {
  NumberLabel n = Read(U"1.2020年，某州");
  EXPECT_EQ(n.number, 1);
  EXPECT_EQ(n.label_length, 2u);
  EXPECT_FALSE(n.weak);
}

TEST(Numbering, ADecimalIsOnlyAWeakNumber) {
  EXPECT_TRUE(Read(U"1.15亿元").weak);
}

TEST(Upstream, IsCutOutOfTheProblem) {
  std::u32string text = U"某湖水质恶化。（自治区\n序号十二）";
  std::vector<Span> pieces{{0, 11}, {12, 17}};
  auto up = TakeUpstream(text, pieces, test::Words().lexicon());
  ASSERT_TRUE(up);
  EXPECT_EQ(up->number, 12);
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_EQ(Slice(text, pieces[0]), U"某湖水质恶化。");
}

TEST(Upstream, OtherWordings) {
  auto number = [](std::u32string text) {
    std::vector<Span> pieces{{0, static_cast<uint32_t>(text.size())}};
    auto up = TakeUpstream(text, pieces, test::Words().lexicon());
    return up ? up->number : 0;
  };
  EXPECT_EQ(number(U"某问题（省序号3）"), 3);
  EXPECT_EQ(number(U"某问题（对应省清单第7项)"), 7);
  EXPECT_EQ(number(U"某问题（2022年）"), 0);
}

TEST(Upstream, QuotedProblemsAreUnwrapped) {
  std::u32string text = U"关于“某河‘直排’问题突出”问题。";
  std::vector<Span> pieces{{0, static_cast<uint32_t>(text.size())}};
  Unwrap(text, pieces, test::Words().lexicon());
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_EQ(Slice(text, pieces[0]), U"某河‘直排’问题突出");
}

}  // namespace
}  // namespace zg
