// What a Word file says: as Word shows it, with tracked changes accepted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "document/reader.h"
#include "ooxml_builder.h"

namespace zg {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Document Read(const Docx& docx) {
  auto result = ReadDocument(docx.Bytes(), "清单.docx");
  EXPECT_TRUE(result.ok()) << result.error().message << result.error().cause;
  return result.ok() ? *result : Document{};
}

std::vector<std::string> TextsOf(const std::string& body) {
  return Texts(Read({.body = body}));
}

TEST(DocxText, RunsOfAParagraphMakeOneBlockWithItsNumber) {
  Document document = Read({.body = PT("第一段") + P("") + P(R("责任") + R("单位") + R("：甲局"))});
  EXPECT_EQ(document.format, "docx");
  EXPECT_THAT(Texts(document), ElementsAre("第一段", "责任单位：甲局"));
  EXPECT_EQ(document.blocks[0].place.paragraph, 1);
  EXPECT_EQ(document.blocks[1].place.paragraph, 3);
  EXPECT_EQ(document.text, U"第一段\n责任单位：甲局\n");
}

TEST(DocxText, SpecialCharactersAreText) {
  EXPECT_THAT(TextsOf(P("<w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:noBreakHyphen/><w:t>C</w:t><w:softHyphen/>"
                        "<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r>")),
              ElementsAre("A\tB-C☑"));
}

TEST(DocxText, ALineBreakEndsTheBlockButNotTheParagraph) {
  Document document = Read({.body = P("<w:r><w:t>责任单位：甲局</w:t><w:br/><w:t>时限：年底前</w:t></w:r>")});
  EXPECT_THAT(Texts(document), ElementsAre("责任单位：甲局", "时限：年底前"));
  EXPECT_EQ(document.blocks[0].place, document.blocks[1].place);
}

TEST(DocxText, InsertedTextCountsAndDeletedTextDoesNot) {
  EXPECT_THAT(TextsOf(P(R("2024年") + "<w:ins w:id=\"1\">" + R("6月") +
                        "</w:ins><w:del w:id=\"2\"><w:r><w:delText>12月"
                        "</w:delText></w:r></w:del>" +
                        R("底前"))),
              ElementsAre("2024年6月底前"));
  Document revised = Read({.body = P(R("甲") + "<w:ins w:id=\"1\">" + R("乙") + "</w:ins>")});
  ASSERT_EQ(revised.notes.size(), 1u);
  EXPECT_THAT(revised.notes[0], HasSubstr("修订"));
  EXPECT_THAT(TextsOf(P("<w:moveFrom w:id=\"1\">" + R("旧处") + "</w:moveFrom><w:moveTo w:id=\"2\">" +
                        R("新处") + "</w:moveTo>")),
              ElementsAre("新处"));
}

TEST(DocxText, AParagraphWhoseMarkIsDeletedGoesOnInTheNext) {
  std::string mark = "<w:rPr><w:del w:id=\"1\"/></w:rPr>";
  Document document = Read({.body = PT("前半句，", mark) + PT("后半句。") + PT("另一段")});
  EXPECT_THAT(Texts(document), ElementsAre("前半句，后半句。", "另一段"));
  // A paragraph deleted as a whole leaves nothing behind.
  EXPECT_THAT(
      TextsOf(P("<w:del w:id=\"1\"><w:r><w:delText>删去</w:delText></w:r></w:del>", mark) + PT("留下")),
      ElementsAre("留下"));
}

TEST(DocxText, HiddenTextIsLeftOut) {
  EXPECT_THAT(TextsOf(P(R("看得见") + R("看不见", "<w:vanish/>") + R("也看得见", "<w:vanish w:val=\"0\"/>"))),
              ElementsAre("看得见也看得见"));
  Docx styled{.body = P(R("正文") + R("暗", "<w:rStyle w:val=\"H\"/>")),
              .styles = "<w:style w:type=\"character\" w:styleId=\"H\"><w:rPr><w:vanish/></w:rPr></w:style>"};
  EXPECT_THAT(Texts(Read(styled)), ElementsAre("正文"));
}

TEST(DocxText, AFieldShowsItsResultAndNeverItsCode) {
  auto mark = [](const std::string& type) {
    return "<w:r><w:fldChar w:fldCharType=\"" + type + "\"/></w:r>";
  };
  auto code = [](const std::string& text) { return "<w:r><w:instrText>" + text + "</w:instrText></w:r>"; };
  EXPECT_THAT(TextsOf(P(R("共") + mark("begin") + code(" = 3 + 4 ") + mark("separate") + R("7") +
                        mark("end") + R("项"))),
              ElementsAre("共7项"));
  EXPECT_THAT(TextsOf(P(R("第") + mark("begin") + code(" PAGE ") + mark("separate") + R("12") + mark("end") +
                        R("页"))),
              ElementsAre("第页"));
  EXPECT_THAT(TextsOf(P("<w:fldSimple w:instr=\" DATE \">" + R("2024年6月") + "</w:fldSimple>")),
              ElementsAre("2024年6月"));
  // A field whose end is missing hides nothing of the paragraphs after it.
  EXPECT_THAT(TextsOf(P(mark("begin") + code(" REF ")) + PT("后文还在")), ElementsAre("后文还在"));
}

TEST(DocxText, ATableOfContentsIsLeftOutWithANote) {
  auto mark = [](const std::string& type) {
    return "<w:r><w:fldChar w:fldCharType=\"" + type + "\"/></w:r>";
  };
  std::string toc = P(mark("begin") + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>" + mark("separate") +
                      R("一、总体情况……1")) +
                    P(R("二、整改任务……3") + mark("end"));
  Document document = Read({.body = toc + PT("一、总体情况")});
  EXPECT_THAT(Texts(document), ElementsAre("一、总体情况"));
  ASSERT_EQ(document.notes.size(), 1u);
  EXPECT_THAT(document.notes[0], HasSubstr("目录"));
}

TEST(DocxText, ATextBoxIsReadOnceThoughItIsStoredTwice) {
  std::string box = "<w:txbxContent>" + PT("框里的字") + "</w:txbxContent>";
  std::string run = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>" + box +
                    "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + box +
                    "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>";
  EXPECT_THAT(TextsOf(P(R("正文") + run)), ElementsAre("正文", "框里的字"));
}

TEST(DocxText, ContainersAreLookedInto) {
  EXPECT_THAT(TextsOf("<w:sdt><w:sdtPr/><w:sdtContent>" + PT("控件里的段落") + "</w:sdtContent></w:sdt>" +
                      P("<w:hyperlink>" + R("链接") + "</w:hyperlink><w:smartTag>" + R("标签") +
                        "</w:smartTag><w:sdt><w:sdtContent>" + R("控件") + "</w:sdtContent></w:sdt>")),
              ElementsAre("控件里的段落", "链接标签控件"));
  EXPECT_THAT(TextsOf(PT("正文") + P("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" +
                                     R("单击此处输入文字。") + "</w:sdtContent></w:sdt>")),
              ElementsAre("正文"));
}

TEST(DocxText, FormulasAreTheirCharacters) {
  EXPECT_THAT(
      TextsOf(P("<m:oMath><m:sSub><m:e><m:r><m:t>PM</m:t></m:r></m:e><m:sub><m:r><m:t>2.5</m:t></m:r></m:sub>"
                "</m:sSub></m:oMath>")),
      ElementsAre("PM2.5"));
}

TEST(DocxText, HeadingsComeFromOutlineLevelsAndStyles) {
  Docx docx{.body = PT("清单", "<w:pStyle w:val=\"T\"/>") + PT("一、方面", "<w:pStyle w:val=\"Sub\"/>") +
                    PT("（一）问题", "<w:outlineLvl w:val=\"2\"/>") +
                    PT("正文", "<w:pStyle w:val=\"Sub\"/><w:outlineLvl w:val=\"9\"/>") + PT("正文"),
            .styles =
                "<w:style w:type=\"paragraph\" w:styleId=\"T\"><w:name w:val=\"Title\"/></w:style>"
                "<w:style w:type=\"paragraph\" w:styleId=\"H\"><w:name w:val=\"heading 1\"/></w:style>"
                "<w:style w:type=\"paragraph\" w:styleId=\"Sub\"><w:basedOn w:val=\"H\"/></w:style>"};
  Document document = Read(docx);
  std::vector<std::pair<BlockKind, int>> kinds;
  for (const Block& block : document.blocks) kinds.push_back({block.kind, block.level});
  using K = BlockKind;
  EXPECT_THAT(kinds,
              ElementsAre(std::pair(K::kHeading, 0), std::pair(K::kHeading, 1), std::pair(K::kHeading, 3),
                          std::pair(K::kParagraph, 0), std::pair(K::kParagraph, 0)));
}

TEST(DocxText, NotesStandAtTheEndInTheOrderOfTheirMarks) {
  auto cite = [](const char* what, const char* id) {
    return std::string("<w:r><w:") + what + "Reference w:id=\"" + id + "\"/></w:r>";
  };
  auto note = [](const char* what, const char* id, const char* text) {
    return std::string("<w:") + what + " w:id=\"" + id + "\">" + PT(text) + "</w:" + what + ">";
  };
  Docx docx{.body = PT("题") + P(R("甲") + cite("footnote", "3") + cite("endnote", "1")) +
                    P(R("乙") + cite("footnote", "2")),
            .footnotes = "<w:footnote w:type=\"separator\" w:id=\"-1\">" + PT("----") + "</w:footnote>" +
                         note("footnote", "2", "注乙") + note("footnote", "3", "注甲") +
                         note("footnote", "4", "无人引用"),
            .endnotes = note("endnote", "1", "尾注")};
  Document document = Read(docx);
  EXPECT_THAT(Texts(document), ElementsAre("题", "甲", "乙", "注甲", "注乙", "尾注"));
  EXPECT_EQ(document.blocks[3].kind, BlockKind::kFootnote);
  EXPECT_EQ(document.blocks[3].place.paragraph, 2);
  EXPECT_EQ(document.blocks[5].kind, BlockKind::kFootnote);
}

TEST(DocxText, HeadersFootersAndCommentsAreLeftOut) {
  Docx docx{
      .body = PT("正文"),
      .more = {{"word/header1.xml", std::string("<w:hdr ") + kWordNamespaces + ">" + PT("页眉") + "</w:hdr>"},
               {"word/comments.xml", std::string("<w:comments ") + kWordNamespaces + "/>"}}};
  EXPECT_THAT(Texts(Read(docx)), ElementsAre("正文"));
}

TEST(DocxText, PrefixesAndStrictNamespacesDoNotMatter) {
  std::string xml =
      "<x:document "
      "xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><x:body><x:p><x:r><x:t>严格格式"
      "</x:t></x:r></x:p></x:body></x:document>";
  std::string rels =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
      "Id=\"a\" "
      "Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" "
      "Target=\"/doc/main.xml\"/></Relationships>";
  std::string types =
      "<Types><Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml "
      "wordprocessingml\"/></Types>";
  auto result = ReadDocument(
      Zip({{"[Content_Types].xml", types}, {"_rels/.rels", rels}, {"doc/main.xml", xml}}), "a.docm");
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_THAT(Texts(*result), ElementsAre("严格格式"));
}

TEST(DocxText, ADocumentInADocumentIsNoted) {
  Document document = Read({.body = PT("正文") + "<w:altChunk r:id=\"rId9\"/>"});
  ASSERT_EQ(document.notes.size(), 1u);
  EXPECT_THAT(document.notes[0], HasSubstr("altChunk"));
}

TEST(DocxText, SpacesCountOnlyWhereTheFileSaysSo) {
  EXPECT_THAT(
      TextsOf(
          P("<w:r><w:t> 甲 </w:t><w:t xml:space=\"preserve\"> 乙 </w:t><w:t xml:space=\"preserve\"> </w:t>"
            "<w:t>丙</w:t></w:r>")),
      ElementsAre("甲 乙  丙"));
}

TEST(DocxText, AFileWithPicturesOnlySaysSo) {
  auto result = ReadDocument(Docx{.body = P(""), .more = {{"word/media/image1.png", "x"}}}.Bytes(), "a.docx");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().id, "document.empty");
  EXPECT_THAT(result.error().message, HasSubstr("图片"));
}

}  // namespace
}  // namespace zg
