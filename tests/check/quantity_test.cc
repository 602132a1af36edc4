// Which figures a text holds, and which digits are none.
#include "check/quantity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "check_helper.h"

namespace zg::check {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Scanned {
  Reading reading;
  Figures figures;
};

Scanned Scan(const std::string& text) {
  Document d = PlainDocument(text);
  Scanned s;
  s.reading = Read(d, nullptr);
  s.figures = ScanFigures(s.reading, *CheckWords::Builtin().value());
  return s;
}

std::vector<std::string> Written(const std::string& text) {
  Scanned s = Scan(text);
  std::vector<std::string> out;
  for (const auto& q : s.figures.quantities) out.push_back(ToUtf8(s.reading.Cut(q.begin, q.end)));
  return out;
}

Quantity Only(const std::string& text) {
  Scanned s = Scan(text);
  EXPECT_EQ(s.figures.quantities.size(), 1u) << text;
  return s.figures.quantities.empty() ? Quantity() : s.figures.quantities[0];
}

TEST(Quantity, FiguresWithUnits) {
  EXPECT_THAT(Written("清运垃圾3.5万吨，拆除窑炉12座，完成率87.99%。"),
              ElementsAre("3.5万吨", "12座", "87.99%"));
  EXPECT_THAT(Written("投资１２．５亿元，安装 1 020 台？"), testing::Contains("12.5亿元"));
  EXPECT_THAT(Written("共检查1,234家次"), ElementsAre("1,234家次"));
}

TEST(Quantity, ALineWrapOrBlankInsideAFigureDoesNotCutIt) {
  EXPECT_THAT(Written("累计封停机井 1\n340 眼，剩余 5 眼。"), ElementsAre("1340眼", "5眼"));
}

TEST(Quantity, YearsNumbersOfPapersStandardsAndNamesAreNone) {
  EXPECT_THAT(Written("2018年6月30日印发（云政发〔2018〕31号），执行GB 8978—1996，PM2.5、PM_{2.5}、DN400。"),
              IsEmpty());
  EXPECT_THAT(Written("第3条、1号窑、2017—2019年、22团、24团、12369热线。"), IsEmpty());
  EXPECT_THAT(Written("《关于淘汰15家企业的通知》"), IsEmpty());
  EXPECT_THAT(Written("7、8月份"), IsEmpty());
  EXPECT_THAT(Written("2.2020年以来"), IsEmpty());
}

TEST(Quantity, LetterBeforeAUnitIsNoName) {
  EXPECT_THAT(Written("减排VOCs108吨"), ElementsAre("108吨"));
}

TEST(Quantity, ChineseNumeralsCountOnlyWithAMeasureWord) {
  EXPECT_THAT(Written("三项制度、两家企业、四级河长"), ElementsAre("三项", "两家", "四级"));
  EXPECT_THAT(Written("一是加强领导，十四五规划，第三次会议，“三线一单”"), IsEmpty());
}

TEST(Quantity, RoundingGivesAnIntervalCountsAreExact) {
  EXPECT_DOUBLE_EQ(Only("面积30.27亿元").Rounded().low, 30.265e8);
  EXPECT_DOUBLE_EQ(Only("面积82平方公里").Rounded().high, 82.5e6);
  EXPECT_DOUBLE_EQ(Only("机井82眼").half, 0);
  EXPECT_DOUBLE_EQ(Only("煤炉4.9万台").Rounded().low, 48500);
}

TEST(Quantity, LooseWordsWiden) {
  EXPECT_DOUBLE_EQ(Only("煤炉3万余台").Wide().high, 40000);
  EXPECT_DOUBLE_EQ(Only("企业1000多家").Wide().low, 1000);
  EXPECT_DOUBLE_EQ(Only("污泥1440余吨").Wide().high, 1450);
  EXPECT_EQ(Only("约30万吨").loose, Loose::kAbout);
  EXPECT_EQ(Only("不足1公里").loose, Loose::kUnder);
  EXPECT_EQ(Only("节约5吨").loose, Loose::kNone);
}

TEST(Quantity, RangesAndProducts) {
  EXPECT_TRUE(Only("下降1.12—1.78米").range);
  EXPECT_DOUBLE_EQ(Only("2×12.5万千瓦").value, 250000);
}

TEST(Quantity, DatesTakeTheYearNamedLast) {
  Scanned s = Scan("2018年8月27日至9月20日，11月底前完成。");
  ASSERT_EQ(s.figures.dates.size(), 3u);
  EXPECT_EQ(s.figures.dates[1].last->Iso(), "2018-09-20");
  EXPECT_EQ(s.figures.dates[2].last->Iso(), "2018-11-30");
  EXPECT_TRUE(s.figures.dates[2].before);
}

TEST(Quantity, AnyTextIsReadWithoutHarm) {
  for (const char* text :
       {"", "%", "1", "1.", "１", "〔", "《", "（（（（", "）））", "1、2、3、",
        "9999999999999999999999999个", "0/0家", "万亿", "约", "2年2月30日", "1-2-3-4-5", "1,2,3,4,5万,"}) {
    Scan(text);
  }
}

}  // namespace
}  // namespace zg::check
