// What lies outside of somebody's unit is not there for them: lists leave it out, everything asked for by its
// id answers as if there were none.
#include "http/api.h"
#include "http/evidence_use.h"
#include "office/checks.h"
#include "office/keeping.h"

namespace zg::http::test {
namespace {

class ScopeTest : public testing::Test {
 protected:
  ScopeTest() : api_("scope") {
    api_.Commit(api_.Import("01-province-tasklist/tasklist.txt", "省整改任务清单.txt"));
    api_.office().checks().CheckAll();
    for (const char* name : {"霁川市政府", "澄阳市政府", "省林业局"}) {
      json found = api_.Json(Get("/api/units?limit=50&q=" + PercentEncode(name)));
      for (const auto& unit : found["items"])
        if (unit["name"] == name) units_[name] = {unit["id"].get<int64_t>()};
      EXPECT_TRUE(units_[name]) << name;
    }
  }
  std::set<int64_t> TasksOf(const Session& session) {
    std::set<int64_t> ids;
    json page = api_.Json(Get("/api/tasks?limit=200"), session);
    for (const auto& item : page["items"]) ids.insert(item["id"].get<int64_t>());
    EXPECT_EQ(page["total"], ids.size());
    return ids;
  }
  Api api_;
  std::map<std::string, UnitId> units_;
};

TEST_F(ScopeTest, ListsLeaveOutWhatIsNotSeen) {
  Session city = api_.As(RoleBit(Role::kReporter), units_["霁川市政府"]);
  Session forestry = api_.As(RoleBit(Role::kReporter), units_["省林业局"]);
  auto all = TasksOf(api_.session()), seen = TasksOf(city), trees = TasksOf(forestry);
  EXPECT_GT(seen.size(), 3u);
  EXPECT_LT(seen.size(), all.size());
  EXPECT_LT(trees.size(), seen.size());
  // By hand: the tasks that name it or one that stands under it, and for a city those for every prefecture.
  std::set<int64_t> for_city, for_forestry;
  json list = api_.Json(Get("/api/tasks?limit=200"));
  for (const auto& item : list["items"]) {
    int64_t id = item["id"].get<int64_t>();
    json task = api_.Json(Get("/api/tasks/" + item["id"].dump()));
    std::set<std::string> names;
    for (const char* side : {"responsible", "acceptance"})
      for (const auto& name : task[side]) names.insert(name.get<std::string>());
    for (const auto& measure : task["measures"])
      for (const auto& name : measure.value("acceptance", json::array()))
        names.insert(name.get<std::string>());
    for (const auto& name : names) {
      if (name == "霁川市政府" || name.rfind("霁川市", 0) == 0 || name.rfind("各市（州、地区）", 0) == 0)
        for_city.insert(id);
      if (name == "省林业局") for_forestry.insert(id);
    }
  }
  EXPECT_EQ(seen, for_city);
  EXPECT_EQ(trees, for_forestry);
  for (const char* target :
       {"/api/overview", "/api/search?q=%E6%95%B4%E6%94%B9", "/api/findings", "/api/relations",
        "/api/documents", "/api/cases/board", "/api/evidence", "/api/events", "/api/rounds"})
    api_.Json(Get(target), forestry);
  EXPECT_EQ(api_.Json(Get("/api/overview"), forestry)["total"], trees.size());
  EXPECT_EQ(api_.Json(Get("/api/events"), forestry)["items"].size(), 0u);
  Reply csv = api_.Call(Get("/api/export/tasks.csv"), forestry);
  EXPECT_EQ(std::count(csv.body.begin(), csv.body.end(), '\r'), int64_t(trees.size()) + 1)
      << "the head and its tasks";
}

// Words are found in all that is seen and in nothing else, in the list as in the search, and when a unit
// comes under another one, by that one too.
TEST_F(ScopeTest, WordsAreFoundInWhatIsSeen) {
  const std::string words = PercentEncode("整改"), city = "霁川市政府", forestry = "省林业局";
  auto found = [&](const Session& session) {
    std::set<int64_t> ids;
    json result = api_.Json(Get("/api/search?limit=100&q=" + words), session);
    for (const auto& hit : result["items"])
      if (hit["kind"] == "task") ids.insert(hit["task_id"].get<int64_t>());
    EXPECT_FALSE(result["capped"]);
    std::set<int64_t> listed;
    json list = api_.Json(Get("/api/tasks?limit=200&q=" + words), session);
    for (const auto& item : list["items"]) listed.insert(item["id"].get<int64_t>());
    EXPECT_EQ(list["total"], listed.size());
    EXPECT_EQ(listed, ids);
    return ids;
  };
  auto expect = [&](const Session& session) {
    std::set<int64_t> seen = TasksOf(session), expected;
    for (int64_t id : found(api_.session()))
      if (seen.count(id)) expected.insert(id);
    EXPECT_EQ(found(session), expected);
    return expected.size();
  };
  Session of_city = api_.As(RoleBit(Role::kReporter), units_[city]);
  Session of_forestry = api_.As(RoleBit(Role::kReporter), units_[forestry]);
  size_t before = expect(of_city);
  EXPECT_GT(before, 0u);
  EXPECT_GT(expect(of_forestry), 0u);
  api_.Json(Post("/api/units/" + std::to_string(units_[forestry].value) + "/parent",
                 "{\"parent_id\":" + std::to_string(units_[city].value) + "}"));
  EXPECT_GT(expect(of_city), before);
  EXPECT_GT(expect(of_forestry), 0u);
}

// The list of evidence is of the tasks that are seen, also when a unit comes under another one.
TEST_F(ScopeTest, EvidenceOfTasksThatAreSeen) {
  Session of_city = api_.As(RoleBit(Role::kReporter), units_["霁川市政府"]);
  Session of_forestry = api_.As(RoleBit(Role::kReporter), units_["省林业局"]);
  auto city = TasksOf(of_city), trees = TasksOf(of_forestry);
  auto only = [](std::set<int64_t> these, const std::set<int64_t>& those) {
    std::erase_if(these, [&](int64_t id) { return those.count(id); });
    EXPECT_FALSE(these.empty());
    return std::to_string(*these.begin());
  };
  std::string for_trees = AddEvidence(api_, only(trees, city), "a.txt", "甲").substr(14);
  std::string for_city = AddEvidence(api_, only(city, trees), "b.txt", "乙").substr(14);
  auto listed = [&](const Session& session) {
    std::set<std::string> ids;
    json list = api_.Json(Get("/api/evidence"), session);
    for (const auto& item : list["items"]) ids.insert(item["id"].dump());
    return ids;
  };
  using Ids = std::set<std::string>;
  EXPECT_EQ(listed(api_.session()), (Ids{for_trees, for_city}));
  EXPECT_EQ(listed(of_forestry), Ids{for_trees});
  EXPECT_EQ(listed(of_city), Ids{for_city});
  api_.Json(Post("/api/units/" + std::to_string(units_["省林业局"].value) + "/parent",
                 "{\"parent_id\":" + std::to_string(units_["霁川市政府"].value) + "}"));
  EXPECT_EQ(listed(of_city), (Ids{for_trees, for_city}));
  EXPECT_EQ(listed(of_forestry), Ids{for_trees});
  api_.Json(
      Post("/api/units/" + std::to_string(units_["省林业局"].value) + "/parent", R"({"parent_id":null})"));
  EXPECT_EQ(listed(of_city), Ids{for_city});
}

// Every GET with an id in its path: what the one sees is a 404 for the other.
TEST_F(ScopeTest, WhatIsNotSeenIsNotThere) {
  Session forestry = api_.As(RoleBit(Role::kReporter), units_["省林业局"]);
  Session nobody = api_.As(RoleBit(Role::kReporter), [&] {
    return UnitId{
        api_.Json(Post("/api/units", R"({"name":"省某处","parent_id":null})"), 201)["id"].get<int64_t>()};
  }());
  auto trees = TasksOf(forestry);
  auto all = TasksOf(api_.session());
  std::erase_if(all, [&](int64_t id) { return trees.count(id); });
  std::string hidden = std::to_string(*all.begin());
  std::string evidence = AddEvidence(api_, hidden, "a.txt", "甲").substr(14);
  std::string finding;
  json findings = api_.Json(Get("/api/findings?limit=200"));
  for (const auto& item : findings["items"])
    if (!item["task"].is_null() && all.count(item["task"]["id"].get<int64_t>())) finding = item["id"].dump();
  json period = api_.Json(Post("/api/periods", R"({"code":"2024-07","due":"2024-07-25","rounds":[]})"), 201);
  std::string report = api_.Json(Get("/api/periods/" + period["id"].dump() + "/reports?unit=" +
                                     std::to_string(units_["澄阳市政府"].value)))["items"][0]["id"]
                           .dump();
  std::map<std::string, std::string> ids = {{"tasks", hidden}, {"evidence", evidence}, {"reports", report}};
  if (!finding.empty()) ids["findings"] = finding;
  int asked = 0;
  json description = json::parse(OpenApiJson());
  for (const auto& [path, operations] : description["paths"].items()) {
    if (!operations.contains("get") || path.find("{id}") == std::string::npos) continue;
    std::string kind = path.substr(5, path.find('/', 5) - 5);
    if (!ids.count(kind)) continue;
    std::string target = path;
    target.replace(target.find("{id}"), 4, ids[kind]);
    if (target.find("{id}") != std::string::npos) target.replace(target.find("{id}"), 4, "1");
    int status = api_.Call(Get(target), forestry).status;
    EXPECT_TRUE(status == 404 || (kind == "reports" && status == 403)) << target << " → " << status;
    ++asked;
  }
  EXPECT_GE(asked, 9);
  EXPECT_EQ(api_.Call(Get("/api/documents/1"), nobody).status, 404);
  EXPECT_EQ(api_.Call(Get("/api/documents/1/text"), nobody).status, 404);
  EXPECT_EQ(api_.Call(Get("/api/documents/1/original"), nobody).status, 404);
  EXPECT_EQ(api_.Json(Get("/api/documents"), nobody)["items"].size(), 0u);
  EXPECT_EQ(api_.Json(Get("/api/search?q=" + PercentEncode("整改")), nobody)["total"], 0);
  EXPECT_EQ(api_.Json(Get("/api/evidence"), forestry)["items"].size(), 0u);
  // Not even as a neighbour of what is seen.
  for (int64_t id : trees) {
    json task = api_.Json(Get("/api/tasks/" + std::to_string(id)), forestry);
    for (const char* beside : {"previous", "next"})
      EXPECT_TRUE(task[beside].is_null() || !task[beside]["is_task"] ||
                  trees.count(task[beside]["id"].get<int64_t>()))
          << task[beside];
  }
  // What concerns every unit is not for an office that sees a part.
  Session part = api_.As(RoleBit(Role::kClerk), units_["霁川市政府"]);
  for (const Ask& ask :
       {Post("/api/periods", R"({"code":"2024-09","due":null,"rounds":[]})"), Post("/api/verify", ""),
        Get("/api/imports"), Get("/api/contacts"), Get("/api/letters")})
    EXPECT_EQ(api_.Json(ask, part, 403)["error"]["code"], "ledger.not_whole") << ask.target;
  json link = {{"kind", "follows_up"}, {"to", *all.begin()}};
  EXPECT_EQ(api_.Json(Post("/api/tasks/" + std::to_string(*trees.begin()) + "/links", link.dump()),
                      api_.As(RoleBit(Role::kClerk), units_["省林业局"]), 404)["error"]["code"],
            "task.not_found");
  // Nor can it be changed.
  EXPECT_EQ(api_.Call(Post("/api/tasks/" + hidden + "/case/steps",
                           R"({"step":"start","revision":1,"text":"动工"})"),
                      forestry)
                .status,
            404);
}

// A unit with a step of a task's breakdown sees the task, and so do those above it: in the list, the counts,
// by its id; after the index was made anew; and no longer when the step is another's.
TEST_F(ScopeTest, AStepOfTheBreakdownShowsTheTask) {
  UnitId forestry_unit = units_["省林业局"];
  Session forestry = api_.As(RoleBit(Role::kReporter), forestry_unit);
  auto before = TasksOf(forestry), hidden = TasksOf(api_.session());
  std::erase_if(hidden, [&](int64_t id) { return before.count(id); });
  int64_t task = *hidden.begin();
  std::string at = "/api/tasks/" + std::to_string(task);
  json step = {{"text", "核查林地。"}, {"unit", forestry_unit.value}, {"due", "2024-07-20"}};
  json saved = api_.Json(Patch(at + "/breakdown", json{{"revision", 0}, {"steps", {step}}}.dump()));
  auto with = before;
  with.insert(task);
  for (bool anew : {false, true}) {
    if (anew) ASSERT_TRUE(api_.office().keeping().Rebuild(Actor{"命令行"}).ok());
    EXPECT_EQ(TasksOf(forestry), with) << anew;
    EXPECT_EQ(api_.Json(Get(at), forestry)["id"], task);
    EXPECT_EQ(api_.Json(Get("/api/overview"), forestry)["total"], with.size());
    EXPECT_TRUE(api_.Json(Post("/api/verify", ""))["ok"]);
  }
  // What it owes stands in its list; done, it does not.
  auto owed = [&]() -> json {
    json todo = api_.Json(Get("/api/todo"), forestry);
    for (const auto& group : todo["groups"])
      if (group["kind"] == "breakdown") return group;
    return json();
  };
  EXPECT_EQ(owed()["total"], 1);
  EXPECT_EQ(owed()["items"][0]["due"], "2024-07-20");
  EXPECT_EQ(owed()["items"][0]["link"], "/tasks/" + std::to_string(task));
  json done = {{"revision", 1}, {"step", saved["steps"][0]["id"]}, {"day", "2024-06-30"}};
  api_.Json(Post(at + "/breakdown/done", done.dump()), forestry);
  EXPECT_TRUE(owed().is_null());
  // It may not put its hand to what is another's: the step that asks for a responsible unit is not its own.
  EXPECT_EQ(
      api_.Call(Post(at + "/case/steps", R"({"step":"start","revision":1,"text":"动工"})"), forestry).status,
      403);
  json moved = {{"text", "核查林地。"}, {"unit", units_["霁川市政府"].value}};
  api_.Json(Patch(at + "/breakdown", json{{"revision", 2}, {"steps", {moved}}}.dump()));
  EXPECT_EQ(TasksOf(forestry), before);
  EXPECT_EQ(api_.Call(Get(at), forestry).status, 404);
}

}  // namespace
}  // namespace zg::http::test
