// The door: who gets in, what a stolen page cannot do, how often somebody may ask.
#include <thread>

#include "http/api.h"
#include "http/buckets.h"

namespace zg::http::test {
namespace {

class SignInTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    api_ = new Api("sign-in");
    json import = api_->Import("01-province-tasklist/tasklist.txt", "清单.txt");
    api_->Commit(import);
  }
  static void TearDownTestSuite() {
    delete api_;
    api_ = nullptr;
  }
  static Api* api_;
  Api& api() { return *api_; }
};
Api* SignInTest::api_ = nullptr;

TEST_F(SignInTest, NobodyGetsInWithoutASession) {
  for (const char* target :
       {"/api/tasks", "/api/documents", "/api/export/tasks.csv", "/api/users", "/api/audit"}) {
    Reply reply = api().Call(Get(target), Session());
    EXPECT_EQ(reply.status, 401) << target;
    EXPECT_EQ(reply.body.find("污水"), std::string::npos);
  }
  EXPECT_EQ(api().Call(Get("/api/health"), Session()).status, 200);
  EXPECT_EQ(api().Call(Get("/api/tasks"), {"Cookie: zg_session=" + std::string(43, 'A')}).status, 401);
  EXPECT_EQ(api().Call(Get("/api/tasks"), {"Cookie: zg_session="}).status, 401);
  EXPECT_EQ(test::Call(api().port(), Get("/")).status, 200) << "the page itself asks for the name";
}

TEST_F(SignInTest, ALargeBodyIsNotReadForAStranger) {
  Client client(api().port());
  client.Send("POST /api/imports?name=a.txt HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(api().port()) +
              "\r\nContent-Type: application/octet-stream\r\nContent-Length: 100000000\r\n\r\n");
  Reply reply = client.Read();  // answered before the first byte of it
  EXPECT_EQ(reply.status, 401);
}

TEST_F(SignInTest, ChangesNeedTheSecretOfTheSession) {
  Session clerk = api().As(RoleBit(Role::kClerk));
  Ask change = Post("/api/periods", R"({"code":"2024-08","due":"2024-08-25","rounds":[]})");
  EXPECT_EQ(api().Json(change, {clerk[0]}, 403)["error"]["code"], "auth.csrf");
  Session other = api().As(RoleBit(Role::kClerk));
  EXPECT_EQ(api().Json(change, {clerk[0], other[1]}, 403)["error"]["code"], "auth.csrf")
      << "another's is no good";
  EXPECT_EQ(api().Call(change, clerk).status, 201);
  EXPECT_EQ(api().Json(Post("/api/sign-out", ""), {clerk[0]}, 403)["error"]["code"], "auth.csrf");
}

TEST_F(SignInTest, RefusalsAreInTheAuditLog) {
  Session reader = api().As(RoleBit(Role::kReader));
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(api().Json(Post("/api/periods", "{}"), reader, 403)["error"]["code"], "auth.forbidden");
  json items = api().Json(Get("/api/audit?kind=auth.refused"))["items"];
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0]["subject"], "POST /api/periods");
}

// A ledger that has nobody, behind a door that counts.
class FreshTest : public testing::Test {
 protected:
  FreshTest() : clock_(*Date::Make(2024, 6, 30)) {
    auto folder = std::filesystem::path(testing::TempDir()) / "api-fresh";
    std::filesystem::remove_all(folder);
    OfficeOptions options;
    place_ = std::make_unique<zg::test::Place>(folder / "ledger.sqlite", zg::test::Place::kMigrated);
    options.data = folder;
    options.database = place_->url();
    options.clock = &clock_;
    options.password_megabytes = 1;
    office_ = std::move(Office::Open(std::move(options)).value());
    Router router;
    BindAll(router, *office_);
    ServerOptions server;
    server.port = 0;
    server.door = {5, 20, 6};
    server_ = std::move(
        Server::Start(server, std::move(router), MakeDoor(office_->signing_in(), server.door)).value());
  }
  json Ask_(const Ask& ask, int status) {
    Reply reply = Call(server_->port(), ask);
    EXPECT_EQ(reply.status, status) << ask.target << " " << reply.body;
    last_ = reply;
    return json::parse(reply.body, nullptr, false);
  }
  FixedClock clock_;
  std::unique_ptr<zg::test::Place> place_;
  std::unique_ptr<Office> office_;
  std::unique_ptr<Server> server_;
  Reply last_;
};

TEST_F(FreshTest, TheFirstLinkMakesThreeAdministrators) {
  EXPECT_EQ(Ask_(Get("/api/me"), 200)["setup"], true);
  std::string link = office_->signing_in().NewSetupLink().value();
  auto person = [](const char* login, const char* name) {
    return json{{"login", login}, {"name", name}, {"password", Api::kPassword}};
  };
  json body = {{"link", "guess"},
               {"people", {person("sys", "甲"), person("sec", "乙"), person("aud", "丙")}}};
  EXPECT_EQ(Ask_(Post("/api/setup", body.dump()), 403)["error"]["code"], "setup.link");
  body["link"] = link;
  json done = Ask_(Post("/api/setup", body.dump()), 200);
  EXPECT_EQ(done["signed_in"], false);
  EXPECT_EQ(done["setup"], false);
  EXPECT_EQ(Ask_(Post("/api/setup", body.dump()), 409)["error"]["code"], "setup.done");
}

TEST_F(FreshTest, TheFirstLinkMakesOnePersonWhoIsSignedInAtOnce) {
  json body = {{"link", office_->signing_in().NewSetupLink().value()},
               {"people", {{{"login", "desk"}, {"name", "王办事"}, {"password", Api::kPassword}}}}};
  EXPECT_EQ(Ask_(Post("/api/setup", body.dump()), 200)["me"]["alone"], true);
  EXPECT_EQ(last_.header("set-cookie").substr(0, 11), "zg_session=");
}

TEST_F(FreshTest, TriesFromOneAddressAreFew) {
  Ask guess = Post("/api/sign-in", R"({"login":"x1","password":"y"})");
  int refused = 0;
  for (int i = 0; i < 12; ++i) {
    guess.body = R"({"login":"name)" + std::to_string(i) + R"(","password":"y"})";  // another name each time
    Reply reply = Call(server_->port(), guess);
    if (reply.status == 429) {
      ++refused;
      EXPECT_GE(atoi(reply.header("retry-after").c_str()), 1);
    }
  }
  EXPECT_GE(refused, 5);
}

TEST(Buckets, FillAgainWithTime) {
  Buckets buckets(2, 3);
  auto now = Buckets::Clock::now();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(buckets.Take("a", now), 0);
  EXPECT_EQ(buckets.Take("a", now), 1);
  EXPECT_EQ(buckets.Take("b", now), 0) << "each has its own";
  EXPECT_EQ(buckets.Take("a", now + std::chrono::milliseconds(500)), 0);
  EXPECT_EQ(buckets.Take("a", now + std::chrono::milliseconds(500)), 1);
  Buckets free(0, 0);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(free.Take("a", now), 0);
}

}  // namespace
}  // namespace zg::http::test
