#pragma once
// What differs from one database to another: connecting, searching text, copying. Everything else is plain
// SQL.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "ledger/scope.h"
#include "store/sql.h"

namespace zg::store {

// Full-text search by pairs of characters (store/tokens.h). Rows are added and taken away in the transaction
// that changes what they index.
class TextIndex {
 public:
  enum Kind { kParagraphs, kTasks };
  virtual ~TextIndex() = default;
  virtual void Add(Session& session, Kind kind, int64_t key, const std::string& text) = 0;
  // `text` as it was when added.
  virtual void Remove(Session& session, Kind kind, int64_t key, const std::string& text) = 0;
  virtual void Clear(Session& session) = 0;
  // Empty: nothing in `q` can be searched for.
  virtual std::string Expression(const std::string& q) const = 0;
  struct Found {
    std::vector<int64_t> keys;
    int64_t n = 0;      // how many rows hold the words, at least
    bool more = false;  // and there are more of them
  };
  // Keys of rows that hold all words of the expression and that the scope sees, greatest first, at most
  // `limit`; where fewer are found, `n` is exact. It is not counted beyond `cap`, nor where going on is not
  // worth it for words that are frequent. Keys are those of task_rows and passages; a paragraph is seen by
  // whoever sees a task of its document.
  virtual Found Find(Session& session, Kind kind, const std::string& expression, int limit, int64_t cap,
                     const Scope& scope = {}) = 0;
  // No fewer rows than hold the words, or cap + 1: to choose how they are best looked for. 0 is exact.
  virtual int64_t AtMost(Session& session, Kind kind, const std::string& expression, int64_t cap) = 0;
  // SQL for "this task's key matches": %s stands for the key, followed by one bound expression.
  virtual std::string TaskHas(const std::string& key_column, const std::string& argument) const = 0;
  // SELECT of matching keys
  virtual std::string TaskKeys(const std::string& argument) const = 0;
};

// A table of the migrations, as transfers need it.
struct TableShape {
  struct Column {
    std::string name;
    ColumnType type = ColumnType::kText;
  };
  std::string name;
  std::vector<Column> columns;
  std::vector<std::string> key;  // of its primary key, in order
  std::vector<ColumnType> Types() const {
    std::vector<ColumnType> types;
    for (const auto& column : columns) types.push_back(column.type);
    return types;
  }
};

// Hears what other programs on the same database ring (Database::Ring). For one thread.
class Bell {
 public:
  virtual ~Bell() = default;
  // Words rung since the last call, as soon as there are any, or none after that time, or when `wake_fd` can
  // be read. Throws SqlError where the connection is gone: it is of no more use then.
  virtual std::vector<std::string> Hear(int wake_fd, int timeout_ms) = 0;
};

// Thread-safe.
class Database {
 public:
  virtual ~Database() = default;
  // Several programs may be at work on it at once, on different machines.
  virtual bool shared() const { return false; }
  // SQL for milliseconds since 1970 by the one clock that all programs on it share.
  virtual std::string NowMs() const = 0;
  // SQL behind a SELECT of rows to be changed: those that somebody else is just changing are passed over.
  virtual std::string SkipTaken() const { return ""; }
  // All programs that listen are told, when what the session does is committed.
  virtual void Ring(Session&, const std::string& word) { (void)word; }
  virtual std::unique_ptr<Bell> Listen() { return nullptr; }  // null: nobody else could ring
  // Ready to work: foreign keys on, everything durable. Throws SqlError.
  virtual std::unique_ptr<Session> Connect(bool writer) = 0;
  // To a replica, which is asked for what may be a little old; null: there is none.
  virtual std::unique_ptr<Session> ConnectReplica() { return nullptr; }
  // How far the log of changes goes where they are made, and how far a replica has followed it (in a read
  // transaction: what it sees is no older); nullopt: it is no replica any more.
  virtual int64_t Position(Session&) { return 0; }
  virtual std::optional<int64_t> ReplicaPosition(Session&) { return std::nullopt; }
  virtual void BeginRead(Session& session) = 0;   // all reads until COMMIT see one state
  virtual void BeginWrite(Session& session) = 0;  // takes the write lock at once
  // Throws store.unknown where nobody can say whether it is kept: the connection broke while it was being
  // committed, or the replica that has to have it too did not say so.
  virtual void CommitWrite(Session& session) = 0;
  // One of several that share the transaction: what it does can be undone alone.
  virtual void BeginMember(Session& session) = 0;
  virtual void KeepMember(Session& session) = 0;
  virtual void UndoMember(Session& session) = 0;
  virtual std::string Translate(const std::string& migration) const = 0;
  // Only where there is something to migrate: `statements`, as Translate gave them.
  virtual void BeforeMigration(Session& session, const std::vector<std::string>& statements) = 0;
  // Tables of this database's own, made where they are not there. `migrated`: something was, in the
  // transaction that is open; without it there is none.
  virtual void AfterMigration(Session& session, bool migrated) = 0;
  // Takes the tables as they are (in a transaction): they were made again from what lasts.
  virtual void SealAgain(Session& session, const std::vector<std::string>& tables) = 0;
  // A sentence for each table whose rows are not as they were last written by this program. Reads everything.
  virtual std::vector<std::string> BrokenSeals(Session& session) = 0;
  virtual TextIndex& text_index() = 0;
  // All that the migrations made, but for the record of them, by name.
  virtual std::vector<TableShape> Tables(Session& session) = 0;
  // For large amounts of rows (transfer.h): from BeginLoad on rules between tables, seals and what else costs
  // time are left alone, also through a break, until FinishLoad puts them in force, in the transaction it is
  // called in; it throws where they do not hold.
  virtual void BeginLoad(Session& session) = 0;
  virtual void LoadRows(Session& session, const TableShape& table,
                        const std::vector<std::vector<Cell>>& rows) = 0;
  virtual void FinishLoad(Session& session) = 0;
  // One consistent copy, while others go on writing.
  virtual Status CopyTo(const std::filesystem::path& file) = 0;
  virtual Status Inspect(Session& session) = 0;  // the database's own check of itself
  virtual void Optimize(Session& session) = 0;   // statistics, after a large change
  // In a write transaction: room for the rows to come, where large tables are divided by period. Often
  // called, with each period at the latest; does nothing mostly.
  virtual void KeepPartitions(Session& session, Date today) = 0;
  virtual int64_t Bytes(Session&) { return 0; }  // all that it takes on disk, quickly; 0: it does not say
};

}  // namespace zg::store
