#include "http/params.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zg::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Request With(std::string query) {
  Request r;
  r.query = std::move(query);
  return r;
}

// Reads what a list would; gives the mistake as "id where message", or "".
std::string Mistake(const std::string& query) {
  QueryReader q(With(query));
  q.Id("round");
  q.Day("due_from");
  q.Flag("overdue");
  q.OneOf("role", {"lead", "supporting"});
  q.ListOf("state", {"completed", "ongoing"});
  q.Text("q", 5);
  q.Limit();
  Status end = q.Finish();
  return end.ok() ? "" : end.error().id + " " + end.error().where + " " + end.error().message;
}

TEST(QueryReader, ReadsWhatIsThere) {
  QueryReader q(
      With("round=7&due_from=2024-12-31&overdue=true&state=completed,ongoing&limit=200&q=%E6%B0%B4"));
  EXPECT_EQ(q.Id("round"), 7);
  EXPECT_EQ(q.Day("due_from"), Date::Make(2024, 12, 31));
  EXPECT_EQ(q.Flag("overdue"), true);
  EXPECT_THAT(q.ListOf("state", {"completed", "ongoing"}), ElementsAre("completed", "ongoing"));
  EXPECT_EQ(q.Limit(), 200);
  EXPECT_EQ(q.Text("q"), "水");
  EXPECT_EQ(q.Text("sort"), std::nullopt);
  EXPECT_TRUE(q.Finish().ok());
}
TEST(QueryReader, AnEmptyValueIsNotGiven) {
  QueryReader q(With("round=&q="));
  EXPECT_EQ(q.Id("round"), std::nullopt);
  EXPECT_EQ(q.Text("q"), std::nullopt);
  EXPECT_EQ(q.Limit(), 50);
  EXPECT_TRUE(q.Finish().ok());
}

TEST(QueryReader, AnUnknownNameIsToldItsNeighbour) {
  EXPECT_THAT(Mistake("rond=1"), HasSubstr("parameter.unknown rond 不认识参数“rond”。是否想写“round”？"));
  EXPECT_THAT(Mistake("somethingelse=1"), HasSubstr("可用的参数有：round、due_from"));
}
TEST(QueryReader, EveryMistakeNamesItsParameter) {
  for (const char* query : {"round=0", "round=-1", "round=1x", "round=+1", "round=9007199254740992",
                            "round=1e3", "round=99999999999999999999"})
    EXPECT_THAT(Mistake(query), HasSubstr("parameter.bad round")) << query;
  for (const char* query :
       {"due_from=2023-02-29", "due_from=2024-1-1", "due_from=x", "due_from=2024-12-31T00"})
    EXPECT_THAT(Mistake(query), HasSubstr("parameter.bad due_from")) << query;
  for (const char* query : {"limit=0", "limit=201", "limit=-5", "limit=abc"})
    EXPECT_THAT(Mistake(query), HasSubstr("parameter.bad limit")) << query;
  EXPECT_THAT(Mistake("overdue=yes"), HasSubstr("parameter.bad overdue"));
  EXPECT_THAT(Mistake("role=boss"), HasSubstr("可以是lead、supporting"));
  EXPECT_THAT(Mistake("state=complete"), HasSubstr("是否想写“completed”"));
  EXPECT_THAT(Mistake("q=123456"), HasSubstr("最多5个字"));
  EXPECT_EQ(Mistake("q=%E4%B8%80%E4%BA%8C%E4%B8%89%E5%9B%9B%E4%BA%94"), "");  // characters, not bytes
  EXPECT_THAT(Mistake("round=1&round=2"), HasSubstr("parameter.repeated round"));
  EXPECT_THAT(Mistake("q=%ff"), HasSubstr("parameter.bad query"));
}
TEST(QueryReader, TheFirstMistakeStands) {
  EXPECT_THAT(Mistake("limit=0&round=x&nope=1"), HasSubstr("parameter.bad round"));
}
TEST(QueryReader, AHostileValueIsNotRepeatedAtLength) {
  EXPECT_LT(Mistake("round=" + std::string(5000, '9')).size(), 300u);
}

}  // namespace
}  // namespace zg::http
