// A new version starts beside the old one on the same ledger; both work; the old one goes, and what it could
// not have lived with is done then.
#include <gmock/gmock.h>

#include <atomic>

#include "nodes/node.h"
#include "office/keeping.h"
#include "office/notices.h"
#include "office/office.h"
#include "store/migrate.h"

namespace zg::http::test {
namespace {

std::shared_ptr<const std::vector<store::Migration>> WithTests(bool contract) {
  auto all = store::BuiltinMigrations();
  all.push_back({9001, "9001_test.sql",
                 "-- expand\n"
                 "ALTER TABLE contacts ADD COLUMN phone TEXT;\n"
                 "ALTER TABLE contacts ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;\n"
                 "CREATE TABLE contact_notes (id INTEGER PRIMARY KEY, note TEXT NOT NULL);\n"});
  if (contract)
    all.push_back({9002, "9002_test.sql",
                   "-- contract since 9001\n"
                   "ALTER TABLE contacts DROP COLUMN phone;\n"
                   "DROP TABLE contact_notes;\n"});
  return std::make_shared<const std::vector<store::Migration>>(std::move(all));
}

TEST(RollingUpgrade, ANewVersionWorksBesideTheOldOne) {
  if (!zg::test::PostgresServer()) GTEST_SKIP() << "no PostgreSQL given";
  Cluster cluster("upgrade");
  Node& old = cluster.Add();
  OfficeOptions options;
  options.data = cluster.folder() / "new";
  options.database = cluster.place().url();
  options.migrations = WithTests(true);
  options.version = "9002";
  std::vector<std::string> logged;
  std::mutex mutex;
  options.log = [&](const Error& error) {
    std::lock_guard lock(mutex);
    logged.push_back(error.id + " " + error.message + " " + error.cause);
  };

  // Changes go on at the old one while the tables change under it.
  std::atomic<bool> stop{false};
  std::atomic<int> by_old{0}, by_new{0};
  std::thread load([&] {
    for (int i = 0; !stop; ++i) {
      json form = {
          {"unit_id", nullptr}, {"name", "甲"}, {"email", "old" + std::to_string(i) + "@example.cn"}};
      Reply reply = cluster.Call(old, Post("/api/contacts", form.dump()));
      EXPECT_EQ(reply.status, 201) << reply.body;
      by_old += reply.status == 201;
      if (reply.status != 201) return;
    }
  });
  std::this_thread::sleep_for(300ms);
  auto office = Office::Open(options);
  ASSERT_TRUE(office.ok()) << office.error().message << office.error().cause;
  for (int i = 0; i < 200; ++i) {
    auto added = (*office)->contacts().Add({}, "乙", "new" + std::to_string(i) + "@example.cn", {"乙"});
    ASSERT_TRUE(added.ok()) << added.error().message << added.error().cause;
    ++by_new;
  }
  std::this_thread::sleep_for(300ms);
  auto rows = [&](const std::string& what) {
    PGconn* connection = PQconnectdb(cluster.place().url().c_str());
    PGresult* result = PQexec(connection, ("SELECT count(*) FROM " + what).c_str());
    int n = PQresultStatus(result) == PGRES_TUPLES_OK ? std::atoi(PQgetvalue(result, 0, 0)) : -1;
    PQclear(result);
    PQfinish(connection);
    return n;
  };
  EXPECT_EQ(rows("schema_migrations WHERE version = 9001"), 1);
  EXPECT_EQ(rows("schema_migrations WHERE version = 9002"), 0) << "the old one is still there";
  EXPECT_EQ(rows("contact_notes"), 0);
  EXPECT_TRUE((*office)->keeping().Verify().value()["ok"].get<bool>());
  EXPECT_TRUE(cluster.Verifies()) << "the old version proves it too";

  stop = true;
  load.join();
  int before = by_old;
  old.Stop();
  EXPECT_TRUE(Within(25s, [&] { return rows("schema_migrations WHERE version = 9002") == 1; }));
  EXPECT_EQ(rows("contact_notes"), -1);
  EXPECT_EQ(rows("contacts"), by_old + by_new) << "nothing that was acknowledged is lost";
  EXPECT_GT(before, 50);
  ASSERT_TRUE((*office)->contacts().Add({}, "丙", "last@example.cn", {"丙"}).ok());
  json proof = (*office)->keeping().Verify().value();
  EXPECT_TRUE(proof["ok"].get<bool>()) << proof["breaks"];
  EXPECT_FALSE(old.Start()) << "it does not know what has been done meanwhile";
  EXPECT_THAT(old.Log(), testing::HasSubstr("更新的版本"));
  for (const auto& line : logged) ADD_FAILURE() << line;
  printf("%d changes by the old version, %d by the new one\n", int(by_old), int(by_new));
}

}  // namespace
}  // namespace zg::http::test
