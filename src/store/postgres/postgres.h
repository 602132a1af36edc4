#pragma once
// PostgreSQL 15 behind the Database face. Whatever only PostgreSQL knows stays in this folder.
//
// Several programs may work on one database: the transaction of a change holds one advisory lock, so that
// changes are made one after the other on all of them, as they are on SQLite. Within a program they share
// transactions (store.h).

#include <map>
#include <memory>
#include <string>

#include "store/database.h"
#include "store/engine.h"

namespace zg::store {

struct PostgresPlace {
  std::string url;       // postgresql://user@host1,host2/base?target_session_attrs=read-write&sslmode=…
  std::string read_url;  // a replica for what may be a little old; empty: the same
};

// Nothing is connected yet. kInvalid: store.bad_url.
Result<std::unique_ptr<Database>> OpenPostgres(const PostgresPlace& place);
bool IsPostgresUrl(const std::string& url);
// The URL without the password, for messages and logs.
std::string WithoutPassword(const std::string& url);

namespace postgres {

// Throws SqlError (store.down) where nobody answers.
std::unique_ptr<Connection> Connect(const std::string& url);
std::unique_ptr<TextIndex> MakeTextIndex();

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
std::map<std::string, std::string> BrokenSeals(Session& session);

// For transfers (database.h); the first two in no transaction or in one, FinishLoad in one.
std::vector<TableShape> Tables(Session& session);
void BeginLoad(Session& session);
void LoadRows(Session& session, const TableShape& table, const std::vector<std::vector<Cell>>& rows);
void FinishLoad(Session& session);

}  // namespace postgres
}  // namespace zg::store
