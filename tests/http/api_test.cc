// The API as its users see it: every row is a request to a real server over a real ledger, and every answer
// is held against openapi.json.
#include "http/api.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "http/articles_use.h"
#include "http/breakdown_use.h"
#include "http/cases_use.h"
#include "http/charts_use.h"
#include "http/dispatch_use.h"
#include "http/evidence_use.h"
#include "http/papers_use.h"
#include "http/people_use.h"
#include "http/publish_use.h"
#include "http/todo_use.h"

namespace zg::http::test {
namespace {

using testing::HasSubstr;

// A ledger with the province's list and the city's progress on it, made once.
class ApiTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    api_ = new Api("shared");
    province_ = api_->Import("01-province-tasklist/tasklist.txt", "省整改任务清单.txt");
    province_committed_ = api_->Commit(province_);
    city_ = api_->Import("03-prefecture-progress/progress.txt", "霁川市整改进展.txt");
    city_committed_ = api_->Commit(city_);
  }
  static void TearDownTestSuite() {
    delete api_;
    api_ = nullptr;
  }
  Api& api() { return *api_; }

  static Api* api_;
  static json province_, city_, province_committed_, city_committed_;
};
Api* ApiTest::api_ = nullptr;
json ApiTest::province_, ApiTest::city_, ApiTest::province_committed_, ApiTest::city_committed_;

struct Row {
  const char* name;
  Ask ask;
  int status = 200;
  std::string code;                   // of the error; empty where there is none
  std::vector<std::string> body_has;  // parts of the body
};

void RunRows(Api& api, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Reply reply = api.Call(row.ask);
    EXPECT_EQ(reply.status, row.status) << reply.body.substr(0, 500);
    json body = json::parse(reply.body, nullptr, false);
    if (!row.code.empty()) {
      EXPECT_EQ(body.value("/error/code"_json_pointer, ""), row.code);
    }
    for (const std::string& part : row.body_has) EXPECT_THAT(reply.body, HasSubstr(part));
  }
}

