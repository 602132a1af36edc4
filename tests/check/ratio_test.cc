#include "check_helper.h"

namespace zg {
namespace {

constexpr auto kRatio = CheckKind::kRatio;

TEST(Ratio, PlannedDoneAndRate) {
  ExpectHolds(CheckText("计划投资55.35亿元，已完成投资30.27亿元，完成率54.69%。"), kRatio,
              "30.27亿 / 55.35亿 = 54.69%");
  ExpectBreaks(CheckText("计划投资55.35亿元，已完成投资30.27亿元，完成率64.69%。"), kRatio, Severity::kError,
               "30.27亿 / 55.35亿 = 54.69% ≠ 64.69%");
  ExpectNothing(CheckText("受理举报5216件，办结率100%。"), kRatio);
}

TEST(Ratio, CountsAreExact) {
  ExpectHolds(CheckText("计划实施408个项目，已建成项目359个，完成率87.99%。"), kRatio, "359 / 408 = 87.99%");
  ExpectBreaks(CheckText("计划实施409个项目，已建成项目359个，完成率87.99%。"), kRatio, Severity::kError,
               "359 / 409 = 87.78% ≠ 87.99%");
  ExpectBreaks(CheckText("计划改造301户，已完成300户，完成率100%。"), kRatio, Severity::kError,
               "300 / 301 = 99.67% ≠ 100%");
}

TEST(Ratio, MeasuredFiguresAreRounded) {
  auto r = CheckText("受损草场2165平方公里，只修复了82平方公里，占应修复草场的3.77%。");
  EXPECT_TRUE(Confirmed(r, "82 / 2165 = 3.77%")) << Say(r);
  for (const auto& f : Found(r, kRatio)) EXPECT_EQ(f.severity, Severity::kNote) << Say(r);
}

TEST(Ratio, ShareOf) {
  ExpectHolds(CheckText("94项任务已完成55项，占总任务的58.5%。"), kRatio, "55 / 94 = 58.5%");
  ExpectHolds(CheckText("已淘汰货车3812辆，占任务数6130辆的62.2%。"), kRatio, "3812 / 6130 = 62.2%");
  ExpectBreaks(CheckText("已淘汰货车3812辆，占任务数6130辆的72.2%。"), kRatio, Severity::kError,
               "3812 / 6130 = 62.19% ≠ 72.2%");
}

TEST(Ratio, TheWordsOfTheRateNameThePart) {
  ExpectHolds(CheckText("共抽查企业28家30个批次，检验合格29个批次，不合格1批次，检验合格率96.67%。"), kRatio,
              "29 / 30 = 96.67%");
}

TEST(Ratio, AnotherYearsTaskIsAnotherWhole) {
  ExpectNothing(CheckText("应造林294万亩，实际仅造林180万亩，去年只造林15.1万亩，仅占当年计划的24.8%。"),
                kRatio);
}

TEST(Ratio, ARateNeedsAWholeNumberOfThings) {
  ExpectHolds(CheckText("9家企业15个排放口，达标率仅为33.3%。"), kRatio, "5 / 15 = 33.3%");
  ExpectBreaks(CheckText("9家企业15个排放口，达标率仅为35.3%。"), kRatio, Severity::kWarning,
               "5 / 15 = 33.33% ≠ 35.3%");
  ExpectNothing(CheckText("7个项目资金到位率仅28%。"), kRatio);
}

TEST(Ratio, TwoPartsOfOneWhole) {
  ExpectHolds(CheckText("红线面积42.42万平方公里，占全省国土面积的26.00%；其中，北区面积1."
                        "36万平方公里，占全省国土面积的0.84%。"),
              kRatio, "42.42万 / 26.00% = 1.36万 / 0.84%");
  ExpectBreaks(CheckText("红线面积42.42万平方公里，占全省国土面积的26.00%；其中，北区面积1."
                         "36万平方公里，占全省国土面积的1.84%。"),
               kRatio, Severity::kWarning, "42.42万 / 26.00% ≠ 1.36万 / 1.84%");
}

TEST(Ratio, Average) {
  ExpectHolds(CheckText("全年共巡湖21次，平均每季度5次。"), kRatio, "21 / 4 ≈ 5");
  ExpectBreaks(CheckText("全年累计巡察31次，平均每季度巡察5次。"), kRatio, Severity::kWarning,
               "31 / 4 = 7.75 ≠ 5");
}

TEST(Growth, FromTo) {
  ExpectHolds(CheckText("消费量从2017年的5235.9万吨增加至2020年的7578.5万吨，增幅44.7%。"), kRatio,
              "(7578.5万 - 5235.9万) / 5235.9万 = 44.7%");
  ExpectBreaks(CheckText("消费量从2017年的5235.9万吨增加至2020年的7578.5万吨，增幅54.7%。"), kRatio,
               Severity::kError, "(7578.5万 - 5235.9万) / 5235.9万 = 44.7% ≠ 54.7%");
  ExpectNothing(CheckText("平均浓度同比下降21.4%。"), kRatio);
}

TEST(Growth, LevelChangeAndShare) {
  ExpectHolds(CheckText("浓度平均为69984毫克/升，平均升高8728毫克/升，提高14.2%。"), kRatio,
              "8728 / (69984 - 8728) = 14.2%");
  ExpectBreaks(CheckText("浓度平均为1076毫克/升，平均降低269毫克/升，降低19.9%。"), kRatio, Severity::kError,
               "269 / (1076 + 269) = 20.0% ≠ 19.9%");
}

TEST(Growth, DifferenceOfFromTo) {
  ExpectHolds(CheckText("引水流量增加25立方米/秒（由25立方米/秒扩大到50立方米/秒）。"),
              CheckKind::kDifference, "50 - 25 = 25");
  ExpectBreaks(CheckText("输水能力增加35立方米/秒（由25立方米/秒扩大到50立方米/秒）。"),
               CheckKind::kDifference, Severity::kError, "50 - 25 = 25 ≠ 35");
  ExpectHolds(CheckText("回用率由60%提高到75%，提高15个百分点。"), CheckKind::kDifference, "75% - 60% = 15");
}

}  // namespace
}  // namespace zg
