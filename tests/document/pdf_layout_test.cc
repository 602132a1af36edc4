// Pages become the text they were set from: wraps joined, furniture gone, columns and tables in order.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "document/pdf/bbox.h"
#include "document/pdf/furniture.h"
#include "document/pdf/grid.h"
#include "document/pdf/layout.h"
#include "document/pdf/paragraph.h"
#include "document/pdf/raster.h"
#include "document/pdf/tsv.h"
#include "ooxml_builder.h"
#include "typesetter.h"

namespace zg {
namespace {

using namespace document;
using testing::Cells;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using testing::Texts;
using testing::Typesetter;

Document Read(const Typesetter& pages) {
  Budget budget{ReadLimits{}};
  Builder builder("pdf", budget);
  LayOut(pages.pages(), builder);
  return builder.document();
}

const std::vector<std::string> kParagraphs = {
    "一、责任担当有落差。少数县区和单位对流域治理的紧迫性、艰巨性估计不足，2020年以来先后上马高耗能项目37个，"
    "其中12个未经审批。",
    "责任单位：市水利局、生态环境局",
    "整改时限：2024年12月31日前",
    "整改措施：",
    "1."
    "2024年3月底前完成83处矿山现场复核，形成“一矿一策”修复方案，报送省自然资源厅备案，并向社会公开接受监督。",
    "2.投资5.6亿元完成28万平方米原料场封闭改造，PM2.5平均浓度不超过40微克/立方米，优良天数比率达到85%以上。",
    "整改到位。"};

TEST(PdfText, WrappedParagraphsAreJoinedAgain) {
  Typesetter page;
  for (const auto& text : kParagraphs) page.Paragraph(text);
  EXPECT_THAT(Texts(Read(page)), ElementsAreArray(kParagraphs));
}

TEST(PdfText, AtAnyWidthOfThePage) {
  for (double right = 280; right < 540; right += 7) {
    Typesetter page;
    page.right = right;
    page.page_width = page.page(0).text.width = right + page.left;
    for (const auto& text : kParagraphs) page.Paragraph(text);
    EXPECT_THAT(Texts(Read(page)), ElementsAreArray(kParagraphs)) << "right margin " << right;
  }
}

TEST(PdfText, AParagraphGoesOnOverThePage) {
  Typesetter page;
  page.bottom = page.top + 5 * page.pitch;
  for (const auto& text : kParagraphs) page.Paragraph(text);
  Document document = Read(page);
  EXPECT_THAT(Texts(document), ElementsAreArray(kParagraphs));
  EXPECT_EQ(document.blocks.front().place.page, 1);
  EXPECT_EQ(document.blocks.back().place.page, 2);
}

TEST(PdfText, TextWithoutIndentsIsCutAtItsItems) {
  std::vector<std::string> items = {
      "一、全市83处历史遗留矿山中有19处现场仍为裸露边坡，群众多次反映，有关部门推诿扯皮。",
      "二、水源保护区内环境问题整治不彻底。", "三、城市黑臭水体返黑返臭。"};
  Typesetter page;
  for (const auto& text : items) page.Paragraph(text, 0);
  EXPECT_THAT(Texts(Read(page)), ElementsAreArray(items));
}

TEST(PdfText, TitlesStayLines) {
  Typesetter page;
  page.Centred("某市贯彻落实督察报告反馈问题", page.y(), 20);
  page.Skip(30);
  page.Centred("整改任务清单", page.y(), 20);
  page.Skip(40);
  page.Paragraph(kParagraphs[0]);
  EXPECT_THAT(Texts(Read(page)), ElementsAre("某市贯彻落实督察报告反馈问题", "整改任务清单", kParagraphs[0]));
}

TEST(PdfText, SpacesOfTheTypesetterGoRealOnesStay) {
  Typesetter page;
  page.Paragraph("2017年9月底，PM2.5为34.5微克，占54.69%");
  page.Line("张三", 80, 300);
  page.Line("李四", 80 + 4 * 14, 300);
  page.Line("Total suspended particles", 80, 340);
  EXPECT_THAT(Texts(Read(page)), ElementsAre("2017年9月底，PM2.5为34.5微克，占54.69%", "张三 李四",
                                             "Total suspended particles"));
}

TEST(PdfText, TwoColumnsAreReadOneAfterTheOther) {
  Typesetter page;
  page.Centred("横贯全页的标题横贯全页的标题横贯全页的标题横贯", 60);
  double y = 120;
  for (int i = 0; i < 14; ++i, y += 24) {
    page.Line("左边这一栏的文字一行又一行写", 80, y);
    page.Line("右边这一栏的文字一行又一行写", 310, y + 5);
  }
  auto texts = Texts(Read(page));
  ASSERT_EQ(texts.size(), 2u);  // a paragraph may go on in the next column
  EXPECT_EQ(texts[0], "横贯全页的标题横贯全页的标题横贯全页的标题横贯");
  std::string left = "左边这一栏的文字一行又一行写", right = "右边这一栏的文字一行又一行写", expected;
  for (int i = 0; i < 28; ++i) expected += i < 14 ? left : right;
  EXPECT_EQ(texts[1], expected);
}

TEST(PdfText, LabelsAndValuesSideBySideAreNotColumns) {
  Typesetter page;
  std::vector<std::string> expected;
  double y = 120;
  for (int i = 0; i < 8; ++i, y += 24) {
    page.Line("联系人", 80, y);
    page.Line("某某某", 300, y);
    expected.push_back("联系人 某某某");
  }
  EXPECT_THAT(Texts(Read(page)), ElementsAreArray(expected));
}

TEST(PdfFurniture, HeadersFootersAndPageNumbersGo) {
  Typesetter page;
  for (int i = 1; i <= 4; ++i) {
    if (i > 1) page.NewPage();
    page.Centred("某市督察整改工作领导小组文件", 40, 9);
    page.Skip(0);
    page.Paragraph("正文第" + std::string(1, static_cast<char>('0' + i)) + "页的内容。");
    page.Centred("— " + std::to_string(i) + " —", 790, 10);
  }
  EXPECT_THAT(Texts(Read(page)), ElementsAre("正文第1页的内容。", "正文第2页的内容。", "正文第3页的内容。",
                                             "正文第4页的内容。"));
}

TEST(PdfFurniture, WhatComesOnceOrInLargeTypeStays) {
  Typesetter page;
  for (int i = 1; i <= 3; ++i) {
    if (i > 1) page.NewPage();
    page.Centred("整改任务表", 55, 22);  // a form on each page has its title each time
    page.Paragraph("本页的正文，编号之" + std::string(1, static_cast<char>('0' + i)));
  }
  page.Line("只出现一次的落款", 300, 780);
  EXPECT_EQ(Texts(Read(page)).size(), 7u);
}

TEST(PdfFurniture, PageNumbersInManyForms) {
  for (const char32_t* yes : {U"3", U"- 3 -", U"— 12 —", U"–3–", U"第3页", U"第 3 页 共 9 页",
                              U"第3页，共9页", U"3/9", U"第三页", U"Page 3 of 9", U"·3·", U"- iv -", U"３"}) {
    EXPECT_TRUE(IsPageNumber(yes)) << ToUtf8(yes);
  }
  for (const char32_t* no :
       {U"", U"3.5", U"第3条", U"12345", U"一、", U"共9项", U"2024年", U"v", U"——", U"3、"}) {
    EXPECT_FALSE(IsPageNumber(no)) << ToUtf8(no);
  }
}

TEST(PdfTable, CellsAreJoinedAndHaveTheirPlace) {
  Typesetter page;
  page.Centred("任务分解表", 60, 18);
  page.Cell(80, 100, 120, 140, "序号");
  page.Cell(120, 100, 300, 140, "反馈问题");
  page.Cell(300, 100, 500, 140, "整改措施");
  page.Cell(80, 140, 120, 300, "1");
  page.Cell(120, 140, 300, 300, "湖湾仍有围网、网箱养殖2860亩，2019年上报完成清退后反弹。");
  page.Cell(300, 140, 500, 300,
            "1.2023年12月底前清退1900亩，2024年3月底前清退960亩。\n2.妥善安置486户退养渔民，落实生活补助。");
  page.Skip(260);
  page.Paragraph("注：按月更新。");
  Document document = Read(page);
  EXPECT_THAT(Cells(document), ElementsAre("r1c1 序号", "r1c2 反馈问题", "r1c3 整改措施", "r2c1 1",
                                           "r2c2 湖湾仍有围网、网箱养殖2860亩，2019年上报完成清退后反弹。",
                                           "r2c3 1.2023年12月底前清退1900亩，2024年3月底前清退960亩。",
                                           "r2c3 2.妥善安置486户退养渔民，落实生活补助。"));
  EXPECT_THAT(Texts(document).front(), "任务分解表");
  EXPECT_THAT(Texts(document).back(), "注：按月更新。");
  EXPECT_EQ(document.blocks[1].place.table, 1);
  EXPECT_EQ(document.blocks[1].place.page, 1);
}

TEST(PdfTable, MergedCellsComeOnceWithTheirSpans) {
  Typesetter page;
  page.Cell(80, 100, 300, 130, "宽");
  page.Cell(80, 130, 190, 190, "高");
  page.Cell(190, 130, 300, 160, "右上");
  page.Cell(190, 160, 300, 190, "右下");
  EXPECT_THAT(Cells(Read(page)), ElementsAre("r1c1 1x2 宽", "r2c1 2x1 高", "r2c2 右上", "r3c2 右下"));
}

TEST(PdfTable, SidesMayBeOpen) {
  Typesetter page;
  auto& rules = page.page(0).rules;
  for (double y : {100.0, 130.0, 160.0}) rules.horizontal.push_back({y, 80, 400});
  rules.vertical.push_back({200, 100, 160});
  page.Line("单位", 90, 108);
  page.Line("件数", 210, 108);
  page.Line("甲县", 90, 138);
  page.Line("92", 210, 138);
  EXPECT_THAT(Cells(Read(page)), ElementsAre("r1c1 单位", "r1c2 件数", "r2c1 甲县", "r2c2 92"));
}

TEST(PdfTable, AFrameOrAnUnderlineIsNoTable) {
  Typesetter page;
  page.Frame(40, 40, 550, 800);
  page.Paragraph("框里的正文。");
  page.page(0).rules.horizontal.push_back({200, 100, 300});
  EXPECT_THAT(Texts(Read(page)), ElementsAre("框里的正文。"));
  EXPECT_THAT(Cells(Read(page)), ::testing::IsEmpty());
}

class TwoPages : public ::testing::Test {
 protected:
  void Row(double y, const std::string& a, const std::string& b, double height = 40) {
    page.Cell(80, y, 140, y + height, a);
    page.Cell(140, y, 500, y + height, b);
  }
  Typesetter page;
};

TEST_F(TwoPages, ATableGoesOnAndItsRepeatedHeadingDoesNot) {
  Row(600, "序号", "问题");
  Row(640, "1", "第一个问题。");
  page.Centred("— 1 —", 795, 10);
  page.NewPage();
  Row(90, "序号", "问题");
  Row(130, "2", "第二个问题。");
  Document document = Read(page);
  EXPECT_THAT(Cells(document), ElementsAre("r1c1 序号", "r1c2 问题", "r2c1 1", "r2c2 第一个问题。", "r3c1 2",
                                           "r3c2 第二个问题。"));
  EXPECT_EQ(document.blocks.back().place.table, 1);
  EXPECT_EQ(document.blocks.back().place.page, 2);
}

TEST_F(TwoPages, ARowCutByThePageIsOneRow) {
  Row(700, "1", "这一行的文字在本页没有写完，只好在下一页接着写，");
  page.NewPage();
  Row(90, "", "直到把该说的话说完为止。");
  Row(130, "2", "另一行。");
  EXPECT_THAT(
      Cells(Read(page)),
      ElementsAre("r1c1 1", "r1c2 这一行的文字在本页没有写完，只好在下一页接着写，直到把该说的话说完为止。",
                  "r2c1 2", "r2c2 另一行。"));
}

TEST_F(TwoPages, TextBetweenMakesTwoTables) {
  Row(600, "1", "甲。");
  page.Line("两表之间的正文", 80, 700);
  page.NewPage();
  Row(90, "1", "乙。");
  Document document = Read(page);
  EXPECT_EQ(document.blocks.front().place.table, 1);
  EXPECT_EQ(document.blocks.back().place.table, 2);
}

TEST(BeginsItem, KnowsTheWaysOfNumbering) {
  for (const char32_t* yes : {U"一、问题", U"（一）问题", U"(1)问题", U"1.问题", U"12、问题", U"1.2024年",
                              U"①问题", U"第一章 总则"}) {
    EXPECT_TRUE(BeginsItem(yes)) << ToUtf8(yes);
  }
  for (const char32_t* no :
       {U"", U"一些地方", U"2024年底前", U"（市、区）党委", U"十分", U"第一次", U"123.5万", U"问题"}) {
    EXPECT_FALSE(BeginsItem(no)) << ToUtf8(no);
  }
}

// A picture with lines drawn into it.
struct Canvas {
  int width = 400, height = 300;
  std::string pixels = std::string(400 * 300, '\xFF');
  void Fill(int x0, int y0, int x1, int y1, int grey) {
    for (int y = y0; y < y1; ++y) {
      for (int x = x0; x < x1; ++x) pixels[y * width + x] = static_cast<char>(grey);
    }
  }
  std::string Pgm() const { return "P5\n# drawn\n400 300\n255\n" + pixels; }
};

TEST(Raster, LinesOfATableAreFoundAndStrokesAreNot) {
  Canvas canvas;
  canvas.Fill(20, 20, 380, 21, 0);
  canvas.Fill(20, 100, 380, 102, 0);
  canvas.Fill(20, 20, 21, 102, 0);
  canvas.Fill(379, 20, 380, 102, 0);
  canvas.Fill(200, 20, 201, 102, 40);
  canvas.Fill(50, 50, 62, 52, 0);     // the stroke of a character
  canvas.Fill(30, 120, 300, 200, 0);  // a black area
  std::string pgm = canvas.Pgm() + canvas.Pgm();
  auto pictures = ParsePgms(pgm);
  ASSERT_EQ(pictures.size(), 2u);
  Budget budget{ReadLimits{}};
  Rules rules = FindRules(pictures[1], {}, budget);
  auto grids = FindGrids(rules, budget);
  ASSERT_EQ(grids.size(), 1u);
  EXPECT_EQ(grids[0].cells.size(), 2u);
  EXPECT_NEAR(grids[0].xs[1], 200.5, 1);
}

TEST(Raster, PicturesCutOffAreNotRead) {
  std::string pgm = Canvas().Pgm();
  EXPECT_EQ(ParsePgms(pgm.substr(0, pgm.size() - 1)).size(), 0u);
  EXPECT_EQ(ParsePgms("P5 99999999 99999999 255\n").size(), 0u);
  EXPECT_EQ(ParsePgms("P5 -1 5 255\n").size(), 0u);
  EXPECT_EQ(ParsePgms("").size(), 0u);
}

TEST(Bbox, WordsAreReadAndNonsenseIsSkipped) {
  Budget budget{ReadLimits{}};
  auto pages = ParseBboxLayout(
      "<html><doc><page width=\"595\" height=\"842\"><flow><block><line>"
      "<word xMin=\"1\" yMin=\"2\" xMax=\"3\" yMax=\"4\">甲&lt;乙</word>"
      "<word xMin=\"nan\" yMin=\"2\" xMax=\"3\" yMax=\"4\">丙</word>"
      "<word xMin=\"9\" yMin=\"2\" xMax=\"3\" yMax=\"4\">丁</word></line></block></flow></page>"
      "<page width=\"inf\" height=\"842\"></page><page",
      1, budget);
  ASSERT_EQ(pages.size(), 2u);
  ASSERT_EQ(pages[0].words.size(), 1u);
  EXPECT_EQ(ToUtf8(pages[0].words[0].text), "甲<乙");
  EXPECT_EQ(pages[1].number, 2);
}

TEST(Tsv, WordsOfTesseractAreScaled) {
  auto pages = ParseTesseractTsv(
      "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
      "1\t1\t0\t0\t0\t0\t0\t0\t2000\t3000\t-1\t\n"
      "4\t1\t1\t1\t1\t0\t100\t200\t300\t40\t-1\t\n"
      "5\t1\t1\t1\t1\t1\t100\t210\t50\t20\t96.5\t|责任单位:\n"
      "5\t1\t1\t1\t1\t2\t200\t210\t50\t20\t95\t \n"
      "broken line\n",
      0.5);
  ASSERT_EQ(pages.size(), 1u);
  EXPECT_EQ(pages[0].width, 1000);
  ASSERT_EQ(pages[0].words.size(), 1u);
  EXPECT_EQ(ToUtf8(pages[0].words[0].text), "责任单位：");
  EXPECT_EQ(pages[0].words[0].box.y0, 100);  // as high as its line
  EXPECT_EQ(pages[0].words[0].box.x1, 75);
}

TEST(Tsv, BoxesThatLieOnNoPageAreLeftOut) {
  auto pages = ParseTesseractTsv(
      "1\t1\t0\t0\t0\t0\t0\t0\t2000\t1e300\t-1\t\n"
      "5\t1\t1\t1\t1\t1\t1\t1\t20\t1e62\t96\t整改\n"
      "5\t1\t1\t1\t1\t2\t-1e9\t1\t20\t20\t96\t目标\n"
      "5\t1\t1\t1\t1\t3\t1\t1\t20\t20\t96\t时限\n",
      1);
  ASSERT_EQ(pages.size(), 1u);
  EXPECT_EQ(pages[0].height, kFarthest);
  ASSERT_EQ(pages[0].words.size(), 1u);
  EXPECT_EQ(ToUtf8(pages[0].words[0].text), "时限");
}

}  // namespace
}  // namespace zg
