#pragma once
// Uses every route of publishing once, so that each answer is held against the description.

#include "http/cases_use.h"

namespace zg::http::test {

// {"items": [{id, revision}], "reason": …}
inline std::string MoveBody(const json& items, const std::string& reason = "") {
  json refs = json::array();
  for (const auto& item : items) refs.push_back({{"id", item["id"]}, {"revision", item["revision"]}});
  json body = {{"items", refs}};
  if (!reason.empty()) body["reason"] = reason;
  return body.dump();
}

// Proposes, submits and has `second` release. → the publications
inline json Publish(Api& api, const json& proposal, const Session& second) {
  json made = api.Json(Post("/api/publications", proposal.dump()), 201)["items"];
  json sent = api.Json(Post("/api/publications/submit", MoveBody(made)))["items"];
  return api.Json(Post("/api/publications/release", MoveBody(sent)), second)["items"];
}

inline void UsePublishing(Api& api) {
  Session second = api.As(RoleBit(Role::kLeader));
  json candidates = api.Json(Get("/api/publications/candidates"));
  ASSERT_FALSE(candidates["items"].empty());
  int64_t task = candidates["items"][0]["task_id"];
  json made = api.Json(Post("/api/publications", json{{"tasks", {task}}}.dump()), 201)["items"];
  std::string at = "/api/publications/" + made[0]["id"].dump();
  json whole = api.Json(Get(at));
  json mask = {{"field", "problem"}, {"begin", 0}, {"end", 2}, {"hide", 1}, {"revision", whole["revision"]}};
  json masked = api.Json(Post(at + "/masks", mask.dump()));
  EXPECT_EQ(masked["fields"][0]["parts"][0]["rule"], "hand");
  EXPECT_NE(api.Json(Get(at + "/page"))["html"].get<std::string>().find("（略）"), std::string::npos);
  EXPECT_EQ(api.Json(Post("/api/publications/submit", MoveBody(made)), 409)["error"]["code"],
            "publication.changed");
  json sent = api.Json(Post("/api/publications/submit", MoveBody(json::array({masked}))))["items"];
  EXPECT_EQ(api.Json(Post("/api/publications/release", MoveBody(sent)), 403)["error"]["code"],
            "publication.same_person");
  json back = api.Json(Post("/api/publications/return", MoveBody(sent, "再核对。")), second)["items"];
  sent = api.Json(Post("/api/publications/submit", MoveBody(back)))["items"];
  json out = api.Json(Post("/api/publications/release", MoveBody(sent)), second)["items"];
  EXPECT_EQ(out[0]["state"], "released");
  api.Json(Post("/api/publications/withdraw", MoveBody(out, "数据有误。")), second);
  int64_t round = api.Json(Get("/api/rounds"))[0]["id"];
  json text = {{"round_id", round}, {"text", "整改总体情况良好。"}};
  json draft = api.Json(Post("/api/publications", text.dump()), 201)["items"][0];
  json changed = api.Json(Patch("/api/publications/" + draft["id"].dump(),
                                json{{"text", "改过的文字。"}, {"revision", draft["revision"]}}.dump()));
  api.Json(Post("/api/publications/drop", MoveBody(json::array({changed}))));
  EXPECT_EQ(api.Json(Get("/api/publications?state=withdrawn"))["items"].size(), 1u);
}

}  // namespace zg::http::test
