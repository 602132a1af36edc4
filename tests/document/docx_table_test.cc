// Tables of Word files: every cell once, at its place in the grid.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "document/reader.h"
#include "ooxml_builder.h"

namespace zg {
namespace {

using namespace testing;
using ::testing::ElementsAre;

Document Read(const std::string& body) {
  auto result = ReadDocument(Docx{.body = body}.Bytes(), "a.docx");
  EXPECT_TRUE(result.ok()) << result.error().message;
  return result.ok() ? *result : Document{};
}

std::string Span(int n) {
  return "<w:gridSpan w:val=\"" + std::to_string(n) + "\"/>";
}
const std::string kFirst = "<w:vMerge w:val=\"restart\"/>", kNext = "<w:vMerge/>";

TEST(DocxTable, CellsHaveTablesRowsAndColumns) {
  Document document = Read(PT("前") + Tbl(Tr(Tc(PT("序号")) + Tc(PT("问题"))) + Tr(Tc(PT("1")) + Tc(P("")))) +
                           PT("中") + Tbl(Tr(Tc(PT("第二张表")))));
  EXPECT_THAT(Cells(document), ElementsAre("r1c1 序号", "r1c2 问题", "r2c1 1", "r1c1 第二张表"));
  EXPECT_EQ(document.blocks[1].place.table, 1);
  EXPECT_EQ(document.blocks[5].place.table, 2);
  EXPECT_EQ(document.blocks[4].place.paragraph, 2);  // paragraphs are counted outside tables
}

TEST(DocxTable, ACellOverTwoColumnsPushesTheNextToColumnThree) {
  EXPECT_THAT(Cells(Read(Tbl(Tr(Tc(PT("宽"), Span(2)) + Tc(PT("三")))))),
              ElementsAre("r1c1 1x2 宽", "r1c3 三"));
}

TEST(DocxTable, ACellOverRowsComesOnceAndKnowsHowMany) {
  EXPECT_THAT(Cells(Read(Tbl(Tr(Tc(PT("合"), kFirst) + Tc(PT("a"))) + Tr(Tc(P(""), kNext) + Tc(PT("b"))) +
                             Tr(Tc(P(""), kNext) + Tc(PT("c"))) + Tr(Tc(PT("新")) + Tc(PT("d")))))),
              ElementsAre("r1c1 3x1 合", "r1c2 a", "r2c2 b", "r3c2 c", "r4c1 新", "r4c2 d"));
}

TEST(DocxTable, AMergedBlockOfRowsAndColumns) {
  EXPECT_THAT(Cells(Read(Tbl(Tr(Tc(PT("合"), Span(2) + kFirst) + Tc(PT("a"))) +
                             Tr(Tc(P(""), Span(2) + kNext) + Tc(PT("b")))))),
              ElementsAre("r1c1 2x2 合", "r1c3 a", "r2c3 b"));
}

TEST(DocxTable, TwoMergesUnderEachOtherStayTwo) {
  EXPECT_THAT(Cells(Read(Tbl(Tr(Tc(PT("甲"), kFirst)) + Tr(Tc(P(""), kNext)) + Tr(Tc(PT("乙"), kFirst)) +
                             Tr(Tc(P(""), kNext))))),
              ElementsAre("r1c1 2x1 甲", "r3c1 2x1 乙"));
}

TEST(DocxTable, RowsMayBeginFurtherRight) {
  EXPECT_THAT(Cells(Read(Tbl(Tr(Tc(PT("a")), "<w:gridBefore w:val=\"2\"/>")))), ElementsAre("r1c3 a"));
}

TEST(DocxTable, ParagraphsOfACellAreBlocksOfOnePlace) {
  Document document = Read(Tbl(Tr(Tc(PT("1.甲") + PT("2.乙")))));
  EXPECT_THAT(Cells(document), ElementsAre("r1c1 1.甲", "r1c1 2.乙"));
  EXPECT_EQ(document.blocks[0].place, document.blocks[1].place);
}

TEST(DocxTable, ATableInACellBelongsToThatCell) {
  EXPECT_THAT(
      Cells(Read(Tbl(Tr(Tc(PT("前") + Tbl(Tr(Tc(PT("内一")) + Tc(PT("内二")))) + PT("后")) + Tc(PT("右")))))),
      ElementsAre("r1c1 前", "r1c1 内一", "r1c1 内二", "r1c1 后", "r1c2 右"));
}

TEST(DocxTable, DeletedAndHiddenRowsAreLeftOut) {
  EXPECT_THAT(Cells(Read(Tbl(Tr(Tc(PT("a"))) + Tr(Tc(PT("删")), "<w:del w:id=\"1\"/>") +
                             Tr(Tc(PT("隐")), "<w:hidden/>") + Tr(Tc(PT("b")), "<w:ins w:id=\"2\"/>")))),
              ElementsAre("r1c1 a", "r2c1 b"));
}

TEST(DocxTable, RowsAndCellsMayStandInControls) {
  EXPECT_THAT(
      Cells(Read(Tbl("<w:sdt><w:sdtContent>" +
                     Tr("<w:sdt><w:sdtContent>" + Tc(PT("a")) + "</w:sdtContent></w:sdt>" + Tc(PT("b"))) +
                     "</w:sdtContent></w:sdt>"))),
      ElementsAre("r1c1 a", "r1c2 b"));
}

}  // namespace
}  // namespace zg
