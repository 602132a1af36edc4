#include "base/json_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace zg {
namespace {

using nlohmann::json;

TEST(JsonWriter, ObjectsInArraysInObjects) {
  JsonWriter w;
  w.Object().Put("id", 7).Put("none", nullptr).Put("yes", true).Put("name", "小河").Key("cells").Array();
  for (int i = 0; i < 2; ++i) w.Object().Put("n", i).PutRaw("raw", "[1,2]").End();
  w.Value(int64_t{-9})
      .Array()
      .End()
      .End()
      .Put("maybe", std::optional<int>())
      .Put("last", std::optional<int>(3));
  json seen = json::parse(w.End().Take());
  EXPECT_EQ(seen, json::parse(R"({"id":7,"none":null,"yes":true,"name":"小河","maybe":null,"last":3,
      "cells":[{"n":0,"raw":[1,2]},{"n":1,"raw":[1,2]},-9,[]]})"));
}

TEST(JsonWriter, EveryByteComesBackAsTheLibraryReadsIt) {
  for (int c = 0; c < 128; ++c) {
    std::string text = "a" + std::string(1, char(c)) + "中";
    EXPECT_EQ(json::parse(JsonWriter().Value(text).Take()).get<std::string>(), text) << c;
  }
}

// What is no UTF-8 is replaced; the rest stays, and the answer is JSON.
// Text is looked at eight bytes at a time: each byte at each place of two such, with Chinese before and
// behind.
TEST(JsonWriter, EveryByteAtEveryPlaceComesBack) {
  for (int byte = 0; byte < 128; ++byte) {
    for (size_t place = 0; place <= 17; ++place) {
      for (const char* around : {"", "整改", "a"}) {
        std::string text = around + std::string(17, 'x') + around;
        text.insert(std::string(around).size() + place, 1, char(byte));
        ASSERT_EQ(nlohmann::json::parse(JsonWriter().Value(text).Take()), text) << byte << " at " << place;
      }
    }
  }
}

TEST(JsonWriter, BrokenTextIsReplaced) {
  for (const char* broken :
       {"\xFF", "\xC0\xAF", "\xE4\xB8", "\xED\xA0\x80", "\xF8\x88\x80\x80\x80", "\xF4\x90\x80\x80",
        "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\x80", "\xF0\x9F\x98"}) {
    std::string text = JsonWriter().Value(std::string("甲") + broken + "乙").Take();
    ASSERT_TRUE(json::accept(text)) << text;
    std::string seen = json::parse(text).get<std::string>();
    EXPECT_EQ(seen.substr(0, 3), "甲");
    EXPECT_EQ(seen.substr(seen.size() - 3), "乙");
    EXPECT_NE(seen.find("\xEF\xBF\xBD"), seen.npos);
  }
}

TEST(JsonWriter, CharactersOfAllLengthsStay) {
  for (const char* whole : {"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                            "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    EXPECT_EQ(json::parse(JsonWriter().Value(whole).Take()).get<std::string>(), whole);
}

TEST(JsonWriter, AMemberOfAnObject) {
  std::string text = json{{"a", "x\"},{\"b\":1\\"}, {"b", {{"c", {1, "]", 2}}}}, {"c", -5},
                          {"d", nullptr},           {"e", {"u", true}},          {"f", ""}}
                         .dump();
  json whole = json::parse(text);
  for (const auto& [key, value] : whole.items()) {
    std::string_view found, none = "x";
    MembersOf(text, {{key, &found}, {"g", &none}});
    EXPECT_EQ(json::parse(found), value) << key;
    EXPECT_EQ(none, "null");
  }
  for (const char* broken :
       {"", "{", "{}", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":\"\\", "{\"a\":[", "[]"}) {
    std::string_view found;
    MembersOf(broken, {{"a", &found}});
  }
}

TEST(JsonWriter, AStringIsShortenedAsItStands) {
  for (const char* text : {"甲乙丙", "a\"b\\", "\n\x01二", ""}) {
    std::string quoted = json(text).dump();
    EXPECT_EQ(ShortenedRaw(quoted, 10), quoted);
    EXPECT_TRUE(json::accept(ShortenedRaw(quoted, 1))) << ShortenedRaw(quoted, 1);
  }
  EXPECT_EQ(json::parse(ShortenedRaw(json("甲\n乙丙").dump(), 2)), "甲\n…");
  EXPECT_EQ(ShortenedRaw("null", 2), "null");
}

TEST(IsJson, SaysWhatTheLibrarySays) {
  for (const char* text : {"",
                           " ",
                           "{}",
                           "[]",
                           "[1,2]",
                           "[1,]",
                           "[,1]",
                           "[1 2]",
                           "{\"a\":1}",
                           "{\"a\":}",
                           "{\"a\"}",
                           "{a:1}",
                           "{\"a\":1,}",
                           "{\"a\":1,\"b\":[{}]}",
                           "01",
                           "-0",
                           "-",
                           "1.",
                           "1.5e",
                           "1.5e+3",
                           ".5",
                           "1e5",
                           "tru",
                           "true",
                           "nul",
                           "null",
                           "\"",
                           "\"a\"",
                           "\"\\u12\"",
                           "\"\\u00e4\"",
                           "\"\\ud83d\\ude00\"",
                           "\"\\ud83d\"",
                           "\"\\ude00\"",
                           "\"\\ud83d\\u0041\"",
                           "\"\\x\"",
                           "\"\n\"",
                           "[1]]",
                           "{}{}",
                           " [ 1 , { \"甲\" : null } ] ",
                           "[\"\xE4\xB8\"]",
                           "\"\xED\xA0\x80\"",
                           "[[[[]]]]",
                           "{\"a\":[}",
                           "]"})
    EXPECT_EQ(IsJson(text), json::accept(text)) << text;
  EXPECT_FALSE(IsJson(std::string_view("\"\0\"", 3)));
  EXPECT_FALSE(IsJson(std::string_view("\"\\\0\"", 4)));
  EXPECT_FALSE(IsJson(std::string_view("1\0", 2)));
}

// One good text, with a sign changed, taken away or put in, at every place.
TEST(IsJson, SaysTheSameOfEverySmallMistake) {
  const std::string good =
      R"({"a":[1,-2.5e3,true,false,null,"x\n\u4e2d\"y"],"中":{"b":{},"c":[[],{"d":0}]},"e":""})";
  ASSERT_TRUE(IsJson(good));
  int refused = 0;
  for (size_t at = 0; at < good.size(); ++at) {
    std::vector<std::string> texts = {good.substr(0, at), good.substr(at),
                                      good.substr(0, at) + good.substr(at + 1)};
    for (char c : std::string("{}[],:\"\\0-e.tu \x80\n")) {
      std::string changed = good;
      changed[at] = c;
      texts.push_back(changed);
      texts.push_back(good.substr(0, at) + c + good.substr(at));
    }
    for (const auto& text : texts) {
      ASSERT_EQ(IsJson(text), json::accept(text)) << text;
      refused += !IsJson(text);
    }
  }
  EXPECT_GT(refused, 1000);
}

TEST(IsJson, DepthHasAnEnd) {
  auto nested = [](size_t n) { return std::string(n, '[') + std::string(n, ']'); };
  EXPECT_TRUE(IsJson(nested(256)));
  EXPECT_FALSE(IsJson(nested(258)));
  EXPECT_FALSE(IsJson(std::string(1'000'000, '[')));
}

}  // namespace
}  // namespace zg
