#pragma once
// Papers handed out over HTTP. The ledger has the province's list (document 1, task 1 in it), its period and
// the steps of a close-out.

#include "http/api.h"

namespace zg::http::test {

inline json KindsOf(Api& api, const Session& session) {
  json out = json::array();
  json kinds = api.Json(Get("/api/papers"), session);
  for (const auto& kind : kinds["items"]) out.push_back(kind["id"]);
  return out;
}

// All words of a preview, block by block.
inline std::string WordsOf(const json& preview) {
  std::string out;
  for (const auto& section : preview["paper"]["sections"])
    for (const auto& block : section["blocks"]) {
      if (block["type"] != "paragraph") continue;
      out += block["label"].get<std::string>();
      for (const auto& run : block["runs"]) out += run["text"].get<std::string>();
      out += "\n";
    }
  return out;
}

// Downloaded, changed, uploaded, used, gone back to.
inline void UseTemplates(Api& api, const json& letter) {
  auto put = [&](const std::string& bytes) {
    return Ask{.method = "POST",
               .target = "/api/papers/template?kind=supervision&name=a.docx",
               .body = bytes,
               .content_type = "application/octet-stream"};
  };
  EXPECT_EQ(api.Json(Get("/api/papers/template?kind=supervision"))["builtin"], true);
  EXPECT_EQ(api.Json(Get("/api/papers/template?kind=reprot"), 400)["error"]["code"], "template.kind");
  std::string before = WordsOf(api.Json(Post("/api/papers/preview", letter.dump())));
  Reply file = api.Call(Get("/api/papers/template.docx?kind=supervision"));
  EXPECT_NE(api.Json(put("PK no document"), 400)["error"]["code"], "");
  json now = api.Json(put(file.body));
  EXPECT_EQ(now["builtin"], false);
  json filled = api.Json(Post("/api/papers/preview", letter.dump()));
  EXPECT_NE(WordsOf(filled).find("有1项需要督办"), std::string::npos) << WordsOf(filled);
  bool linked = false;
  for (const auto& section : filled["paper"]["sections"])
    for (const auto& block : section["blocks"])
      for (const auto& run : block["runs"]) linked = linked || !run["figure"].is_null();
  EXPECT_TRUE(linked) << "figures are known in an office's own template too";
  json asked = letter;
  asked["format"] = "docx";
  EXPECT_EQ(api.Call(Post("/api/papers/file", asked.dump())).status, 200);
  EXPECT_EQ(api.Json(Post("/api/papers/template/builtin", R"({"kind":"supervision"})"))["builtin"], true);
  EXPECT_EQ(WordsOf(api.Json(Post("/api/papers/preview", letter.dump()))), before);
}

// Every kind's own template: downloaded, uploaded as it is, it says what was said before.
inline void UseEveryTemplate(Api& api, int64_t document, const json& task) {
  json kinds = api.Json(Get("/api/papers"))["templates"];
  EXPECT_EQ(kinds.size(), 15u);
  for (const auto& kind : kinds) {
    std::string id = kind["id"];
    Reply file = api.Call(Get("/api/papers/template.docx?kind=" + id));
    ASSERT_EQ(file.status, 200) << id;
    Ask put{.method = "POST",
            .target = "/api/papers/template?name=a.docx&kind=" + id,
            .body = file.body,
            .content_type = "application/octet-stream"};
    EXPECT_EQ(api.Json(put)["builtin"], false) << id;
  }
  auto words = [&](const json& asked) {
    std::string text = WordsOf(api.Json(Post("/api/papers/preview", asked.dump())));
    std::erase(text, '\n');
    return text;
  };
  std::vector<json> papers = {{{"kind", "report"}, {"document", document}},
                              {{"kind", "task_list"}, {"document", document}},
                              {{"kind", "closeout_application"}, {"tasks", {task}}}};
  std::vector<std::string> own;
  for (const auto& asked : papers) {
    own.push_back(words(asked));
    json file = asked;
    file["format"] = "xlsx";
    EXPECT_EQ(api.Call(Post("/api/papers/file", file.dump())).status, 200) << "the workbook is the model's";
  }
  Reply questions = api.Call(Get("/api/export/findings.docx"));
  EXPECT_EQ(questions.body.substr(0, 2), "PK");
  for (const auto& kind : kinds)
    api.Json(Post("/api/papers/template/builtin", json{{"kind", kind["id"]}}.dump()));
  for (size_t i = 0; i < papers.size(); ++i) EXPECT_EQ(own[i], words(papers[i]));
}

inline void UsePapers(Api& api, int64_t document, int64_t unit) {
  EXPECT_EQ(KindsOf(api, api.session()).size(), 14u);
  json asked = {{"kind", "report"}, {"document", document}, {"issuer", "江岚省整改办"}};
  json preview = api.Json(Post("/api/papers/preview", asked.dump()));
  json listed = api.Json(Get("/api/tasks?limit=200&document=" + std::to_string(document)));
  const json& all = preview["paper"]["figures"][0];
  EXPECT_EQ(all["name"], "全部整改任务");
  EXPECT_EQ(all["ids"].size(), listed["items"].size()) << "a figure knows what it was counted from";
  std::string told = std::to_string(all["ids"].size()) + "项整改任务已完成";
  EXPECT_NE(WordsOf(preview).find(told), std::string::npos) << WordsOf(preview).substr(0, 900);
  // As pages, where the programs that draw them are there.
  for (const Ask& pages :
       {Post("/api/papers/pages", asked.dump()), Get("/api/papers/template/pages?kind=report")}) {
    Reply drawn = api.Call(pages);
    if (drawn.status == 503)
      EXPECT_NE(drawn.body.find("document.program_missing"), std::string::npos) << drawn.body;
    else
      EXPECT_EQ(api.Json(pages)["pages"][0].get<std::string>().substr(0, 8), "iVBORw0K") << "a PNG";
  }
  json file = asked;
  for (const char* format : {"docx", "xlsx"}) {
    file["format"] = format;
    Reply reply = api.Call(Post("/api/papers/file", file.dump()));
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body.substr(0, 2), "PK");
  }
  file["format"] = "pdf";
  Reply pdf = api.Call(Post("/api/papers/file", file.dump()));
  if (pdf.status == 503)
    EXPECT_NE(pdf.body.find("document.program_missing"), std::string::npos) << pdf.body;
  else
    EXPECT_EQ(pdf.body.substr(0, 5), "%PDF-");
  json events = api.Json(Get("/api/events?document=" + std::to_string(document)))["items"];
  EXPECT_EQ(events[0]["kind"], "paper.issued");
  // What is wrong is named.
  auto refused = [&](json body, const char* code, int status = 400) {
    EXPECT_EQ(api.Json(Post("/api/papers/preview", body.dump()), status)["error"]["code"], code) << body;
  };
  refused({{"kind", "reprot"}, {"document", document}}, "paper.kind");
  refused({{"kind", "report"}}, "paper.needs");
  refused({{"kind", "report"}, {"document", 999'999}}, "document.not_found", 404);
  refused({{"kind", "report"}, {"document", document}, {"number", "江环[2026]012号"}}, "paper.number");
  refused({{"kind", "catalogue"}, {"tasks", {999'999}}}, "task.not_found", 404);
  // A unit's user gets its own, and no letters to others.
  Session reporter = api.As(RoleBit(Role::kReporter), UnitId{unit});
  EXPECT_FALSE(KindsOf(api, reporter).dump().find("supervision") != std::string::npos);
  json letter = {{"kind", "supervision"}, {"unit", unit}, {"tasks", {listed["items"][0]["id"]}}};
  EXPECT_EQ(api.Json(Post("/api/papers/preview", letter.dump()), reporter, 403)["error"]["code"],
            "paper.not_yours");
  json words = api.Json(Post("/api/papers/preview", letter.dump()));
  EXPECT_NE(WordsOf(words).find("有1项需要督办"), std::string::npos) << WordsOf(words);
  json own = {{"kind", "task_list"}, {"document", document}};
  Reply seen = api.Call(Post("/api/papers/preview", own.dump()), reporter);
  ASSERT_EQ(seen.status, 200) << "it stands at tasks of the list";
  json whole = api.Json(Post("/api/papers/preview", own.dump()));
  EXPECT_LT(WordsOf(json::parse(seen.body)).size(), WordsOf(whole).size());
  UseTemplates(api, letter);
  UseEveryTemplate(api, document, listed["items"][0]["id"]);
}

}  // namespace zg::http::test
