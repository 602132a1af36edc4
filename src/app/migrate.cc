// zhenggai migrate: carries the ledger to PostgreSQL, or back into a folder.
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/place.h"
#include "office/moving.h"
#include "store/postgres/postgres.h"

namespace zg::app {
namespace {

using nlohmann::json;

struct Call {
  Place place;
  std::string to;
  bool again = false, json = false;
};

std::string Next(const std::string& to) {
  if (!store::IsPostgresUrl(to))
    return "接下来：以后用 --data " + to + " 启动；附件仍在原来的 vault，需要时用 zhenggai vault move 搬。\n";
  return "接下来：\n"
         "  1. 在 zhenggai.toml 里写：\n"
         "       [database]\n"
         "       url = \"" +
         store::WithoutPassword(to) +
         "\"\n"
         "     密码放在 ~/.pgpass，或在地址后加 ?passfile=文件；\n"
         "  2. 启动服务；附件不在数据库里，几台机器共用时先用 zhenggai vault move 搬到对象存储；\n"
         "  3. 原来的 ledger.sqlite 没有动，确认无误并做过备份后再删。\n";
}

int Run(Call& call) {
  if (call.to.empty())
    return Fail(
        {Code::kInvalid, "请用 --to 写明搬到哪里：postgresql://用户@主机:5432/库名，或一个目录。", "--to"},
        kCallAtFault);
  auto office = call.place.OpenOffice();
  if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  auto told = std::chrono::steady_clock::now();
  auto moved = MoveLedger(**office, call.to, call.again, [&](const store::TransferStep& step) {
    auto now = std::chrono::steady_clock::now();
    if (now - told < std::chrono::seconds(5)) return true;
    told = now;
    Say(fmt::format("第 {}/{} 张表 {}：{}/{} 行", step.number, step.tables, step.table, step.rows, step.of));
    return true;
  });
  if (!moved.ok()) return Fail(moved.error(), ExitOf(moved.error()));
  if (call.json) {
    Print(moved->dump(1) + "\n");
  } else {
    Print(fmt::format(
        "{}搬了{}张表、{}行，逐表核对过行数和摘要；核对了{}条事件、{}份文件、{}项任务、{}处出处{}。\n",
        (*moved)["resumed"].get<bool>() ? "接着上次，共" : "", (*moved)["tables"].get<int64_t>(),
        (*moved)["rows"].get<int64_t>(), (*moved)["events"].get<int64_t>(),
        (*moved)["documents"].get<int64_t>(), (*moved)["tasks"].get<int64_t>(),
        (*moved)["spans"].get<int64_t>(),
        (*moved)["ok"].get<bool>() ? "，全部相符" : "，有不符，请运行 zhenggai verify 查看"));
    if ((*moved)["ok"].get<bool>()) Print(Next(call.to));
  }
  return (*moved)["ok"].get<bool>() ? kDone : kInputAtFault;
}

}  // namespace

Command MigrateCommand() {
  return {"migrate", "把台账搬到 PostgreSQL，或从那里搬回一个目录；中断后可以接着搬",
          "zhenggai migrate --data ./var --to postgresql://zhenggai@db/zhenggai", [](Options& options) {
            auto call = std::make_shared<Call>();
            options.Text("--to", call->to, "搬到哪里：postgresql://…，或一个目录", "URL");
            options.Flag("--again", call->again, "不接着上次，从头再搬");
            options.Flag("--json", call->json, "输出 JSON");
            call->place.Declare(options);
            return [call] { return Run(*call); };
          }};
}

}  // namespace zg::app
