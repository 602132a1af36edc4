// Documents against each other: contradictions, cascades, rebounds.
#include "check_helper.h"

namespace zg {
namespace {

TEST(Contradiction, OneTotalTwoValues) {
  auto found =
      Found(CheckText("督察期间转办的46件信访件都已办结。\n本次督察受理信访投诉64件，以油烟扰民为主。"),
            CheckKind::kContradiction);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].stated, "64件");
  EXPECT_EQ(found[0].computed, "46件");
  EXPECT_TRUE(Found(CheckText("督察期间转办的46件信访件都已办结。2023年受理信访举报3108件。"),
                    CheckKind::kContradiction)
                  .empty());
}

TEST(Contradiction, OneDigitApartInOneTask) {
  auto r =
      CheckReport({{.problem = "排污口整治不力。",
                    .progress = {"加强巡查，共计封堵、拆除排污口351处。", "完成排查，封堵排污口357处。"}}});
  EXPECT_EQ(Found(r, CheckKind::kContradiction).size(), 1u) << Say(r);
  r = CheckReport({{.problem = "排污口整治不力。",
                    .progress = {"加强巡查，共计封堵、拆除排污口351处。", "完成排查，封堵雨水口12处。"}}});
  EXPECT_TRUE(Found(r, CheckKind::kContradiction).empty()) << Say(r);
}

TEST(Contradiction, TheSameWordsAroundTwoFigures) {
  std::string a = "违规矿山恢复治理缓慢，累计完成采坑回填";
  std::vector<TaskText> tasks = {
      {.problem = "东山矿区破坏严重。", .progress = {a + "501万立方米，恢复植被。"}},
      {.problem = "保护区监管不力。", .progress = {a + "511万立方米，恢复植被。"}}};
  auto found = Found(CheckReport(tasks), CheckKind::kContradiction);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  tasks[1].progress = {a + "501万立方米，恢复植被。"};
  auto r = CheckReport(tasks);
  EXPECT_TRUE(Found(r, CheckKind::kContradiction).empty()) << Say(r);
  EXPECT_TRUE(Confirmed(r, "501万立方米 = 501万立方米")) << Say(r);
}

TEST(Contradiction, ATotalThatShrinksFromPeriodToPeriod) {
  auto text = [](const std::string& n) {
    return ReportText(
        {{.problem = "散煤治理缓慢。", .progress = {"清洁取暖改造工程有序推进，累计完成改造" + n + "户。"}}});
  };
  Papers p;
  auto& first = p.Read(text("1534"));
  first.unit = "云岭市";
  first.period = "2024-03";
  auto& second = p.Read(text("1434"));
  second.unit = "云岭市";
  second.period = "2024-04";
  auto found = Found(p.Check(), CheckKind::kContradiction);
  ASSERT_EQ(found.size(), 1u) << Say(p.Check());
  Papers grows;
  auto& a = grows.Read(text("1434"));
  a.unit = "云岭市";
  a.period = "2024-03";
  auto& b = grows.Read(text("1534"));
  b.unit = "云岭市";
  b.period = "2024-04";
  EXPECT_TRUE(Found(grows.Check(), CheckKind::kContradiction).empty()) << Say(grows.Check());
}

const char* const kUpper =
    "云岭省督察报告整改任务清单\n\n一、白石河水质持续恶化，沿河造纸企业偷排偷放问题突出。\n责任单位：青松市委"
    "、政府\n验收单位：省生态环境厅\n整改目标：水质达标。\n整改时限：2024年底前\n"
    "整改措施：\n1."
    "关停造纸企业3家。\n\n二、河湾水库周边畜禽养殖污染严重，粪污直排入库。\n责任单位：青松市、玉泉市党委、政"
    "府\n验收单位：省农业农村厅\n整改目标：清退养殖场。\n"
    "整改时限：2025年6月底前\n整改措施：\n1."
    "清退养殖场12家。\n\n三、松山矿区露天开采未恢复植被，扬尘严重。\n责任单位：玉泉市委、政府\n验收单位：省自"
    "然资源厅\n整改目标：恢复植被。\n"
    "整改时限：2025年底前\n整改措施：\n1.恢复植被200亩。\n";

