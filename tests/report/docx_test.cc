// Word documents: what Word insists on, what the standard asks for, and that another program reads the same.
#include "report/docx.h"

#include <gmock/gmock.h>

#include <pugixml.hpp>

#include "report/composer.h"
#include "report/docx_reading.h"
#include "report/paper_text.h"

namespace zg {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using paper::Paper;
using paper::Style;

Paper Letter() {
  paper::Composer c("letter");
  c.paper.title = "关于核实有关数据的函";
  c.Heading(1, "青松市水利局");
  c.Heading(2, "白石河");
  c.Say("完成率写的是60%，5亿元÷12.5亿元应为40%。");
  c.Add(Style::kPlain, "", "附件另送。");
  c.paper.date = Date::Make(2026, 1, 9);
  return std::move(c).Take();
}

std::vector<std::string> LinesOf(const Paper& paper) {
  std::vector<std::string> lines;
  Document read = paper::AsDocument(paper).document;
  for (const auto& block : read.blocks) lines.push_back(ToUtf8(Slice(read.text, block.span)));
  return lines;
}

TEST(Docx, EveryPartIsWellFormedAndNamed) {
  auto parts = PartsOf(WriteDocx(Letter()).value());
  ASSERT_EQ(parts.size(), 10u);
  for (const auto& [name, bytes] : parts) {
    pugi::xml_document xml;
    EXPECT_TRUE(xml.load_string(bytes.c_str())) << name;
    // Each part is either of a default type or has one of its own.
    bool typed = name == "[Content_Types].xml" || name.ends_with(".rels") ||
                 parts["[Content_Types].xml"].find("\"/" + name + "\"") != std::string::npos;
    EXPECT_TRUE(typed) << name;
  }
}

TEST(Docx, RelationshipsLeadToParts) {
  auto parts = PartsOf(WriteDocx(Letter()).value());
  pugi::xml_document xml;
  ASSERT_TRUE(xml.load_string(parts["word/_rels/document.xml.rels"].c_str()));
  size_t n = 0;
  for (const auto& r : xml.document_element().children()) {
    EXPECT_EQ(parts.count("word/" + std::string(r.attribute("Target").value())), 1u);
    ++n;
  }
  EXPECT_EQ(n, 6u);
}

TEST(Docx, PageAndTypeAreThoseOfTheStandard) {
  pugi::xml_document xml;
  auto parts = PartsOf(WriteDocx(Letter()).value());
  ASSERT_TRUE(xml.load_string(parts["word/document.xml"].c_str()));
  auto section = xml.select_node("//w:sectPr").node();
  auto near = [&](const char* edge, double mm) {
    EXPECT_NEAR(section.child("w:pgMar").attribute(edge).as_double() / 56.69, mm, 0.1) << edge;
  };
  near("w:top", 37), near("w:left", 28), near("w:bottom", 35), near("w:right", 26);
  EXPECT_NEAR(section.child("w:pgSz").attribute("w:w").as_double() / 56.69, 210, 0.1);
  EXPECT_NEAR(section.child("w:pgSz").attribute("w:h").as_double() / 56.69, 297, 0.1);
  pugi::xml_document styles;
  ASSERT_TRUE(styles.load_string(parts["word/styles.xml"].c_str()));
  std::vector<std::string> looks;
  for (const auto& p : xml.select_nodes("//w:p[w:r]")) {
    std::string id = p.node().child("w:pPr").child("w:pStyle").attribute("w:val").value();
    auto style = styles.select_node(("//w:style[@w:styleId='" + id + "']").c_str()).node().child("w:rPr");
    looks.push_back(std::string(style.child("w:rFonts").attribute("w:eastAsia").value()) + " " +
                    style.child("w:sz").attribute("w:val").value());
  }
  EXPECT_THAT(looks, ElementsAre("方正小标宋简体 44", "黑体 32", "楷体_GB2312 32", "仿宋_GB2312 32",
                                 "仿宋_GB2312 32", "仿宋_GB2312 32"));
  // 22 lines of 225 mm.
  for (const char* id : {"ZgBody", "ZgTitle", "ZgHeading1", "ZgPlain", "ZgDate"}) {
    auto spacing = styles.select_node((std::string("//w:style[@w:styleId='") + id + "']//w:spacing").c_str());
    EXPECT_NEAR(spacing.node().attribute("w:line").as_double() * 22 / 56.69, 225, 1.0) << id;
  }
}

Paper Of(const std::string& text) {
  paper::Composer c("letter");
  c.Say(text);
  return std::move(c).Take();
}

TEST(Docx, TextIsEscapedAndWhatXmlCannotHoldIsLeftOut) {
  std::string hostile = "甲<w:p/>&乙\x01\x0B丙\"'\xEF\xBF\xBF]]>𠮷";
  auto parts = PartsOf(WriteDocx(Of(hostile)).value());
  pugi::xml_document xml;
  ASSERT_TRUE(xml.load_string(parts["word/document.xml"].c_str()));
  EXPECT_STREQ(xml.select_node("//w:t").node().text().get(), "甲<w:p/>&乙丙\"']]>𠮷");
  EXPECT_EQ(xml.select_nodes("//w:p").size(), 1u);
}

TEST(Docx, TheSameParagraphsGiveTheSameBytes) {
  EXPECT_EQ(WriteDocx(Letter()).value(), WriteDocx(Letter()).value());
}

TEST(Docx, OurOwnReaderReadsItBack) {
  Document read = ReadDocument(WriteDocx(Letter()).value(), "函.docx").value();
  std::string text = ToUtf8(read.text);
  for (const auto& line : LinesOf(Letter())) EXPECT_THAT(text, HasSubstr(line));
}

TEST(Docx, LibreOfficeMakesPagesOfIt) {
  Paper many = Letter();
  for (int i = 0; i < 56; ++i)
    many.blocks.push_back(paper::Paragraph{.style = Style::kBody, .text = "第" + std::to_string(i) + "条。"});
  std::string pdf = AsPdf(WriteDocx(many).value());
  if (pdf.empty()) GTEST_SKIP() << "skipped: no LibreOffice here";
  Document read = ReadDocument(pdf, "函.pdf").value();
  std::string text = ToUtf8(read.text);
  EXPECT_THAT(text, HasSubstr("完成率写的是60%"));
  EXPECT_THAT(text, HasSubstr("第55条。"));
  EXPECT_THAT(text, Not(HasSubstr("PAGE")));
  // 65 lines of one paragraph each, with the empty one under the title and the two over the date: 22 a page.
  EXPECT_EQ(PagesOf(pdf), 3);
}

}  // namespace
}  // namespace zg
