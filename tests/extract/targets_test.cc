#include "extract/targets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/vocabulary.h"

namespace zg {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Read(std::u32string_view text) {
  std::vector<std::string> out;
  for (const Target& t :
       FindTargets(text, {0, static_cast<uint32_t>(text.size())}, test::Words().lexicon())) {
    char value[32];
    std::snprintf(value, sizeof value, "%g", t.number.value_or(0));
    out.push_back(t.quantity + " " + t.comparator + " " + (t.number ? value : t.klass) + t.unit +
                  (t.by ? " " + t.by->Iso() : ""));
  }
  return out;
}

TEST(Targets, Comparators) {
  EXPECT_THAT(Read(U"总磷浓度不超过0.2毫克/升"), ElementsAre("总磷浓度 <= 0.2毫克/升"));
  EXPECT_THAT(Read(U"煤炭消费总量控制在660万吨以内"), ElementsAre("煤炭消费总量 <= 660万吨"));
  EXPECT_THAT(Read(U"再生水利用率达到40%"), ElementsAre("再生水利用率 >= 40%"));
  EXPECT_THAT(Read(U"监测联网率100%"), ElementsAre("监测联网率 = 100%"));
  EXPECT_THAT(Read(U"氨氮浓度低于8毫克/升"), ElementsAre("氨氮浓度 < 8毫克/升"));
}

TEST(Targets, ClassesAndDates) {
  EXPECT_THAT(Read(U"2024年底前渡口断面水质达到Ⅲ类"), ElementsAre("渡口断面水质 = Ⅲ类 2024-12-31"));
  EXPECT_THAT(Read(U"出水执行一级A标准"), ElementsAre("出水 = 一级A"));
}

TEST(Targets, OneForEachPlace) {
  EXPECT_THAT(Read(U"东湖区、西山县PM2.5年均浓度分别控制在39微克/立方米、41微克/"
                   U"立方米以内，优良天数比率分别不低于80%、78%"),
              ElementsAre("东湖区PM2.5年均浓度 <= 39微克/立方米", "西山县PM2.5年均浓度 <= 41微克/立方米",
                          "东湖区优良天数比率 >= 80%", "西山县优良天数比率 >= 78%"));
}

TEST(Targets, DescriptionsAreNone) {
  EXPECT_THAT(Read(U"把8万吨/年的2条造粒线改造到位，建立台账"), IsEmpty());
}

}  // namespace
}  // namespace zg
