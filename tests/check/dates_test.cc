#include "check_helper.h"

namespace zg {
namespace {

CheckResult At(const std::string& as_of, const TaskText& task) {
  Papers p;
  p.Read(ReportText({task, {.problem = "另一个问题尚未解决。", .progress = {"清理垃圾3吨。"}}})).as_of =
      Date::ParseIso(as_of);
  return p.Check();
}

TEST(Overdue, PastTheDeadlineAndInProgress) {
  TaskText task{.problem = "尾水排放超标。",
                .deadline = "2023年底前",
                .state = "正在持续推进",
                .progress = {"改造管网3公里。"}};
  auto late = Found(At("2024-03-31", task), CheckKind::kOverdue);
  ASSERT_EQ(late.size(), 1u);
  EXPECT_EQ(late[0].severity, Severity::kError);
  EXPECT_EQ(late[0].message,
            "第1项整改时限为2023年12月31日，到2024年3月31日已超过91天，进展仍写为“正在持续推进”，请说明未按期"
            "完成的原因和新的完成时间。");
  EXPECT_TRUE(Found(At("2023-12-31", task), CheckKind::kOverdue).empty());
  task.state = "已完成";
  EXPECT_TRUE(Found(At("2024-03-31", task), CheckKind::kOverdue).empty());
}

TEST(Overdue, TheStateDateOfTheTextIsTheDayByDefault) {
  TaskText task{.problem = "尾水排放超标。",
                .deadline = "2023年底前",
                .state = "正在持续推进",
                .progress = {"截至2024年2月底，改造管网3公里。"}};
  EXPECT_EQ(Found(CheckReport({task}), CheckKind::kOverdue).size(), 1u);
  task.progress = {"改造管网3公里。"};
  EXPECT_TRUE(Found(CheckReport({task}), CheckKind::kOverdue).empty()) << "no day is known";
}

TEST(DateOrder, AnImpossibleDay) {
  auto found = Found(CheckText("2022年6月31日前完成。"), CheckKind::kDateOrder);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_TRUE(Found(CheckText("2024年2月29日完成，6月30日验收。"), CheckKind::kDateOrder).empty());
  EXPECT_EQ(Found(CheckText("2023年2月29日完成。"), CheckKind::kDateOrder).size(), 1u);
}

TEST(DateOrder, AMeasureDueAfterItsTask) {
  std::string list =
      "云岭省督察报告整改任务清单\n\n一、中水回用不足。\n责任单位：云岭市委、政府\n验收单位：省住建厅\n整改目"
      "标：提高回用率。\n整改时限：2023年底前\n"
      "整改措施：\n1.2023年6月底前完成可研。\n2."
      "2024年6月底前建成管网。\n\n二、扬尘严重。\n责任单位：云岭市委、政府\n验收单位：省住建厅\n"
      "整改目标：控制扬尘。\n整改时限：2024年底前\n整改措施：\n1.2024年10月底前完成改造。\n";
  Papers p;
  p.Read(list);
  auto found = Found(p.Check(), CheckKind::kDateOrder);
  ASSERT_EQ(found.size(), 1u) << Say(p.Check());
  EXPECT_EQ(found[0].expression, "2024-06-30 > 2023-12-31");
}

TEST(DateOrder, AStepDatedAfterTheReport) {
  TaskText task{.problem = "锅炉超标。", .progress = {"已于2024年10月完成改造3台。"}};
  EXPECT_EQ(Found(At("2024-06-30", task), CheckKind::kDateOrder).size(), 1u);
  EXPECT_TRUE(Found(At("2024-12-31", task), CheckKind::kDateOrder).empty());
  task.progress = {"计划2024年10月完成改造3台。"};
  EXPECT_TRUE(Found(At("2024-06-30", task), CheckKind::kDateOrder).empty());
}

}  // namespace
}  // namespace zg
