// Workbooks: sheets as tables, values as a person sees them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "document/reader.h"
#include "document/xlsx/number_format.h"
#include "document/xlsx/sheet.h"
#include "ooxml_builder.h"

namespace zg {
namespace {

using namespace testing;
using document::NumberFormat;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Document Read(const Xlsx& xlsx) {
  auto result = ReadDocument(xlsx.Bytes(), "a.xlsx");
  EXPECT_TRUE(result.ok()) << result.error().message << result.error().cause;
  return result.ok() ? *result : Document{};
}

TEST(Xlsx, StringsAreSharedInlineOrRich) {
  Document document =
      Read({.sheets = {{"任务",
                        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v>"
                        "</c></row><row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>内嵌</t></is></c>"
                        "<c r=\"C3\" t=\"str\"><f>A1</f><v>公式</v></c></row>"}},
            .strings = "<si><t>普通</t></si><si><r><rPr><b/></rPr><t>富</t></r><r><t>文本</t></r>"
                       "<rPh sb=\"0\" eb=\"1\"><t>ふりがな</t></rPh></si>"});
  EXPECT_EQ(document.format, "xlsx");
  EXPECT_THAT(Cells(document), ElementsAre("r1c1 普通", "r1c3 富文本", "r3c2 内嵌", "r3c3 公式"));
  EXPECT_EQ(document.blocks[0].place.sheet, "任务");
  EXPECT_EQ(document.blocks[0].place.table, 1);
}

TEST(Xlsx, MergedCellsComeOnce) {
  Document document = Read(
      {.sheets = {{"a",
                   "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>合</v></c><c r=\"B1\" t=\"str\"><v>盖住</v></c>"
                   "<c r=\"C1\" t=\"str\"><v>右</v></c></row><row r=\"2\"><c r=\"A2\" t=\"str\"><v>"
                   "也盖住</v></c><c r=\"C2\" t=\"str\"><v>下</v></c></row>",
                   "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>"}}});
  EXPECT_THAT(Cells(document), ElementsAre("r1c1 2x2 合", "r1c3 右", "r2c3 下"));
}

TEST(Xlsx, NumbersAreShownAsFormatted) {
  Document document = Read(
      {.sheets = {{"a",
                   "<row r=\"1\"><c r=\"A1\" s=\"0\"><v>0.30000000000000004</v></c><c r=\"B1\" "
                   "s=\"1\"><v>45473</v></c>"
                   "<c r=\"C1\" s=\"2\"><v>0.58510638297872342</v></c><c r=\"D1\" s=\"3\"><v>45473</v></c>"
                   "<c r=\"E1\" t=\"b\"><v>1</v></c><c r=\"F1\" t=\"e\"><v>#REF!</v></c>"
                   "<c r=\"G1\" t=\"d\"><v>2024-06-30T00:00:00</v></c></row>"}},
       .num_fmts = "<numFmt numFmtId=\"164\" formatCode=\"0.0%\"/><numFmt numFmtId=\"165\" "
                   "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>",
       .cell_xfs = "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>"});
  EXPECT_THAT(Cells(document), ElementsAre("r1c1 0.3", "r1c2 2024年6月30日", "r1c3 58.5%", "r1c4 2024年6月",
                                           "r1c5 TRUE", "r1c6 #REF!", "r1c7 2024年6月30日"));
}

TEST(Xlsx, WorkbooksOf1904CountFromThere) {
  Document document = Read({.sheets = {{"a", "<row r=\"1\"><c r=\"A1\" s=\"0\"><v>44011</v></c></row>"}},
                            .cell_xfs = "<xf numFmtId=\"14\"/>",
                            .properties = "date1904=\"1\""});
  EXPECT_THAT(Cells(document), ElementsAre("r1c1 2024年6月30日"));
}

TEST(Xlsx, HiddenSheetsAreSkippedWithANote) {
  std::string row = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>甲</v></c></row>";
  Document document =
      Read({.sheets = {{"草稿", row, "", "hidden"}, {"正式", row}, {"底稿", row, "", "veryHidden"}}});
  EXPECT_THAT(Cells(document), ElementsAre("r1c1 甲"));
  EXPECT_EQ(document.blocks[0].place.sheet, "正式");
  EXPECT_EQ(document.blocks[0].place.table, 2);
  ASSERT_EQ(document.notes.size(), 2u);
  EXPECT_THAT(document.notes[0], HasSubstr("草稿"));
}

TEST(Xlsx, LinesOfACellAreBlocksOfOnePlace) {
  Document document = Read(
      {.sheets = {
           {"a",
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>1.甲&#10;2.乙_x000D_</t></is></c></row>"}}});
  EXPECT_THAT(Cells(document), ElementsAre("r1c1 1.甲", "r1c1 2.乙"));
}

TEST(Xlsx, AFormulaWithoutValueIsNoted) {
  Document document =
      Read({.sheets = {{"a", "<row r=\"1\"><c r=\"A1\"><f>B1+1</f></c><c r=\"B1\"><v>5</v></c></row>"}}});
  EXPECT_THAT(Cells(document), ElementsAre("r1c2 5"));
  ASSERT_EQ(document.notes.size(), 1u);
  EXPECT_THAT(document.notes[0], HasSubstr("公式"));
}

TEST(Xlsx, RowsAndCellsWithoutReferencesFollowEachOther) {
  EXPECT_THAT(Cells(Read({.sheets = {{"a",
                                      "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row><row>"
                                      "<c t=\"str\"><v>c</v></c></row>"}}})),
              ElementsAre("r1c1 a", "r1c2 b", "r2c1 c"));
}

TEST(CellReference, ReadsLettersAndDigits) {
  EXPECT_EQ(document::ParseCellReference("BC12").column, 55);
  EXPECT_EQ(document::ParseCellReference("$A$7").row, 7);
  EXPECT_EQ(document::ParseCellReference("XFD1048576").column, 16384);
  for (const char* bad : {"", "A", "12", "A0", "XFE1", "A1048577", "A1B", "ZZZZZZZZZZZZ1"}) {
    EXPECT_EQ(document::ParseCellReference(bad).row, 0) << bad;
  }
}

struct Shown {
  const char* code;
  double value;
  const char* text;
};

class NumberFormats : public ::testing::TestWithParam<Shown> {};

TEST_P(NumberFormats, ShowWhatExcelShows) {
  EXPECT_EQ(NumberFormat(GetParam().code).Show(GetParam().value, false), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    All, NumberFormats,
    ::testing::Values(Shown{"General", 13719, "13719"}, Shown{"General", 1e-5, "0.00001"},
                      Shown{"General", 123456789012345678.0, "123456789012345680"},
                      Shown{"0.00", 3.14159, "3.14"}, Shown{"0.00", 2, "2.00"}, Shown{"0.##", 2, "2"},
                      Shown{"#,##0", 13719, "13719"}, Shown{"#,##0.00", 1234.5, "1234.50"},
                      Shown{"000", 7, "007"}, Shown{"0%", 0.585, "59%"}, Shown{"0.0%", 0.585, "58.5%"},
                      Shown{"0\"个\"", 12, "12个"}, Shown{"\"第\"0\"号\"", 12, "第12号"},
                      Shown{"0.0\"万元\"", 3.25, "3.3万元"}, Shown{"0.00_);[Red]\\(0.00\\)", -2.5, "(2.50)"},
                      Shown{"0;-0", -3, "-3"}, Shown{"0.0,", 12345, "12.3"},
                      Shown{"[$￥-804]#,##0.00", 5, "5.00"}, Shown{"0.00E+00", 1234, "1234"},
                      Shown{"# ?/?", 0.5, "0.5"}, Shown{"@", 5, "5"}, Shown{";;;", 5, "5"},
                      Shown{"G/通用格式", 5.5, "5.5"}, Shown{"0", 1.005, "1"}, Shown{"0.00", 1.005, "1.01"}));

INSTANTIATE_TEST_SUITE_P(
    Dates, NumberFormats,
    ::testing::Values(Shown{"yyyy-mm-dd", 45473, "2024年6月30日"},
                      Shown{"yyyy\"年\"m\"月\"d\"日\"", 45473, "2024年6月30日"},
                      Shown{"yyyy年m月", 45473, "2024年6月"},
                      Shown{"[$-804]yyyy\"年\"m\"月\";@", 45473, "2024年6月"}, Shown{"yyyy", 45473, "2024年"},
                      Shown{"mmm-yy", 45473, "2024年6月"}, Shown{"m\"月\"d\"日\"", 45473, "2024年6月30日"},
                      Shown{"yyyy/m/d h:mm", 45473.354166667, "2024年6月30日 08:30"},
                      Shown{"h:mm:ss", 0.354340278, "08:30:15"}, Shown{"mm:ss", 0.00260417, "00:03:45"},
                      Shown{"[h]:mm", 1.5, "36:00"}, Shown{"上午/下午h\"时\"mm\"分\"", 0.5, "12:00"},
                      Shown{"yyyy-mm-dd", 60, "1900年2月28日"}, Shown{"yyyy-mm-dd", 61, "1900年3月1日"},
                      Shown{"yyyy-mm-dd", 1, "1900年1月1日"}, Shown{"yyyy-mm-dd", 0, "0"},
                      Shown{"yyyy-mm-dd", -5, "-5"}, Shown{"yyyy-mm-dd", 1e12, "1000000000000"}));

TEST(NumberFormats, BuiltInDatesOfChineseExcel) {
  EXPECT_EQ(NumberFormat::BuiltIn(31).Show(45473, false), "2024年6月30日");
  EXPECT_EQ(NumberFormat::BuiltIn(57).Show(45473, false), "2024年6月");
  EXPECT_EQ(NumberFormat::BuiltIn(22).Show(45473.5, false), "2024年6月30日 12:00");
  EXPECT_EQ(NumberFormat::BuiltIn(10).Show(0.5469, false), "54.69%");
  EXPECT_EQ(NumberFormat::BuiltIn(0).Show(45473, false), "45473");
}

}  // namespace
}  // namespace zg
