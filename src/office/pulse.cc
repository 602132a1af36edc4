#include "office/pulse.h"

#include <sys/statvfs.h>

#include "measure/metrics.h"
#include "office/core.h"
#include "store/migrate.h"
#include "store/sizes.h"

namespace zg {
namespace {

constexpr std::chrono::seconds kFresh{15};

void Show(const std::string& name, const std::string& help, int64_t value,
          const measure::Labels& labels = {}) {
  measure::GaugeOf(name, help, labels).Set(value);
}

void ShowDisk(const std::filesystem::path& data) {
  struct statvfs disk {};
  if (::statvfs(data.c_str(), &disk) != 0) return;
  Show("zhenggai_data_free_bytes", "Room left where the data folder lies.",
       int64_t(disk.f_bavail) * int64_t(disk.f_frsize));
  Show("zhenggai_data_total_bytes", "All room where the data folder lies.",
       int64_t(disk.f_blocks) * int64_t(disk.f_frsize));
}

void ShowLedger(const store::LedgerSizes& sizes) {
  Show("zhenggai_ledger_tasks", "Tasks in the ledger, newest versions.", sizes.tasks);
  for (const auto& [table, n] : sizes.rows)
    Show("zhenggai_ledger_numbers", "Numbers given out so far: at most so many rows.", n, {{"table", table}});
  Show("zhenggai_ledger_database_bytes", "What the database takes on disk.", sizes.database_bytes);
  const char* letters = "Letters in the outbox, at most 1000.";
  Show("zhenggai_ledger_letters", letters, sizes.letters_waiting, {{"state", "waiting"}});
  Show("zhenggai_ledger_letters", letters, sizes.letters_given_up, {{"state", "given_up"}});
  Show("zhenggai_ledger_imports_reading", "Documents that wait to be read, or are.", sizes.imports_reading);
  Show("zhenggai_ledger_uploads_open", "Uploads that were begun and not finished.", sizes.uploads_open);
}

}  // namespace

Status Pulse::Database() const {
  static const int known = [] {
    auto all = store::BuiltinMigrations();
    return all.empty() ? 0 : all.back().version;
  }();
  auto version = core_.store->Read([](store::Session& s) { return store::VersionOf(s); });
  if (!version.ok()) return version.error();
  if (*version >= known) return {};
  return Error{Code::kUnavailable, "台账的数据版本比本程序旧，还不能使用。", std::to_string(*version),
               "store.older"};
}

Status Pulse::Vault() const {
  return core_.vault->Answers();
}

void Pulse::Measure() {
  std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) return;
  auto now = std::chrono::steady_clock::now();
  if (measured_ != decltype(measured_)() && now - measured_ < kFresh) return;
  measured_ = now;
  MeasureNow();
}

void Pulse::MeasureNow() {
  ShowDisk(core_.options.data);
  auto sizes =
      core_.store->Read([&](store::Session& s) { return store::ReadSizes(s, core_.store->database()); });
  Show("zhenggai_ledger_readable", "1: the sizes of the ledger could be read the last time; 0: not.",
       sizes.ok() ? 1 : 0);
  if (sizes.ok()) return ShowLedger(*sizes);
  core_.Log(sizes.error());
}

}  // namespace zg
