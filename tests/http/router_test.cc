#include "http/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zg::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Router Some() {
  Router r;
  Handler none = [](Request&) -> Result<Response> { return Response(); };
  r.Get("/api/tasks", Right::kPublic, none);
  r.Get("/api/tasks/{id}", Right::kPublic, none);
  r.Patch("/api/tasks/{id}", Right::kPublic, none);
  r.Post("/api/tasks/{id}/links", Right::kPublic, none);
  r.Get("/api/export/tasks.csv", Right::kPublic, none);
  return r;
}

std::string Told(Method method, std::string_view path) {
  Router r = Some();
  auto match = r.Find(method, path);
  return match.ok() ? match->route->pattern
                    : match.error().id + " " + match.error().where + " " + match.error().message;
}

TEST(Router, FindsByMethodAndShape) {
  Router r = Some();
  auto match = r.Find(Method::kPost, "/api/tasks/17/links");
  ASSERT_TRUE(match.ok());
  EXPECT_EQ(match->route->pattern, "/api/tasks/{id}/links");
  EXPECT_THAT(match->ids, ElementsAre(17));
  EXPECT_EQ(Told(Method::kGet, "/api/tasks"), "/api/tasks");
  EXPECT_EQ(Told(Method::kPatch, "/api/tasks/9007199254740991"), "/api/tasks/{id}");
}
TEST(Router, AnIdIsAWholeNumberAboveZero) {
  for (const char* path : {"/api/tasks/0", "/api/tasks/x", "/api/tasks/-1", "/api/tasks/1.5", "/api/tasks/",
                           "/api/tasks/9007199254740992", "/api/tasks/1 "})
    EXPECT_THAT(Told(Method::kGet, path), HasSubstr("parameter.bad id")) << path;
}
TEST(Router, AnUnknownPathIsToldItsNeighbour) {
  EXPECT_THAT(Told(Method::kGet, "/api/task"),
              HasSubstr("http.no_such_path path 没有这个接口地址。是否想用 /api/tasks ？"));
  EXPECT_THAT(Told(Method::kPost, "/api/tasks/7/link"), HasSubstr("/api/tasks/{id}/links"));
  for (const char* path : {"", "/", "api/tasks", "//", "/api//tasks", "/api/tasks/1/links/2"})
    EXPECT_THAT(Told(Method::kGet, path), HasSubstr("http.no_such_path")) << path;
}
TEST(Router, AnotherMethodIsToldWhichThereAre) {
  EXPECT_THAT(Told(Method::kDelete, "/api/tasks/1"), HasSubstr("http.method GET, PATCH"));
  EXPECT_THAT(Told(Method::kOther, "/api/tasks"), HasSubstr("http.method GET"));
}

}  // namespace
}  // namespace zg::http
