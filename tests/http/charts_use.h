#pragma once
// Uses every route of charts, leaders' figures and the plan of visits once, so that each answer is held
// against the description.

#include "http/api.h"

namespace zg::http::test {

inline void UseCharts(Api& api) {
  for (const char* chart :
       {"gantt&sort=due", "wall&group=unit", "closeout", "regions", "departments", "map", "route"}) {
    json shown = api.Json(Get(std::string("/api/charts?chart=") + chart));
    EXPECT_GE(shown["pages"], 1);
    EXPECT_EQ(shown["svg"].get<std::string>().substr(0, 4), "<svg");
  }
  for (auto [format, magic] :
       {std::pair("pdf", "%PDF"), std::pair("png", "\x89PNG"), std::pair("svg", "<?xm")}) {
    Reply file = api.Call(Get(std::string("/api/charts/file?chart=wall&size=a1&format=") + format));
    EXPECT_EQ(file.status, 200);
    EXPECT_EQ(file.body.substr(0, 4), magic);
  }
  EXPECT_EQ(api.Json(Get("/api/charts"), 400)["error"]["code"], "parameter.missing");
  EXPECT_EQ(api.Json(Get("/api/charts?chart=map&overdue=true"), 400)["error"]["code"], "chart.filter");
  EXPECT_EQ(api.Json(Get("/api/charts?chart=wall&page=99"), 400)["error"]["code"], "chart.page");
  json standing = api.Json(Get("/api/standing"));
  EXPECT_EQ(standing["counts"]["total"], api.Json(Get("/api/overview"))["total"]);
  EXPECT_EQ(api.Json(Get("/api/standing?round=99999"), 404)["error"]["code"], "round.not_found");

  json unit = api.Json(Get("/api/units?limit=1"))["items"][0];
  json form = {{"team", "第一督导组"}, {"unit_id", unit["id"]}, {"from", "2024-07-01"}, {"to", "2024-07-03"}};
  json added = api.Json(Post("/api/visits", form.dump()), 201);
  EXPECT_EQ(added["place"], unit["name"]);
  form["done"] = 1;
  form["revision"] = added["revision"];
  std::string at = "/api/visits/" + added["id"].dump();
  EXPECT_EQ(api.Json(Patch(at, form.dump()))["done"], true);
  EXPECT_EQ(api.Json(Patch(at, form.dump()), 409)["error"]["code"], "visit.changed");
  EXPECT_EQ(api.Json(Get("/api/visits?from=2024-07-03&to=2024-07-09"))["items"].size(), 1u);
  EXPECT_EQ(api.Json(Get("/api/visits?from=2024-07-04"))["items"].size(), 0u);
  EXPECT_EQ(api.Json(Get("/api/charts?chart=route"))["drawn"], 1);
  form["to"] = "2024-06-01";
  EXPECT_EQ(
      api.Json(Post("/api/visits", json{{"team", ""}, {"from", "2024-07-01"}, {"to", "2024-07-01"}}.dump()),
               400)["error"]["code"],
      "visit.bad");
  api.Json(Ask{.method = "DELETE", .target = at});
  EXPECT_EQ(api.Json(Get("/api/visits"))["items"].size(), 0u);
}

}  // namespace zg::http::test
