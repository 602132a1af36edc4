#pragma once
// The database that a test works on: a file of SQLite, or, where ZG_TEST_POSTGRES is the URL of a server
// (tests/with_postgres starts one), a schema of its own in it. The same tests run on both.

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"

namespace zg::test {

inline const char* PostgresServer() {
  return std::getenv("ZG_TEST_POSTGRES");
}

class Place {
 public:
  // `file`: where SQLite would have it.
  explicit Place(std::filesystem::path file) : file_(std::move(file)) {
    if (!PostgresServer()) return;
    static int n = 0;
    schema_ = "t" + std::to_string(::getpid()) + "_" + std::to_string(++n);
    url_ = PostgresServer();
    url_ += (url_.find('?') == url_.npos ? "?" : "&") + ("options=-csearch_path%3D" + schema_);
    Postgres("CREATE SCHEMA " + schema_);
  }
  ~Place() {
    if (!url_.empty()) Postgres("DROP SCHEMA " + schema_ + " CASCADE");
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
  int Postgres(const std::string& sql) const {
    PGconn* connection = PQconnectdb(url_.c_str());
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

  std::filesystem::path file_;
  std::string schema_, url_;
};

}  // namespace zg::test

#define ZG_SQLITE_ONLY(why) \
  if (zg::test::PostgresServer()) GTEST_SKIP() << "only on SQLite: " << why
#define ZG_POSTGRES_ONLY() \
  if (!zg::test::PostgresServer()) GTEST_SKIP() << "only on PostgreSQL: there is one file on SQLite"
