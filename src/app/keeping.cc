// zhenggai verify, rebuild, backup, restore: keeping the ledger.
#include "office/keeping.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/place.h"

namespace zg::app {
namespace {

using nlohmann::json;

struct Call {
  Place place;
  std::string file;
  bool json = false;
};

// Opens the ledger, does the work, prints its answer as JSON or as a line.
int WithOffice(Call& call, const std::function<Result<json>(Office&)>& work,
               const std::function<std::string(const json&)>& line) {
  auto office = call.place.OpenOffice();
  if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  auto answer = work(**office);
  if (!answer.ok()) return Fail(answer.error(), ExitOf(answer.error()));
  Print(call.json ? answer->dump(1) + "\n" : line(*answer) + "\n");
  return answer->value("ok", true) ? kDone : kInputAtFault;
}

std::string VerifyLine(const json& report) {
  std::string text =
      fmt::format("核对了{}条事件、{}份文件、{}项任务、{}处出处、{}份资料", report["events"].get<int64_t>(),
                  report["documents"].get<int64_t>(), report["tasks"].get<int64_t>(),
                  report["spans"].get<int64_t>(), report["evidence"].get<int64_t>());
  if (report["ok"].get<bool>()) return text + "，全部相符。";
  text += fmt::format("，{}处不符，第一处：", report["breaks"].size());
  for (const auto& b : report["breaks"]) {
    text += "\n" + b["where"].get<std::string>() + "：" + b["message"].get<std::string>();
  }
  return text;
}

int Restore(Call& call) {
  auto restored = Keeping::Restore(call.file, call.place.data.empty() ? "var" : call.place.data);
  if (!restored.ok()) return Fail(restored.error());
  Print(call.json
            ? restored->dump(1) + "\n"
            : "已恢复到 " + (*restored)["data"].get<std::string>() + "，" + VerifyLine(*restored) + "\n");
  return kDone;
}

std::function<int()> Declare(Options& options, const char* file_help, int (*run)(Call&)) {
  auto call = std::make_shared<Call>();
  if (file_help) options.One("FILE", call->file, file_help);
  options.Flag("--json", call->json, "输出 JSON");
  call->place.Declare(options);
  return [call, run] { return run(*call); };
}

int Verify(Call& call) {
  return WithOffice(
      call, [](Office& office) { return office.keeping().Verify(); }, VerifyLine);
}

int Rebuild(Call& call) {
  return WithOffice(
      call, [](Office& office) { return office.keeping().Rebuild(CommandLine()); },
      [](const json& a) {
        return fmt::format("已重建：{}项任务，{}份文件，{}条关联建议。", a["tasks"].get<int64_t>(),
                           a["documents"].get<int64_t>(), a["links"].get<int64_t>());
      });
}

int Backup(Call& call) {
  return WithOffice(
      call, [&](Office& office) { return office.keeping().Backup(call.file); },
      [](const json& a) {
        return fmt::format("已备份到 {}（{}字节），并核对过{}条事件、{}份文件。",
                           a["file"].get<std::string>(), a["bytes"].get<int64_t>(),
                           a["events"].get<int64_t>(), a["documents"].get<int64_t>());
      });
}

}  // namespace

Command VerifyCommand() {
  return {"verify", "核对事件链、出处、原件和计数，证明没有被改动", "zhenggai verify --data ./var",
          [](Options& options) { return Declare(options, nullptr, Verify); }};
}
Command RebuildCommand() {
  return {"rebuild", "重建检索、清单、计数和关联建议（不动人工决定）", "zhenggai rebuild --data ./var",
          [](Options& options) { return Declare(options, nullptr, Rebuild); }};
}
Command BackupCommand() {
  return {"backup", "把整个台账备份成一个文件，写完即核对", "zhenggai backup 台账备份-20241231.zip",
          [](Options& options) { return Declare(options, "备份文件，不能已经存在", Backup); }};
}
Command RestoreCommand() {
  return {"restore", "从备份恢复到一个空的数据目录", "zhenggai restore 台账备份-20241231.zip --data ./var2",
          [](Options& options) { return Declare(options, "备份文件", Restore); }};
}

}  // namespace zg::app
