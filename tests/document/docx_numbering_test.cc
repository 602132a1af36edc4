// Automatic numbering: labels are counted as Word counts them and become part of the text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "document/docx/number_format.h"
#include "document/reader.h"
#include "ooxml_builder.h"

namespace zg {
namespace {

using namespace testing;
using ::testing::ElementsAre;

std::string Level(int i, const std::string& format, const std::string& text, const std::string& more = "",
                  int start = 1) {
  return "<w:lvl w:ilvl=\"" + std::to_string(i) + "\"><w:start w:val=\"" + std::to_string(start) +
         "\"/><w:numFmt w:val=\"" + format + "\"/>" + more + "<w:lvlText w:val=\"" + text + "\"/></w:lvl>";
}
std::string Abstract(int id, const std::string& levels) {
  return "<w:abstractNum w:abstractNumId=\"" + std::to_string(id) + "\">" + levels + "</w:abstractNum>";
}
std::string List(int id, int abstract, const std::string& more = "") {
  return "<w:num w:numId=\"" + std::to_string(id) + "\"><w:abstractNumId w:val=\"" +
         std::to_string(abstract) + "\"/>" + more + "</w:num>";
}
std::string StartAt(int level, int start) {
  return "<w:lvlOverride w:ilvl=\"" + std::to_string(level) + "\"><w:startOverride w:val=\"" +
         std::to_string(start) + "\"/></w:lvlOverride>";
}
constexpr char kNothing[] = "<w:suff w:val=\"nothing\"/>";

Document Read(const Docx& docx) {
  auto result = ReadDocument(docx.Bytes(), "a.docx");
  EXPECT_TRUE(result.ok()) << result.error().message;
  return result.ok() ? *result : Document{};
}

// "label|rest" of each block.
std::vector<std::string> Labels(const Docx& docx) {
  Document document = Read(docx);
  std::vector<std::string> out;
  for (const Block& block : document.blocks) {
    auto text = Slice(document.text, block.span);
    out.push_back(ToUtf8(text.substr(0, block.label_size)) + "|" + ToUtf8(text.substr(block.label_size)));
  }
  return out;
}

const std::string kThreeLevels = Abstract(0, Level(0, "chineseCountingThousand", "%1、", kNothing) +
                                                 Level(1, "chineseCountingThousand", "（%2）", kNothing) +
                                                 Level(2, "decimal", "%3.", kNothing));

TEST(DocxNumbering, ThreeLevelsRestartUnderTheirParent) {
  EXPECT_THAT(
      Labels({.body = PT("甲", Num(1, 0)) + PT("a", Num(1, 1)) + PT("x", Num(1, 2)) + PT("y", Num(1, 2)) +
                      PT("b", Num(1, 1)) + PT("z", Num(1, 2)) + PT("乙", Num(1, 0)) + PT("c", Num(1, 1)),
              .numbering = kThreeLevels + List(1, 0)}),
      ElementsAre("一、|甲", "（一）|a", "1.|x", "2.|y", "（二）|b", "1.|z", "二、|乙", "（一）|c"));
}

TEST(DocxNumbering, AListGoesOnOverPlainParagraphs) {
  EXPECT_THAT(Labels({.body = PT("甲", Num(1, 0)) + PT("正文") + PT("乙", Num(1, 0)),
                      .numbering = kThreeLevels + List(1, 0)}),
              ElementsAre("一、|甲", "|正文", "二、|乙"));
}

TEST(DocxNumbering, ListsOfOneAbstractCountOnTogetherUnlessOneStartsAnew) {
  Docx docx{.body = PT("甲", Num(1, 0)) + PT("乙", Num(2, 0)) + PT("丙", Num(3, 0)) + PT("丁", Num(3, 0)),
            .numbering = kThreeLevels + List(1, 0) + List(2, 0) + List(3, 0, StartAt(0, 1))};
  EXPECT_THAT(Labels(docx), ElementsAre("一、|甲", "二、|乙", "一、|丙", "二、|丁"));
}

TEST(DocxNumbering, AnOverrideMayStartElsewhereAndReplaceTheLevel) {
  Docx docx{.body = PT("甲", Num(1, 0)) + PT("乙", Num(2, 0)),
            .numbering = kThreeLevels + List(1, 0, StartAt(0, 7)) +
                         List(2, 0,
                              "<w:lvlOverride w:ilvl=\"0\">" + Level(0, "upperRoman", "%1)", kNothing, 4) +
                                  "</w:lvlOverride>")};
  EXPECT_THAT(Labels(docx), ElementsAre("七、|甲", "VIII)|乙"));
}

TEST(DocxNumbering, LvlRestartKeepsOrLimitsTheRestart) {
  std::string levels = Level(0, "decimal", "%1.", kNothing) +
                       Level(1, "decimal", "(%2)", std::string("<w:lvlRestart w:val=\"0\"/>") + kNothing);
  EXPECT_THAT(
      Labels({.body = PT("a", Num(1, 0)) + PT("b", Num(1, 1)) + PT("c", Num(1, 0)) + PT("d", Num(1, 1)),
              .numbering = Abstract(0, levels) + List(1, 0)}),
      ElementsAre("1.|a", "(1)|b", "2.|c", "(2)|d"));
}

TEST(DocxNumbering, UpperLevelsShowInTheLabelLegalOnesAsDigits) {
  std::string levels = Level(0, "chineseCounting", "第%1章", kNothing) +
                       Level(1, "decimal", "%1.%2", kNothing) +
                       Level(2, "lowerLetter", "%1.%2.%3", std::string("<w:isLgl/>") + kNothing);
  EXPECT_THAT(Labels({.body = PT("a", Num(1, 0)) + PT("b", Num(1, 1)) + PT("c", Num(1, 2)),
                      .numbering = Abstract(0, levels) + List(1, 0)}),
              ElementsAre("第一章|a", "一.1|b", "1.1.1|c"));
}

TEST(DocxNumbering, TheSuffixIsTextButNotLabel) {
  std::string levels = Level(0, "decimal", "%1.") + Level(1, "decimal", "%2)", "<w:suff w:val=\"space\"/>");
  EXPECT_THAT(Labels({.body = PT("a", Num(1, 0)) + PT("b", Num(1, 1)),
                      .numbering = Abstract(0, levels) + List(1, 0)}),
              ElementsAre("1.|\ta", "1)| b"));
}

TEST(DocxNumbering, StylesBringNumbersThroughBasedOn) {
  std::string styles =
      "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:pPr><w:numPr><w:numId "
      "w:val=\"1\"/></w:numPr></w:pPr></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"C\"><w:basedOn w:val=\"A\"/><w:pPr><w:numPr><w:ilvl "
      "w:val=\"1\"/>"
      "</w:numPr></w:pPr></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"Off\"><w:basedOn w:val=\"A\"/><w:pPr><w:numPr><w:numId "
      "w:val=\"0\"/>"
      "</w:numPr></w:pPr></w:style>";
  auto with = [](const char* style) { return std::string("<w:pStyle w:val=\"") + style + "\"/>"; };
  EXPECT_THAT(Labels({.body = PT("a", with("A")) + PT("b", with("B")) + PT("c", with("C")) +
                              PT("d", with("Off")) + PT("e", with("A") + Num(0, 0)),
                      .styles = styles,
                      .numbering = kThreeLevels + List(1, 0)}),
              ElementsAre("一、|a", "二、|b", "（一）|c", "|d", "|e"));
}

TEST(DocxNumbering, ALevelTiedToAStyleIsThatStylesLevel) {
  std::string levels = Level(0, "decimal", "%1.", std::string("<w:pStyle w:val=\"H1\"/>") + kNothing) +
                       Level(1, "decimal", "%1.%2", std::string("<w:pStyle w:val=\"H2\"/>") + kNothing);
  std::string styles;
  for (const char* id : {"H1", "H2"}) {
    styles += std::string("<w:style w:type=\"paragraph\" w:styleId=\"") + id +
              "\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
  }
  EXPECT_THAT(Labels({.body = PT("a", "<w:pStyle w:val=\"H1\"/>") + PT("b", "<w:pStyle w:val=\"H2\"/>"),
                      .styles = styles,
                      .numbering = Abstract(0, levels) + List(1, 0)}),
              ElementsAre("1.|a", "1.1|b"));
}

TEST(DocxNumbering, ANumberingStyleLendsItsList) {
  std::string styles =
      "<w:style w:type=\"numbering\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr>"
      "</w:pPr></w:style>";
  std::string numbering =
      kThreeLevels + "<w:abstractNum w:abstractNumId=\"5\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>" +
      List(1, 5) + List(2, 0);
  EXPECT_THAT(Labels({.body = PT("a", Num(1, 0)), .styles = styles, .numbering = numbering}),
              ElementsAre("一、|a"));
}

TEST(DocxNumbering, DeletedAndHiddenParagraphsDoNotCount) {
  std::string gone = Num(1, 0) + "<w:rPr><w:del w:id=\"1\"/></w:rPr>";
  EXPECT_THAT(
      Labels({.body = PT("a", Num(1, 0)) +
                      P("<w:del w:id=\"2\"><w:r><w:delText>x</w:delText></w:r></w:del>", gone) +
                      P(R("y", "<w:vanish/>"), Num(1, 0) + "<w:rPr><w:vanish/></w:rPr>") + PT("b", Num(1, 0)),
              .numbering = kThreeLevels + List(1, 0)}),
      ElementsAre("一、|a", "二、|b"));
}

TEST(DocxNumbering, ANumberAloneIsText) {  // 序号 columns are often nothing else
  Docx docx{.body = Tbl(Tr(Tc(P("", Num(1, 2))) + Tc(PT("甲"))) + Tr(Tc(P("", Num(1, 2))) + Tc(PT("乙")))),
            .numbering = kThreeLevels + List(1, 0)};
  EXPECT_THAT(Cells(Read(docx)), ElementsAre("r1c1 1.", "r1c2 甲", "r2c1 2.", "r2c2 乙"));
}

TEST(DocxNumbering, BulletsAreShownButNotAlone) {
  std::string bullet = "<w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr>";
  std::string level =
      "<w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:suff w:val=\"nothing\"/><w:lvlText "
      "w:val=\"\uF06C\"/>" +
      bullet + "</w:lvl>";
  EXPECT_THAT(
      Labels({.body = PT("a", Num(1, 0)) + P("", Num(1, 0)), .numbering = Abstract(0, level) + List(1, 0)}),
      ElementsAre("●|a"));
}

TEST(DocxNumbering, AnUnknownListIsNoList) {
  EXPECT_THAT(Labels({.body = PT("a", Num(77, 0))}), ElementsAre("|a"));
}

TEST(NumberFormats, AreThoseOfWord) {
  auto show = [](const char* format, std::initializer_list<int> numbers) {
    std::string out;
    for (int n : numbers) out += (out.empty() ? "" : " ") + ToUtf8(document::FormatNumber(format, n));
    return out;
  };
  EXPECT_EQ(show("decimal", {1, 12}), "1 12");
  EXPECT_EQ(show("decimalZero", {3, 12}), "03 12");
  EXPECT_EQ(show("decimalFullWidth", {10, 25}), "１０ ２５");
  EXPECT_EQ(show("chineseCounting", {1, 10, 11, 20, 99, 105}), "一 十 十一 二十 九十九 一〇五");
  EXPECT_EQ(show("chineseCountingThousand", {10, 19, 94, 100, 101, 110, 1000}),
            "十 十九 九十四 一百 一百零一 一百一十 一千");
  EXPECT_EQ(show("taiwaneseCountingThousand", {12, 103}), "十二 一百零三");
  EXPECT_EQ(show("taiwaneseCounting", {12}), "十二");
  EXPECT_EQ(show("japaneseCounting", {12}), "十二");
  EXPECT_EQ(show("ideographDigital", {1, 10, 25}), "一 一〇 二五");
  EXPECT_EQ(show("chineseLegalSimplified", {1, 12, 30}), "壹 壹拾贰 叁拾");
  EXPECT_EQ(show("ideographTraditional", {1, 10, 11}), "甲 癸 甲");
  EXPECT_EQ(show("upperLetter", {1, 26, 27, 53}), "A Z AA AAA");
  EXPECT_EQ(show("lowerLetter", {2, 28}), "b bb");
  EXPECT_EQ(show("upperRoman", {4, 9, 1994}), "IV IX MCMXCIV");
  EXPECT_EQ(show("lowerRoman", {14}), "xiv");
  EXPECT_EQ(show("decimalEnclosedCircle", {1, 20, 21, 35, 36, 50, 51}), "① ⑳ ㉑ ㉟ ㊱ ㊿ 51");
  EXPECT_EQ(show("decimalEnclosedParen", {1, 20, 21}), "⑴ ⒇ 21");
  EXPECT_EQ(show("none", {5}), "");
  EXPECT_EQ(show("numberInDash", {5}), "- 5 -");
  EXPECT_EQ(show("somethingNew", {5}), "5");
  EXPECT_EQ(show("upperRoman", {0, 4000}), "0 4000");
}

}  // namespace
}  // namespace zg
