#include "http/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zg::http::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const json kDocument = json::parse(R"({"components": {"schemas": {
  "Ref": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer", "minimum": 1}}},
  "Open": {"type": "object", "properties": {"a": {}}, "additionalProperties": true},
  "Both": {"allOf": [{"$ref": "#/components/schemas/Ref"},
                     {"type": "object", "required": ["due"],
                      "properties": {"due": {"type": ["string", "null"], "format": "date"}}}]}
}}})");

std::string Fault(const char* schema, const char* value) {
  return Schema(kDocument).Fault(json::parse(schema), json::parse(value));
}
constexpr const char* kRef = R"({"$ref": "#/components/schemas/Ref"})";
constexpr const char* kBoth = R"({"$ref": "#/components/schemas/Both"})";
constexpr const char* kMaybe = R"({"oneOf": [{"$ref": "#/components/schemas/Ref"}, {"type": "null"}]})";

TEST(Schema, FindsWhatDoesNotFit) {
  EXPECT_EQ(Fault(kRef, R"({"id": 1})"), "");
  EXPECT_THAT(Fault(kRef, R"({})"), HasSubstr("$: lacks id"));
  EXPECT_THAT(Fault(kRef, R"({"id": "1"})"), HasSubstr("$.id: \"1\" is not of type"));
  EXPECT_THAT(Fault(kRef, R"({"id": 0})"), HasSubstr("$.id: is too small"));
  EXPECT_THAT(Fault(kRef, R"({"id": 1, "extra": 2})"), HasSubstr("$.extra: is not described"));
  EXPECT_EQ(Fault(R"({"$ref": "#/components/schemas/Open"})", R"({"extra": 2})"), "");
  EXPECT_THAT(Fault(R"({"enum": ["a"]})", R"("b")"), HasSubstr("is none of"));
  EXPECT_THAT(Fault(R"({"type": "array", "items": {"type": "string"}})", R"(["a", 1])"), HasSubstr("$[1]"));
  EXPECT_THAT(Fault(R"({"type": "object", "additionalProperties": {"type": "integer"}})", R"({"a": "b"})"),
              HasSubstr("$.a"));
}
TEST(Schema, KnowsChoicesAndParts) {
  EXPECT_EQ(Fault(kMaybe, "null"), "");
  EXPECT_EQ(Fault(kMaybe, R"({"id": 3})"), "");
  EXPECT_THAT(Fault(kMaybe, R"({"id": 0})"), HasSubstr("fits 0 of oneOf"));
  EXPECT_EQ(Fault(kBoth, R"({"id": 3, "due": null})"), "");
  EXPECT_THAT(Fault(kBoth, R"({"id": 3})"), HasSubstr("lacks due"));
  EXPECT_THAT(Fault(kBoth, R"({"id": 3, "due": "2023-02-29"})"), HasSubstr("is no date"));
  EXPECT_THAT(Fault(kBoth, R"({"id": 3, "due": null, "x": 1})"), HasSubstr("$.x: is not described"));
}

}  // namespace
}  // namespace zg::http::test
