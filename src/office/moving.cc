#include "office/moving.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "office/core.h"
#include "office/keeping.h"
#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"

namespace zg {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

Result<std::unique_ptr<store::Database>> OpenTarget(const std::string& to) {
  if (store::IsPostgresUrl(to)) return store::OpenPostgres({to, ""});
  std::error_code ec;
  fs::create_directories(to, ec);
  if (ec)
    return Error{Code::kUnavailable, "目标目录建不起来，请检查路径和权限。", to, "office.no_folder",
                 ec.message()};
  return store::OpenSqlite(LedgerFile(to));
}

Result<store::Transferred> Carry(OfficeCore& core, const std::string& to, bool again,
                                 const std::function<bool(const store::TransferStep&)>& tell) {
  ZG_ASSIGN(auto database, OpenTarget(to));
  store::Database& there = *database;
  // Migrates it.
  ZG_ASSIGN(auto target, store::Store::Open(std::move(database), *core.clock, 1));
  std::unique_ptr<store::Session> session;
  try {
    session = there.Connect(true);
  } catch (const store::SqlError& e) {
    return e.error();
  }
  return core.store->WriteAlone([&](store::Session& from) -> Result<store::Transferred> {
    return store::Transfer(core.store->database(), from, there, *session, again, tell);
  });
}

}  // namespace

Result<json> MoveLedger(Office& office, const std::string& to, bool again,
                        const std::function<bool(const store::TransferStep&)>& tell) {
  OfficeCore& core = office.core();
  ZG_ASSIGN(store::Transferred moved, Carry(core, to, again, tell));
  OfficeOptions options = core.options;
  options.background = false;
  options.vault = core.vault;
  options.read_database.clear();
  options.database = store::IsPostgresUrl(to) ? to : "";
  if (options.database.empty()) options.data = to;
  ZG_ASSIGN(std::unique_ptr<Office> arrived, Office::Open(std::move(options)));
  ZG_ASSIGN(json report, arrived->keeping().Verify());
  report["rows"] = moved.rows;
  report["tables"] = moved.tables;
  report["resumed"] = moved.resumed;
  return report;
}

}  // namespace zg
