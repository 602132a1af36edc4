// Templates: what an office writes in Word comes out filled in; what it got wrong is named with its place.
#include <gmock/gmock.h>

#include <pugixml.hpp>

#include "report/docx.h"
#include "report/docx_reading.h"
#include "report/letters.h"
#include "report/paper_text.h"
#include "report/template_docx.h"
#include "report/zip_bytes.h"

namespace zg {
namespace {

using paper::Field;
using paper::Fields;
using paper::FillDocx;
using paper::LetterExample;
using testing::ElementsAre;
using testing::HasSubstr;

std::string Docx(const std::string& body) {
  return ZipBytes({{"[Content_Types].xml", "<Types/>"},
                   {"word/document.xml",
                    "<w:document "
                    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" +
                        body + "</w:body></w:document>"}})
      .value();
}
std::string P(const std::string& text) {
  return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}
std::string Row(const std::vector<std::string>& cells) {
  std::string out = "<w:tr>";
  for (const auto& cell : cells) out += "<w:tc>" + P(cell) + "</w:tc>";
  return out + "</w:tr>";
}
// Paragraphs, and cells of tables with their places.
std::vector<std::string> Lines(const std::string& bytes) {
  auto parts = PartsOf(bytes);
  pugi::xml_document xml;
  EXPECT_TRUE(xml.load_string(parts["word/document.xml"].c_str()));
  std::vector<std::string> out;
  for (const auto& p : xml.select_nodes("//w:p")) {
    std::string text;
    for (const auto& t : p.node().select_nodes(".//w:t")) text += t.node().text().get();
    out.push_back(text);
  }
  return out;
}
std::vector<std::string> Filled(const std::string& body) {
  auto out = FillDocx(Docx(body), LetterExample());
  EXPECT_TRUE(out.ok()) << (out.ok() ? "" : out.error().message);
  return out.ok() ? Lines(*out) : std::vector<std::string>();
}
Error Refused(const std::string& body) {
  auto out = FillDocx(Docx(body), LetterExample());
  EXPECT_FALSE(out.ok());
  return out.ok() ? Error{} : out.error();
}

TEST(Template, FieldsAreFilledAlsoWhereWordSplitThem) {
  std::string split =
      "<w:p><w:r><w:t>致{{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>单</w:t></w:r><w:r><w:t>位}}：</w:t></"
      "w:r></w:p>";
  EXPECT_THAT(Filled(split), ElementsAre("致青松市政府："));
}

TEST(Template, LoopsRepeatParagraphs) {
  EXPECT_THAT(
      Filled(P("甲") + P("{{#任务}}") + P("{{序号}}.任务{{任务号}}致{{单位}}") + P("{{/任务}}") + P("乙")),
      ElementsAre("甲", "1.任务3致青松市政府", "2.任务16.2致青松市政府", "乙"));
}

TEST(Template, LoopsRepeatRows) {
  std::string table =
      "<w:tbl>" + Row({"序号", "任务"}) + Row({"{{#任务}}{{序号}}", "{{任务号}}{{/任务}}"}) + "</w:tbl>";
  EXPECT_THAT(Filled(table), ElementsAre("序号", "任务", "1", "3", "2", "16.2"));
  std::string rows = "<w:tbl>" + Row({"{{#任务}}", ""}) + Row({"{{序号}}", "{{任务号}}"}) +
                     Row({"甲", "乙"}) + Row({"{{/任务}}", ""}) + "</w:tbl>";
  EXPECT_THAT(Filled(rows), ElementsAre("1", "3", "甲", "乙", "2", "16.2", "甲", "乙"));
}

TEST(Template, LoopsInsideAParagraphAndConditions) {
  EXPECT_THAT(Filled(P("任务{{#任务}}{{任务号}}、{{/任务}}共{{任务数}}项")),
              ElementsAre("任务3、16.2、共2项"));
  EXPECT_THAT(
      Filled(P("{{#任务}}") + P("{{任务号}}{{?逾期天数}}逾期{{逾期天数}}天{{/逾期天数}}") + P("{{/任务}}")),
      ElementsAre("3逾期26天", "16.2"));
  EXPECT_THAT(Filled(P("{{?约谈地点}}") + P("在{{约谈地点}}") + P("{{/约谈地点}}")),
              ElementsAre("在省政府2号楼会议室"));
}

TEST(Template, AMistakeIsNamedWithItsPlaceAndNeighbour) {
  Error unknown = Refused(P("好") + P("致{{单为}}"));
  EXPECT_EQ(unknown.id, "template.field");
  EXPECT_EQ(unknown.where, "第2段");
  EXPECT_THAT(unknown.message, HasSubstr("是否想写“单位”"));
  Error cell = Refused("<w:tbl>" + Row({"好", "好"}) + Row({"好", "{{任务好}}"}) + "</w:tbl>");
  EXPECT_EQ(cell.where, "表1第2行第2格");
  EXPECT_EQ(Refused(P("{{单位")).id, "template.tag");
  EXPECT_EQ(Refused(P("{{}}")).id, "template.tag");
  EXPECT_EQ(Refused(P("{{#任务}}") + P("{{任务号}}")).id, "template.nesting");
  EXPECT_EQ(Refused(P("{{/任务}}")).id, "template.nesting");
  EXPECT_EQ(Refused(P("{{#任务}}") + P("{{?联系人}}") + P("{{/任务}}") + P("{{/联系人}}")).id,
            "template.nesting");
  EXPECT_EQ(Refused(P("甲{{#任务}}") + P("{{/任务}}")).id, "template.nesting");
  EXPECT_EQ(Refused(P("{{#单位}}") + P("{{/单位}}")).id, "template.not_list");
  EXPECT_EQ(Refused(P("{{任务}}")).id, "template.list");
  Error inside = Refused(P("{{#任务}}") + P("{{任务好}}") + P("{{/任务}}"));
  EXPECT_EQ(inside.where, "第2段");
}

TEST(Template, WhatIsNoTemplateIsRefused) {
  EXPECT_FALSE(FillDocx("PK nothing", LetterExample()).ok());
  EXPECT_FALSE(FillDocx("", LetterExample()).ok());
  auto macro =
      FillDocx(ZipBytes({{"word/document.xml", "<w:document/>"}, {"word/vbaProject.bin", "x"}}).value(), {});
  EXPECT_EQ(macro.error().id, "template.macro");
  std::string bomb(300'000'000 / 8, 'a');
  EXPECT_FALSE(FillDocx(ZipBytes({{"word/document.xml", bomb}}).value(), {}).ok());
}

TEST(Template, ValuesAreNoMarkup) {
  Fields fields = LetterExample();
  fields["单位"].text = paper::Text("<w:p/>&{{轮次}}");
  auto out = FillDocx(Docx(P("致{{单位}}")), fields);
  EXPECT_THAT(Lines(out.value()), ElementsAre("致<w:p/>&{{轮次}}"));
}

TEST(Template, FiguresAreKnownAgain) {
  paper::LetterModel m;
  m.kind = "supervision";
  m.today = *Date::Make(2026, 11, 26);
  m.tasks.resize(3);
  for (int i = 0; i < 3; ++i) m.tasks[size_t(i)].id = TaskId{10 + i};
  auto data = LetterFields(m);
  auto marked = FillDocx(Docx(P("共{{任务数}}项")), data.fields, true);
  Document read = ReadDocument(marked.value(), "a.docx").value();
  auto paper = PaperOfFilled("supervision", read, data.figures);
  const auto& p = std::get<paper::Paragraph>(paper.blocks.at(0));
  EXPECT_EQ(p.text.Plain(), "共3项");
  ASSERT_EQ(p.text.runs.size(), 3u);
  EXPECT_THAT(paper.figures.at(size_t(p.text.runs[1].figure)).ids, ElementsAre(10, 11, 12));
}

TEST(Template, MarksThatATemplateBringsItselfAreHarmless) {
  Document document;
  document.text = U"甲\uE00099999999999999\uE001乙\uE002丙\uE000x\uE001丁\uE002戊\uE000";
  Block block;
  block.span = {0, uint32_t(document.text.size())};
  document.blocks.push_back(block);
  auto paper = paper::PaperOfFilled("supervision", document, {});
  EXPECT_EQ(std::get<paper::Paragraph>(paper.blocks.at(0)).text.Plain(), "甲乙丙丁戊");
}

// The Word template that an office downloads says the same as the one built in.
TEST(Template, TheDownloadedOneSaysTheSame) {
  for (const char* kind : {"supervision", "reminder", "summons", "public_notice"}) {
    std::string_view text = paper::BuiltinTemplate(kind);
    ASSERT_FALSE(text.empty()) << kind;
    auto own = WriteDocx(paper::TemplatePaper(text)).value();
    auto filled = FillDocx(own, LetterExample());
    ASSERT_TRUE(filled.ok()) << kind << filled.error().message << filled.error().where;
    std::string words;
    for (const auto& line : Lines(*filled)) words += line;
    auto built = FillPaper(kind, text, LetterExample(), {});
    ASSERT_TRUE(built.ok()) << kind << built.error().message;
    for (const auto& block : built->blocks) {
      const auto& p = std::get<paper::Paragraph>(block);
      EXPECT_THAT(words, HasSubstr(p.text.Plain())) << kind;
    }
    EXPECT_THAT(words, HasSubstr("江岚省整改办2026年11月26日")) << kind;
  }
}

}  // namespace
}  // namespace zg
