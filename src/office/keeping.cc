#include "office/keeping.h"

#include <nlohmann/json.hpp>

#include "office/archive.h"
#include "office/core.h"
#include "office/json.h"
#include "office/linking.h"
#include "office/verify.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/findings.h"
#include "store/links.h"
#include "store/rebuild.h"

namespace zg {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

json ReportJson(const VerifyReport& report) {
  json breaks = json::array();
  for (const auto& b : report.breaks)
    breaks.push_back({{"what", b.what}, {"where", b.where}, {"message", b.message}});
  return {{"ok", report.breaks.empty()}, {"events", report.events}, {"documents", report.documents},
          {"tasks", report.tasks},       {"spans", report.spans},   {"evidence", report.evidence},
          {"breaks", std::move(breaks)}};
}

// A folder of its own that goes away again.
class Scratch {
 public:
  explicit Scratch(fs::path folder) : folder_(std::move(folder)) {
    std::error_code ec;
    fs::remove_all(folder_, ec);
    fs::create_directories(folder_, ec);
  }
  ~Scratch() {
    std::error_code ec;
    fs::remove_all(folder_, ec);
  }
  const fs::path& path() const { return folder_; }

 private:
  fs::path folder_;
};

Result<json> VerifyFolder(const fs::path& data) {
  OfficeOptions options;
  options.data = data;
  options.background = false;
  ZG_ASSIGN(std::unique_ptr<Office> office, Office::Open(std::move(options)));
  return office->keeping().Verify();
}

Error NotWhole(const fs::path& file, const json& report) {
  std::string first = report["breaks"].empty() ? "" : report["breaks"][0]["message"].get<std::string>();
  return {Code::kUnavailable, "备份校验没有通过：" + first, file.string(), "backup.damaged"};
}

}  // namespace

Result<json> Keeping::Verify() const {
  ZG_ASSIGN(VerifyReport report, VerifyLedger(core_));
  return ReportJson(report);
}

Result<json> Keeping::Rebuild(const Actor& actor) {
  auto rebuilt = core_.store->WriteAlone([&](store::Session& s) -> Result<json> {
    store::ClearFindings(s);
    store::Rebuilt rebuilt = store::RebuildDerived(s, core_.store->database(), core_.regions, core_.Now());
    store::WithdrawProposals(s, std::nullopt);
    int64_t links = 0;
    for (const auto& row : store::NewestDocuments(s, 1'000'000))
      links += ProposeLinksOf(s, core_.regions, row.id);
    core_.store->database().Optimize(s);
    Event event = core_.EventOf(actor, "ledger.rebuilt", "ledger");
    event.after = json{{"tasks", rebuilt.tasks}, {"documents", rebuilt.documents}}.dump();
    store::AppendEvent(s, event);
    core_.store->database().SealAgain(s, store::DerivedTables());
    return json{{"tasks", rebuilt.tasks}, {"documents", rebuilt.documents}, {"links", links}};
  });
  if (!rebuilt.ok()) return rebuilt;
  ZG_ASSIGN(json checked, core_.checks->CheckAll());
  (*rebuilt)["findings"] = checked["changes"];
  return rebuilt;
}

Result<json> Keeping::Reconcile(const ReconcileOptions& options) {
  return ReconcileVault(core_, options);
}

Result<json> Keeping::Backup(const fs::path& file) const {
  std::error_code ec;
  if (fs::exists(file, ec)) {
    return Error{Code::kConflict, "这个备份文件已经存在，请换一个文件名。", file.string(), "backup.exists"};
  }
  fs::path beside = file;
  beside += ".writing";
  Scratch scratch(beside);
  ZG_TRY(core_.store->database().CopyTo(scratch.path() / "ledger.sqlite"));
  ZG_TRY(WriteArchive(scratch.path() / "backup.zip", scratch.path() / "ledger.sqlite", *core_.vault));
  // What was written is unpacked and proved before it gets its name.
  ZG_TRY(ReadArchive(scratch.path() / "backup.zip", scratch.path() / "proof"));
  ZG_ASSIGN(json report, VerifyFolder(scratch.path() / "proof"));
  if (!report["ok"].get<bool>()) return NotWhole(file, report);
  fs::rename(scratch.path() / "backup.zip", file, ec);
  if (ec) {
    return Error{Code::kUnavailable, "备份文件写不成，请检查磁盘空间和权限后重试。", file.string(),
                 "backup.failed", ec.message()};
  }
  ZG_TRY(SyncFile(file));
  return json{{"file", file.string()},
              {"bytes", fs::file_size(file, ec)},
              {"events", report["events"]},
              {"documents", report["documents"]}};
}

Result<json> Keeping::Restore(const fs::path& file, const fs::path& data) {
  std::error_code ec;
  if (fs::exists(data, ec) && !fs::is_empty(data, ec)) {
    return Error{Code::kConflict, "数据目录里已有内容，不会覆盖。请换一个空目录，或先把它移走。",
                 data.string(), "restore.not_empty"};
  }
  if (!fs::exists(file, ec)) {
    return Error{Code::kInvalid, "没有这个备份文件，请检查路径。", file.string(), "restore.no_file"};
  }
  fs::path beside = data;
  if (beside.filename().empty()) beside = beside.parent_path();
  beside += ".restoring";
  Scratch scratch(beside);
  ZG_TRY(ReadArchive(file, scratch.path() / "data"));
  ZG_ASSIGN(json report, VerifyFolder(scratch.path() / "data"));
  if (!report["ok"].get<bool>()) return NotWhole(file, report);
  fs::remove(data, ec);  // an empty folder, or nothing
  fs::rename(scratch.path() / "data", data, ec);
  if (ec) {
    return Error{Code::kUnavailable, "恢复的数据放不进数据目录，请检查权限。", data.string(),
                 "restore.failed", ec.message()};
  }
  report["data"] = data.string();
  return report;
}

}  // namespace zg
