#include "check_helper.h"

namespace zg {
namespace {

constexpr auto kCount = CheckKind::kTaskCount;

// A report whose body says something about the three tasks of its annex.
CheckResult Body(const std::string& body, std::vector<TaskText> tasks = {}) {
  if (tasks.empty()) {
    tasks = {
        {.problem = "青松市违规取水井达1134眼。", .state = "已完成", .progress = {"已全部封停。"}},
        {.problem = "白石市违规取水井达534眼。", .state = "已完成", .progress = {"已全部封停。"}},
        {.problem = "河湾市违规取水井达259眼。", .state = "立行立改，长期坚持", .progress = {"持续排查。"}}};
  }
  std::string annex = ReportText(tasks, "云岭省贯彻落实督察反馈意见具体问题整改进展情况");
  for (size_t i = 0; i < tasks.size(); ++i) {  // （一） in the annex, as reports with a body have it
    std::string from = "\n" + std::string(Ordinal(i)) + "、" + tasks[i].problem;
    size_t at = annex.find(from);
    annex.replace(at, from.size(), "\n（" + std::string(Ordinal(i)) + "）" + tasks[i].problem);
  }
  Papers p;
  p.Read("云岭省贯彻落实督察反馈意见整改工作情况的报告\n\n一、总体情况\n\n" + body + "\n\n附件\n\n" + annex);
  return p.Check();
}

TEST(TaskCount, NumberOfTasks) {
  ExpectHolds(Body("全省共确定3项整改任务，正在推进。"), kCount, "任务数 = 3");
  ExpectBreaks(Body("全省共确定4项整改任务，正在推进。"), kCount, Severity::kError, "3 ≠ 4");
  EXPECT_TRUE(Found(Body("其余9项任务正在推进。"), kCount).empty());
}

TEST(TaskCount, NumberDone) {
  auto holds = Body("3项整改任务已完成2项。");
  EXPECT_TRUE(Confirmed(holds, "标明完成的任务 = 2")) << Say(holds);
  auto broken = Body("全省共确定3项整改任务。3项整改任务已完成1项。");
  ExpectBreaks(broken, kCount, Severity::kError, "已完成2 + 长期坚持1 ≠ 1");
}

TEST(TaskCount, AllDone) {
  auto holds = Body("3项整改任务全部完成整改。");
  EXPECT_TRUE(Confirmed(holds, "3项任务均标明完成")) << Say(holds);
  auto broken = Body("3项整改任务全部完成整改。",
                     {{.problem = "青松市垃圾清运不力。", .state = "已完成", .progress = {"清运12吨。"}},
                      {.problem = "白石市扬尘严重。", .state = "正在持续推进", .progress = {"改造3处。"}},
                      {.problem = "河湾市超采。", .state = "已完成", .progress = {"封停9眼。"}}});
  ExpectBreaks(broken, kCount, Severity::kError, "2 ≠ 3");
}

TEST(TaskCount, FiguresOfTheBodyAreTheSumOverTheTasks) {
  ExpectHolds(Body("完成3个市1927眼违规取水井整改。"), kCount, "1134 + 534 + 259 = 1927");
  ExpectBreaks(Body("完成3个市1937眼违规取水井整改。"), kCount, Severity::kError,
               "1134 + 534 + 259 = 1927 ≠ 1937");
}

TEST(TaskCount, WithoutTasksNothingIsCounted) {
  ExpectNothing(CheckText("共确定94项整改任务，已完成55项。"), kCount);
}

}  // namespace
}  // namespace zg
