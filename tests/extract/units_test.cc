#include "extract/units.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/vocabulary.h"

namespace zg {
namespace {

using testing::ElementsAre;

UnitList Parse(std::u32string_view text, bool lines_separate = false) {
  return ParseUnits(text, {{0, static_cast<uint32_t>(text.size())}}, test::Words().lexicon(), UnitRole::kNone,
                    lines_separate);
}

std::vector<std::string> Names(std::u32string_view text) {
  std::vector<std::string> out;
  for (const auto& u : Parse(text).units) out.push_back(u.name);
  return out;
}

TEST(Units, ShareTheOrgansThatFollow) {
  EXPECT_THAT(Names(U"云州市、岭南州党委、政府"),
              ElementsAre("云州市党委", "岭南州党委", "云州市政府", "岭南州政府"));
  EXPECT_THAT(Names(U"云州市、望江市委、政府"),
              ElementsAre("云州市党委", "望江市党委", "云州市政府", "望江市政府"));
  EXPECT_THAT(Names(U"自治区水利厅、农业农村厅"), ElementsAre("自治区水利厅", "自治区农业农村厅"));
}

TEST(Units, CanonicalOrgans) {
  EXPECT_THAT(Names(U"塔城地委、行署"), ElementsAre("塔城地区党委", "塔城地区政府"));
  EXPECT_THAT(Names(U"望江县委、县人民政府"), ElementsAre("望江县党委", "望江县政府"));
  EXPECT_THAT(Names(U"江岚省委、省政府"), ElementsAre("江岚省党委", "江岚省政府"));
}

TEST(Units, GroupsStandForAllOfALevel) {
  EXPECT_THAT(Names(U"各地（州、市）党委、政府（行署）"),
              ElementsAre("各地（州、市）党委", "各地（州、市）政府"));
  EXPECT_THAT(Names(U"各市（州、地区）人民政府"), ElementsAre("各市（州、地区）政府"));
  EXPECT_THAT(Names(U"县农业农村局，各乡镇党委、政府"),
              ElementsAre("县农业农村局", "各乡镇党委", "各乡镇政府"));
}

TEST(Units, DepartmentsOfThePartyAndTheGovernment) {
  EXPECT_THAT(Names(U"自治区党委办公厅、组织部，自治区人民政府办公厅、发改委"),
              ElementsAre("自治区党委办公厅", "自治区党委组织部", "自治区人民政府办公厅", "自治区发改委"));
}

TEST(Units, OpenListsOfDepartments) {
  UnitList list = Parse(U"兵地水务、交通、商务等相关部门，云州市政府");
  std::vector<std::string> names;
  for (const auto& u : list.units) names.push_back(u.name);
  EXPECT_THAT(names, ElementsAre("兵地水务部门", "兵地交通部门", "兵地商务部门", "云州市政府"));
  EXPECT_TRUE(list.open);
}

TEST(Units, DivisionsKeepTheirBody) {
  EXPECT_THAT(Names(U"兵团第八师、第六师"), ElementsAre("兵团第八师", "兵团第六师"));
}

TEST(Units, ABareLevelIsNoPartOfAWord) {
  EXPECT_THAT(Names(U"市场监管局"), ElementsAre("市场监管局"));
  EXPECT_THAT(Names(U"省住房城乡建设厅、生态环境厅"), ElementsAre("省住房城乡建设厅", "省生态环境厅"));
  EXPECT_THAT(Names(U"自治区住房和城乡建设厅"), ElementsAre("自治区住房和城乡建设厅"));
}

TEST(Units, JoinedByAnd) {
  EXPECT_THAT(Names(U"省水利厅和省财政厅"), ElementsAre("省水利厅", "省财政厅"));
  EXPECT_THAT(Names(U"和田地区行署"), ElementsAre("和田地区政府"));
}

TEST(Units, RolesInsideTheList) {
  UnitList list = Parse(U"省水利厅牵头，省财政厅、云州市政府配合");
  ASSERT_EQ(list.units.size(), 3u);
  EXPECT_EQ(list.units[0].role, UnitRole::kLead);
  EXPECT_EQ(list.units[1].role, UnitRole::kSupporting);
  EXPECT_EQ(list.units[2].role, UnitRole::kSupporting);
}

TEST(Units, PointToTheirWords) {
  UnitList list = Parse(U"自治区水利厅、\n林草局");
  ASSERT_EQ(list.units.size(), 2u);
  EXPECT_EQ(list.units[1].span, (Span{0, 11}));  // from the region that it shares
  EXPECT_EQ(list.units[1].written, "自治区水利厅、林草局");
}

TEST(Units, UnknownNamesStayAsWritten) {
  UnitList list = Parse(U"长风化工有限公司");
  ASSERT_EQ(list.units.size(), 1u);
  EXPECT_EQ(list.units[0].name, "长风化工有限公司");
  EXPECT_FALSE(list.units[0].known);
}

}  // namespace
}  // namespace zg
