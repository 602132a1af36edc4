#include "check_helper.h"

namespace zg {
namespace {

constexpr auto kSum = CheckKind::kSum;

TEST(Sum, OfWhich) {
  ExpectHolds(CheckText("查处案件325件，其中：按日计罚10件、查封191件、限产79件、移送39件、涉刑6件。"), kSum,
              "10 + 191 + 79 + 39 + 6 = 325");
  ExpectBreaks(CheckText("查处案件325件，其中：按日计罚10件、查封191件、限产79件、移送39件、涉刑8件。"), kSum,
               Severity::kError, "10 + 191 + 79 + 39 + 8 = 327 ≠ 325");
  ExpectNothing(CheckText("召开会议22次，其中月调度12次。"), kSum);
}

TEST(Sum, OfWhichMayGoOnInTheNextSentence) {
  ExpectHolds(
      CheckText("全省核发许可证1386张。其中，重点管理类首发12张、换发64张；简化管理类首发90张、换发1220张。"),
      kSum, "12 + 64 + 90 + 1220 = 1386");
}

TEST(Sum, OfWhichEndsWhereSomethingElseBegins) {
  ExpectHolds(
      CheckText("用水23.12亿方，其中：地表水15.01亿方，地下水7.72亿方，其他水源0.39亿方，另引外水2.87亿方。"),
      kSum, "15.01亿 + 7.72亿 + 0.39亿 = 23.12亿");
  ExpectHolds(CheckText("核查项目64个，其中在建17个、已建47个，已处置58个，其余6个正在办理。"), kSum,
              "17 + 47 = 64");
}

TEST(Sum, APartThatIsLargerThanTheWhole) {
  ExpectBreaks(CheckText("建成堆场85个，其中尾矿库92个。"), kSum, Severity::kError, "92 = 92 ≠ 85");
}

TEST(Sum, Parentheses) {
  ExpectHolds(CheckText("拆除违建6处（4处鱼塘、1处菜地、1处藕池）。"), kSum, "4 + 1 + 1 = 6");
  ExpectBreaks(CheckText("拆除违建7处（4处鱼塘、1处菜地、1处藕池）。"), kSum, Severity::kError,
               "4 + 1 + 1 = 6 ≠ 7");
  ExpectNothing(CheckText("输水能力达到3亿立方米（现能力东渠0.67亿立方米、西渠0.39亿立方米）。"), kSum);
}

TEST(Sum, ProductsAndUnitsOfOneKind) {
  ExpectHolds(CheckText("关停机组共67万千瓦（南厂2×12.5万千瓦机组、北厂4台机组共42万千瓦）。"), kSum,
              "2×12.5万 + 42万 = 67万");
}

TEST(Sum, Partition) {
  ExpectHolds(CheckText("16个保护区中，全面完成的有9个，基本完成的有7个。"), kSum, "9 + 7 = 16");
  ExpectBreaks(CheckText("16个保护区中，全面完成的有9个，基本完成的有6个。"), kSum, Severity::kWarning,
               "9 + 6 = 15 ≠ 16");
  ExpectNothing(CheckText("18座厂站中有16座难以按期达标。"), kSum);
}

TEST(Sum, Including) {
  ExpectHolds(CheckText("尚未开工的工程共21个。包括：泵站12个，管网3个，湿地4个，护岸2个。"), kSum,
              "12 + 3 + 4 + 2 = 21");
  ExpectBreaks(CheckText("尚未开工的工程共21个。包括：泵站12个，管网3个，湿地4个，护岸5个。"), kSum,
               Severity::kError, "12 + 3 + 4 + 5 = 24 ≠ 21");
}

TEST(Sum, Closing) {
  ExpectHolds(CheckText("2017年处置4.20万方，2018年处置9.5万方，2019年处置2.3万方，累计处置16万方。"), kSum,
              "4.20万 + 9.5万 + 2.3万 = 16万");
  ExpectBreaks(CheckText("2017年处置4.20万方，2018年处置9.5万方，2019年处置2.3万方，累计处置17万方。"), kSum,
               Severity::kWarning, "4.20万 + 9.5万 + 2.3万 = 16万 ≠ 17万");
}

TEST(Sum, Rest) {
  ExpectHolds(CheckText("72座炉中仅运行51座，另外21座备用。"), kSum, "51 + 21 = 72");
  ExpectBreaks(CheckText("72座炉中仅运行51座，另外22座备用。"), kSum, Severity::kError, "51 + 22 = 73 ≠ 72");
  ExpectHolds(CheckText("全区有井1002眼，批准保留21眼，已关停814眼，剩余167眼明年关停。"), kSum,
              "21 + 814 + 167 = 1002");
  ExpectHolds(CheckText("在拆除3万余台的基础上，完成剩余1.9万台，实现4.9万台全部清零。"), kSum,
              "3万 + 1.9万 = 4.9万");
}

TEST(Sum, ARestOfDoneThingsIsNoWhole) {
  // 36处 are done, not the whole.
  EXPECT_TRUE(Found(CheckText("已完成修复36处、正在实施21处，其余26处完成设计。"), kSum).empty());
}

TEST(Sum, TheWholeMayStandInTheProblem) {
  ExpectHolds(CheckReport({{.problem = "矿山83处修复缓慢。",
                            .progress = {"已完成修复36处、正在实施21处，其余26处完成设计。"}}}),
              kSum, "36 + 21 + 26 = 83");
}

TEST(Sum, LoosePartsAreGivenRoom) {
  EXPECT_TRUE(Found(CheckText("需清运291万吨，其中东区约200万吨，西区近95万吨。"), kSum).empty());
}

TEST(Sum, RoundedPartsAgreeWithinTheirRounding) {
  auto r = CheckText("用水15.13亿立方米（其中地方10.13亿立方米、兵团4.99亿立方米）。");
  EXPECT_TRUE(Confirmed(r, "10.13亿 + 4.99亿 = 15.13亿")) << Say(r);
  ExpectBreaks(r, kSum, Severity::kNote, "10.13亿 + 4.99亿 = 15.12亿 ≠ 15.13亿");
  ExpectBreaks(CheckText("用水15.43亿立方米（其中地方10.13亿立方米、兵团4.99亿立方米）。"), kSum,
               Severity::kWarning, "10.13亿 + 4.99亿 = 15.12亿 ≠ 15.43亿");
}

TEST(Sum, NestedBreakdown) {
  auto r = CheckText(
      "现有汽修门店370家，关停的41家，持续营业的329家，需要安装喷漆房的250家（不需要安装的79家）。");
  EXPECT_TRUE(Confirmed(r, "41 + 329 = 370")) << Say(r);
  EXPECT_TRUE(Confirmed(r, "250 + 79 = 329")) << Say(r);
}

TEST(Sum, LargeFiguresOfOneTaskNeedNoCueWord) {
  std::vector<TaskText> tasks = {
      {.problem = "全市违规取水井达13719眼。",
       .progress = {"已填埋2258眼违规取水井。",
                    "复核取水井11461眼，发证的取水井10518眼，不需发证的取水井61眼，封填取水井882眼。"}}};
  auto r = CheckReport(tasks);
  EXPECT_TRUE(Confirmed(r, "2258 + 11461 = 13719")) << Say(r);
  EXPECT_TRUE(Confirmed(r, "10518 + 61 + 882 = 11461")) << Say(r);
  tasks[0].progress[1] = "复核取水井11461眼，发证的取水井10518眼，不需发证的取水井61眼，封填取水井982眼。";
  ExpectBreaks(CheckReport(tasks), kSum, Severity::kWarning, "10518 + 61 + 982 = 11561 ≠ 11461");
}

TEST(Sum, SmallFiguresDoNotAddUpByChance) {
  ExpectNothing(CheckText("建设泵站3座。新建厂站1座。改造管站2座。"), kSum);
}

TEST(Sum, HeadingsOfItems) {
  std::vector<TaskText> tasks = {
      {.problem = "9家企业锅炉超标排放。",
       .progress = {"关停1家排污企业。已拆除烟囱。", "实施8家企业提标改造。均已验收。"}}};
  ExpectHolds(CheckReport(tasks), kSum, "1 + 8 = 9");
  tasks[0].progress[1] = "实施7家企业提标改造。均已验收。";
  ExpectBreaks(CheckReport(tasks), kSum, Severity::kWarning, "1 + 7 = 8 ≠ 9");
}

TEST(Sum, MessageNamesPlaceFiguresAndDifference) {
  auto r = CheckReport(
      {{.problem = "锅炉淘汰缓慢。", .progress = {"淘汰锅炉73台，其中东区31台、西区22台、北区24台。"}}});
  auto found = Found(r, kSum);
  ASSERT_EQ(found.size(), 1u) << Say(r);
  EXPECT_EQ(found[0].message,
            "第1项“淘汰锅炉73台,其中东区31台、西区22台、北区24台”中总数写为73台，而所列各部分31 + 22 + "
            "24合计为77台，多出4台，请核实哪个数据有误。");
  EXPECT_EQ(found[0].place.path, "1");
  EXPECT_EQ(found[0].stated, "73台");
  EXPECT_EQ(found[0].computed, "77");
  EXPECT_EQ(found[0].related.size(), 4u);
}

}  // namespace
}  // namespace zg
