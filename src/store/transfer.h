#pragma once
// Moves a whole ledger from one database to another: SQLite to PostgreSQL, and back. Tables go over as they
// are, in pieces that can be taken up again after a break; rows are summed up on both sides; what is derived
// for searching is made anew. Files in the vault are not touched.

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "store/database.h"

namespace zg::store {

struct TransferStep {
  std::string table;           // 表名
  int64_t rows = 0, of = 0;    // of this table
  int number = 0, tables = 0;  // it is the number-th of so many; beginning with 1
};

struct Transferred {
  int64_t tables = 0, rows = 0;
  int64_t events = 0;
  std::string digest;    // of the last event
  bool resumed = false;  // it went on where an earlier one had stopped
};

// `from` must be in a transaction that keeps it as it is; `to` is migrated, and not in one. Where `to` holds
// a ledger of its own: kConflict (transfer.not_empty); where it holds part of another state of `from`:
// kConflict (transfer.changed) unless `again`, which begins anew. kUnavailable (transfer.differs) where the
// sums do not agree in the end. `tell` is called after every piece; one that returns false stops it there
// (kUnavailable, transfer.stopped), to be taken up again.
Result<Transferred> Transfer(Database& from_database, Session& from, Database& to_database, Session& to,
                             bool again, const std::function<bool(const TransferStep&)>& tell);

}  // namespace zg::store
