// compiled alone: SOCI puts the names of sqlite3.h into a namespace of its own, if it is the first to include
// it.
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <map>

#include "store/engine.h"
#include "store/passing.h"
#include "store/sqlite/seals.h"
#include "store/sqlite/sqlite.h"

namespace zg::store {
namespace {

// The words of tasks and passages. Contentless: the text itself stands in the documents already.
constexpr const char* kSearchTables[] = {
    "CREATE VIRTUAL TABLE IF NOT EXISTS paragraph_search USING fts5(words, content='', tokenize='zg_pairs')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS task_search USING fts5(words, content='', tokenize='zg_pairs')"};

std::string Replace(std::string text, const std::string& what, const std::string& with) {
  for (size_t at = 0; (at = text.find(what, at)) != text.npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
  return text;
}

class SqlitePrepared : public Prepared {
 public:
  SqlitePrepared(soci::session& session, const std::string& sql) : statement_(session) {
    statement_.alloc();
    statement_.prepare(
        WithListsOfRows(WithLists(sql, "IN (SELECT value FROM json_each(", "))"), "IN (", ")"));
  }

  void Execute(std::deque<ArgSlot>& args, std::deque<OutSlot>& outs, bool rows) override {
    if (!bound_) Bind(args, outs);
    for (size_t i = 0; i < args.size(); ++i) {
      arg_states_[i] = args[i].null ? soci::i_null : soci::i_ok;
      if (args[i].type == SlotType::kInts) WriteList(args[i]);
    }
    statement_.execute(!rows);
  }
  bool Fetch(std::deque<OutSlot>& outs) override {
    if (!statement_.fetch()) return false;
    for (size_t i = 0; i < outs.size(); ++i) outs[i].null = out_states_[i] == soci::i_null;
    return true;
  }

 private:
  static void WriteList(ArgSlot& arg) {  // as JSON, in its text
    arg.text = "[";
    for (int64_t n : arg.numbers) (arg.text += arg.text.size() > 1 ? "," : "") += std::to_string(n);
    arg.text += ']';
  }
  void Bind(std::deque<ArgSlot>& args, std::deque<OutSlot>& outs) {
    arg_states_.resize(args.size());
    out_states_.resize(outs.size());
    for (size_t i = 0; i < args.size(); ++i) {
      if (args[i].type == SlotType::kInt)
        statement_.exchange(soci::use(args[i].number, arg_states_[i]));
      else if (args[i].type == SlotType::kDouble)
        statement_.exchange(soci::use(args[i].real, arg_states_[i]));
      else
        statement_.exchange(soci::use(args[i].text, arg_states_[i]));
    }
    for (size_t i = 0; i < outs.size(); ++i) {
      if (outs[i].type == SlotType::kInt)
        statement_.exchange(soci::into(outs[i].number, out_states_[i]));
      else if (outs[i].type == SlotType::kDouble)
        statement_.exchange(soci::into(outs[i].real, out_states_[i]));
      else
        statement_.exchange(soci::into(outs[i].text, out_states_[i]));
    }
    statement_.define_and_bind();
    bound_ = true;
  }

  soci::statement statement_;
  std::deque<soci::indicator> arg_states_, out_states_;
  bool bound_ = false;
};

class SqliteConnection : public Connection {
 public:
  explicit SqliteConnection(const std::filesystem::path& file)
      : session_(soci::sqlite3, "db=\"" + file.string() + "\" timeout=20") {}
  std::unique_ptr<Prepared> Prepare(const std::string& sql) override {
    return std::make_unique<SqlitePrepared>(session_, sql);
  }
  void Execute(const std::string& sql) override { session_.once << sql; }
  void* native() override {
    return static_cast<soci::sqlite3_session_backend*>(session_.get_backend())->conn_;
  }

 private:
  soci::session session_;
};

class SqliteDatabase : public Database {
  static sqlite::SealKeeper& KeeperOf(Session& session) {
    return static_cast<sqlite::SealKeeper&>(*session.attachment());  // of those that write (Connect)
  }

 public:
  explicit SqliteDatabase(std::filesystem::path file)
      : file_(std::move(file)), index_(sqlite::MakeTextIndex()) {}

  std::string NowMs() const override { return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"; }

  std::unique_ptr<Session> Connect(bool writer) override {
    try {
      auto session = std::make_unique<Session>(std::make_unique<SqliteConnection>(file_));
      sqlite::RegisterTokenizer(session->native());
      session->Execute("PRAGMA journal_mode = WAL");
      session->Execute("PRAGMA synchronous = FULL");
      session->Execute("PRAGMA foreign_keys = ON");
      session->Execute("PRAGMA trusted_schema = OFF");
      session->Execute("PRAGMA temp_store = MEMORY");
      session->Execute("PRAGMA mmap_size = 2147418112");  // as much as SQLite maps
      session->Execute(writer ? "PRAGMA cache_size = -32000" : "PRAGMA cache_size = -2000");
      if (!writer)
        session->Execute("PRAGMA query_only = ON");
      else
        session->Attach(std::make_unique<sqlite::SealKeeper>(session->native()));
      return session;
    } catch (const SqlError&) {
      throw;
    } catch (const std::exception& e) {
      throw SqlError({Code::kUnavailable, "台账数据库打不开。请检查数据目录的权限，或用备份恢复。",
                      file_.string(), "store.cannot_open", e.what()});
    }
  }

  void BeginRead(Session& session) override {
    static const Query kBegin{"read_begin", "BEGIN"};
    session.Run(kBegin);
  }
  // BEGIN alone would take the write lock at the first write only, after others may have read the same state.
  void BeginWrite(Session& session) override {
    session.Execute("BEGIN IMMEDIATE");
    KeeperOf(session).Begin();
  }
  void CommitWrite(Session& session) override {
    if (sealed_) KeeperOf(session).Flush();
    session.Execute("COMMIT");
  }

  void BeginMember(Session& session) override {
    session.Execute("SAVEPOINT member");
    KeeperOf(session).Mark();
  }
  void KeepMember(Session& session) override { session.Execute("RELEASE member"); }
  void UndoMember(Session& session) override {
    session.Execute("ROLLBACK TO member");
    session.Execute("RELEASE member");
    KeeperOf(session).BackToMark();
  }

  std::string Translate(const std::string& migration) const override {
    return Replace(migration, "/* clustered */", "WITHOUT ROWID");
  }

  // Whoever takes the record of a migration out, so that it is made again, does not get new seals by it.
  void BeforeMigration(Session& session, const std::vector<std::string>&) override {
    static const Query kThere{"seals_there", "SELECT count(*) FROM sqlite_master WHERE name = 'seals'"};
    if (session.Value<int64_t>(kThere).value_or(0) > 0) broken_ = sqlite::BrokenSeals(session.native());
  }

  void AfterMigration(Session& session, bool migrated) override {
    for (const char* sql : kSearchTables) session.Execute(sql);
    sealed_ = true;
    if (migrated) KeeperOf(session).SealAll(broken_);
  }

  void SealAgain(Session& session, const std::vector<std::string>& tables) override {
    std::vector<std::string> all = tables;
    for (const char* search : {"paragraph_search", "task_search"})
      for (const char* part : {"_data", "_idx", "_docsize", "_config"})
        all.push_back(std::string(search) + part);  // what FTS5 keeps of a table without content
    KeeperOf(session).SealNow(all);
  }
  std::vector<std::string> BrokenSeals(Session& session) override {
    std::vector<std::string> sentences;
    for (auto& [table, sentence] : sqlite::BrokenSeals(session.native())) sentences.push_back(sentence);
    return sentences;
  }

  std::vector<TableShape> Tables(Session& session) override {
    static const Query kTables{
        "tables",
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE "
        "VIRTUAL%' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%\\_search\\_%' ESCAPE "
        "'\\' AND name NOT IN ('schema_migrations', 'seals', 'transfer_state') ORDER BY name"};
    static const Query kColumns{"table_columns",
                                "SELECT name, type, pk FROM pragma_table_info(:table) ORDER BY cid"};
    std::vector<TableShape> tables;
    session.Each<std::string>(kTables, [&](const std::string& name) {
      if (!IsPassing(name)) tables.push_back({name, {}, {}});
    });
    for (auto& table : tables) {
      std::map<int64_t, std::string> key;
      session.Each<std::string, std::string, int64_t>(
          kColumns,
          [&](const std::string& name, const std::string& type, int64_t pk) {
            table.columns.push_back({name, type == "INTEGER" ? ColumnType::kInt
                                           : type == "REAL"  ? ColumnType::kReal
                                                             : ColumnType::kText});
            if (pk > 0) key[pk] = name;
          },
          table.name);
      for (const auto& [place, name] : key) table.key.push_back(name);
    }
    return tables;
  }

  void BeginLoad(Session& session) override { session.Execute("PRAGMA foreign_keys = OFF"); }
  void LoadRows(Session& session, const TableShape& table,
                const std::vector<std::vector<Cell>>& rows) override {
    std::string columns, places;
    for (const auto& column : table.columns) {
      columns += (columns.empty() ? "" : ", ") + column.name;
      places += (places.empty() ? ":" : ", :") + column.name;
    }
    Query insert{"load", "INSERT INTO " + table.name + " (" + columns + ") VALUES (" + places + ")"};
    session.RunAll(insert, table.Types(), rows);
  }
  void FinishLoad(Session& session) override {
    static const Query kOrphans{"load_orphans", "SELECT count(*) FROM pragma_foreign_key_check"};
    if (session.Value<int64_t>(kOrphans).value_or(0) > 0)
      throw SqlError({Code::kUnavailable, "搬过来的内容互相对不上，没有采用。请加 --again 从头再搬一遍。", "",
                      "transfer.differs", "foreign_key_check"});
    session.Execute("DELETE FROM seals");  // those of tables that are gone again among them
    KeeperOf(session).SealAll({});
  }

  TextIndex& text_index() override { return *index_; }

  Status CopyTo(const std::filesystem::path& file) override { return sqlite::Copy(file_, file); }

  Status Inspect(Session& session) override {
    std::string answer = sqlite::CheckPages(session.native());
    if (answer == "ok") return {};
    return Error{Code::kUnavailable, "台账数据库文件已损坏，请用最近的备份恢复。", file_.string(),
                 "store.damaged", answer};
  }

  int64_t Bytes(Session& session) override {
    static const Query kBytes{"database_bytes",
                              "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"};
    return session.Value<int64_t>(kBytes).value_or(0);
  }

  void Optimize(Session& session) override {
    session.Execute("PRAGMA analysis_limit = 2000");
    session.Execute("ANALYZE");
  }

  void KeepPartitions(Session&, Date) override {}  // one file, one table

 private:
  std::filesystem::path file_;
  std::unique_ptr<TextIndex> index_;
  std::map<std::string, std::string> broken_;  // before a migration
  bool sealed_ = false;                        // the table of seals is there
};

}  // namespace

namespace {

// A connection belongs to one thread at a time (store.h), and nobody asks for the use of memory: locks for
// both would only cost time. Without effect where SQLite is in use already.
void Configure() {
  static const bool once = [] {
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return true;
  }();
  (void)once;
}

}  // namespace

Result<std::unique_ptr<Database>> OpenSqlite(const std::filesystem::path& file) {
  if (file.string().find('"') != std::string::npos) {
    return Error{Code::kInvalid, "数据目录的名字里不能有双引号，请换一个目录。", file.string(),
                 "store.bad_path"};
  }
  Configure();
  return std::unique_ptr<Database>(std::make_unique<SqliteDatabase>(file));
}

}  // namespace zg::store
