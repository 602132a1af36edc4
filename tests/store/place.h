#pragma once
// The database that a test works on: a file of SQLite, or, where ZG_TEST_POSTGRES is the URL of a server
// (tests/with_postgres starts one), a schema of its own in it, or a copy of a database that the migrations
// were applied to once: they take many times as long as most tests. The same tests run on both.

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"
#include "store/store.h"

namespace zg::test {

inline const char* PostgresServer() {
  return std::getenv("ZG_TEST_POSTGRES");
}

class Place {
 public:
  enum Holds { kNothing, kMigrated };
  // `file`: where SQLite would have it.
  explicit Place(std::filesystem::path file, Holds holds = kNothing) : file_(std::move(file)) {
    if (!PostgresServer()) return;
    static int n = 0;
    name_ = "t" + std::to_string(::getpid()) + "_" + std::to_string(++n);
    if (holds == kMigrated) {
      At(PostgresServer(), "CREATE DATABASE " + name_ + " TEMPLATE " + Migrated());
      url_ = UrlOf(name_);
      drop_ = "DROP DATABASE " + name_ + " WITH (FORCE)";
    } else {
      url_ = PostgresServer();
      url_ += (url_.find('?') == url_.npos ? "?" : "&") + ("options=-csearch_path%3D" + name_);
      Postgres("CREATE SCHEMA " + name_);
      drop_ = "DROP SCHEMA " + name_ + " CASCADE";
    }
  }
  ~Place() {
    if (!url_.empty()) At(PostgresServer(), drop_);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  const std::string& url() const { return url_; }  // empty: SQLite
  std::unique_ptr<store::Database> Open() const {
    return url_.empty() ? store::OpenSqlite(file_).value() : store::OpenPostgres({url_, ""}).value();
  }
  // Somebody with a tool for databases, past the program, which should be closed. → rows that the last
  // statement changed
  int Sql(const std::string& sql) const { return url_.empty() ? Sqlite(sql) : Postgres(sql); }

 private:
  int Sqlite(const std::string& sql) const {
    sqlite3* db = nullptr;
    EXPECT_EQ(sqlite3_open(file_.c_str(), &db), SQLITE_OK) << file_;
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(db) << ": " << sql;
    int changes = sqlite3_changes(db);
    sqlite3_close(db);
    return changes;
  }
  // The server's URL with another database.
  static std::string UrlOf(const std::string& database) {
    std::string url = PostgresServer();
    size_t end = std::min(url.find('?'), url.size()), begin = url.rfind('/', end) + 1;
    return url.replace(begin, end - begin, database);
  }
  // The database that others are copied from; made the first time.
  static std::string Migrated() {
    struct Made {
      std::string name = "m" + std::to_string(::getpid());
      Made() {
        At(PostgresServer(), "CREATE DATABASE " + name);
        SystemClock clock;
        auto store = store::Store::Open(store::OpenPostgres({UrlOf(name), ""}).value(), clock);
        EXPECT_TRUE(store.ok()) << store.error().cause;
      }
      ~Made() { At(PostgresServer(), "DROP DATABASE " + name + " WITH (FORCE)"); }
    };
    static Made made;
    return made.name;
  }
  int Postgres(const std::string& sql) const { return At(url_, sql); }
  static int At(const std::string& url, const std::string& sql) {
    PGconn* connection = PQconnectdb(url.c_str());
    if (sql.find("DATABASE") != sql.npos) return Alone(connection, sql);
    // A tool for SQLite does not hold rows against each other; here that has to be said.
    PGresult* result =
        PQexec(connection,
               ("SET client_min_messages = error; SET session_replication_role = replica; " + sql).c_str());
    EXPECT_TRUE(PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK)
        << PQerrorMessage(connection) << ": " << sql;
    int changes = std::atoi(PQcmdTuples(result));
    PQclear(result);
    PQfinish(connection);
    return changes;
  }
  // What cannot stand beside other statements.
  static int Alone(PGconn* connection, const std::string& sql) {
    PGresult* result = PQexec(connection, sql.c_str());
    EXPECT_EQ(PQresultStatus(result), PGRES_COMMAND_OK) << PQerrorMessage(connection) << ": " << sql;
    PQclear(result);
    PQfinish(connection);
    return 0;
  }

  std::filesystem::path file_;
  std::string name_, url_, drop_;
};

}  // namespace zg::test

#define ZG_SQLITE_ONLY(why) \
  if (zg::test::PostgresServer()) GTEST_SKIP() << "only on SQLite: " << why
#define ZG_POSTGRES_ONLY() \
  if (!zg::test::PostgresServer()) GTEST_SKIP() << "only on PostgreSQL: there is one file on SQLite"
