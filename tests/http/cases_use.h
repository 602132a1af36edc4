#pragma once
// Uses every route of workflows and close-out once, so that each answer is held against the description.

#include "http/api.h"

namespace zg::http::test {

// A report to the public in which both tasks are done, committed: its tasks are closed from the start.
inline int64_t CommitClosed(Api& api) {
  json draft = api.Upload(
      "云川省第一轮中央生态环境保护督察整改情况的报告\n附件：具体问题整改进展情况\n"
      "一、青河污水处理厂长期超标排放。\n整改状态：已完成\n责任单位：青河市党委、政府\n整改时限：2019年底前\n"
      "整改进展：\n提标改造工程已完成。\n"
      "二、白石矿区生态修复进展缓慢。\n整改状态：已完成\n责任单位：白石市党委、政府\n整改时限：2019年底前\n"
      "整改进展：\n38处矿坑已全部修复。\n",
      "报告.txt");
  api.Json(Patch("/api/imports/" + draft["id"].dump() + "/draft",
                 R"({"path":null,"field":"kind","value":"report"})"));
  return api.Commit(
      draft, R"({"round":{"name":"第一轮督察","level":"central","number":1,"year":2017}})")["document_id"];
}

inline void UseCases(Api& api, const std::string& task) {
  EXPECT_GE(api.Json(Get("/api/workflows"))["items"].size(), 2u);
  std::string at = "/api/tasks/" + task + "/case";
  json seen = api.Json(Get(at));
  json step = {{"step", seen["steps"][0]["id"]}, {"text", "已部署。"}, {"revision", seen["revision"]}};
  json taken = api.Json(Post(at + "/steps", step.dump()));
  EXPECT_EQ(taken["history"].size(), 1u);
  EXPECT_EQ(api.Json(Post(at + "/steps", step.dump()), 409)["error"]["code"], "case.changed");
  json board = api.Json(Get("/api/cases/board"));
  EXPECT_GE(board["items"].size(), 2u);
  std::string place = "workflow=" + taken["workflow"]["id"].get<std::string>() +
                      "&state=" + taken["state"]["id"].get<std::string>();
  EXPECT_GE(api.Json(Get("/api/cases?" + place))["items"].size(), 1u);
  api.Json(Get("/api/cases?late=true&limit=1"));
  CommitClosed(api);
  json drawn = api.Json(Post("/api/cases/look-back", R"({"count":1,"seed":3,"text":"抽查。"})"));
  EXPECT_EQ(drawn["chosen"].size(), 1u);
  EXPECT_EQ(api.Json(Get("/api/cases"), 400)["error"]["code"], "case.place");
}

}  // namespace zg::http::test
