// Users, signing in, the unit tree and what of the ledger each person sees.
#include "office/people.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "office/audit.h"
#include "office/desk.h"
#include "office/directory.h"
#include "office/signing_in.h"
#include "office/views.h"
#include "store/users.h"

namespace zg {
namespace {

constexpr const char* kGood = "seven-old-poplars";
constexpr const char* kOther = "eight-old-poplars";

class PeopleTest : public testing::Test {
 protected:
  Desk desk{"people"};
  SigningIn& signing() { return desk->signing_in(); }
  People& people() { return desk->people(); }

  // The first break of that kind; null where verify names none.
  json BreakOf(const char* what) {
    json report = desk.Verify();
    for (const auto& b : report["breaks"])
      if (b["what"] == what) return b;
    return json();
  }
  UserId Make(const std::string& login, RoleSet roles, UnitId unit = {}, bool whole = true) {
    User user{.login = login, .name = "人" + login, .unit = unit, .roles = roles, .whole = whole};
    return {people().MakeWhole(user, kGood, desk.me).value()["id"].get<int64_t>()};
  }
  std::string ErrorOf(const std::string& login, const std::string& password) {
    auto in = signing().SignIn(login, password, {"127.0.0.1", "test"});
    return in.ok() ? "" : in.error().id;
  }
  UnitId UnitOf(const std::string& name) {
    json found = desk->units().Find(name, 50).value();
    for (const auto& unit : found["items"])
      if (unit["name"] == name) return {unit["id"].get<int64_t>()};
    ADD_FAILURE() << name;
    return {};
  }
};

TEST_F(PeopleTest, ASessionLastsAsLongAsItShould) {
  Make("li", RoleBit(Role::kClerk));
  auto in = signing().SignIn("li", kGood, {"10.0.0.7", "Firefox"}).value();
  EXPECT_EQ(in.actor.name, "人li");
  EXPECT_TRUE(signing().Find(in.token).value());
  EXPECT_FALSE(signing().Find(in.token + "x").value());
  for (int i = 0; i < 5; ++i) {  // used every hour and a half
    desk.clock.Advance(std::chrono::minutes(90));
    EXPECT_TRUE(signing().Find(in.token).value()) << i;
  }
  desk.clock.Advance(std::chrono::minutes(121));
  EXPECT_FALSE(signing().Find(in.token).value()) << "idle";
  auto again = signing().SignIn("li", kGood, {"10.0.0.7", "Firefox"}).value();
  for (int i = 0; i < 12; ++i) {
    desk.clock.Advance(std::chrono::minutes(60));
    if (i < 11) {
      EXPECT_TRUE(signing().Find(again.token).value()) << i;
    }
  }
  EXPECT_FALSE(signing().Find(again.token).value()) << "twelve hours";
}

TEST_F(PeopleTest, TheLedgerDoesNotHoldWhatTheBrowserHolds) {
  Make("li", RoleBit(Role::kClerk));
  auto in = signing().SignIn("li", kGood, {"10.0.0.7", "Firefox"}).value();
  std::string bytes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(desk.data())) {
    std::ifstream file(entry.path(), std::ios::binary);
    if (entry.is_regular_file()) bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  EXPECT_EQ(bytes.find(in.token), std::string::npos);
  EXPECT_EQ(bytes.find(kGood), std::string::npos);
  if (!test::PostgresServer()) EXPECT_NE(bytes.find("$argon2id$"), std::string::npos);
}

TEST_F(PeopleTest, TriesThatFailSlowDownAndLock) {
  Make("li", RoleBit(Role::kClerk));
  for (const char* login : {"li", "nobody"}) {  // nobody can tell whether there is such a user
    EXPECT_EQ(ErrorOf(login, "wrong"), "auth.wrong") << login;
    EXPECT_EQ(ErrorOf(login, "wrong"), "auth.wrong") << login;
    EXPECT_EQ(ErrorOf(login, "wrong"), "auth.wrong") << login;
    EXPECT_EQ(ErrorOf(login, "wrong"), "auth.wait") << login;
    desk.clock.Advance(std::chrono::seconds(2));
    EXPECT_EQ(ErrorOf(login, "wrong"), "auth.wrong") << login;
    desk.clock.Advance(std::chrono::seconds(4));
    EXPECT_EQ(ErrorOf(login, "wrong"), "auth.wrong") << login;
    desk.clock.Advance(std::chrono::minutes(14));
    EXPECT_EQ(ErrorOf(login, kGood), "auth.wait") << login;
    desk.clock.Advance(std::chrono::minutes(2));
  }
  EXPECT_EQ(ErrorOf("li", kGood), "");
  EXPECT_EQ(ErrorOf("li", "wrong"), "auth.wrong");
  EXPECT_EQ(ErrorOf("li", kGood), "") << "a good one sets the count to nothing";
}

TEST_F(PeopleTest, SignedOutElsewhereAtOnce) {
  UserId li = Make("li", RoleBit(Role::kClerk));
  auto here = signing().SignIn("li", kGood, {}).value(), there = signing().SignIn("li", kGood, {}).value();
  EXPECT_EQ(signing().Sessions(here.token, here.actor).value()["items"].size(), 2u);
  EXPECT_EQ(signing().SignOutElsewhere(here.token, here.actor).value()["ended"], 1);
  EXPECT_TRUE(signing().Find(here.token).value());
  EXPECT_FALSE(signing().Find(there.token).value());
  there = signing().SignIn("li", kGood, {}).value();
  EXPECT_EQ(signing().ChangePassword(here.token, kOther, kOther + std::string("!"), here.actor).error().id,
            "auth.wrong");
  EXPECT_TRUE(signing().ChangePassword(here.token, kGood, kOther, here.actor).ok());
  EXPECT_TRUE(signing().Find(here.token).value());
  EXPECT_FALSE(signing().Find(there.token).value()) << "whoever knew the old password is out";
  EXPECT_EQ(ErrorOf("li", kGood), "auth.wrong");
  Make("guard", RoleBit(Role::kSystemAdmin), {}, false);
  Make("gate", RoleBit(Role::kSecurityAdmin), {}, false);
  int64_t revision = people().Get(li).value()["revision"];
  EXPECT_TRUE(people().SetClosed(li, true, revision, {"管理员", {99}}).ok());
  EXPECT_FALSE(signing().Find(here.token).value());
  EXPECT_EQ(ErrorOf("li", kOther), "auth.wrong");
}

TEST_F(PeopleTest, TheFirstLinkWorksOnceAndForADay) {
  std::string link = signing().NewSetupLink().value();
  std::vector<Newcomer> one = {{"desk", "王办事", kGood}};
  EXPECT_EQ(signing().SetUp("guess", one, {}).error().id, "setup.link");
  EXPECT_EQ(signing().SetUp(link, {{"desk", "王办事", "short"}}, {}).error().where, "people[0].password");
  desk.clock.Advance(std::chrono::hours(25));
  EXPECT_EQ(signing().SetUp(link, one, {}).error().id, "setup.link");
  std::string older = signing().NewSetupLink().value();
  link = signing().NewSetupLink().value();
  EXPECT_EQ(signing().SetUp(older, one, {}).error().id, "setup.link") << "a newer one ends it";
  auto in = signing().SetUp(link, one, {}).value();
  ASSERT_TRUE(in);
  EXPECT_TRUE(in->actor.May(Right::kImport) && in->actor.May(Right::kGrant));
  EXPECT_EQ(signing().SetUp(link, one, {}).error().id, "setup.done");
  EXPECT_EQ(signing().NewSetupLink().error().id, "setup.done");
  EXPECT_FALSE(signing().NobodyYet());
}

TEST_F(PeopleTest, ThreeAdministratorsEachDoTheirPart) {
  std::string link = signing().NewSetupLink().value();
  auto none =
      signing()
          .SetUp(link, {{"sys", "系统管", kGood}, {"sec", "安全管", kGood}, {"aud", "审计管", kGood}}, {})
          .value();
  EXPECT_FALSE(none);
  Actor system = signing().SignIn("sys", kGood, {}).value().actor;
  Actor security = signing().SignIn("sec", kGood, {}).value().actor;
  Actor audit = signing().SignIn("aud", kGood, {}).value().actor;
  EXPECT_TRUE(system.May(Right::kUsers) && !system.May(Right::kGrant) && !system.May(Right::kSee));
  EXPECT_TRUE(security.May(Right::kGrant) && !security.May(Right::kUsers) && !security.May(Right::kAudit));
  EXPECT_TRUE(audit.May(Right::kAudit) && !audit.May(Right::kPeople));
  UserForm form{"李四", "li@example.cn"};
  json made = people().Make("li", form, system).value();
  UserId li{made["user"]["id"].get<int64_t>()};
  EXPECT_EQ(people().Make("li", {"另一个"}, system).error().id, "user.taken");
  EXPECT_EQ(people().Make("li2", {"李四"}, system).error().id, "user.taken");
  int64_t revision = made["user"]["revision"];
  EXPECT_EQ(people()
                .Grant(li, RoleBit(Role::kClerk) | RoleBit(Role::kAuditAdmin), true, revision, security)
                .error()
                .id,
            "user.roles");
  EXPECT_EQ(people().Grant(security.user, RoleBit(Role::kClerk), true, 1, security).error().id, "user.self");
  EXPECT_EQ(people().SetClosed(security.user, true, 1, system).error().id, "user.last_administrator");
  json granted = people().Grant(li, RoleBit(Role::kClerk), true, revision, security).value();
  EXPECT_EQ(people().Grant(li, RoleBit(Role::kReader), true, revision, security).error().id, "user.changed");
  auto first = signing().SignIn("li", made["password"].get<std::string>(), {}).value();
  EXPECT_TRUE(first.actor.must_change);
  json reset = people().Reset(li, security).value();
  EXPECT_FALSE(signing().Find(first.token).value());
  EXPECT_NE(reset["password"], made["password"]);
  EXPECT_EQ(desk.Verify()["ok"], true) << desk.Verify().dump(1);
  json told = desk->audit().List({.area = "user"}).value().Value();
  std::vector<std::string> kinds;
  for (const auto& e : told["items"]) {
    kinds.push_back(e["kind"]);
    EXPECT_EQ(e.dump().find("argon2"), std::string::npos) << "no event tells a password";
    EXPECT_EQ(e.dump().find(made["password"].get<std::string>()), std::string::npos);
  }
  EXPECT_EQ(kinds, (std::vector<std::string>{"user.reset", "user.granted", "user.made", "user.made",
                                             "user.made", "user.made"}));
}

TEST_F(PeopleTest, WhoTakesARoleBehindTheOfficeIsFound) {
  UserId li = Make("li", RoleBit(Role::kReader));
  EXPECT_EQ(desk.Verify()["ok"], true);
  desk.Tamper("UPDATE users SET roles = 1 WHERE id = " + std::to_string(li.value));
  json said = BreakOf("user");
  EXPECT_NE(said["where"].get<std::string>().find("人li"), std::string::npos) << said;
  desk.Tamper("UPDATE users SET roles = 128 WHERE id = " + std::to_string(li.value));
  EXPECT_EQ(desk.Verify()["ok"], true) << "as it was";
  desk.Tamper(
      "INSERT INTO users SELECT 99, 'eve', 'eve', NULL, 1, 1, 0, 'active', password, 0, '', NULL, 1, "
      "created_at, "
      "updated_at FROM users LIMIT 1");
  EXPECT_FALSE(BreakOf("user").is_null());
}

TEST_F(PeopleTest, EachSeesWhatTheirUnitsStandAt) {
  int64_t document = desk.Import(TaskListText());
  auto seen = [&](const char* unit) {
    TaskFilter filter;
    filter.scope = {false, UnitOf(unit)};
    std::string paths;
    json list = desk.List(filter);
    for (const auto& item : list["items"]) paths += item["path"].get<std::string>();
    return paths;
  };
  // The third task is for every prefecture: 各地（州、市）党委、政府.
  EXPECT_EQ(seen("白石市党委"), "23");
  EXPECT_EQ(seen("白石市政府"), "23");
  EXPECT_EQ(seen("云川省自然资源厅"), "2");
  Scope stone{false, UnitOf("白石市政府")};
  TaskId first{desk.Task(document, "1")["id"].get<int64_t>()},
      second{desk.Task(document, "2")["id"].get<int64_t>()};
  EXPECT_EQ(desk->tasks().Get(first, stone).error().id, "task.not_found");
  EXPECT_TRUE(desk->tasks().Get(second, stone).ok());
  Scope nobody{false, {}};
  EXPECT_EQ(desk->tasks().Get(second, nobody).error().id, "task.not_found");
  EXPECT_TRUE(desk->documents().Get({document}, stone).ok());
  EXPECT_EQ(desk->documents().Get({document}, nobody).error().id, "document.not_found");
  EXPECT_EQ(json::parse(desk->overview().Get({}, {}, stone).value().text)["total"], 2);
  EXPECT_EQ(json::parse(desk->overview().Get({}, {}).value().text)["total"], 3);
  auto found = [&](const char* words, Scope scope) {
    int tasks = 0;
    json answer = desk->search().Find(words, 20, scope).value().Value();
    for (const auto& item : answer["items"]) tasks += item["kind"] == "task";
    return tasks;
  };
  EXPECT_EQ(found("青河污水处理厂", {}), 1);
  EXPECT_EQ(found("青河污水处理厂", stone), 0);
  EXPECT_EQ(found("白石矿区", stone), 1);
  EXPECT_EQ(desk->events().List({first, {}, stone}).value().Value()["items"].size(), 0u);
}

TEST_F(PeopleTest, WhoSeesFollowsTheTree) {
  desk.Import(TaskListText());
  UnitId stone = UnitOf("白石市政府"), bureau = UnitOf("云川省自然资源厅");
  auto count = [&](UnitId unit) {
    TaskFilter filter;
    filter.scope = {false, unit};
    return desk.List(filter)["total"].get<int>();
  };
  EXPECT_EQ(count(bureau), 1);
  Units& units = desk->units();
  EXPECT_EQ(units.Place(stone, bureau, desk.me).value()["parent_id"], bureau.value);
  EXPECT_EQ(count(bureau), 2) << "what stands below is seen";
  EXPECT_EQ(units.Place(bureau, stone, desk.me).error().id, "unit.circle");
  json branch = units.Under(bureau, "", 10).value();
  ASSERT_EQ(branch["items"].size(), 1u);
  EXPECT_EQ(branch["items"][0]["placed"], true);
  UnitId team{units.Make("白石市整改工作专班", stone, desk.me).value()["id"].get<int64_t>()};
  EXPECT_EQ(units.Make("白石市整改工作专班", {}, desk.me).error().id, "unit.exists");
  EXPECT_EQ(count(team), 0);
  EXPECT_EQ(desk.Verify()["ok"], true) << desk.Verify().dump(1);
  desk->keeping().Rebuild(desk.me).value();
  EXPECT_EQ(count(bureau), 2);
  // A later version of the document and a correction keep it true.
  desk.Import(TaskListText("2025年底前"), "清单.txt");
  EXPECT_EQ(count(bureau), 2);
  EXPECT_EQ(units.Place(stone, {}, desk.me).value()["parent_id"], nullptr);
  EXPECT_EQ(count(bureau), 1);
  EXPECT_EQ(desk.Verify()["ok"], true) << desk.Verify().dump(1);
  desk.Tamper("UPDATE units SET parent_id = " + std::to_string(bureau.value) +
              " WHERE id = " + std::to_string(stone.value));
  EXPECT_FALSE(BreakOf("unit").is_null());
}

TEST_F(PeopleTest, RefusalsAreToldOnceAnHour) {
  Actor li{"李四", {7}, {}, RoleBit(Role::kReader)};
  for (int i = 0; i < 50; ++i) signing().Refused(li, "POST /api/imports");
  EXPECT_EQ(desk->audit().List({.area = "auth"}).value().Value()["items"].size(), 1u);
  desk.clock.Advance(std::chrono::minutes(61));
  signing().Refused(li, "POST /api/imports");
  json items = desk->audit().List({.area = "auth"}).value().Value()["items"];
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0]["after"]["times"], 50);
}

