// Close-out through the API; every answer is held against openapi.json.
#include "http/cases_use.h"

namespace zg::http::test {
namespace {

TEST(CasesApi, ClosedTasksAreLookedBackAt) {
  Api api("cases");
  int64_t document = CommitClosed(api);
  json items = api.Json(Get("/api/tasks?document=" + std::to_string(document)))["items"];
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(api.Json(Get("/api/tasks/" + items[0]["id"].dump() + "/case"))["state"]["id"], "closed");
  json drawn = api.Json(Post("/api/cases/look-back", R"({"count":1,"seed":3,"text":"抽查。"})"));
  EXPECT_EQ(drawn["candidates"], 2);
  json chosen = {{"tasks", {drawn["chosen"][0]["task_id"]}}, {"text", "再查。"}};
  EXPECT_EQ(api.Json(Post("/api/cases/look-back", chosen.dump()), 409)["error"]["code"],
            "look_back.not_closed");
  EXPECT_EQ(api.Json(Post("/api/cases/look-back", R"({"text":"抽查。"})"), 400)["error"]["code"],
            "look_back.count");
}

TEST(CasesApi, WhatIsNoStepIsRefusedByName) {
  Api api("cases-bad");
  api.Commit(api.Import("01-province-tasklist/tasklist.txt", "省整改任务清单.txt"));
  std::string task = api.Json(Get("/api/tasks"))["items"][0]["id"].dump();
  std::string steps = "/api/tasks/" + task + "/case/steps";
  EXPECT_EQ(api.Json(Post(steps, R"({"step":"strat","revision":1})"), 404)["error"]["code"], "case.no_step");
  EXPECT_EQ(api.Json(Post(steps, R"({"step":"close","revision":1})"), 409)["error"]["code"], "case.not_here");
  EXPECT_EQ(api.Json(Post(steps, R"({"step":"start","revision":1})"), 400)["error"]["code"], "case.no_text");
  EXPECT_EQ(api.Json(Post(steps, R"({"step":"start","text":"x","evidence":["a"],"revision":1})"),
                     400)["error"]["code"],
            "body.bad");
  EXPECT_EQ(api.Json(Get("/api/tasks/999999/case"), 404)["error"]["code"], "task.not_found");
}

}  // namespace
}  // namespace zg::http::test
