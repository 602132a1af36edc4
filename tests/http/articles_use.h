#pragma once
// Uses every route of the publicity record once, so that each answer is held against the description.

#include "http/publish_use.h"

namespace zg::http::test {

inline void UseArticles(Api& api) {
  json words = api.Json(Get("/api/articles/words"));
  EXPECT_FALSE(words["kinds"].empty());
  json document = api.Json(Get("/api/documents"))["items"][0];
  int64_t round = document["round"]["id"];
  json form = {{"day", "2024-05-06"}, {"title", "青河水清了"}, {"medium", "云川日报"}, {"kind", "报纸"},
               {"level", "省级"},     {"round_id", round},     {"pieces", 2}};
  json made = api.Json(Post("/api/articles", form.dump()), 201);
  EXPECT_EQ(made["pieces"], 2);
  json bad = form;
  bad["link"] = "javascript:alert(1)";
  EXPECT_EQ(api.Json(Post("/api/articles", bad.dump()), 400)["error"]["code"], "article.bad");
  form["revision"] = made["revision"];
  form["note"] = "头版";
  std::string at = "/api/articles/" + made["id"].dump();
  json changed = api.Json(Patch(at, form.dump()));
  EXPECT_EQ(api.Json(Patch(at, form.dump()), 409)["error"]["code"], "article.changed");
  auto move = [](const char* what, const json& line, const char* reason) {
    json refs = json::array({{{"id", line["id"]}, {"revision", line["revision"]}}});
    return Post("/api/articles/move", json{{"move", what}, {"items", refs}, {"reason", reason}}.dump());
  };
  json open = api.Json(move("open", changed, ""))["items"][0];
  EXPECT_EQ(open["open"], true);
  EXPECT_EQ(api.Json(move("withdraw", open, ""), 400)["error"]["code"], "article.no_reason");
  json gone = api.Json(move("withdraw", open, "重复登记"))["items"][0];
  EXPECT_EQ(api.Json(Get("/api/articles?gone=true"))["items"][0]["reason"], "重复登记");
  api.Json(move("restore", gone, ""));
  EXPECT_EQ(
      api.Json(Get("/api/articles?kind=%E6%8A%A5%E7%BA%B8&from=2024-05-01&to=2024-05-31&open=true"))["total"],
      1);
  json counts = api.Json(Get("/api/articles/counts"));
  EXPECT_EQ(counts["pieces"], 2);
  EXPECT_EQ(counts["weeks"][0]["from"], "2024-05-06");
  Reply file = api.Call(Get("/api/articles/file.xlsx"));
  EXPECT_EQ(file.status, 200);
  auto import = [&](const char* query) {
    return Ask{.method = "POST",
               .target = std::string("/api/articles/import?name=a.xlsx") + query,
               .body = file.body,
               .content_type = "application/octet-stream"};
  };
  EXPECT_EQ(api.Json(import("&preview=true"))["twice"], 1);
  EXPECT_EQ(api.Json(import(""))["taken"], 0);
  // The office's report says it, and shows what it was counted from; the public sees it once it is released.
  json paper =
      api.Json(Post("/api/papers/preview", json{{"kind", "report"}, {"document", document["id"]}}.dump()));
  bool told = false;
  for (const auto& thing : paper["things"]) told = told || thing["of"] == "article";
  EXPECT_TRUE(told);
  Session second = api.As(RoleBit(Role::kLeader));
  json out = Publish(api, {{"coverage", round}}, second);
  EXPECT_EQ(out[0]["kind"], "coverage");
}

}  // namespace zg::http::test
