// What makes a change certain, and where changes stand in the write-ahead log.
#include <libpq-fe.h>

#include "store/engine.h"
#include "store/postgres/postgres.h"

namespace zg::store::postgres {
namespace {

const Query kPosition{"log_position", "SELECT CAST(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS bigint)"};
// A standby that was promoted keeps the place where it stopped following.
const Query kFollowed{"log_followed",
                      "SELECT CASE WHEN pg_is_in_recovery() THEN CAST(pg_wal_lsn_diff("
                      "pg_last_wal_replay_lsn(), '0/0') AS bigint) END"};

Error Unknown(const std::string& cause) {
  return {Code::kUnavailable,
          "保存的时候和数据库的联系断了，不知道这一步有没有做成。请过一会儿刷新页面核对，没有做成再重做。",
          "", "store.unknown", "commit: " + cause};
}

// Warnings that come while it is on.
class Listening {
 public:
  explicit Listening(PGconn* connection)
      : connection_(connection),
        before_(PQsetNoticeReceiver(
            connection,
            [](void* self, const PGresult* notice) {
              static_cast<Listening*>(self)->heard_ += PQresultErrorMessage(notice);
            },
            this)) {}
  ~Listening() { PQsetNoticeReceiver(connection_, before_, nullptr); }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;
  const std::string& heard() const { return heard_; }

 private:
  PGconn* connection_;
  PQnoticeReceiver before_;
  std::string heard_;
};

}  // namespace

void Commit(Session& session) {
  session.Settle();
  auto* connection = static_cast<PGconn*>(session.native());
  Listening listening(connection);
  auto began = std::chrono::steady_clock::now();
  PGresult* result = PQexec(connection, "COMMIT");
  Took("COMMIT", std::chrono::steady_clock::now() - began);
  bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
  std::string said = good ? PQcmdStatus(result) : PQerrorMessage(connection);
  PQclear(result);
  if (session.broken()) throw SqlError(Unknown(said));
  if (!good) throw SqlError(FailureOf("commit", said, false));
  // A transaction in which something failed ends like this, and without an error.
  if (said != "COMMIT") throw SqlError(FailureOf("commit", "ended with " + said, false));
  // Somebody broke off the wait for the synchronous standby (pg_cancel_backend): kept
  // here, and nowhere else. It comes as a warning, in the server's language.
  if (!listening.heard().empty()) throw SqlError(Unknown(listening.heard()));
}

int64_t Position(Session& session) {
  return session.Value<int64_t>(kPosition).value_or(0);
}

std::optional<int64_t> ReplicaPosition(Session& session) {
  return session.Value<std::optional<int64_t>>(kFollowed).value_or(std::nullopt);
}

}  // namespace zg::store::postgres
