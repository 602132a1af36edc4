// The model: titles in lines, numbers with what they were counted from, signature and date set out.
#include "report/paper.h"

#include <gmock/gmock.h>

#include "report/circular.h"
#include "report/paper_text.h"
#include "report/task_papers.h"

namespace zg::paper {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Title, ShortOnesStayOnOneLineLongOnesAreBalanced) {
  EXPECT_THAT(TitleLines("关于核实有关数据的函"), ElementsAre("关于核实有关数据的函"));
  auto lines = TitleLines("江岚省贯彻落实第二轮中央生态环境保护督察反馈意见整改落实情况的报告");
  ASSERT_EQ(lines.size(), 2u);
  for (const auto& line : lines) EXPECT_LE(WidthOf(line), 38) << line;
  EXPECT_NE(lines[1].substr(0, 3), "的");
  EXPECT_THAT(TitleLines("第二轮督察\n整改任务交账手册"), ElementsAre("第二轮督察", "整改任务交账手册"));
  EXPECT_THAT(TitleLines(""), IsEmpty());
}

TEST(Numbers, DeeperLevelsBeginAnew) {
  Numbers n;
  EXPECT_EQ(n.Next(1), "一、");
  EXPECT_EQ(n.Next(2), "（一）");
  EXPECT_EQ(n.Next(3), "1.");
  EXPECT_EQ(n.Next(2), "（二）");
  EXPECT_EQ(n.Next(3), "1.");
  EXPECT_EQ(n.Next(4), "（1）");
  EXPECT_EQ(n.Next(1), "二、");
  EXPECT_EQ(n.Next(2), "（一）");
}

TEST(Percent, AsTheStandardWritesIt) {
  EXPECT_EQ(Percent(55, 94), "58.5%");
  EXPECT_EQ(Percent(47, 94), "50%");
  EXPECT_EQ(Percent(0, 0), "0%");
  EXPECT_EQ(Percent(1, 3), "33.3%");
}

TaskPaperModel Model() {
  TaskPaperModel m;
  m.round = "第二轮督察";
  m.party = "江岚省";
  m.as_of = *Date::Make(2026, 11, 26);
  for (int i = 1; i <= 5; ++i) {
    PaperTask t;
    t.id = TaskId{i};
    t.entry.path = std::to_string(i);
    t.entry.problem.text = "河道污染。";
    t.entry.responsible = {{i < 4 ? "水利局" : "住建局"}};
    t.entry.deadline = Deadline{"2026年10月31日前", {}, Date::Make(2026, 10, 31)};
    t.state = i <= 3 ? TaskState::kCompleted : TaskState::kInProgress;
    t.overdue = i > 3;
    m.tasks.push_back(t);
  }
  return m;
}

const Figure* FigureCalled(const Paper& paper, const std::string& name) {
  for (const auto& f : paper.figures)
    if (f.name == name) return &f;
  return nullptr;
}

TEST(RectificationReport, EveryCountKnowsItsTasks) {
  Paper paper = RectificationReport(Model());
  ASSERT_NE(FigureCalled(paper, "全部整改任务"), nullptr);
  EXPECT_THAT(FigureCalled(paper, "全部整改任务")->ids, ElementsAre(1, 2, 3, 4, 5));
  EXPECT_THAT(FigureCalled(paper, "已完成的任务（含完成后长期坚持）")->ids, ElementsAre(1, 2, 3));
  EXPECT_THAT(FigureCalled(paper, "逾期任务")->ids, ElementsAre(4, 5));
  EXPECT_THAT(FigureCalled(paper, "水利局已完成的任务")->ids, ElementsAre(1, 2, 3));
  std::string text = ToUtf8(AsDocument(paper).document.text);
  EXPECT_THAT(text, testing::HasSubstr("截至2026年11月26日，5项整改任务已完成3项，占总任务的60%；其余2项"));
  // What is printed as a count is the number of its ids.
  for (const auto& section : LayOut(paper))
    for (const auto& block : section.blocks)
      if (auto* p = std::get_if<Paragraph>(&block))
        for (const auto& run : p->text.runs)
          if (run.figure >= 0 && run.text.find_first_not_of("0123456789") == std::string::npos)
            EXPECT_EQ(run.text, std::to_string(paper.figures[size_t(run.figure)].ids.size())) << run.text;
}

TEST(Circular, LateUnitsStandsStillAndRanking) {
  CircularModel m;
  m.period = "2026年11月";
  m.due = *Date::Make(2026, 11, 25);
  m.today = *Date::Make(2026, 11, 26);
  CircularUnit good{UnitId{1}, "水利局", {}}, bad{UnitId{2}, "住建局", {}};
  for (int i = 1; i <= 4; ++i) {
    CircularReport r;
    r.id = ReportId{i};
    r.path = std::to_string(i);
    r.answered = true;
    r.still = i == 2;
    good.reports.push_back(r);
    r.id = ReportId{10 + i};
    r.answered = i == 1;
    r.still = false;
    bad.reports.push_back(r);
  }
  m.units = {bad, good};
  Paper paper = CircularPaper(m);
  std::string text = ToUtf8(AsDocument(paper).document.text);
  EXPECT_THAT(text, testing::HasSubstr("应报8项，已报5项，上报率62.5%"));
  EXPECT_THAT(text, testing::HasSubstr("1.住建局：3项（任务2、3、4）。"));
  EXPECT_THAT(text, testing::HasSubstr("1.水利局：1项（任务2）。"));
  EXPECT_LT(text.find("水利局"), text.find("住建局")) << "the one that answered stands first";
  EXPECT_THAT(FigureCalled(paper, "住建局逾期未报")->ids, ElementsAre(12, 13, 14));
}

TEST(LayOut, SignatureStandsCentredOverTheDate) {
  Composer c("letter");
  c.paper.signature = "江岚省整改办";
  c.paper.date = Date::Make(2026, 11, 6);
  auto blocks = LayOut(c.paper)[0].blocks;
  const auto& sign = std::get<Paragraph>(blocks[blocks.size() - 2]);
  const auto& date = std::get<Paragraph>(blocks.back());
  EXPECT_EQ(date.text.Plain(), "2026年11月6日") << "no leading zeros";
  EXPECT_DOUBLE_EQ(date.right, 4);
  double date_middle = date.right + WidthOf("2026年11月6日") / 4.0;
  EXPECT_DOUBLE_EQ(sign.right + WidthOf("江岚省整改办") / 4.0, date_middle);
}

TEST(LayOut, OneAnnexHasNoNumberSeveralHave) {
  Composer c("letter");
  c.BeginAnnex("清单");
  EXPECT_THAT(ToUtf8(AsDocument(c.paper).document.text), testing::HasSubstr("附件：清单\n附件\n清单\n"));
  c.BeginAnnex("台账");
  EXPECT_THAT(ToUtf8(AsDocument(c.paper).document.text),
              testing::HasSubstr("附件：1.清单\n　　　2.台账\n附件1\n清单\n附件2\n台账\n"));
}

}  // namespace
}  // namespace zg::paper
