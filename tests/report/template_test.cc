// Templates: what an office writes in Word comes out filled in; what it got wrong is named with its place.
#include <gmock/gmock.h>

#include <pugixml.hpp>

#include "base/text.h"
#include "report/circular.h"
#include "report/closeout_papers.h"
#include "report/docx.h"
#include "report/docx_reading.h"
#include "report/handbook.h"
#include "report/letters.h"
#include "report/paper_head.h"
#include "report/paper_text.h"
#include "report/question_list.h"
#include "report/task_papers.h"
#include "report/template_docx.h"
#include "report/template_example.h"
#include "report/template_text.h"
#include "report/zip_bytes.h"

namespace zg {
namespace {

using paper::Field;
using paper::Fields;
using paper::FillDocx;
using testing::ElementsAre;
using testing::HasSubstr;

Fields LetterExample() {
  return paper::ExampleOf("supervision").data.fields;
}
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
  auto marked = FillDocx(Docx(P("共{{任务数}}项")), data.fields, paper::Filling::kMarked);
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

TEST(Template, ConditionsAskAlsoWhetherAFieldIsEmpty) {
  EXPECT_THAT(Filled(P("{{#任务}}") + P("{{!逾期天数}}") + P("{{任务号}}未逾期") + P("{{/逾期天数}}") +
                     P("{{/任务}}")),
              ElementsAre("16.2未逾期"));
  EXPECT_THAT(Filled(P("甲{{!单位}}乙{{/单位}}{{!任务}}丙{{/任务}}")), ElementsAre("甲"));
}

// A branch that the examples do not enter is read when a template is tried.
TEST(Template, TryingReadsEveryBranch) {
  std::string hidden = P("{{!单位}}") + P("{{单为}}") + P("{{/单位}}");
  EXPECT_TRUE(FillDocx(Docx(hidden), LetterExample()).ok());
  auto tried = FillDocx(Docx(hidden), LetterExample(), paper::Filling::kTrying);
  ASSERT_FALSE(tried.ok());
  EXPECT_EQ(tried.error().where, "第2段");
  auto inside = FillDocx(Docx(P("甲{{!单位}}{{单为}}{{/单位}}")), LetterExample(), paper::Filling::kTrying);
  EXPECT_FALSE(inside.ok());
}

// Values that look like the marks of a plain-text template stay words.
TEST(Template, ValuesAreNoMarksOfAPlainTextTemplate) {
  for (const char* value : {"# 标题", "## 一级", "### 二级", "- 条目", "@ 机关", "! 附注", "== 署名",
                            "% 附件", "| 甲 | 乙", "{{#任务}}", "{{/任务}}"}) {
    Fields fields = LetterExample();
    fields["单位"].text = paper::Text(value);
    fields["联系人"].text = paper::Text(std::string("甲\n") + value);
    auto paper = paper::FillPaper("supervision", "# 题\n@ 乙\n{{单位}}\n{{联系人}}\n", fields, {});
    ASSERT_TRUE(paper.ok()) << value << paper.error().message;
    EXPECT_EQ(paper->title, "题");
    EXPECT_EQ(paper->recipients, "乙");
    EXPECT_EQ(paper->note, "");
    std::vector<std::string> words;
    for (const auto& block : paper->blocks) {
      const auto& p = std::get<paper::Paragraph>(block);
      EXPECT_EQ(p.style, paper::Style::kBody) << value;
      words.push_back(p.label + p.text.Plain());
    }
    EXPECT_THAT(words, ElementsAre(value, "甲", value));
  }
}

constexpr const char* kKinds[] = {
    "task_list",          "plan",          "report",          "unit_report", "handbook",
    "circular",           "reminder",      "supervision",     "summons",     "closeout_application",
    "acceptance_opinion", "public_notice", "closeout_ledger", "catalogue",   "questions"};

// Every list of the examples has something in it, so that trying a template reaches what it says inside.
void ExpectNothingEmpty(const Fields& fields, const std::string& where) {
  for (const auto& [name, field] : fields) {
    EXPECT_FALSE(field.meaning.empty()) << where << name;
    if (!field.list) continue;
    ASSERT_FALSE(field.items.empty()) << where << name;
    ExpectNothingEmpty(field.items[0], where + name + "/");
  }
}
TEST(Template, ExamplesLeaveNoListEmpty) {
  for (const char* kind : kKinds)
    ExpectNothingEmpty(paper::ExampleOf(kind).data.fields, kind + std::string("/"));
}

std::string Words(const paper::Paper& paper) {
  paper::ReadablePaper read = paper::AsDocument(paper);
  std::string out;
  for (char32_t c : read.document.text)
    if (c != U'\n') AppendUtf8(out, c);
  return out;
}
// All words that the Word template of a kind comes to.
std::string FilledWords(const std::string& kind, Fields fields) {
  paper::AddHead(fields, {});
  auto own = WriteDocx(paper::TemplatePaper(paper::BuiltinTemplate(kind))).value();
  auto filled = FillDocx(own, fields);
  EXPECT_TRUE(filled.ok()) << kind << (filled.ok() ? "" : filled.error().message);
  std::string words;
  if (filled.ok())
    for (const auto& line : Lines(*filled)) words += line;
  return words;
}

// The Word template that an office downloads says the same as the paper composed here.
TEST(Template, TheDownloadedOneSaysTheSame) {
  for (const char* kind : kKinds) {
    ASSERT_FALSE(paper::BuiltinTemplate(kind).empty()) << kind;
    auto example = paper::ExampleOf(kind);
    auto own = WriteDocx(paper::TemplatePaper(paper::BuiltinTemplate(kind))).value();
    auto tried = FillDocx(own, example.data.fields, paper::Filling::kTrying);
    EXPECT_TRUE(tried.ok()) << kind << (tried.ok() ? "" : tried.error().message);
    EXPECT_EQ(FilledWords(kind, example.data.fields), Words(example.paper)) << kind;
  }
}

// … also where there is nothing to tell.
TEST(Template, TheDownloadedOneSaysTheSameOfNothing) {
  Date day = *Date::Make(2026, 11, 26);
  paper::TaskPaperModel none{"", "第二轮", "", day, {}, {}};
  paper::TaskPaperModel one = none;
  one.tasks.resize(1);
  one.tasks[0].id = TaskId{4};
  one.tasks[0].entry.path = "2";
  one.tasks[0].entry.problem.text = "青河断面超标。";
  one.tasks[0].behind = true;
  paper::TaskPaperModel done = one;
  done.tasks[0].state = TaskState::kCompleted;
  paper::TaskPaperModel briefs = one, media = one;  // one of the two alone
  briefs.coverage.briefs = {{"工作简报", "期", 3, {3}}};
  media.coverage.media = {"各级各类媒体", "篇（条次）", 12, {1}};
  media.coverage.levels = {{"省级", "篇（条次）", 12, {1}}};
  for (const auto& model : {none, one, done, briefs, media}) {
    EXPECT_EQ(FilledWords("task_list", DataOf(model).fields), Words(TaskListPaper(model)));
    EXPECT_EQ(FilledWords("plan", DataOf(model).fields), Words(PlanPaper(model)));
    EXPECT_EQ(FilledWords("report", DataOf(model).fields), Words(RectificationReport(model)));
    EXPECT_EQ(FilledWords("unit_report", DataOf(model).fields), Words(UnitReport(model)));
  }
  paper::CircularModel circular{"2026年11月", "", day, day, {}};
  EXPECT_EQ(FilledWords("circular", DataOf(circular).fields), Words(CircularPaper(circular)));
  circular.units = {
      {UnitId{1}, "青松市", {{ReportId{1}, TaskId{1}, "3", "", "", true, false, false, false, true}}}};
  EXPECT_EQ(FilledWords("circular", DataOf(circular).fields), Words(CircularPaper(circular)));
  HandbookModel handbook{"第二轮", day, {}};
  handbook.tasks.resize(1);
  handbook.tasks[0].entry.path = "2";
  handbook.tasks[0].breakdown.steps.resize(2);
  EXPECT_EQ(FilledWords("handbook", DataOf(handbook).fields), Words(HandbookPaper(handbook)));
  QuestionList questions{day, {}};
  EXPECT_EQ(FilledWords("questions", DataOf(questions).fields), Words(QuestionPaper(questions)));
  paper::CatalogueModel catalogue{"第二轮", one.tasks[0], day, EvidencePlan::Builtin(), {}};
  EXPECT_EQ(FilledWords("catalogue", DataOf(catalogue).fields), Words(CataloguePaper(catalogue)));
}

}  // namespace
}  // namespace zg