TEST_F(ApiTest, RefusesWhatCannotBeMeant) {
  std::string task = "/api/tasks/1";
  RunRows(
      api(),
      {
          {"unknown filter", Get("/api/tasks?rond=1"), 400, "parameter.unknown", {"rond", "round"}},
          {"round that is no number",
           Get("/api/tasks?round=first"),
           400,
           "parameter.bad",
           {"\"where\":\"round\""}},
          {"limit too large", Get("/api/tasks?limit=201"), 400, "parameter.bad", {"\"where\":\"limit\""}},
          {"a date that does not exist",
           Get("/api/tasks?due_to=2024-02-30"),
           400,
           "parameter.bad",
           {"due_to"}},
          {"dates the wrong way round",
           Get("/api/tasks?due_from=2024-02-02&due_to=2024-01-01"),
           400,
           "parameter.bad",
           {"due_to"}},
          {"unknown state", Get("/api/tasks?state=complete"), 400, "parameter.bad", {"completed"}},
          {"unknown role", Get("/api/tasks?role=boss"), 400, "parameter.bad", {"lead"}},
          {"unknown order", Get("/api/tasks?sort=size"), 400, "parameter.bad", {"\"where\":\"sort\""}},
          {"key of another list", Get("/api/tasks?after=nonsense"), 400, "parameter.after", {}},
          {"half a flag", Get("/api/tasks?overdue=maybe"), 400, "parameter.bad", {"overdue"}},
          {"a parameter where none is", Get("/api/rounds?x=1"), 400, "parameter.unknown", {}},
          {"task that is not there", Get("/api/tasks/999999"), 404, "task.not_found", {}},
          {"task id that is none", Get("/api/tasks/1e3"), 400, "parameter.bad", {"\"where\":\"id\""}},
          {"document that is not there", Get("/api/documents/999999"), 404, "document.not_found", {}},
          {"its text", Get("/api/documents/999999/text"), 404, "document.not_found", {}},
          {"its entries", Get("/api/documents/999999/entries"), 404, "document.not_found", {}},
          {"its file", Get("/api/documents/999999/original"), 404, "document.not_found", {}},
          {"import that is not there", Get("/api/imports/999999"), 404, "import.not_found", {}},
          {"its draft", Get("/api/imports/999999/draft"), 404, "import.not_found", {}},
          {"committing it", Post("/api/imports/999999/commit"), 404, "import.not_found", {}},
          {"discarding it", Delete("/api/imports/999999"), 404, "import.not_found", {}},
          {"link that is not there", Post("/api/links/999999/confirm"), 404, "link.not_found", {}},
          {"round that is not there", Get("/api/overview?round=999999"), 404, "round.not_found", {}},
          {"search for nothing", Get("/api/search"), 400, "parameter.missing", {"\"where\":\"q\""}},
          {"search with a typo", Get("/api/search?qq=a"), 400, "parameter.unknown", {"q"}},
          {"unknown column", Get("/api/export/tasks.csv?columns=problm"), 400, "parameter.bad", {"problem"}},
          {"unknown format", Get("/api/export/tasks.pdf"), 404, "http.no_such_path", {}},
          {"upload without a name",
           {.method = "POST", .target = "/api/imports", .body = "x", .content_type = "text/plain"},
           400,
           "parameter.missing",
           {"\"where\":\"name\""}},
          {"empty upload", {.method = "POST", .target = "/api/imports?name=a.txt"}, 400, "import.empty", {}},
          {"change without a reason",
           Patch(task, R"({"field":"goal","value":"x","revision":1})"),
           400,
           "body.missing",
           {"reason"}},
          {"change of an old revision",
           Patch(task, R"({"field":"goal","value":"x","revision":999,"reason":"y"})"),
           409,
           "task.changed",
           {}},
          {"change of a field that is none",
           Patch(task, R"({"field":"gaol","value":"x","revision":1,"reason":"y"})"),
           400,
           "correction.field",
           {}},
          {"change with a stray member",
           Patch(task, R"({"field":"goal","value":"x","revision":1,"reason":"y","reson":1})"),
           400,
           "body.unknown",
           {"reason"}},
          {"link to nobody",
           Post("/api/tasks/1/links", R"({"kind":"follows_up","to":999999})"),
           404,
           "task.not_found",
           {}},
          {"link to itself",
           Post("/api/tasks/1/links", R"({"kind":"follows_up","to":1})"),
           400,
           "link.self",
           {}},
          {"link of a kind that is none",
           Post("/api/tasks/1/links", R"({"kind":"likes","to":2})"),
           400,
           "link.kind",
           {}},
          {"committing twice",
           Post("/api/imports/" + province_["id"].dump() + "/commit"),
           409,
           "import.closed",
           {}},
          {"correcting what is committed",
           Patch("/api/imports/" + province_["id"].dump() + "/draft",
                 R"({"path":"1","field":"goal","value":"x"})"),
           409,
           "import.closed",
           {}},
      });
}

