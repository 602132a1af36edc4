#pragma once
// PostgreSQL 15 behind the Database face. Whatever only PostgreSQL knows stays in this folder.
//
// Several programs may work on one database: the transaction of a change holds one advisory lock, so that
// changes are made one after the other on all of them, as they are on SQLite. Within a program they share
// transactions (store.h).

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/date.h"
#include "store/database.h"
#include "store/engine.h"

namespace zg::store {

struct PostgresPlace {
  std::string
      url;  // postgresql://user@host1,host2/base?sslmode=…: of several hosts, the one that is written to
  std::string read_url;  // replicas for what may be a little old; empty: none
};

// Nothing is connected yet. kInvalid: store.bad_url.
Result<std::unique_ptr<Database>> OpenPostgres(const PostgresPlace& place);
bool IsPostgresUrl(const std::string& url);
// The URL without the password, for messages and logs.
std::string WithoutPassword(const std::string& url);

namespace postgres {

// Which of several hosts in a URL is meant, where the URL does not say it (target_session_attrs).
enum class Node { kPrimary, kStandby };
// Throws SqlError: store.down where nobody answers or no host is the one meant, store.tls where a certificate
// is not trusted.
std::unique_ptr<Connection> Connect(const std::string& url, Node node);
// COMMIT, and it is certain: otherwise throws store.unknown (database.h), or what was wrong before it.
void Commit(Session& session);
// Places in the write-ahead log (LSN) as bytes from its beginning; nullopt: this one follows nobody.
int64_t Position(Session& session);
std::optional<int64_t> ReplicaPosition(Session& session);
std::unique_ptr<TextIndex> MakeTextIndex();
// What it needs, where it is not there yet; in a transaction.
void MakeSearchTables(Session& session);

// NOTIFY and LISTEN on a channel of the schema's own.
void Ring(Session& session, const std::string& word);
std::unique_ptr<Bell> Listen(std::unique_ptr<Session> session);

// The counterpart of sqlite/seals.h: triggers keep them for connections that say they write (SayWriter), and
// leave them as they are for all others.
void SayWriter(Session& session);
// In a transaction: tables for the seals' triggers, made again for all tables that are there.
void MakeSealTriggers(Session& session);
void SealNow(Session& session, const std::vector<std::string>& tables);
std::vector<std::string> SealedTables(Session& session);
// `only`: of these; null: of all, and of tables that are gone.
std::map<std::string, std::string> BrokenSeals(Session& session, const std::set<std::string>* only = nullptr);
// The tables whose rows those statements of a migration may change, or what their rows look like.
std::set<std::string> TablesTouched(const std::vector<std::string>& statements,
                                    const std::vector<std::string>& tables);

// The large tables as partitions (partitions.cc), where they are not yet; in a transaction, before the seals'
// triggers are made.
void MakePartitions(Session& session);
// Database::KeepPartitions.
void KeepPartitions(Session& session, Date today);
// Makes partitions of `table` up to the one that holds `key`, where it is partitioned by blocks.
void ReachPartitions(Session& session, const std::string& table, int64_t key);

// For transfers (database.h); the first two in no transaction or in one, FinishLoad in one.
std::vector<TableShape> Tables(Session& session);
void BeginLoad(Session& session);
void LoadRows(Session& session, const TableShape& table, const std::vector<std::vector<Cell>>& rows);
void FinishLoad(Session& session);

}  // namespace postgres
}  // namespace zg::store
