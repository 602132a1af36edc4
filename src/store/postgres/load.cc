#include <fmt/format.h>
#include <libpq-fe.h>

#include <set>

#include "store/postgres/postgres.h"

namespace zg::store::postgres {
namespace {

const std::set<std::string> kNotMoved = {"schema_migrations", "transfer_state", "transfer_work",
                                         "paragraph_search", "task_search"};

const Query kColumns{
    "table_columns",
    "SELECT CAST(a.attname AS text), CAST(format_type(a.atttypid, a.atttypmod) AS text), "
    "coalesce(array_position(CAST(i.indkey AS int2[]), a.attnum), -1) FROM pg_attribute a JOIN pg_class c ON "
    "c.oid = "
    "a.attrelid LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary WHERE c.relnamespace = "
    "CAST(current_schema() AS regnamespace) AND c.relname = :name AND a.attnum > 0 AND NOT a.attisdropped "
    "ORDER BY "
    "a.attnum"};
const Query kRules{
    "load_rules",
    "SELECT CAST(c.relname AS text), CAST(k.conname AS text), pg_get_constraintdef(k.oid) FROM "
    "pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE c.relnamespace = "
    "CAST(current_schema() AS regnamespace) AND k.contype = 'f' AND k.conparentid = 0 ORDER BY 1, 2"};
const Query kIndexes{
    "load_indexes",
    "SELECT CAST(x.relname AS text), pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class x ON "
    "x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = "
    "CAST(current_schema() AS regnamespace) AND NOT c.relispartition AND c.relkind IN ('r', 'p') AND "
    "NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY 1"};
const Query kWork{"load_work", "SELECT sql FROM transfer_work ORDER BY ord"};
const Query kNote{"load_note", "INSERT INTO transfer_work (sql) VALUES (:sql)"};
const Query kIdentity{
    "load_identity",
    "SELECT CAST(c.relname AS text), CAST(a.attname AS text) FROM pg_attribute a JOIN pg_class c ON "
    "c.oid = a.attrelid WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind "
    "IN ('r', 'p') AND NOT c.relispartition AND a.attidentity <> ''"};

std::string Quoted(const std::string& name) {
  return "\"" + name + "\"";
}

void Escape(const std::string& text, std::string& out) {
  for (char c : text) {
    switch (c) {
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
}

std::string LineOf(const std::vector<Cell>& row) {
  std::string line;
  for (const auto& cell : row) {
    if (!line.empty() || &cell != row.data()) line += '\t';
    if (auto* n = std::get_if<int64_t>(&cell))
      line += std::to_string(*n);
    else if (auto* d = std::get_if<double>(&cell))
      line += fmt::format("{:.17g}", *d);
    else if (auto* s = std::get_if<std::string>(&cell))
      Escape(*s, line);
    else
      line += "\\N";
  }
  return line + '\n';
}

// The catalogue tells an index of a partitioned table as one of that table alone.
std::string OnAll(std::string sql) {
  size_t at = sql.find(" ON ONLY ");
  return at == sql.npos ? sql : sql.replace(at, 9, " ON ");
}

// Partitions for what comes.
void Reach(Session& session, const TableShape& table, const std::vector<std::vector<Cell>>& rows) {
  const char* key = table.name == "reports" ? "period_id" : table.name == "evidence" ? "id" : nullptr;
  for (size_t i = 0; key && i < table.columns.size(); ++i) {
    if (table.columns[i].name != key) continue;
    int64_t most = 0;
    for (const auto& row : rows) most = std::max(most, std::get<int64_t>(row[i]));
    ReachPartitions(session, table.name, most);
  }
}

[[noreturn]] void CopyFailed(PGconn* connection, const std::string& table) {
  throw SqlError(
      FailureOf("copy into " + table, PQerrorMessage(connection), PQstatus(connection) != CONNECTION_OK));
}

}  // namespace

std::vector<TableShape> Tables(Session& session) {
  std::vector<TableShape> tables;
  for (const auto& name : SealedTables(session)) {
    if (kNotMoved.count(name)) continue;
    TableShape table{name, {}, {}};
    std::map<int64_t, std::string> key;
    session.Each<std::string, std::string, int64_t>(
        kColumns,
        [&](const std::string& column, const std::string& type, int64_t place) {
          table.columns.push_back({column, type == "bigint"             ? ColumnType::kInt
                                           : type == "double precision" ? ColumnType::kReal
                                                                        : ColumnType::kText});
          if (place >= 0) key[place] = column;
        },
        name);
    for (const auto& [place, column] : key) table.key.push_back(column);
    tables.push_back(std::move(table));
  }
  return tables;
}

// Rules, indexes and triggers cost more row by row than at once at the end. What has to be made again is
// written down in the same transaction.
void BeginLoad(Session& session) {
  session.Execute(
      "CREATE TABLE IF NOT EXISTS transfer_work (ord BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, "
      "sql TEXT NOT "
      "NULL)");
  std::vector<std::string> now;
  session.Each<std::string, std::string>(kIndexes, [&](const std::string& name, const std::string& sql) {
    session.Run(kNote, OnAll(sql));
    now.push_back("DROP INDEX " + Quoted(name));
  });
  session.Each<std::string, std::string, std::string>(
      kRules, [&](const std::string& table, const std::string& name, const std::string& rule) {
        session.Run(kNote, "ALTER TABLE " + Quoted(table) + " ADD CONSTRAINT " + Quoted(name) + " " + rule);
        now.push_back("ALTER TABLE " + Quoted(table) + " DROP CONSTRAINT " + Quoted(name));
      });
  for (const auto& table : SealedTables(session))
    now.push_back("ALTER TABLE " + Quoted(table) + " DISABLE TRIGGER USER");
  session.Forget();
  for (const auto& sql : now) session.Execute(sql);
}

void LoadRows(Session& session, const TableShape& table, const std::vector<std::vector<Cell>>& rows) {
  Reach(session, table, rows);
  auto* connection = static_cast<PGconn*>(session.native());
  std::string columns;
  for (const auto& column : table.columns) columns += (columns.empty() ? "" : ", ") + Quoted(column.name);
  session.Execute("COPY " + Quoted(table.name) + " (" + columns + ") FROM STDIN");
  for (const auto& row : rows) {
    std::string line = LineOf(row);
    if (PQputCopyData(connection, line.data(), int(line.size())) != 1) CopyFailed(connection, table.name);
  }
  if (PQputCopyEnd(connection, nullptr) != 1) CopyFailed(connection, table.name);
  bool good = true;
  while (PGresult* result = PQgetResult(connection)) {
    good = good && PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
  }
  if (!good) CopyFailed(connection, table.name);
}

void FinishLoad(Session& session) {
  std::vector<std::string> work;
  session.Each<std::string>(kWork, [&](const std::string& sql) { work.push_back(sql); });
  session.Forget();
  for (const auto& sql : work) session.Execute(sql);
  session.Execute("DROP TABLE transfer_work");
  std::vector<std::pair<std::string, std::string>> identities;
  session.Each<std::string, std::string>(kIdentity, [&](const std::string& table, const std::string& column) {
    identities.push_back({table, column});
  });
  for (const auto& [table, column] : identities)
    session.Execute("SELECT setval(pg_get_serial_sequence('" + Quoted(table) + "', '" + column +
                    "'), (SELECT coalesce(max(" + Quoted(column) + "), 0) + 1 FROM " + Quoted(table) +
                    "), false)");
  std::vector<std::string> tables = SealedTables(session);
  for (const auto& table : tables) session.Execute("ALTER TABLE " + Quoted(table) + " ENABLE TRIGGER USER");
  tables.push_back("schema");
  SealNow(session, tables);
}

}  // namespace zg::store::postgres
