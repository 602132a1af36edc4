// A ledger that an earlier version wrote is brought up to date, and is whole afterwards.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "office/desk.h"
#include "store/migrate.h"
#include "store/sqlite/sqlite.h"

namespace zg {
namespace {

TEST(Upgrade, RowsOfAnEarlierVersionAreSealedAsTheyAreRead) {
  ZG_SQLITE_ONLY("no earlier version wrote to PostgreSQL");
  Desk desk("upgrade");
  desk.Close();
  std::filesystem::path file = desk.data() / "ledger.sqlite";
  for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + part);
  std::string sql =
      "CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT "
      "NOT NULL);";
  auto database = store::OpenSqlite(desk.data() / "unused.sqlite").value();
  for (const auto& m : store::BuiltinMigrations()) {
    if (m.version > 6) continue;
    sql += database->Translate(m.sql) + "INSERT INTO schema_migrations VALUES (" + std::to_string(m.version) +
           ", '" + m.name + "', '2024-01-01');";
  }
  sql +=
      "INSERT INTO units (name, ident, kind, region, known, created_at) VALUES ('白石市政府', '|白石市政府', "
      "'government', '', 1, '2024-01-01');";
  sqlite3* old = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &old), SQLITE_OK);
  char* error = nullptr;
  ASSERT_EQ(sqlite3_exec(old, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error;
  sqlite3_close(old);
  desk.Open();
  EXPECT_EQ(desk.Verify()["breaks"], json::array());
  desk.Import(TaskListText());  // brings its party committee, under which it stands from now on
  json found = desk->units().Find("白石市政府", 10).value();
  json under = desk->units().Under({found["items"][0]["id"].get<int64_t>()}, "", 10).value();
  EXPECT_FALSE(under["parent"]["parent_id"].is_null());
  EXPECT_EQ(desk.Verify()["breaks"], json::array());
}

}  // namespace
}  // namespace zg