TEST_F(ApiTest, ListsFilteredAndPagedAddUp) {
  json all = api().Json(Get("/api/tasks?limit=200"));
  ASSERT_EQ(all["items"].size(), all["total"]);
  EXPECT_EQ(all["total"].get<int>(),
            province_committed_["tasks"].get<int>() + city_committed_["tasks"].get<int>());
  std::vector<int64_t> paged;
  std::string after;
  for (int i = 0; i < 100; ++i) {
    json page = api().Json(Get("/api/tasks?limit=3&after=" + PercentEncode(after)));
    for (const json& item : page["items"]) paged.push_back(item["id"]);
    if (page["next"].is_null()) break;
    after = page["next"];
  }
  std::vector<int64_t> whole;
  for (const json& item : all["items"]) whole.push_back(item["id"]);
  EXPECT_EQ(paged, whole);
  int by_state = 0;
  for (std::string state : {"not_stated", "not_started", "in_progress", "ongoing", "completed"}) {
    json list = api().Json(Get("/api/tasks?limit=200&state=" + state));
    for (const json& item : list["items"]) EXPECT_EQ(item["state"], state);
    by_state += list["total"].get<int>();
  }
  EXPECT_EQ(by_state, all["total"]);
  json two = api().Json(Get("/api/tasks?limit=200&state=completed,in_progress&sort=-due"));
  for (const json& item : two["items"])
    EXPECT_TRUE(item["state"] == "completed" || item["state"] == "in_progress");
}
TEST_F(ApiTest, FiltersKeepTheirPromise) {
  json late = api().Json(Get("/api/tasks?overdue=true&as_of=2030-01-01&limit=200"));
  EXPECT_GT(late["total"], 0);
  for (const json& item : late["items"]) EXPECT_TRUE(item["overdue"]) << item;
  json due = api().Json(Get("/api/tasks?due_from=2024-12-31&due_to=2024-12-31&limit=200"));
  EXPECT_GT(due["total"], 0);
  for (const json& item : due["items"]) EXPECT_EQ(item["due"], "2024-12-31");
  json document = api().Json(Get("/api/tasks?limit=200&document=" + city_committed_["document_id"].dump()));
  EXPECT_EQ(document["total"], city_committed_["tasks"]);
  json words = api().Json(Get("/api/tasks?limit=200&q=" + PercentEncode("焦化")));
  EXPECT_GT(words["total"], 0);
  EXPECT_LT(words["total"], document["total"]);
  for (const char* flag : {"immediate", "long_term"}) {
    json flagged = api().Json(Get(std::string("/api/tasks?limit=200&") + flag + "=true"));
    EXPECT_FALSE(flagged["items"].empty()) << flag;
    for (const json& item : flagged["items"]) EXPECT_TRUE(item[flag]) << item;
  }
  json unit = api().Json(Get("/api/units?limit=1"))["items"][0];
  json lists = api().Json(Get("/api/tasks?role=responsible&limit=200&unit=" + unit["id"].dump()));
  for (const json& item : lists["items"]) {
    const json& names = item["responsible"];
    EXPECT_NE(std::find(names.begin(), names.end(), unit["name"]), names.end()) << item;
  }
}

