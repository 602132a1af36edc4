#include "ledger/article.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zg {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const MediaWords& Words() {
  static const MediaWords words = LoadMediaWords({}).value();
  return words;
}
Date Day(const char* iso) {
  return *Date::ParseIso(iso);
}
Article Good() {
  Article a;
  a.day = Day("2024-07-03");
  a.title = "青河水清了";
  a.medium = "云川日报";
  a.kind = "报纸";
  a.level = "省级";
  return a;
}
std::string WhereOf(const Article& a) {
  Status status = CheckArticle(a, Words(), Day("2024-07-05"));
  return status.ok() ? "" : status.error().where;
}

TEST(Article, EveryMistakeNamesItsField) {
  EXPECT_EQ(WhereOf(Good()), "");
  auto with = [](auto change) {
    Article a = Good();
    change(a);
    return WhereOf(a);
  };
  EXPECT_EQ(with([](Article& a) { a.day = Day("2024-07-06"); }), "day") << "tomorrow has no news yet";
  EXPECT_EQ(with([](Article& a) { a.title = " "; }), "title");
  EXPECT_EQ(with([](Article& a) { a.title = "两\n行"; }), "title");
  EXPECT_EQ(with([](Article& a) { a.medium = ""; }), "medium");
  EXPECT_EQ(with([](Article& a) { a.kind = "墙报"; }), "kind");
  EXPECT_EQ(with([](Article& a) { a.level = ""; }), "level");
  EXPECT_EQ(with([](Article& a) { a.level = "宇宙级"; }), "level");
  EXPECT_EQ(with([](Article& a) { a.pieces = 0; }), "pieces");
  EXPECT_EQ(with([](Article& a) { a.kind = "工作简报", a.level = ""; }), "") << "briefs have no level";
}

TEST(Article, ALinkOpensAPageAndRunsNothing) {
  for (const char* link : {"https://example.cn/a?b=1#c", "http://example.cn"}) {
    Article a = Good();
    a.link = link;
    EXPECT_EQ(WhereOf(a), "") << link;
  }
  for (const char* link :
       {"javascript:alert(1)", "JavaScript:x", "data:text/html,x", "//example.cn", "https://", "https:///x",
        "https://a b", "https://a\"onclick=x", "ftp://example.cn", "example.cn"}) {
    Article a = Good();
    a.link = link;
    EXPECT_EQ(WhereOf(a), "link") << link;
  }
}

TEST(Article, AWeekBeginsOnMonday) {
  EXPECT_EQ(WeekOf(Day("2024-07-01")), Day("2024-07-01"));  // a Monday
  EXPECT_EQ(WeekOf(Day("2024-07-07")), Day("2024-07-01"));  // Sunday
  EXPECT_EQ(WeekOf(Day("2024-07-08")), Day("2024-07-08"));
  EXPECT_EQ(WeekOf(Day("2024-01-03")), Day("2024-01-01"));
  EXPECT_EQ(WeekOf(Day("1969-12-31")), Day("1969-12-29"));
}

std::vector<ArticleCount> Counts() {
  Date first = Day("2024-07-01"), second = Day("2024-07-08");
  return {{first, "云川日报", "报纸", "省级", "R1", 3, 5},
          {second, "云川日报", "报纸", "省级", "R1", 1, 1},
          {second, "青河电视台", "电视", "县级", "R2", 2, 2},
          {first, "整改简报", "工作简报", "", "", 4, 4},
          {second, "老媒体", "旧类别", "旧级别", "", 1, 1}};
}

TEST(Coverage, TablesAddUpToTheSameSum) {
  Coverage c = CountCoverage(Counts(), Words());
  EXPECT_EQ(c.pieces, 9) << "briefs are not what media said";
  EXPECT_THAT(c.weeks, ElementsAre(Day("2024-07-01"), Day("2024-07-08")));
  EXPECT_EQ(c.media[0].name, "云川日报");
  EXPECT_EQ(c.media[0].pieces, 6);
  EXPECT_THAT(c.levels, ElementsAre(0, 6, 0, 2, 1)) << "a level that the words no longer have counts last";
  EXPECT_THAT(c.week_sums, ElementsAre(9, 4));
  int64_t by_week = 0, media = 0, regions = 0;
  for (const auto& week : c.by_week)
    for (int64_t n : week) by_week += n;
  for (const auto& row : c.media) media += row.pieces;
  for (const auto& row : c.regions) regions += row.pieces;
  EXPECT_EQ(by_week, 13);
  EXPECT_EQ(media, 13);
  EXPECT_EQ(regions, c.pieces);
  EXPECT_EQ(c.by_week[0][0], 5);
  EXPECT_EQ(c.kinds.back().name, "旧类别");
}

TEST(Coverage, TheSentenceSaysWhatReportsSay) {
  EXPECT_EQ(
      CoverageSentence(CountCoverage(Counts(), Words()), Words(), Day("2024-07-31")),
      "截至2024年7月31日，共编发工作简报4期；各级各类媒体共刊发督察整改报道9篇（条次），其中省级6篇（条次"
      "）、县级2篇（条次）；按媒体分，报纸6篇、电视2条、旧类别1篇。");
  EXPECT_EQ(CoverageSentence(CountCoverage({}, Words()), Words(), Day("2024-07-31")), "");
  std::vector<ArticleCount> briefs = {{Day("2024-07-01"), "周报", "舆情周报", "", "", 2, 2}};
  EXPECT_EQ(CoverageSentence(CountCoverage(briefs, Words()), Words(), Day("2024-07-31")),
            "截至2024年7月31日，共编发舆情周报2期。");
}

TEST(MediaWords, AMistakeIsToldWithItsLine) {
  auto wrong = [](const char* text) { return ParseMediaWords(text, "media.toml").error(); };
  EXPECT_EQ(wrong("levels = [\"省级\"]\n[[kinds]]\nname = \"报纸\"\n").id, "media.invalid");
  EXPECT_EQ(
      wrong("levels = [\"省级\"]\n[[kinds]]\nname = \"报纸\"\nmesure = \"篇\"\nmeasure = \"篇\"\n").where,
      "media.toml:4");
  EXPECT_THAT(wrong("levels = [\"省级\"]\n").message, HasSubstr("至少"));
}

}  // namespace
}  // namespace zg
