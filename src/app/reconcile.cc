// zhenggai reconcile: what the ledger names against what the vault keeps.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/place.h"
#include "office/keeping.h"

namespace zg::app {
namespace {

using nlohmann::json;

constexpr size_t kMostPrinted = 20;

struct Call {
  Place place;
  bool json = false, deep = false, remove = false;
  int64_t older_hours = 24;
};

std::string UsesOf(const json& row) {
  std::string text;
  for (const auto& use : row["for"]) text += (text.empty() ? "" : "、") + use.get<std::string>();
  return text;
}

void PrintRows(std::string& text, const json& rows, int64_t count) {
  for (size_t i = 0; i < rows.size() && i < kMostPrinted; ++i) {
    text += "\n  " + rows[i]["digest"].get<std::string>();
    if (rows[i].contains("for")) text += "  " + UsesOf(rows[i]);
    if (rows[i].contains("cause")) text += "  " + rows[i]["cause"].get<std::string>();
    if (rows[i].contains("bytes")) text += fmt::format("  {}字节", rows[i]["bytes"].get<uint64_t>());
  }
  if (count > int64_t(kMostPrinted)) text += fmt::format("\n  ……共{}份，完整清单请用 --json", count);
}

std::string Told(const json& r, const Call& call) {
  int64_t missing = r["missing_count"], damaged = r["damaged_count"], extra = r["extra_count"];
  std::string text = fmt::format("台账用到{}份文件，库里有{}份（{}字节）。", r["named"].get<int64_t>(),
                                 r["kept"].get<int64_t>(), r["bytes"].get<uint64_t>());
  text += call.deep ? "每份都读出来核对了摘要。" : "只核对了有无和大小；要读出内容核对请加 --deep。";
  if (missing > 0) {
    text += fmt::format("\n缺少{}份，请从备份恢复或重新上传：", missing);
    PrintRows(text, r["missing"], missing);
  }
  if (damaged > 0) {
    text += fmt::format("\n损坏{}份，请从备份恢复或重新上传：", damaged);
    PrintRows(text, r["damaged"], damaged);
  }
  if (extra > 0) {
    text +=
        fmt::format("\n多出{}份（{}字节），台账没有用到，已保留：", extra, r["extra_bytes"].get<uint64_t>());
    if (call.remove)
      text = text.substr(0, text.rfind("，已保留：")) + fmt::format("，其中{}份已超过{}小时，已删除：",
                                                                    r["removed_count"].get<int64_t>(),
                                                                    call.older_hours);
    PrintRows(text, r["extra"], extra);
    if (!call.remove) text += "\n  确认无用的，可加 --remove-extra 删除（只删超过一天的）。";
  }
  int64_t abandoned = 0;
  for (const auto& one : r["unfinished"]) abandoned += one["abandoned"].get<bool>() ? 1 : 0;
  if (!r["unfinished"].empty())
    text += fmt::format("\n没有传完的大文件{}份，其中{}份已超过{}小时，已清理。", r["unfinished"].size(),
                        abandoned, call.older_hours);
  const json& intents = r["intents"];
  int64_t waiting = intents["waiting"], dropped = intents["dropped"];
  if (waiting + dropped > 0)
    text += fmt::format("\n存入登记：{}份正在存或等待重试，{}份已过期并清除。", waiting, dropped);
  return text + (r["ok"].get<bool>() ? "\n台账用到的文件一份不缺。\n" : "\n");
}

int Run(Call& call) {
  if (call.older_hours < 0)
    return Fail({Code::kInvalid, "小时数不能是负数。", "--older-hours"}, kCallAtFault);
  auto office = call.place.OpenOffice();
  if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  ReconcileOptions options{call.deep, call.remove, call.older_hours, {}};
  options.progress = [](int64_t done, int64_t all) {
    if (done % 1000 == 0) Say(fmt::format("已核对 {}/{} 份", done, all));
  };
  auto report = (*office)->keeping().Reconcile(options);
  if (!report.ok()) return Fail(report.error());
  Print(call.json ? report->dump(1) + "\n" : Told(*report, call));
  return (*report)["ok"].get<bool>() ? kDone : kInputAtFault;
}

}  // namespace

Command ReconcileCommand() {
  return {"reconcile", "核对台账与档案库：缺的、多的、坏的、没传完的",
          "zhenggai reconcile --data ./var --deep", [](Options& options) -> std::function<int()> {
            auto call = std::make_shared<Call>();
            options.Flag("--deep", call->deep, "把每份文件读出来核对摘要（慢）");
            options.Flag("--remove-extra", call->remove, "删除台账没有用到、又超过时限的文件");
            options.Whole("--older-hours", call->older_hours, "多少小时以前的才清理（默认 24）");
            options.Flag("--json", call->json, "输出 JSON");
            call->place.Declare(options);
            return [call] { return Run(*call); };
          }};
}

}  // namespace zg::app
