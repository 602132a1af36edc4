#pragma once
// A server over a ledger of its own; every answer it gives is held against openapi.json.

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "http/assets.h"
#include "http/client.h"
#include "http/description.h"
#include "http/routes.h"
#include "http/schema.h"
#include "http/server.h"
#include "http/url.h"
#include "office/office.h"
#include "office/people.h"
#include "office/signing_in.h"
#include "store/place.h"

namespace zg::http::test {

using namespace std::chrono_literals;
using nlohmann::json;

inline std::string Example(const char* name) {
  std::ifstream in(std::filesystem::path(ZG_SOURCE_DIR "/examples") / name, std::ios::binary);
  EXPECT_TRUE(in) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

// The headers of somebody who is signed in.
using Session = std::vector<std::string>;

// A server over an empty ledger on 30 June 2024, the description that its answers are held against, and one
// person who is alone on the machine and asks unless told otherwise.
class Api {
 public:
  // `years`: sessions last through jumps of the clock.
  // `vault`: null for a folder.
  explicit Api(const std::string& name, bool years = false, std::shared_ptr<BlobStore> vault = nullptr)
      : clock_(*Date::Make(2024, 6, 30)) {
    auto folder = std::filesystem::path(testing::TempDir()) / ("api-" + name);
    std::filesystem::remove_all(folder);
    OfficeOptions options;
    place_ = std::make_unique<zg::test::Place>(folder / "ledger.sqlite", zg::test::Place::kMigrated);
    options.data = folder;
    options.database = place_->url();
    options.clock = &clock_;
    options.password_megabytes = 1;
    options.vault = std::move(vault);
    if (years) options.idle_minutes = 60 * 24 * 800, options.session_hours = 24 * 800;
    auto office = Office::Open(std::move(options));
    EXPECT_TRUE(office.ok()) << (office.ok() ? "" : office.error().message + " " + office.error().cause);
    office_ = std::move(*office);
    Router router;
    BindAll(router, *office_);
    ServerOptions server_options;
    server_options.port = 0;
    server_options.door = {0, 0, 0};
    auto server = Server::Start(server_options, std::move(router),
                                MakeDoor(office_->signing_in(), server_options.door));
    EXPECT_TRUE(server.ok());
    server_ = std::move(*server);
    User alone{.login = "desk", .name = "本机用户", .roles = kEveryRole, .whole = true, .alone = true};
    alone_ = SignIn(alone);
  }

  // Makes the user and signs them in.
  Session SignIn(const User& user) {
    auto made = office_->people().MakeWhole(user, kPassword, {"命令行"});
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
    auto in = office_->signing_in().SignIn(user.login, kPassword, {"127.0.0.1", "test"});
    EXPECT_TRUE(in.ok()) << (in.ok() ? "" : in.error().message);
    return in.ok() ? SessionOf(in->token) : Session();
  }
  // Somebody with these roles, of that unit or (none) with the whole ledger before them.
  Session As(RoleSet roles, UnitId unit = {}) {
    std::string n = std::to_string(++people_);
    return SignIn({.login = "user" + n,
                   .name = "某某" + n,
                   .unit = unit,
                   .roles = roles,
                   .whole = !unit && !(roles & kAdministrators)});
  }
  static Session SessionOf(const std::string& token) {
    return {"Cookie: zg_session=" + token, "X-CSRF-Token: " + SigningIn::CsrfOf(token)};
  }
  static constexpr const char* kPassword = "correct-horse-7-battery";
  Session& session() { return alone_; }  // who asks

  // The answer, held against the description.
  Reply Call(const Ask& ask) { return Call(ask, alone_); }
  Reply Call(const Ask& ask, const Session& session) {
    Ask signed_in = ask;
    signed_in.headers.insert(signed_in.headers.end(), session.begin(), session.end());
    Reply reply = test::Call(server_->port(), signed_in);
    HoldAgainstDescription(ask, reply);
    return reply;
  }
  json Json(const Ask& ask, int status = 200) { return Json(ask, alone_, status); }
  json Json(const Ask& ask, const Session& session, int status = 200) {
    Reply reply = Call(ask, session);
    EXPECT_EQ(reply.status, status) << ask.method << " " << ask.target << "\n" << reply.body.substr(0, 500);
    return json::parse(reply.body, nullptr, false);
  }
  Office& office() { return *office_; }
  const std::string& database() const { return place_->url(); }
  uint16_t port() const { return server_->port(); }
  FixedClock& clock() { return clock_; }
  // Uploads, and waits until it is read.
  json Import(const char* example, const std::string& name) { return Upload(Example(example), name); }
  json Upload(std::string bytes, const std::string& name) {
    Ask ask{.method = "POST",
            .target = "/api/imports?name=" + PercentEncode(name),
            .body = std::move(bytes),
            .content_type = "application/octet-stream"};
    json taken = Json(ask, 202);
    for (int i = 0; i < 600 && taken["state"] == "reading"; ++i) {
      std::this_thread::sleep_for(10ms);
      taken = Json(Get("/api/imports/" + taken["id"].dump()));
    }
    return taken;
  }
  json Commit(const json& import, const std::string& body = "{}") {
    return Json(Post("/api/imports/" + import["id"].dump() + "/commit", body));
  }
  // Operations that were answered well, as "GET /api/tasks/{id}".
  const std::set<std::string>& answered() const { return answered_; }

 private:
  // "/api/tasks/7?x" → "/api/tasks/{id}"; "" where the description has no such path.
  static std::string Pattern(const std::string& target) {
    std::string path = target.substr(0, target.find('?')), out;
    for (size_t i = 0; i < path.size();) {
      size_t end = std::min(path.find('/', i + 1), path.size());
      std::string segment = path.substr(i + 1, end - i - 1);
      bool number = !segment.empty() && segment.find_first_not_of("0123456789") == std::string::npos;
      out += "/" + (number ? "{id}" : segment);
      i = end;
    }
    return Description()["paths"].contains(out) ? out : "";
  }
  static const json& Description() {
    static const json description = json::parse(OpenApiJson());
    return description;
  }
  void HoldAgainstDescription(const Ask& ask, const Reply& reply) {
    std::string pattern = Pattern(ask.target), method = ask.method;
    for (char& c : method) c = char(std::tolower(c));
    Schema schema(Description());
    json error = {{"$ref", "#/components/schemas/Error"}};
    std::string where = ask.method + " " + ask.target + " → " + std::to_string(reply.status);
    if (reply.status >= 400) {
      EXPECT_EQ(schema.Fault(error, json::parse(reply.body, nullptr, false)), "") << where;
      return;
    }
    ASSERT_NE(pattern, "") << where << " is not described";
    const json& responses = Description()["paths"][pattern][method]["responses"];
    std::string status = std::to_string(reply.status);
    ASSERT_TRUE(responses.contains(status)) << where << " is not a described status";
    const json& content = responses[status]["content"];
    std::string type = reply.header("content-type").substr(0, reply.header("content-type").find(';'));
    ASSERT_TRUE(content.contains(type)) << where << " has content type " << type;
    if (type == "application/json") {
      json body = json::parse(reply.body, nullptr, false);
      EXPECT_EQ(schema.Fault(content[type]["schema"], body), "") << where << "\n"
                                                                 << reply.body.substr(0, 2000);
    }
    answered_.insert(ask.method + " " + pattern);
  }

  FixedClock clock_;
  std::unique_ptr<zg::test::Place> place_;
  std::unique_ptr<Office> office_;
  std::unique_ptr<Server> server_;
  std::set<std::string> answered_;
  Session alone_;
  int people_ = 0;
};

}  // namespace zg::http::test