TEST_F(ApiTest, ATaskTellsEverythingAboutIt) {
  json items =
      api().Json(Get("/api/tasks?limit=200&document=" + province_committed_["document_id"].dump()))["items"];
  for (const json& item : items) {
    json task = api().Json(Get("/api/tasks/" + item["id"].dump()));
    EXPECT_EQ(task["path"], item["path"]);
    EXPECT_EQ(task["due"], item["due"]);
    EXPECT_EQ(task["document"]["id"], province_committed_["document_id"]);
  }
}
TEST_F(ApiTest, ValuesPointToTheirWordsInTheText) {
  std::string document = province_committed_["document_id"].dump();
  std::string text = api().Json(Get("/api/documents/" + document + "/text"))["text"];
  std::u32string points = ToUtf32(text);
  json entries = api().Json(Get("/api/documents/" + document + "/entries"));
  ASSERT_FALSE(entries.empty());
  for (const json& entry : entries) {
    Span span{entry["begin"], entry["end"]};
    ASSERT_LE(span.end, points.size());
    std::string words = ToUtf8(Slice(points, span));
    std::u32string head = Squeeze(ToUtf32(entry["problem"].get<std::string>())).substr(0, 8);
    EXPECT_NE(Squeeze(ToUtf32(words)).find(head), std::u32string::npos) << entry;
  }
}
TEST_F(ApiTest, TheFileComesBackByteForByteToBeSaved) {
  Reply file = api().Call(Get("/api/documents/" + province_committed_["document_id"].dump() + "/original"));
  EXPECT_EQ(file.body, Example("01-province-tasklist/tasklist.txt"));
  EXPECT_THAT(file.header("content-disposition"), HasSubstr("attachment;"));
  EXPECT_THAT(file.header("content-disposition"),
              HasSubstr("filename*=UTF-8''" + PercentEncode("省整改任务清单.txt")));
  EXPECT_EQ(file.header("x-content-type-options"), "nosniff");
}
TEST_F(ApiTest, TheOverviewCountsWhatTheListHas) {
  json overview = api().Json(Get("/api/overview"));
  EXPECT_EQ(overview["as_of"], "2024-06-30");
  EXPECT_EQ(overview["total"], api().Json(Get("/api/tasks?limit=1"))["total"]);
  EXPECT_EQ(overview["overdue"], api().Json(Get("/api/tasks?overdue=true&limit=1"))["total"]);
  EXPECT_EQ(overview["flags"]["long_term"], api().Json(Get("/api/tasks?long_term=true&limit=1"))["total"]);
  int states = 0;
  for (const json& n : overview["by_state"]) states += n.get<int>();
  EXPECT_EQ(states, overview["total"]);
  json later = api().Json(Get("/api/overview?as_of=2030-01-01"));
  EXPECT_GT(later["overdue"], overview["overdue"]);
  json rounds = api().Json(Get("/api/rounds"));
  ASSERT_FALSE(rounds.empty());
  api().Json(Get("/api/overview?round=" + rounds[0]["id"].dump()));
}
TEST_F(ApiTest, SearchFindsTwoCharactersAndMarksThem) {
  json found = api().Json(Get("/api/search?q=" + PercentEncode("焦化")));
  ASSERT_GT(found["total"], 0);
  bool marked = false;
  for (const json& hit : found["items"])
    for (const json& part : hit["snippet"])
      marked = marked || (part["hit"] == true && part["text"] == "焦化");
  EXPECT_TRUE(marked);
  EXPECT_EQ(api().Json(Get("/api/search?q=" + PercentEncode("龘龘龘")))["total"], 0);
}
TEST_F(ApiTest, ExportsWhatTheListShows) {
  Reply csv = api().Call(
      Get("/api/export/tasks.csv?columns=problem,due&document=" + city_committed_["document_id"].dump()));
  EXPECT_THAT(csv.body, HasSubstr("焦"));
  EXPECT_THAT(csv.header("content-disposition"), HasSubstr("attachment;"));
  EXPECT_EQ(csv.header("content-encoding"), "");
  size_t lines = size_t(std::count(csv.body.begin(), csv.body.end(), '\n'));
  EXPECT_GE(lines, city_committed_["tasks"].get<size_t>() + 1);
  Reply xlsx = api().Call(Get("/api/export/tasks.xlsx?sort=-due"));
  EXPECT_EQ(xlsx.body.substr(0, 4), "PK\x03\x04");
}
TEST_F(ApiTest, TheLedgerProvesItself) {
  json proof = api().Json(Post("/api/verify"));
  EXPECT_EQ(proof["ok"], true) << proof;
  EXPECT_GT(proof["spans"], 0);
  EXPECT_EQ(proof["documents"], 2);
}

// Commits the import, waits until it was checked, and answers for one of its findings.
void TestFindings(Api& api, const std::string& import) {
  std::string document = api.Json(Post(import + "/commit", R"({"round_id":1})"))["document_id"].dump();
  json page = api.Json(Get("/api/findings"));
  for (int i = 0; i < 600 && page["pending"] != 0; ++i) {
    std::this_thread::sleep_for(10ms);
    page = api.Json(Get("/api/findings"));
  }
  ASSERT_EQ(page["pending"], 0);
  EXPECT_EQ(api.Json(Get("/api/findings?explained=true"))["total"], 0);
  json ratio = api.Json(Get("/api/findings?kind=ratio&severity=error&document=" + document));
  ASSERT_EQ(ratio["total"], 1) << ratio;
  std::string one = "/api/findings/" + ratio["items"][0]["id"].dump();
  EXPECT_EQ(api.Json(Get(one))["message"], ratio["items"][0]["message"]);
  EXPECT_EQ(api.Json(Post(one + "/explain", R"({"reason":" "})"), 400)["error"]["code"], "finding.no_reason");
  EXPECT_EQ(api.Json(Post(one + "/explain", R"({"reason":"按到位资金计算"})"))["explained"]["reason"],
            "按到位资金计算");
  EXPECT_TRUE(api.Json(Post(one + "/reopen", R"({"reason":"误点"})"))["explained"].is_null());
  EXPECT_EQ(api.Json(Post(one + "/reopen", R"({"reason":"误点"})"), 409)["error"]["code"],
            "finding.not_explained");
  EXPECT_EQ(api.Json(Get("/api/findings/99999"), 404)["error"]["code"], "finding.not_found");
  EXPECT_EQ(api.Json(Get("/api/findings?kind=ration"), 400)["error"]["code"], "parameter.bad");
  EXPECT_EQ(api.Json(Get("/api/findings?after=x"), 400)["error"]["code"], "parameter.after");
  json first = api.Json(Get("/api/findings?limit=1"));
  json second = api.Json(Get("/api/findings?limit=1&after=" + first["next"].get<std::string>()));
  EXPECT_NE(first["items"][0]["id"], second["items"][0]["id"]);
  EXPECT_GT(api.Json(Get("/api/relations?document=" + document))["total"], 0);
  EXPECT_EQ(api.Call(Get("/api/export/findings.docx")).body.substr(0, 2), "PK");
  EXPECT_EQ(api.Call(Get("/api/export/findings.xlsx?severity=error")).body.substr(0, 2), "PK");
}

