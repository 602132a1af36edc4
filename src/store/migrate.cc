#include "store/migrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/embedded.h"
#include "store/nodes.h"

extern const zg::EmbeddedFile zg_migrations[];
extern const unsigned zg_migrations_count;

namespace zg::store {
namespace {

const Query kVersion{"migrations_version", "SELECT max(version) FROM schema_migrations"};
const Query kOldest{"migrations_oldest",
                    "SELECT max(CASE WHEN oldest = 0 THEN version ELSE oldest END) FROM schema_migrations"};
const Query kRecordBase{
    "migrations_record_base",
    "INSERT INTO schema_migrations (version, name, applied_at) VALUES (:version, :name, :at)"};
const Query kRecord{"migrations_record",
                    "INSERT INTO schema_migrations (version, name, applied_at, oldest) VALUES (:version, "
                    ":name, :at, :oldest)"};
constexpr const char* kMakeTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, "
    "applied_at TEXT NOT NULL)";
constexpr int kOldestSince = 17;       // the migration that adds the column
constexpr int64_t kAtWorkMs = 15'000;  // seen so lately: it is at work (office/nodes.h)

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

// What the first line says: the oldest program that can work afterwards; 0: as before it.
int OldestAfter(const Migration& migration) {
  std::string line = migration.sql.substr(0, migration.sql.find('\n'));
  if (line == "-- expand") return 0;
  const std::string since = "-- contract since ";
  return line.rfind(since, 0) == 0 ? std::atoi(line.c_str() + since.size()) : migration.version;
}

int OldestOf(Session& session, int version) {
  return version < kOldestSince ? version : int(session.Value<int64_t>(kOldest).value_or(0));
}

std::vector<NodeRow> AtWork(Database& database, Session& session, int version) {
  std::vector<NodeRow> nodes;
  if (!database.shared() || version < kOldestSince) return nodes;
  for (auto& node : LoadNodes(session, database))
    if (node.seen_ms > node.now_ms - kAtWorkMs) nodes.push_back(std::move(node));
  return nodes;
}

Error Newer(int version, int known) {
  return {Code::kConflict,
          fmt::format("这个数据目录由更新的版本写成（数据版本{}，本程序只认到{}）。请改用新版程序打开。",
                      version, known),
          "", "store.newer"};
}

Error OlderAtWork(const MigrationStep& step) {
  std::string names;
  for (const auto& name : step.blocks) names += (names.empty() ? "" : "、") + name;
  return {Code::kConflict,
          "还有旧版本的程序在用这个数据库（" + names + "），升级到这一版要先把它们停掉，再启动新版。",
          step.name, "store.older_at_work"};
}

// How many of the steps can be taken now. Contracts at the end may wait.
Result<size_t> Possible(const MigrationPlan& plan) {
  size_t n = 0;
  while (n < plan.steps.size() && plan.steps[n].blocks.empty()) ++n;
  for (size_t i = n; i < plan.steps.size(); ++i) {
    if (plan.steps[i].waits) continue;
    return OlderAtWork(plan.steps[n]);
  }
  return n;
}

// In a transaction; another process may have been quicker.
Result<bool> Apply(Database& database, Session& session, const std::vector<Migration>& migrations,
                   const std::string& now) {
  MigrationPlan plan = PlanMigration(database, session, migrations);
  ZG_ASSIGN(size_t n, Possible(plan));
  if (n == 0) return false;
  std::vector<std::pair<const Migration*, std::vector<std::string>>> steps;
  std::vector<std::string> all;
  for (const auto& migration : migrations) {
    if (migration.version <= plan.ledger || steps.size() == n) continue;
    steps.emplace_back(&migration, Statements(database.Translate(migration.sql)));
    all.insert(all.end(), steps.back().second.begin(), steps.back().second.end());
  }
  database.BeforeMigration(session, all);
  session.Forget();
  for (const auto& [step, statements] : steps) {
    const Migration& migration = *step;
    int oldest = OldestAfter(migration);
    for (const auto& sql : statements) session.Execute(sql);
    if (migration.version < kOldestSince)
      session.Run(kRecordBase, migration.version, migration.name, now);
    else
      session.Run(kRecord, migration.version, migration.name, now,
                  oldest ? oldest : OldestOf(session, migration.version));
  }
  session.Forget();
  database.AfterMigration(session, true);
  return true;
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

MigrationPlan PlanMigration(Database& database, Session& session, const std::vector<Migration>& migrations) {
  MigrationPlan plan;
  plan.ledger = VersionOf(session);
  plan.oldest = OldestOf(session, plan.ledger);
  std::vector<NodeRow> nodes = AtWork(database, session, plan.ledger);
  int oldest = plan.oldest;
  for (const auto& migration : migrations) {
    if (migration.version <= plan.ledger) continue;
    int after = OldestAfter(migration);
    oldest = std::max(oldest, after);
    MigrationStep step{migration.name, after == 0, after != 0 && after != migration.version, oldest, {}};
    for (const auto& node : nodes)
      if (node.knows < oldest) step.blocks.push_back(node.name);
    plan.steps.push_back(std::move(step));
  }
  return plan;
}

Status CheckMigration(Session& session, const std::vector<Migration>& migrations) {
  int known = migrations.empty() ? 0 : migrations.back().version, version = VersionOf(session);
  return version > known && OldestOf(session, version) > known ? Status(Newer(version, known)) : Status();
}

Status Migrate(Database& database, Session& session, const std::vector<Migration>& migrations,
               const std::string& now) {
  MakeTable(database, session);
  ZG_TRY(CheckMigration(session, migrations));
  bool migrated = false;
  if (!PlanMigration(database, session, migrations).steps.empty()) {
    database.BeginWrite(session);
    try {
      auto applied = Apply(database, session, migrations, now);
      if (!applied.ok()) {
        session.Execute("ROLLBACK");
        return applied.error();
      }
      migrated = *applied;
      database.CommitWrite(session);
    } catch (...) {
      session.Execute("ROLLBACK");
      throw;
    }
  }
  session.Forget();
  if (!migrated) database.AfterMigration(session, false);
  return {};
}

}  // namespace zg::store