TEST_F(PeopleTest, TheAuditLogIsFilteredAndCarriedAway) {
  desk.Import(TaskListText());
  Make("li", RoleBit(Role::kClerk));
  desk.clock.Set(*Date::Make(2024, 7, 3));
  signing().SignIn("li", kGood, {}).value();
  Audit& audit = desk->audit();
  EXPECT_EQ(audit.List({.actor = "人li"}).value().Value()["items"].size(), 1u);
  EXPECT_EQ(audit.List({.from = Date::Make(2024, 7, 1)}).value().Value()["items"].size(), 1u);
  EXPECT_EQ(audit.List({.to = Date::Make(2024, 7, 2), .limit = 200}).value().Value()["items"].size() + 1,
            audit.List({.limit = 200}).value().Value()["items"].size());
  EXPECT_EQ(audit.List({.kind = "import.committed"}).value().Value()["items"].size(), 1u);
  json page = audit.List({.limit = 2}).value().Value();
  json next = audit.List({.after = page["next"], .limit = 200}).value().Value();
  EXPECT_EQ(next["items"].size() + 2, audit.List({.limit = 200}).value().Value()["items"].size());
  EXPECT_EQ(next["items"][0]["seq"].get<int>() + 1, page["items"][1]["seq"].get<int>());
  std::string csv = audit.File({.area = "auth"}, "csv").value().bytes;
  EXPECT_NE(csv.find("人li"), std::string::npos);
  EXPECT_NE(csv.find("登录"), std::string::npos);
  EXPECT_EQ(audit.File({}, "xlsx").value().bytes.substr(0, 2), "PK");
}

}  // namespace
}  // namespace zg
