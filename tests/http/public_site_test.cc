// The public site over real sockets: what is released is seen, and nothing else can be reached.
#include "http/public_site.h"

#include <gmock/gmock.h>

#include "http/publish_use.h"
#include "office/publishing.h"

namespace zg::http::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class PublicSiteTest : public testing::Test {
 protected:
  PublicSiteTest() : api_("public"), second_(api_.As(RoleBit(Role::kLeader))) {
    document_ = CommitClosed(api_);
    json tasks = api_.Json(Get("/api/tasks?document=" + std::to_string(document_)))["items"];
    for (const auto& item : tasks) tasks_.push_back(item["id"]);
    Open();
  }
  void Open(int per_second = 0) {
    PublicOptions options;
    options.per_second = per_second;
    options.burst = per_second * 2;
    options.behind_proxy = true;
    options.about.url = "https://open.example.cn";
    ServerOptions server_options;
    server_options.port = 0;
    auto server = Server::Start(
        server_options, [&](uint16_t) { return MakePublicSite(api_.office().publishing(), options); });
    ASSERT_TRUE(server.ok());
    site_ = std::move(*server);
  }
  Reply See(const std::string& path, std::vector<std::string> headers = {}, const char* method = "GET") {
    Ask ask{.method = method, .target = path};
    ask.headers = std::move(headers);
    return test::Call(site_->port(), ask);
  }
  json Release(int64_t task) { return Publish(api_, {{"tasks", {task}}}, second_)[0]; }
  std::string TaskPath(size_t i) { return "/tasks/" + std::to_string(tasks_[i]); }

  Api api_;
  Session second_;
  int64_t document_ = 0;
  std::vector<int64_t> tasks_;
  std::unique_ptr<Server> site_;
};

TEST_F(PublicSiteTest, OnlyWhatIsReleasedIsSeen) {
  EXPECT_EQ(See(TaskPath(0)).status, 404);
  json made = api_.Json(Post("/api/publications", json{{"tasks", tasks_}}.dump()), 201)["items"];
  EXPECT_EQ(See(TaskPath(0)).status, 404) << "a draft";
  json sent = api_.Json(Post("/api/publications/submit", MoveBody(made)))["items"];
  EXPECT_EQ(See(TaskPath(0)).status, 404) << "not yet released";
  api_.Json(Post("/api/publications/release", MoveBody(json::array({sent[0]}))), second_);
  Reply page = See(TaskPath(0));
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("青河污水处理厂长期超标排放"));
  EXPECT_EQ(See(TaskPath(1)).status, 404);
  for (const char* path : {"/", "/tasks", "/tasks?q=白石", "/data/tasks.csv", "/data/tasks.json", "/feed.xml",
                           "/sitemap.xml", "/charts"}) {
    Reply reply = See(path);
    EXPECT_EQ(reply.status, 200) << path;
    std::string body = reply.body.substr(0, reply.body.find("name=\"q\""));
    EXPECT_THAT(body, Not(HasSubstr("白石矿区"))) << path;
  }
  EXPECT_EQ(api_.Json(Get("/api/tasks/" + std::to_string(tasks_[0]) + "/case"))["state"]["id"], "public");
}

TEST_F(PublicSiteTest, NoRouteOfTheOfficeIsThere) {
  json description = json::parse(OpenApiJson());
  int tried = 0;
  for (const auto& [path, operations] : description["paths"].items()) {
    std::string target = path;
    while (target.find("{id}") != std::string::npos) target.replace(target.find("{id}"), 4, "1");
    EXPECT_EQ(See(target, api_.session()).status, 404) << target;
    for (const char* method : {"POST", "PATCH", "DELETE", "PUT", "OPTIONS"})
      EXPECT_EQ(See(target, api_.session(), method).status, 405) << method << " " << target;
    ++tried;
  }
  EXPECT_GT(tried, 60);
  for (const char* path : {"/index.html", "/login", "/assets/", "/../ledger.sqlite", "/files/1/download",
                           "/tasks/0", "/tasks/01", "/tasks/-1", "/tasks/1x", "/tasks/99999999999999999999"})
    EXPECT_NE(See(path).status, 200) << path;
  EXPECT_EQ(See("/").headers.count("set-cookie"), 0u);
}

TEST_F(PublicSiteTest, WhatIsWithdrawnIsGoneWithTheReasonAndNothingMore) {
  json out = Release(tasks_[0]);
  EXPECT_EQ(See(TaskPath(0)).status, 200);
  api_.Json(Post("/api/publications/withdraw", MoveBody(json::array({out}), "数据有误。")), second_);
  Reply gone = See(TaskPath(0));
  EXPECT_EQ(gone.status, 410);
  EXPECT_THAT(gone.body, HasSubstr("数据有误。"));
  EXPECT_THAT(gone.body, HasSubstr("2024-06-30"));
  EXPECT_THAT(gone.body, Not(HasSubstr("青河")));
  EXPECT_THAT(See("/data/tasks.json").body, Not(HasSubstr("青河")));
  Release(tasks_[0]);
  EXPECT_EQ(See(TaskPath(0)).status, 200) << "released anew";
}

