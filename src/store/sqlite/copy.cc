#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "store/sqlite/sqlite.h"

namespace zg::store::sqlite {
namespace {

constexpr int kPagesAtOnce = 2000;
constexpr int kMostTries = 600;  // of 50 ms, while a writer is in the way

// A connection of the copy's own, apart from SOCI's.
class Connection {
 public:
  Connection(const std::filesystem::path& file, int flags) {
    if (sqlite3_open_v2(file.c_str(), &db_, flags, nullptr) == SQLITE_OK)
      sqlite3_busy_timeout(db_, 10'000);
    else
      Close();
  }
  ~Connection() { Close(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  sqlite3* get() const { return db_; }
  void Close() {
    sqlite3_close(db_);
    db_ = nullptr;
  }

 private:
  sqlite3* db_ = nullptr;
};

Error CopyFailed(const std::filesystem::path& to, const std::string& cause) {
  return {Code::kUnavailable, "备份文件写不成，请检查磁盘空间和权限后重试。", to.string(), "backup.failed",
          cause};
}

Status CopyPages(sqlite3* from, sqlite3* to, const std::filesystem::path& file) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (!backup) return CopyFailed(file, sqlite3_errmsg(to));
  int rc = SQLITE_OK;
  for (int tries = 0; tries < kMostTries; ++tries) {
    do rc = sqlite3_backup_step(backup, kPagesAtOnce);
    while (rc == SQLITE_OK);
    if (rc != SQLITE_BUSY && rc != SQLITE_LOCKED) break;
    sqlite3_sleep(50);
  }
  sqlite3_backup_finish(backup);
  return rc == SQLITE_DONE ? Status() : CopyFailed(file, sqlite3_errstr(rc));
}

}  // namespace

std::string CheckPages(void* connection) {
  sqlite3_stmt* statement = nullptr;
  std::string answer = "integrity_check did not run";
  sqlite3_prepare_v2(static_cast<sqlite3*>(connection), "PRAGMA integrity_check(1)", -1, &statement, nullptr);
  if (statement && sqlite3_step(statement) == SQLITE_ROW) {
    answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
  }
  sqlite3_finalize(statement);
  return answer;
}

Status Copy(const std::filesystem::path& from, const std::filesystem::path& to) {
  Connection source(from, SQLITE_OPEN_READONLY), target(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!source.get() || !target.get()) return CopyFailed(to, "open");
  RegisterTokenizer(target.get());
  ZG_TRY(CopyPages(source.get(), target.get(), to));
  // The copy stands alone: no WAL beside it.
  sqlite3_exec(target.get(), "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
  std::string check = CheckPages(target.get());
  target.Close();
  if (check != "ok") return CopyFailed(to, check);
  int fd = ::open(to.c_str(), O_RDONLY | O_CLOEXEC);
  bool synced = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  return synced ? Status() : CopyFailed(to, "fsync");
}

}  // namespace zg::store::sqlite
