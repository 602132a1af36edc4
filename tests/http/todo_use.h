#pragma once
// What is to be done, notices, contacts and letters over HTTP. The ledger has tasks.

#include "http/api.h"
#include "office/core.h"
#include "store/notices.h"

namespace zg::http::test {

// A notice of the office and a letter of it that was refused, as the clockwork leaves them.
inline std::pair<int64_t, int64_t> TellOffice(Api& api) {
  return api.office()
      .core()
      .store
      ->Write([&](store::Session& s) -> Result<std::pair<int64_t, int64_t>> {
        auto notice = store::AddNotice(s, {0,
                                           {},
                                           *Date::Make(2024, 6, 29),
                                           "reminder",
                                           "整改催办：1项即将到期",
                                           R"([{"text":"一项","link":"/todo","late":false}])",
                                           "",
                                           false});
        store::OutLetter letter{0, *notice, "李四", "a@example.cn", "整改催办", "…"};
        store::AddLetter(s, letter);
        letter = store::LettersIn(s, store::LetterState::kWaiting, 0, 1).at(0);
        letter.state = store::LetterState::kGivenUp;
        store::UpdateLetter(s, letter);
        return std::pair(*notice, letter.id);
      })
      .value();
}

inline void UseTodo(Api& api) {
  json todo = api.Json(Get("/api/todo"));
  EXPECT_EQ(todo["office"], true);
  EXPECT_EQ(api.Json(Get("/api/notices?limit=5"))["unread"], 0);
  EXPECT_EQ(api.Json(Post("/api/notices/read", ""))["unread"], 0);
  auto [notice, letter] = TellOffice(api);
  EXPECT_EQ(api.Json(Get("/api/notices"))["items"][0]["id"], notice);
  EXPECT_EQ(api.Json(Post("/api/notices/" + std::to_string(notice) + "/read", ""))["read"], true);
  EXPECT_EQ(api.Json(Get("/api/letters?state=given_up"))["items"][0]["id"], letter);
  EXPECT_EQ(api.Json(Post("/api/letters/" + std::to_string(letter) + "/again", ""))["state"], "waiting");
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
