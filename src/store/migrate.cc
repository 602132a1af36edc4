#include "store/migrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/embedded.h"

extern const zg::EmbeddedFile zg_migrations[];
extern const unsigned zg_migrations_count;

namespace zg::store {
namespace {

const Query kVersion{"migrations_version", "SELECT max(version) FROM schema_migrations"};
const Query kRecord{
    "migrations_record",
    "INSERT INTO schema_migrations (version, name, applied_at) VALUES (:version, :name, :at)"};
constexpr const char* kMakeTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, "
    "applied_at TEXT NOT NULL)";

// Statements end with a semicolon at the end of a line; a line's comment goes.
std::vector<std::string> Statements(const std::string& sql) {
  std::vector<std::string> statements;
  std::string current;
  for (size_t at = 0; at < sql.size();) {
    size_t end = std::min(sql.find('\n', at), sql.size());
    std::string line = sql.substr(at, end - at);
    at = end + 1;
    if (size_t comment = line.find("--"); comment != line.npos) line.resize(comment);
    while (!line.empty() && line.back() == ' ') line.pop_back();
    if (line.empty()) continue;
    current += line + "\n";
    if (line.back() != ';') continue;
    statements.push_back(std::move(current));
    current.clear();
  }
  return statements;
}

void MakeTable(Database& database, Session& session) {
  try {
    VersionOf(session);
    return;
  } catch (const SqlError&) {
    if (session.broken()) throw;
  }
  database.BeginWrite(session);
  try {
    session.Execute(kMakeTable);
    database.CommitWrite(session);
  } catch (...) {
    session.Execute("ROLLBACK");
    throw;
  }
}

void Apply(Database& database, Session& session, const Migration& migration, const std::string& now) {
  database.BeginWrite(session);
  try {
    // Another process may have been quicker.
    if (VersionOf(session) < migration.version) {
      for (const auto& sql : Statements(database.Translate(migration.sql))) session.Execute(sql);
      session.Run(kRecord, migration.version, migration.name, now);
    }
    database.CommitWrite(session);
  } catch (...) {
    session.Execute("ROLLBACK");
    throw;
  }
}

}  // namespace

std::vector<Migration> BuiltinMigrations() {
  std::vector<Migration> migrations;
  for (unsigned i = 0; i < zg_migrations_count; ++i) {
    std::string name = zg_migrations[i].name;
    migrations.push_back({std::atoi(name.c_str()), name, std::string(zg_migrations[i].bytes())});
  }
  std::sort(migrations.begin(), migrations.end(),
            [](const Migration& a, const Migration& b) { return a.version < b.version; });
  return migrations;
}

int VersionOf(Session& session) {
  return int(session.Value<int64_t>(kVersion).value_or(0));
}

Status Migrate(Database& database, Session& session, const std::vector<Migration>& migrations,
               const std::string& now) {
  MakeTable(database, session);
  int known = migrations.empty() ? 0 : migrations.back().version;
  int version = VersionOf(session);
  if (version > known) {
    return Error{
        Code::kConflict,
        fmt::format("这个数据目录由更新的版本写成（数据版本{}，本程序只认到{}）。请改用新版程序打开。",
                    version, known),
        "", "store.newer"};
  }
  if (version < known) database.BeforeMigration(session);
  for (const auto& migration : migrations) {
    if (migration.version > version) Apply(database, session, migration, now);
  }
  session.Forget();
  database.AfterMigration(session, version < known);
  return {};
}

}  // namespace zg::store
