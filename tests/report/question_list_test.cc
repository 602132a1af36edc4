// Questions to units: the same model as a table and as an official letter.
#include "report/question_list.h"

#include <gmock/gmock.h>

#include <pugixml.hpp>

#include "report/docx.h"
#include "report/docx_reading.h"

namespace zg {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Question Of(const std::string& unit, const std::string& text) {
  Question q;
  q.unit = unit;
  q.severity = "差错";
  q.kind = "比例和增减";
  q.document = "青松市整改进展情况";
  q.path = "1.2";
  q.quote = "完成率60%";
  q.text = text;
  q.computed = "5亿 / 12.5亿";
  return q;
}

std::vector<std::string> Lines(const QuestionList& list) {
  auto parts = PartsOf(WriteDocx(QuestionPaper(list)).value());
  pugi::xml_document xml;
  EXPECT_TRUE(xml.load_string(parts["word/document.xml"].c_str()));
  std::vector<std::string> lines;
  for (const auto& t : xml.select_nodes("//w:t")) {
    if (*t.node().text().get()) lines.push_back(t.node().text().get());
  }
  return lines;
}

QuestionList Three() {
  return {Date::ParseIso("2026-01-09").value(),
          {Of("青松市水利局", "完成率60%算出来是40%。"), Of("青松市城管局", "净化器台数前后不一。"),
           Of("青松市水利局", "排污口少算一处。")}};
}

TEST(QuestionList, TheTableKeepsUnitsTogetherAndCountsWithinEach) {
  Table table = QuestionTable(Three());
  ASSERT_EQ(table.rows.size(), 3u);
  std::vector<std::pair<std::string, int64_t>> asked;
  for (const auto& row : table.rows)
    asked.push_back({std::get<std::string>(row[0]), std::get<int64_t>(row[1])});
  EXPECT_THAT(asked, ElementsAre(std::pair("青松市水利局", 1), std::pair("青松市水利局", 2),
                                 std::pair("青松市城管局", 1)));
}

TEST(QuestionList, TheLetterHasASectionForEachUnit) {
  EXPECT_THAT(
      Lines(Three()),
      ElementsAre(
          "关于核实整改材料有关数据和说法的问询单",
          "经核验整改材料，共有3处数据或说法需要2个单位核实。请逐条说明，材料有误的予以更正，并附依据。",
          "一、青松市水利局", "1.完成率60%算出来是40%。（《青松市整改进展情况》第1.2项）",
          "计算：5亿 / 12.5亿", "答复：", "2.排污口少算一处。（《青松市整改进展情况》第1.2项）",
          "原文：“完成率60%”", "计算：5亿 / 12.5亿", "答复：", "二、青松市城管局",
          "1.净化器台数前后不一。（《青松市整改进展情况》第1.2项）", "原文：“完成率60%”",
          "计算：5亿 / 12.5亿", "答复：", "2026年1月9日"));
}

TEST(QuestionList, LongWordsAreCutAndAnswersAreGiven) {
  Question q = Of("", "有一段文字雷同。");
  for (int i = 0; i < 20; ++i) q.quote += "白石河沿岸企业";
  q.explained = "分母含上年结转资金";
  auto lines = Lines({Date::ParseIso("2026-01-09").value(), {q}});
  EXPECT_THAT(lines, Contains("一、未写明责任单位的"));
  EXPECT_THAT(lines, Contains(HasSubstr("……”")));
  EXPECT_THAT(lines, Contains("答复：分母含上年结转资金"));
}

TEST(QuestionList, MoreThanTenUnitsAreNumberedAsPeopleDo) {
  QuestionList list{Date::ParseIso("2026-01-09").value(), {}};
  for (int i = 1; i <= 21; ++i) list.questions.push_back(Of("第" + std::to_string(i) + "局", "数字不符。"));
  auto lines = Lines(list);
  for (const char* heading : {"十、第10局", "十一、第11局", "二十、第20局", "二十一、第21局"})
    EXPECT_THAT(lines, Contains(heading));
}

TEST(QuestionList, WhatSeveralUnitsAreAskedCountsOnce) {
  QuestionList list{Date::ParseIso("2026-01-09").value(),
                    {Of("青松市水利局", "数字不符。"), Of("青松市城管局", "数字不符。")}};
  EXPECT_THAT(Lines(list), Contains(HasSubstr("共有1处数据或说法需要2个单位核实")));
}

TEST(QuestionList, NothingToAskIsSaid) {
  EXPECT_THAT(Lines({Date::ParseIso("2026-01-09").value(), {}}), Contains("目前没有需要核实的数据和说法。"));
  EXPECT_THAT(QuestionTable({}).rows, IsEmpty());
}

TEST(QuestionList, TheLetterPrints) {
  QuestionList list = Three();
  for (int i = 0; i < 40; ++i) list.questions.push_back(Of("青松市城管局", "排放总量前后不一，请核实。"));
  std::string pdf = AsPdf(WriteDocx(QuestionPaper(list)).value());
  if (pdf.empty()) GTEST_SKIP() << "skipped: no LibreOffice here";
  std::string text = ToUtf8(ReadDocument(pdf, "问询单.pdf").value().text);
  EXPECT_THAT(text, HasSubstr("二、青松市城管局"));
  EXPECT_THAT(text, HasSubstr("2026年1月9日"));
  EXPECT_THAT(text, Not(HasSubstr("w:")));
  EXPECT_GE(PagesOf(pdf), 8);
}

}  // namespace
}  // namespace zg
