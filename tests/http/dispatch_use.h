#pragma once
// A month from opening to acceptance over HTTP, so that each answer is held against the description. The
// ledger has tasks.

#include "http/api.h"

namespace zg::http::test {

inline void UseDispatch(Api& api) {
  auto change = [](const std::string& target, const json& body) {
    return Ask{.method = "PATCH", .target = target, .body = body.dump(), .content_type = "application/json"};
  };
  json period = api.Json(Post("/api/periods", R"({"code":"2024-07","due":"2024-07-25","rounds":[]})"), 201);
  std::string at = "/api/periods/" + period["id"].dump();
  EXPECT_EQ(period["days_left"], 25);
  EXPECT_EQ(api.Json(Get("/api/periods"))["items"][0], period);
  json board = api.Json(Get(at + "/board?owing=true&limit=2"));
  EXPECT_EQ(board["items"].size(), 2u);
  EXPECT_FALSE(board["next"].is_null());
  std::string unit = board["items"][0]["unit"]["id"].dump();
  json line = api.Json(Get(at + "/reports?status=empty&unit=" + unit))["items"][0];
  std::string report = "/api/reports/" + line["id"].dump();
  json changes = {{"state", "in_progress"}, {"on_schedule", true}, {"text", "正在施工。"}};
  json saved = api.Json(change(report, {{"revision", 1}, {"changes", changes}}));
  EXPECT_EQ(saved["status"], "draft");
  EXPECT_EQ(api.Json(change(report, {{"revision", 1}, {"changes", changes}}), 409)["error"]["code"],
            "report.changed");
  json sent = api.Json(Post(report + "/submit", json{{"revision", saved["revision"]}}.dump()));
  EXPECT_EQ(sent["status"], "submitted");
  std::string one = "{\"reports\":[" + line["id"].dump() + "]";
  EXPECT_EQ(api.Json(Post(at + "/return", one + "}"), 400)["error"]["code"], "report.no_remark");
  api.Json(Post(at + "/return", one + R"(,"remark":"请写明数量。"})"));
  json back = api.Json(Get(report));
  EXPECT_EQ(back["remark"], "请写明数量。");
  api.Json(Post(report + "/submit", json{{"revision", back["revision"]}}.dump()));
  EXPECT_EQ(api.Json(Post(at + "/accept", one + "}"))["decided"], 1);
  EXPECT_EQ(api.Json(Get(at))["counts"]["accepted"], 1);
  EXPECT_EQ(api.Json(Post(at + "/close", ""))["closed"], true);
}

}  // namespace zg::http::test