std::string Lower(const std::string& first_deadline, bool second) {
  std::string out =
      "青松市贯彻落实省督察报告具体问题整改进展情况\n\n一、白石河水质持续恶化，沿河造纸企业偷排偷放问题突出。"
      "（省序号一）\n整改时限：" +
      first_deadline + "\n整改进展情况：正在持续推进\n关停造纸企业2家。\n";
  if (second)
    out +=
        "二、河湾水库周边畜禽养殖污染严重，粪污直排入库。（省序号二）\n整改时限：2025年6月底前\n整改进展情况"
        "：已完成\n清退养殖场12家。\n";
  return out;
}

TEST(Cascade, ALowerDeadlineLaterThanTheUpperOne) {
  Papers p;
  p.Read(kUpper);
  p.Read(Lower("2025年3月底前", true));
  auto found = Found(p.Check(), CheckKind::kCascadeDeadline);
  ASSERT_EQ(found.size(), 1u) << Say(p.Check());
  EXPECT_EQ(found[0].expression, "2025-03-31 > 2024-12-31");
  EXPECT_EQ(found[0].place.input, 1u);
  EXPECT_TRUE(Found(p.Check(), CheckKind::kCascadeGap).empty()) << Say(p.Check());
  Papers fits;
  fits.Read(kUpper);
  fits.Read(Lower("2024年10月底前", true));
  EXPECT_TRUE(Found(fits.Check(), CheckKind::kCascadeDeadline).empty());
}

TEST(Cascade, ATaskThatTheNamedUnitDidNotTakeOver) {
  Papers p;
  p.Read(kUpper);
  p.Read(Lower("2024年底前", false));
  auto found = Found(p.Check(), CheckKind::kCascadeGap);
  ASSERT_EQ(found.size(), 1u) << Say(p.Check());
  EXPECT_EQ(found[0].place.path, "2");
}

TEST(Cascade, AnotherListIsNotTheUpperOne) {
  Papers p;
  p.Read(kUpper);
  p.Read(
      "青松市贯彻落实督察报告具体问题整改进展情况\n\n一、餐饮油烟扰民，投诉居高不下。（省序号一）\n整改时限："
      "2026年底前\n整改进展情况：正在持续推进\n安装净化器30台。\n");
  EXPECT_TRUE(Found(p.Check(), CheckKind::kCascadeDeadline).empty()) << Say(p.Check());
}

TEST(Rebound, AClosedProblemNamedAgain) {
  Papers p;
  p.Read(
      ReportText({{.problem = "截至2017年，镜湖周边围网养殖未清退，松溪镇污水处理厂长期停运，污水直排镜湖。",
                   .deadline = "2018年底前",
                   .progress = {"围网全部拆除。"}},
                  {.problem = "2016年以来，城区燃煤小锅炉淘汰缓慢，散煤污染突出。",
                   .deadline = "2018年底前",
                   .progress = {"淘汰锅炉30台。"}}}));
  p.Read(
      "云岭省督察报告整改任务清单\n\n一、督察发现，2022年镜湖周边围网养殖死灰复燃，松溪镇污水处理厂长期停运，"
      "污水直排镜湖。\n责任单位：青松市委、政府\n验收单位：省生态环境厅\n"
      "整改目标：清退。\n整改时限：2024年底前\n整改措施：\n1."
      "清退围网。\n\n二、2022年工业园区固废堆场未做防渗，渗滤液外溢。\n责任单位：青松市委、政府\n验收单位：省"
      "生态环境厅\n整改目标：防渗。\n"
      "整改时限：2024年底前\n整改措施：\n1.建设防渗层。\n");
  auto found = Found(p.Check(), CheckKind::kRebound);
  ASSERT_EQ(found.size(), 1u) << Say(p.Check());
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].place.input, 1u);
  EXPECT_EQ(found[0].place.path, "1");
  EXPECT_EQ(found[0].related[0].path, "1");
}

TEST(Changed, OnlyWhatAChangedReportTouchesIsTold) {
  Papers p;
  p.Text("计划408个，已建成359个，完成率77.99%。");
  p.Text("计划投资55.35亿元，已完成投资30.27亿元，完成率64.69%。");
  CheckOptions options;
  options.changed = {1};
  auto r = zg::Check(p.inputs(), options);
  ASSERT_EQ(r.findings.size(), 1u);
  EXPECT_EQ(r.findings[0].place.input, 1u);
}

}  // namespace
}  // namespace zg
