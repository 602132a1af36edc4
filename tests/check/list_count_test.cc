#include "check_helper.h"

namespace zg {
namespace {

constexpr auto kList = CheckKind::kListCount;

void Counts(const std::string& text, const std::string& figure) {
  auto r = CheckText(text);
  bool confirmed = false;
  for (const auto& c : r.confirmed)
    confirmed = confirmed || (c.kind == kList && c.expression.ends_with(" = " + figure));
  EXPECT_TRUE(confirmed) << text << "\n" << Say(r);
  EXPECT_TRUE(Found(r, kList).empty()) << text << "\n" << Say(r);
}

void Miscounts(const std::string& text, Severity severity, int names) {
  auto found = Found(CheckText(text), kList);
  ASSERT_EQ(found.size(), 1u) << text;
  EXPECT_EQ(found[0].severity, severity) << found[0].message;
  EXPECT_EQ(found[0].computed, std::to_string(names)) << found[0].message;
}

TEST(ListCount, NamesInFrontOfTheFigure) {
  Counts("推动青松市、白石市、云岭市、河湾市、玉泉市5个城市开展试点。", "5个");
  Counts("青松市、白石市和云岭市3个城市开展试点。", "3个");
  Counts("把取用水总量、灌溉用水量两项指标列入评比。", "两项");
  Counts("准北、吐南、伊东三大煤炭基地。", "三大");
  Miscounts("推动青松市、白石市、云岭市、河湾市、玉泉市6个城市开展试点。", Severity::kError, 5);
  Miscounts("推动青松市、白石市、云岭市、河湾市、玉泉市4个城市开展试点。", Severity::kError, 5);
}

TEST(ListCount, AndSoOnNamesAtMostTheFigure) {
  Counts("松河、柏河、柳湖等3个河湖。", "3个");
  EXPECT_TRUE(Found(CheckText("完成松河、柏河、柳湖等17个河湖的调查。"), kList).empty());
  Miscounts("对青松市、白石市、云岭市、河湾市、玉泉市、银川县等5个市县开展检查。", Severity::kError, 6);
}

TEST(ListCount, TheFigureMayCountSomethingElse) {
  ExpectNothing(CheckText("查处青松市、白石市5家企业。"), kList);
  ExpectNothing(CheckText("封堵、拆除排污口351处。"), kList);
  ExpectNothing(CheckText("安装设备2台、仪表4台。"), kList);
  ExpectNothing(CheckText("完成碎石、废渣的压实和2条生产线改造。"), kList);
}

TEST(ListCount, NamesInParenthesesBehindTheFigure) {
  Counts("5家公司（青杰、云圣、科陵、奇石、博川）投入处置。", "5家");
  Counts(
      "21处灌区（青州一灌区、二灌区、三灌区；白州四灌区、五灌区、六灌区、七灌区；云州八灌区、九灌区、十灌区、"
      "十一灌区、十二灌区、十三灌区；"
      "河州十四灌区、十五灌区、十六灌区、十七灌区、十八灌区；玉州十九灌区、二十灌区、末灌区）编制方案。",
      "21处");
  Miscounts("4家企业（青松化肥公司、白石气体公司、云岭肥业公司）接入中水。", Severity::kError, 3);
  ExpectNothing(CheckText("覆盖全区14个地（州、市）。"), kList);
  ExpectNothing(CheckText("10家电厂（12台机组）完成改造。"), kList);
}

TEST(ListCount, Titles) {
  Counts("印发《执法检查办法》《联席会议办法》《信息共享办法》三项制度。", "三项");
  Miscounts("印发《执法检查办法》《联席会议办法》《信息共享办法》四项制度。", Severity::kError, 3);
}

TEST(ListCount, Levels) {
  Counts("建立州、县（市）、乡（镇、街道）、村（队）四级网格。", "四级");
  Miscounts("建立州、县（市）、乡（镇、街道）、村（队）五级网格。", Severity::kWarning, 4);
}

TEST(ListCount, InOrder) {
  Counts("实施3家企业改造。一是青松公司拆除锅炉。二是白石公司改用天然气。三是云岭公司停产。", "3家");
  Miscounts("实施4家企业改造。一是青松公司拆除锅炉。二是白石公司改用天然气。三是云岭公司停产。",
            Severity::kWarning, 3);
}

TEST(ListCount, ANumberedHeadingIsNoName) {
  ExpectNothing(CheckText("二、推动绿色发展方面（1项）"), kList);
}

TEST(ListCount, ARowBeginsBehindAPreposition) {
  Counts("连续3次赴青松、白石对东方、其云、嘉河3个项目督查。", "3个");
}

}  // namespace
}  // namespace zg