// From a file to the ledger and on, over HTTP alone; every operation of the description is used and answered
// as it says.
TEST(ApiStory, EveryOperationAnswersAsDescribed) {
  Api api("story");
  api.Json(Get("/api/health"));
  api.Json(Get("/api/ready"));
  api.Json(Get("/api/openapi.json"));
  json upper = api.Import("01-province-tasklist/tasklist.txt", "省清单.txt");
  ASSERT_EQ(upper["state"], "draft") << upper;
  std::string at = "/api/imports/" + upper["id"].dump();
  EXPECT_EQ(api.Json(Get("/api/imports?state=open"))["items"].size(), 1u);
  api.Json(Get(at + "/text"));
  api.Json(Get(at + "/draft"));

  json entry =
      api.Json(Patch(at + "/draft", R"({"path":"2","field":"goal","value":"整改到位","reason":"原文有误"})"));
  EXPECT_EQ(entry["goal"], "整改到位");
  json head = api.Json(Patch(at + "/draft", R"({"path":null,"field":"title","value":"新的标题"})"));
  EXPECT_EQ(head["title"], "新的标题");
  EXPECT_EQ(api.Json(Get(at))["corrections"], 2);
  EXPECT_EQ(api.Json(Get(at + "/draft"))["corrected"].size(), 2u);
  json undone = api.Json(Post(at + "/undo"));
  EXPECT_EQ(undone["undone"]["field"], "title");
  json committed =
      api.Commit(upper, R"({"round":{"name":"第二轮督察","level":"central","number":2,"year":2022}})");
  EXPECT_EQ(api.Json(Get("/api/rounds"))[0]["name"], "第二轮督察");

  json lower = api.Import("02-prefecture-tasklist-gb18030/tasklist.txt", "市清单.txt");
  json lower_committed = api.Commit(lower, R"({"round_id":1})");
  EXPECT_EQ(api.Json(Get("/api/documents"))["items"].size(), 2u);
  std::string document = "/api/documents/" + lower_committed["document_id"].dump();
  api.Json(Get(document));
  api.Json(Get(document + "/text"));
  api.Json(Get(document + "/entries"));
  api.Call(Get(document + "/original"));

  json tasks = api.Json(Get("/api/tasks?document=" + lower_committed["document_id"].dump()))["items"];
  json linked;
  for (const json& item : tasks) {
    json task = api.Json(Get("/api/tasks/" + item["id"].dump()));
    if (linked.is_null() && !task["links"].empty()) linked = task;
  }
  ASSERT_FALSE(linked.is_null()) << "the city's tasks cite the province's numbers";
  std::string link = "/api/links/" + linked["links"][0]["id"].dump();
  EXPECT_EQ(linked["links"][0]["kind"], "cascades_from");
  EXPECT_EQ(api.Json(Post(link + "/reject"))["state"], "rejected");
  EXPECT_EQ(api.Json(Post(link + "/confirm"))["state"], "confirmed");
  std::string task = "/api/tasks/" + linked["id"].dump();
  json first = api.Json(Get("/api/tasks?document=" + committed["document_id"].dump()))["items"][0];
  api.Json(Post(task + "/links", json{{"kind", "follows_up"}, {"to", first["id"]}}.dump()), 201);
  json change = {{"field", "goal"},
                 {"value", "改定的目标"},
                 {"reason", "会议决定"},
                 {"revision", api.Json(Get(task))["revision"]}};
  json changed = api.Json(Patch(task, change.dump()));
  EXPECT_EQ(changed["goal"], "改定的目标");
  EXPECT_GT(changed["revision"], change["revision"]);
  EXPECT_EQ(api.Json(Patch(task, change.dump()), 409)["error"]["code"], "task.changed");
  EXPECT_GT(api.Json(Get("/api/events?task=" + linked["id"].dump()))["items"].size(), 1u);

  json again = api.Upload(Example("03-prefecture-progress/progress.txt"), "市进展.txt");
  std::string third = "/api/imports/" + again["id"].dump();
  json said =
      api.Json(Post(third + "/supersede", json{{"document_id", lower_committed["document_id"]}}.dump()));
  EXPECT_EQ(said["supersedes"]["id"], lower_committed["document_id"]);
  EXPECT_FALSE(api.Json(Get(third + "/draft"))["changes"].empty());
  EXPECT_TRUE(api.Json(Post(third + "/supersede", R"({"document_id":null})"))["supersedes"].is_null());
  EXPECT_EQ(api.Json(Get(third + "/findings"))["items"][0]["severity"], "error");
  TestFindings(api, third);
  again = api.Upload(Example("03-prefecture-progress/progress.txt") + "\n", "市进展（再报）.txt");
  third = "/api/imports/" + again["id"].dump();
  EXPECT_EQ(api.Json(Delete(third))["state"], "discarded");
  json broken = api.Upload(std::string("\x89PNG\r\n\x1a\n", 8) + "not a picture", "坏文件.docx");
  EXPECT_EQ(broken["state"], "failed");
  EXPECT_NE(broken["error"]["message"], "");
  api.Json(Get("/api/imports"));

  api.Json(Get("/api/units?q=" + PercentEncode("市")));
  api.Json(Get("/api/regions"));
  api.Json(Get("/api/overview"));
  api.Json(Get("/api/search?q=" + PercentEncode("整改")));
  api.Json(Get("/api/events"));
  EXPECT_EQ(api.Json(Get("/api/jobs"))["nodes"].size(), 1u);
  api.Call(Get("/api/export/tasks.csv"));
  api.Call(Get("/api/export/tasks.xlsx"));
  UseEvidence(api, linked["id"].dump());
  UseDispatch(api);
  UseBreakdown(api, linked["id"].dump());
  UseTodo(api);
  UseCharts(api);
  json stands = api.Json(Get("/api/tasks/" + first["id"].dump()));
  std::string unit = PercentEncode(stands["responsible"][0].get<std::string>());
  UsePapers(api, committed["document_id"], api.Json(Get("/api/units?q=" + unit))["items"][0]["id"]);
  UseCases(api, api.Json(Get("/api/tasks"))["items"][0]["id"].dump());
  UsePublishing(api);
  UseArticles(api);
  UsePeople(api);
  EXPECT_EQ(api.Json(Post("/api/verify"))["ok"], true);

  json description = json::parse(OpenApiJson());
  for (const auto& [path, operations] : description["paths"].items())
    for (const auto& [method, unused] : operations.items()) {
      std::string name = method;
      for (char& c : name) c = char(std::toupper(c));
      if (path == "/api/setup" || path.rfind("/api/oidc/", 0) == 0)
        continue;  // sign_in_test.cc, oidc.test.mjs
      EXPECT_TRUE(api.answered().count(name + " " + path)) << name << " " << path << " was not used";
    }
}

}  // namespace
}  // namespace zg::http::test
