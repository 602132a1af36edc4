#pragma once
// Uses every route of evidence once, so that each answer is held against the description.

#include "http/api.h"
#include "office/evidence.h"

namespace zg::http::test {

// Uploads the bytes for the task. → /api/evidence/7
inline std::string AddEvidence(Api& api, const std::string& task, const std::string& name,
                               const std::string& bytes) {
  json start = {{"name", name}, {"bytes", bytes.size()}};
  std::string upload = "/api/uploads/" + api.Json(Post("/api/uploads", start.dump()), 201)["id"].dump();
  api.Json({.method = "PATCH",
            .target = upload + "?offset=0",
            .body = bytes,
            .content_type = "application/octet-stream"});
  api.Json(Get(upload));
  json form = {{"tie", {{"kind", "task"}, {"id", json::parse(task)}}}};
  json made = api.Json(Post(upload + "/finish", form.dump()), 201);
  return std::string("/api/evidence/") + made["id"].dump();
}

inline void UseEvidence(Api& api, const std::string& task) {
  auto add = [&](const std::string& name, const std::string& bytes) {
    return AddEvidence(api, task, name, bytes);
  };
  std::string png = add("a.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) + std::string(100, 'p'));
  std::string pdf =
      add("a.pdf",
          "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count "
          "1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 "
          "R>>\n%%EOF\n");
  json open = api.Json(Post("/api/uploads", R"({"name":"b","bytes":1})"), 201);
  api.Json(Get("/api/uploads"));
  api.Json(Delete("/api/uploads/" + open["id"].dump()));
  EXPECT_EQ(api.Json(Get("/api/evidence"))["items"].size(), 2u);
  api.Json(Get("/api/evidence/plan"));
  api.Json(Get(png));
  api.Json(Patch(png, R"({"title":"甲","revision":1})"));
  api.Json(Post(png + "/ties", json{{"kind", "item"}, {"id", 7}, {"task_id", json::parse(task)}}.dump()));
  api.Call(Get(png + "/file"));
  api.Call(Get(png + "/picture"));
  EXPECT_EQ(api.Json(Get(pdf + "/preview"))["pages"], 1);
  EXPECT_EQ(api.Call(Get(pdf + "/pages/1")).body.substr(1, 3), "PNG");
  api.Json(Get("/api/tasks/" + task + "/evidence"));
  api.Call(Get("/api/tasks/" + task + "/evidence.zip"));
  api.Json(Post(png + "/removal", R"({"reason":"传错了"})"));
  api.Json(Post(png + "/removal/refuse"));
  EvidenceId id{std::stoll(png.substr(png.rfind('/') + 1))};
  EXPECT_TRUE(api.office().evidence().AskRemoval(id, "传错了", {"另一人"}).ok());
  EXPECT_EQ(api.Json(Post(png + "/removal/confirm"))["state"], "removed");
}

}  // namespace zg::http::test
