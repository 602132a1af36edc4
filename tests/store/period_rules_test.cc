// Rules that periods open by: as they were written, one for each kind.
#include "store/period_rules.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "store/place.h"
#include "store/store.h"

namespace zg::store {
namespace {

TEST(PeriodRules, AreKeptOneForEachKind) {
  auto file = std::filesystem::path(testing::TempDir()) / "rules.sqlite";
  std::filesystem::remove(file);
  test::Place place(file);
  FixedClock clock(*Date::Make(2024, 6, 30));
  auto store = std::move(Store::Open(place.Open(), clock)).value();
  PeriodRule rule;
  rule.active = true;
  rule.opens = 3;
  rule.due = 28;
  rule.workdays = false;
  rule.rounds = {{4}, {9}};
  rule.since = *Date::Make(2024, 6, 30);
  rule.revision = 1;
  rule.updated_by = "张三";
  ASSERT_TRUE(store->Write([&](Session& s) { SaveRule(s, rule); }).ok());
  rule.opens = 5;
  rule.revision = 2;
  ASSERT_TRUE(store->Write([&](Session& s) { SaveRule(s, rule); }).ok());
  auto read = store->Read([](Session& s) { return LoadRules(s); }).value();
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].opens, 5);
  EXPECT_EQ(read[0].due, 28);
  EXPECT_FALSE(read[0].workdays);
  EXPECT_EQ(read[0].rounds, rule.rounds);
  EXPECT_EQ(read[0].since, rule.since);
  EXPECT_EQ(read[0].updated_by, "张三");
  auto quarter = store->Read([](Session& s) { return LoadRule(s, true); }).value();
  EXPECT_TRUE(quarter.quarter);
  EXPECT_FALSE(quarter.active) << "nobody has set it";
}

}  // namespace
}  // namespace zg::store
