#pragma once
// From the first link to a user who works, over HTTP, so that each answer is held against the description.

#include "http/api.h"

namespace zg::http::test {

inline void UsePeople(Api& api) {
  json me = api.Json(Get("/api/me"));
  EXPECT_EQ(me["signed_in"], true);
  EXPECT_EQ(me["me"]["alone"], true);
  EXPECT_EQ(api.Json(Get("/api/me"), Session())["signed_in"], false);
  EXPECT_EQ(api.Json(Get("/api/roles")).size(), 11u);
  json made = api.Json(Post("/api/users", R"({"login":"li.si","name":"李四","email":"li@example.cn"})"), 201);
  std::string at = "/api/users/" + made["user"]["id"].dump();
  EXPECT_EQ(api.Json(Get(at))["login"], "li.si");
  auto with = [&](json body) {
    body["revision"] = api.Json(Get(at))["revision"];
    return body.dump();
  };
  Ask change{.method = "PATCH",
             .target = at,
             .body = with({{"name", "李四（市局）"}}),
             .content_type = "application/json"};
  EXPECT_EQ(api.Json(change)["name"], "李四（市局）");
  EXPECT_EQ(api.Json(change, 409)["error"]["code"], "user.changed");
  api.Json(Post(at + "/grant", with({{"roles", {"clerk"}}, {"whole", true}})));
  EXPECT_EQ(api.Json(Post(at + "/close", with({})))["closed"], true);
  EXPECT_EQ(api.Json(Post(at + "/open", with({})))["closed"], false);
  api.Json(Post(at + "/unlock", ""));
  std::string password = api.Json(Post(at + "/reset", ""))["password"];
  EXPECT_EQ(api.Json(Get("/api/users?q=" + PercentEncode("李四")))["items"].size(), 1u);

  auto sign_in = [&](const std::string& secret, int status = 200) {
    return api.Call(Post("/api/sign-in", json{{"login", "li.si"}, {"password", secret}}.dump()), Session());
  };
  EXPECT_EQ(sign_in("wrong").status, 403);
  Reply in = sign_in(password);
  EXPECT_EQ(in.status, 200);
  std::string cookie = in.header("set-cookie");
  for (const char* part : {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"})
    EXPECT_NE(cookie.find(part), std::string::npos) << cookie;
  std::string token = cookie.substr(11, cookie.find(';') - 11);
  Session li = Api::SessionOf(token);
  EXPECT_EQ(li[1], "X-CSRF-Token: " + json::parse(in.body)["csrf"].get<std::string>());
  EXPECT_EQ(api.Json(Get("/api/tasks"), li, 403)["error"]["code"], "auth.must_change");
  std::string own = "new-" + password;
  json changed = api.Json(Post("/api/me/password", json{{"old", password}, {"new", own}}.dump()), li);
  EXPECT_EQ(changed["me"]["must_change"], false);
  api.Json(Get("/api/tasks"), li);
  Session other = Api::SessionOf(sign_in(own).header("set-cookie").substr(11, token.size()));
  json sessions = api.Json(Get("/api/me/sessions"), li);
  EXPECT_EQ(sessions["items"].size(), 2u);
  EXPECT_EQ(sessions["items"][1]["here"], true);
  EXPECT_EQ(api.Json(Post("/api/me/sign-out-elsewhere", ""), li)["ended"], 1);
  EXPECT_EQ(api.Json(Get("/api/tasks"), other, 401)["error"]["code"], "auth.none");
  sign_in(own);
  sessions = api.Json(Get("/api/me/sessions"), li);
  std::string end = "/api/me/sessions/" + sessions["items"][0]["id"].dump();
  EXPECT_EQ(api.Json(Ask{.method = "DELETE", .target = end}, li)["items"].size(), 1u);
  Reply out = api.Call(Post("/api/sign-out", ""), li);
  EXPECT_NE(out.header("set-cookie").find("Max-Age=0"), std::string::npos);
  api.Json(Get("/api/tasks"), li, 401);

  json top = api.Json(Get("/api/unit-tree?limit=2"));
  EXPECT_EQ(top["items"].size(), 2u);
  json unit = api.Json(Post("/api/units", R"({"name":"省整改工作专班","parent_id":null})"), 201);
  std::string under = json{{"parent_id", top["items"][0]["id"]}}.dump();
  json placed = api.Json(Post("/api/units/" + unit["id"].dump() + "/parent", under));
  EXPECT_EQ(placed["parent_id"], top["items"][0]["id"]);
  EXPECT_EQ(api.Json(Get("/api/unit-tree?parent=" + top["items"][0]["id"].dump()))["parent"], [&] {
    json now = top["items"][0];
    now["children"] = now["children"].get<int>() + 1;
    return now;
  }());

  json audit = api.Json(Get("/api/audit?area=auth&actor=" + PercentEncode("李四（市局）")));
  EXPECT_EQ(audit["items"][0]["kind"], "auth.signed_out");
  EXPECT_EQ(audit["items"][0]["title"], "退出登录");
  EXPECT_FALSE(api.Json(Get("/api/audit/choices"))["kinds"].empty());
  api.Call(Get("/api/export/audit.csv?area=auth"));
  api.Call(Get("/api/export/audit.xlsx?area=auth"));
  EXPECT_EQ(api.Json(Get("/api/audit?kind=export.made"))["items"][0]["subject"],
            "export:/api/export/audit.xlsx");
}

}  // namespace zg::http::test
