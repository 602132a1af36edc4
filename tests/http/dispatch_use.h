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
  Reply form = api.Call(Get(at + "/form.xlsx?unit=" + unit));
  EXPECT_EQ(api.Call(Get(at + "/forms.zip?units=" + unit)).body.substr(0, 2), "PK");
  auto send = [&](const std::string& bytes) {
    return Ask{.method = "POST",
               .target = at + "/form?submit=false&name=a.xlsx",
               .body = bytes,
               .content_type = "application/octet-stream"};
  };
  EXPECT_EQ(api.Json(send(form.body))["saved"], 0);
  EXPECT_EQ(api.Json(send("PK no workbook"), 400)["error"]["code"], "form.foreign");
  json changes = {{"state", "in_progress"}, {"on_schedule", true}, {"text", "正在施工。"}};
  json saved = api.Json(change(report, {{"revision", 1}, {"changes", changes}}));
  EXPECT_EQ(saved["status"], "draft");
  json late = api.Json(change(report, {{"revision", 1}, {"changes", changes}}), 409)["error"];
  EXPECT_EQ(late["code"], "report.changed");
  EXPECT_EQ(late["current"], saved) << "whoever comes later is shown what it is now";
  json unknown = {{"revision", saved["revision"]}, {"changes", {{"evidence", {99}}}}};
  EXPECT_EQ(api.Json(change(report, unknown), 400)["error"]["code"], "report.no_evidence");
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
  EXPECT_EQ(api.Json(Get("/api/schedule"))["rules"].size(), 2u);
  json rule = {{"kind", "month"}, {"revision", 0},    {"active", true},         {"opens", 1},
               {"due", 25},       {"workdays", true}, {"rounds", json::array()}};
  EXPECT_EQ(api.Json(change("/api/schedule", rule))["rules"][0]["next"]["code"], "2024-07");
  EXPECT_EQ(api.Json(change("/api/schedule", rule), 409)["error"]["current"]["revision"], 1);
  EXPECT_EQ(api.Json(Post("/api/schedule/open", ""))["opened"], json::array());
}

}  // namespace zg::http::test
