#pragma once
// Carries the ledger to another database: from the clerk's file to a PostgreSQL server, and back.

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"
#include "store/transfer.h"

namespace zg {

class Office;

// `to`: postgresql://…, or a folder. Nobody writes to the ledger meanwhile; files in the vault stay where
// they are. What arrived is proved as `zhenggai verify` does it. → {rows, tables, resumed, ok, events,
// documents, …} of the proof; errors of store/transfer.h, store.bad_url, store.down.
Result<nlohmann::json> MoveLedger(Office& office, const std::string& to, bool again,
                                  const std::function<bool(const store::TransferStep&)>& tell);

}  // namespace zg
