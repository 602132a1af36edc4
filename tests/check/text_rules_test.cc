// Copied passages, tasks without a result, figures left out.
#include "check_helper.h"

namespace zg {
namespace {

const char* const kPassage =
    "市委市政府主要负责同志多次深入一线调研督导，召开专题会议研究部署，压实各级各部门责任，推动各项措施落地见"
    "效，确保整改任务如期保质完成到位";

TEST(CopiedText, UnderTwoTasks) {
  auto found =
      Found(CheckReport(
                {{.problem = "扬尘严重。", .progress = {std::string("清理料堆12处。") + kPassage + "。"}},
                 {.problem = "尾水超标。", .progress = {std::string("改造管网3公里。") + kPassage + "。"}}}),
            CheckKind::kCopiedText);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.path, "2");
  ASSERT_FALSE(found[0].related.empty());
  EXPECT_EQ(found[0].related[0].path, "1");
}

TEST(CopiedText, FiguresAreIgnored) {
  std::string a =
      "累计出动执法人员120人次，对全市重点企业开展现场执法检查，下发责令整改决定书16份，查处环境违法案件9件，"
      "全部整改到位并完成验收。";
  std::string b =
      "累计出动执法人员87人次，对全市重点企业开展现场执法检查，下发责令整改决定书11份，查处环境违法案件4件，"
      "全部整改到位并完成验收。";
  EXPECT_EQ(Found(CheckReport({{.problem = "扬尘严重。", .progress = {a}},
                               {.problem = "尾水超标。", .progress = {b}}}),
                  CheckKind::kCopiedText)
                .size(),
            1u);
}

TEST(CopiedText, ShortOrWithinOneTaskIsAllowed) {
  EXPECT_TRUE(
      Found(CheckReport(
                {{.problem = "扬尘严重。", .progress = {"召开专题会议研究部署，压实责任，清理料堆12处。"}},
                 {.problem = "尾水超标。", .progress = {"召开专题会议研究部署，压实责任，改造管网3公里。"}}}),
            CheckKind::kCopiedText)
          .empty());
  EXPECT_TRUE(Found(CheckReport({{.problem = "扬尘严重。",
                                  .progress = {std::string(kPassage) + "。", std::string(kPassage) + "。"}}}),
                    CheckKind::kCopiedText)
                  .empty());
}

TEST(CopiedText, TitlesOfPapersAreNoText) {
  std::string title =
      "印发《云岭市生态环境保护综合行政执法支队关于进一步加强建筑施工工地道路运输和工业料堆扬尘污染防治工作的"
      "实施方案》。";
  EXPECT_TRUE(Found(CheckReport({{.problem = "扬尘严重。", .progress = {title + "清理料堆12处。"}},
                                 {.problem = "尾水超标。", .progress = {title + "改造管网3公里。"}}}),
                    CheckKind::kCopiedText)
                  .empty());
}

TEST(CopiedText, InTextsOfTwoUnits) {
  Papers p;
  p.Read(
       ReportText({{.problem = "扬尘严重。", .progress = {std::string("清理料堆12处。") + kPassage + "。"}}}))
      .unit = "青松市";
  p.Read(ReportText(
             {{.problem = "尾水超标。", .progress = {std::string("改造管网3公里。") + kPassage + "。"}}}))
      .unit = "白石市";
  auto found = Found(p.Check(), CheckKind::kCopiedText);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].place.input, found[0].related[0].input);
}

TEST(NoResult, OnlyPapersAndMeetings) {
  TaskText task{
      .problem = "责任落实不到位。",
      .progress = {
          "制定工作方案，明确责任分工，召开会议专题研究，印发通知，进一步压实属地责任，形成工作合力。"}};
  auto found = Found(CheckReport({task}), CheckKind::kNoResult);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  task.progress[0] += "拆除违建12处。";
  EXPECT_TRUE(Found(CheckReport({task}), CheckKind::kNoResult).empty());
  task.progress[0] =
      "制定工作方案，明确责任分工，召开会议专题研究，印发通知，进一步压实属地责任，形成工作合力。";
  task.state = "正在持续推进";
  EXPECT_TRUE(Found(CheckReport({task}), CheckKind::kNoResult).empty()) << "not called done";
}

TEST(MissingFigure, BehindAnAct) {
  auto found = Found(CheckText("定期召开研判工作例会次，开展预报。"), CheckKind::kMissingFigure);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_EQ(found[0].place.quote, "定期召开研判工作例会次");
  EXPECT_TRUE(
      Found(CheckText("召开研判工作例会3次，开展检查12次、调研一次。"), CheckKind::kMissingFigure).empty());
}

TEST(MissingFigure, BlanksAndPlaceholders) {
  EXPECT_EQ(Found(CheckText("共处罚  家，罚款12万元。"), CheckKind::kMissingFigure).size(), 1u);
  EXPECT_EQ(Found(CheckText("共处罚家，罚款12万元。"), CheckKind::kMissingFigure).size(), 1u);
  EXPECT_EQ(Found(CheckText("检查企业××家，罚款____万元。"), CheckKind::kMissingFigure).size(), 2u);
}

TEST(MissingFigure, OrdinaryWordsAreLeftAlone) {
  for (const char* text : {"按层次、分批次推进。", "国家、专家、企业家。", "各部门专项行动，首次、再次检查。",
                           "逐项、逐个、逐件落实。", "提高执法检查频次，", "机会次次都有。"}) {
    EXPECT_TRUE(Found(CheckText(text), CheckKind::kMissingFigure).empty()) << text;
  }
}

}  // namespace
}  // namespace zg
