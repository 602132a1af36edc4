#pragma once
// What is to be done, notices, contacts and letters over HTTP. The ledger has tasks.

#include "http/api.h"

namespace zg::http::test {

inline void UseTodo(Api& api) {
  json todo = api.Json(Get("/api/todo"));
  EXPECT_EQ(todo["office"], true);
  EXPECT_EQ(api.Json(Get("/api/notices?limit=5"))["unread"], 0);
  EXPECT_EQ(api.Json(Post("/api/notices/read", ""))["unread"], 0);
  EXPECT_EQ(api.Json(Post("/api/notices/9/read", ""), 404)["error"]["code"], "notice.not_found");
  json contact =
      api.Json(Post("/api/contacts", R"({"unit_id":null,"name":"李四","email":"a@example.cn"})"), 201);
  EXPECT_EQ(api.Json(Get("/api/contacts"))["items"][0], contact);
  EXPECT_EQ(api.Json(Post("/api/contacts", R"({"unit_id":null,"name":"李四","email":"a@b c"})"),
                     400)["error"]["code"],
            "contact.email");
  json kept = api.Json(Ask{.method = "DELETE", .target = "/api/contacts/" + contact["id"].dump()});
  EXPECT_TRUE(kept["items"].empty());
  EXPECT_EQ(api.Json(Get("/api/letters?state=given_up"))["on"], false);
  EXPECT_EQ(api.Json(Post("/api/letters/9/again", ""), 404)["error"]["code"], "letter.not_found");
}

}  // namespace zg::http::test