TEST_F(PublicSiteTest, PagesCarryTagsAndStrictHeaders) {
  Release(tasks_[0]);
  Reply first = See("/");
  EXPECT_THAT(first.header("content-security-policy"), HasSubstr("default-src 'none'"));
  EXPECT_THAT(first.header("content-security-policy"), Not(HasSubstr("unsafe")));
  EXPECT_THAT(first.header("cache-control"), HasSubstr("public"));
  std::string tag = first.header("etag");
  EXPECT_EQ(See("/", {"If-None-Match: " + tag}).status, 304);
  Release(tasks_[1]);
  EXPECT_EQ(See("/", {"If-None-Match: " + tag}).status, 200);
  EXPECT_EQ(See("/", {"Accept-Encoding: gzip"}).header("content-encoding"), "gzip");
  size_t at = first.body.find("/site-");
  Reply sheet = See(first.body.substr(at, first.body.find('"', at) - at));
  EXPECT_EQ(sheet.status, 200);
  EXPECT_THAT(sheet.header("cache-control"), HasSubstr("immutable"));
  EXPECT_THAT(See("/robots.txt").body, HasSubstr("Sitemap: https://open.example.cn/sitemap.xml"));
}

TEST_F(PublicSiteTest, TheFilesBytesComeAsTheyWereReleased) {
  std::string path = "/files/" + std::to_string(document_);
  EXPECT_EQ(See(path + "/download").status, 404);
  Publish(api_, {{"document_id", document_}, {"text", "报告全文。"}}, second_);
  EXPECT_THAT(See(path).body, HasSubstr("报告全文。"));
  Reply file = See(path + "/download");
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.body, api_.Call(Get("/api/documents/" + std::to_string(document_) + "/original")).body);
  EXPECT_THAT(file.header("content-disposition"), HasSubstr("attachment"));
}

TEST_F(PublicSiteTest, AnAddressThatAsksTooOftenWaits) {
  Open(5);
  int refused = 0;
  for (int i = 0; i < 30; ++i) refused += See("/", {"X-Forwarded-For: 203.0.113.7"}).status == 429;
  EXPECT_GT(refused, 10);
  EXPECT_EQ(See("/", {"X-Forwarded-For: 203.0.113.8"}).status, 200);
}

TEST_F(PublicSiteTest, AnotherProcessSeesAReleaseSoon) {
  EXPECT_EQ(See("/").status, 200);
  OfficeOptions options;
  options.data = std::filesystem::path(testing::TempDir()) / "api-public";
  options.database = api_.database();
  options.clock = &api_.clock();
  options.background = false;
  options.password_megabytes = 1;
  auto other = Office::Open(std::move(options));
  ASSERT_TRUE(other.ok());
  Publishing& p = (*other)->publishing();
  Actor one{"甲"}, two{"乙"};
  auto ref = [](const json& items) {
    return std::vector<PublicationRef>{{PublicationId{items["items"][0]["id"].get<int64_t>()},
                                        items["items"][0]["revision"].get<int64_t>()}};
  };
  json made = p.ProposeTasks({TaskId{tasks_[0]}}, one).value();
  json sent = p.Move(PublicationMove::kSubmit, ref(made), "", one).value();
  ASSERT_TRUE(p.Move(PublicationMove::kRelease, ref(sent), "", two).ok());
  int status = 404;
  for (int i = 0; i < 100 && status != 200; ++i) {
    std::this_thread::sleep_for(50ms);
    status = See(TaskPath(0)).status;
  }
  EXPECT_EQ(status, 200);
}

TEST_F(PublicSiteTest, SearchAndFiltersFindWithoutScripts) {
  Publish(api_, {{"tasks", tasks_}}, second_);
  EXPECT_THAT(See("/tasks?q=%E7%9F%BF%E5%9D%91").body, HasSubstr("白石矿区"));
  EXPECT_THAT(See("/tasks?q=%E7%9F%BF%E5%9D%91").body, Not(HasSubstr("青河污水")));
  EXPECT_THAT(See("/tasks?state=open").body, HasSubstr("没有符合条件"));
  Reply odd = See("/tasks?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&page=99999&x=1");
  EXPECT_EQ(odd.status, 200);
  EXPECT_THAT(odd.body, Not(HasSubstr("<script")));
}

}  // namespace
}  // namespace zg::http::test
