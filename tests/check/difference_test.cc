#include "check_helper.h"

namespace zg {
namespace {

constexpr auto kDifference = CheckKind::kDifference;

TEST(Difference, ReportedActualAndOmitted) {
  std::vector<TaskText> tasks = {{.problem = "云岭市上报新增节水67.2万亩，实际仅新增32.7万亩。",
                                  .progress = {"补齐未完成的34.5万亩建设任务。"}}};
  ExpectHolds(CheckReport(tasks), kDifference, "67.2万 - 32.7万 = 34.5万");
  tasks[0].progress = {"补齐未完成的44.5万亩建设任务。"};
  ExpectBreaks(CheckReport(tasks), kDifference, Severity::kError, "67.2万 - 32.7万 = 34.5万 ≠ 44.5万");
  tasks[0].progress = {"新增节水灌溉12.1万亩。"};
  ExpectNothing(CheckReport(tasks), kDifference);
}

TEST(Difference, DaysBetweenTwoDates) {
  ExpectHolds(CheckText("2022年1月28日至2月5日，连续9天重度污染。"), kDifference,
              "2022-01-28至2022-02-05 = 9天");
  ExpectBreaks(CheckText("2022年1月28日至2月5日，连续12天重度污染。"), kDifference, Severity::kError,
               "2022-01-28至2022-02-05 = 9天 ≠ 12天");
  ExpectNothing(CheckText("2022年1月，连续9天重度污染。"), kDifference);
}

TEST(Difference, YearsBehindATerm) {
  std::string text = "应当自2003年6月16日起，在2年内建成，两市分别于2009年、2018年建成，滞后4年和13年。";
  auto r = CheckText(text);
  EXPECT_TRUE(Confirmed(r, "2009 - (2003 + 2) = 4")) << Say(r);
  EXPECT_TRUE(Confirmed(r, "2018 - (2003 + 2) = 13")) << Say(r);
  ExpectBreaks(CheckText("应当自2003年6月16日起，在2年内建成，两市分别于2009年、2018年建成，滞后4年和15年。"),
               kDifference, Severity::kWarning, "2018 - (2003 + 2) = 13 ≠ 15");
}

TEST(Difference, NotDoneHereDoneElsewhere) {
  std::vector<TaskText> tasks = {
      {.problem = "全市9个园区中6个未建成污水厂。", .progress = {"均已开工建设。"}},
      {.problem = "已建成的3个污水厂运行不正常。", .progress = {"完成设备检修。"}}};
  ExpectHolds(CheckReport(tasks), kDifference, "6 + 3 = 9");
  tasks[1].problem = "已建成的4个污水厂运行不正常。";
  ExpectBreaks(CheckReport(tasks), kDifference, Severity::kWarning, "6 + 4 = 10 ≠ 9");
}

TEST(Difference, TheWholeStandsElsewhere) {
  Papers p;
  p.Read(
      "云岭市整改情况的报告\n\n一、总体情况\n湿地公园内64个养殖权要清退，现已清退养殖权52个。\n\n附件\n云岭市"
      "督察反"
      "馈问题整改进展情况\n\n" +
      ReportText(
          {{.problem = "保护区内有违规项目。", .progress = {"已经清退养殖权52个。明年清退剩余12个养殖权。"}}},
          ""));
  auto r = p.Check();
  EXPECT_TRUE(Confirmed(r, "64 - 52 = 12")) << Say(r);
}

}  // namespace
}  // namespace zg
