#include "http/body.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zg::http {
namespace {

using testing::HasSubstr;

Request With(std::string_view body) {
  Request r;
  r.body = Spool(body);
  return r;
}

std::string Told(const Status& s) {
  return s.ok() ? "" : s.error().id + " " + s.error().where + " " + s.error().message;
}

// Reads what a change of a task carries.
std::string Mistake(std::string_view body) {
  Request request = With(body);
  BodyReader b(request);
  b.Text("field", 10);
  b.Json("value");
  b.Id("revision");
  b.TextOrNull("reason");
  if (auto round = b.ObjectIfGiven("round")) {
    round->Text("name");
    if (Status s = round->Finish(); !s.ok()) return Told(s);
  }
  return Told(b.Finish());
}

TEST(BodyReader, ReadsWhatIsThere) {
  Request request =
      With(R"({"field":"goal","value":{"a":[1]},"revision":3,"reason":null,"round":{"name":"甲"}})");
  BodyReader b(request);
  EXPECT_EQ(b.Text("field"), "goal");
  EXPECT_EQ(b.Json("value"), R"({"a":[1]})");
  EXPECT_EQ(b.Id("revision"), 3);
  EXPECT_EQ(b.TextOrNull("reason"), std::nullopt);
  EXPECT_EQ(b.ObjectIfGiven("round")->Text("name"), "甲");
  EXPECT_EQ(b.ObjectIfGiven("other"), nullptr);
  EXPECT_EQ(Told(b.Finish()), "");
}
TEST(BodyReader, NoBodyIsAnEmptyObject) {
  Request request = With("");
  EXPECT_TRUE(BodyReader(request).Finish().ok());
  EXPECT_THAT(Mistake(""), HasSubstr("body.missing field"));
}
TEST(BodyReader, NullIsGivenButNone) {
  Request request = With(R"({"document_id":null})");
  BodyReader b(request);
  EXPECT_EQ(b.IdOrNull("document_id"), std::nullopt);
  EXPECT_TRUE(b.Finish().ok());
  Request empty = With("{}");
  BodyReader none(empty);
  none.IdOrNull("document_id");
  EXPECT_THAT(Told(none.Finish()), HasSubstr("body.missing document_id"));
}
TEST(BodyReader, EveryMistakeNamesItsMember) {
  EXPECT_THAT(Mistake("[]"), HasSubstr("body.bad_json"));
  EXPECT_THAT(Mistake("{\"field\":"), HasSubstr("body.bad_json"));
  EXPECT_THAT(Mistake("{\"field\":\"\xff\"}"), HasSubstr("body.bad_json"));
  EXPECT_THAT(Mistake(R"({"field":1,"value":1,"revision":1})"), HasSubstr("body.bad field"));
  EXPECT_THAT(Mistake(R"({"field":"12345678901","value":1,"revision":1})"), HasSubstr("最多10个字"));
  EXPECT_THAT(Mistake(R"({"field":"a","revision":1})"), HasSubstr("body.missing value"));
  for (const char* bad : {"0", "-1", "1.5", "\"1\"", "18446744073709551615", "true", "1e300"})
    EXPECT_THAT(Mistake(std::string(R"({"field":"a","value":1,"revision":)") + bad + "}"),
                HasSubstr("body.bad revision"))
        << bad;
  EXPECT_THAT(Mistake(R"({"field":"a","value":1,"revision":1,"round":{"name":2}})"),
              HasSubstr("body.bad round.name"));
  EXPECT_THAT(Mistake(R"({"field":"a","value":1,"revision":1,"round":[]})"), HasSubstr("body.bad round"));
}
TEST(BodyReader, AnUnknownMemberIsToldItsNeighbour) {
  EXPECT_THAT(Mistake(R"({"field":"a","value":1,"revision":1,"reasom":"x"})"),
              HasSubstr("body.unknown reasom 请求正文中不认识“reasom”。是否想写“reason”？"));
}
TEST(BodyReader, DeepNestingIsRefusedWithoutWalkingIt) {
  EXPECT_THAT(Mistake(std::string(500'000, '[')), HasSubstr("body.bad_json"));
  EXPECT_THAT(Mistake("{\"value\":" + std::string(200'000, '[') + std::string(200'000, ']') + "}"),
              HasSubstr("body.bad_json"));
}

}  // namespace
}  // namespace zg::http
