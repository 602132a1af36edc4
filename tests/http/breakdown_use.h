#pragma once
// Uses every route of breakdowns once, so that each answer is held against the description.

#include "http/api.h"

namespace zg::http::test {

inline void UseBreakdown(Api& api, const std::string& task) {
  std::string at = "/api/tasks/" + task + "/breakdown";
  EXPECT_EQ(api.Json(Get(at))["revision"], 0);
  json step = {{"text", "编制方案。"}, {"unit_name", "小镇水务站"}, {"deliverable", "方案"}, {"weight", 100}};
  json change = {{"revision", 0}, {"steps", {step}}};
  json saved = api.Json(Patch(at, change.dump()));
  json refused = api.Json(Patch(at, change.dump()), 409)["error"];
  EXPECT_EQ(refused["code"], "breakdown.changed");
  EXPECT_EQ(refused["current"], saved) << "whoever comes later is shown what it is now";
  json done = {{"revision", 1}, {"step", saved["steps"][0]["id"]}, {"day", "2024-06-30"}};
  EXPECT_EQ(api.Json(Post(at + "/done", done.dump()))["steps"][0]["done"], "2024-06-30");
  done = {{"revision", 2}, {"step", saved["steps"][0]["id"]}};
  api.Json(Post(at + "/done", done.dump()));
  json down = {{"revision", 3}, {"unit", saved["steps"][0]["unit"]["id"]}};
  json handed = api.Json(Post(at + "/hand-down", down.dump()), 201);
  EXPECT_EQ(handed["breakdown"]["lower"].size(), 1u);
  EXPECT_EQ(api.Call(Get("/api/tasks/" + task + "/handbook.docx")).body.substr(0, 2), "PK");
  json second = {{"revision", 0}, {"steps", {{{"text", "再编。"}, {"unit", down["unit"]}}}}};
  json task_json = api.Json(Get("/api/tasks/" + task)), other = task_json["next"];
  if (other.is_null()) other = task_json["previous"];
  api.Json(Patch("/api/tasks/" + other["id"].dump() + "/breakdown", second.dump()));
  std::string whole = "/api/documents/" + task_json["document_id"].dump() + "/hand-down";
  EXPECT_EQ(api.Json(Post(whole, json{{"unit", down["unit"]}}.dump()), 201)["tasks"], 1);
  json document = api.Json(Get("/api/tasks/" + task))["document_id"];
  EXPECT_EQ(api.Call(Get("/api/documents/" + document.dump() + "/handbook.docx")).body.substr(0, 2), "PK");
}

}  // namespace zg::http::test
