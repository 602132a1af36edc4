// zhenggai vault move: carries the files from a folder into a bucket, or back.
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/place.h"
#include "app/vault_place.h"
#include "vault/move.h"

namespace zg::app {
namespace {

using nlohmann::json;

struct Call {
  Place place;
  std::string action, to;
  bool json = false;
};

std::string Size(uint64_t bytes) {
  return bytes >= (1ull << 30)   ? fmt::format("{:.1f} GB", double(bytes) / double(1ull << 30))
         : bytes >= (1ull << 20) ? fmt::format("{:.1f} MB", double(bytes) / double(1ull << 20))
                                 : fmt::format("{} 字节", bytes);
}

// How to go on: in words, since a server may be running.
std::string Next(const std::string& to) {
  return "接下来：\n"
         "  1. 停掉 zhenggai 服务；\n"
         "  2. 再运行一次同样的命令，把这段时间里新上传的也搬过去（已搬过的不再搬）；\n"
         "  3. 在 zhenggai.toml 的 [vault] 一节写 url = \"" +
         to +
         "\"；\n"
         "  4. 启动服务，运行 zhenggai reconcile --deep 核对；\n"
         "  5. 原来的文件没有动，确认无误并做过备份后再删。\n";
}

int Report(const Moved& moved, const Call& call) {
  bool whole = moved.damaged.empty();
  if (call.json) {
    Print(json{{"ok", whole},
               {"copied", moved.copied},
               {"there", moved.there},
               {"bytes", moved.bytes},
               {"damaged", moved.damaged}}
              .dump(1) +
          "\n");
    return whole ? kDone : kInputAtFault;
  }
  std::string text = fmt::format("这次搬了{}份（{}），以前搬好的{}份，每份都从新的地方读出来核对过。\n",
                                 moved.copied, Size(moved.bytes), moved.there);
  if (!whole) {
    text += fmt::format("原来的地方有{}份已损坏，没有搬，请从备份恢复后再运行：\n", moved.damaged.size());
    for (const auto& digest : moved.damaged) text += "  " + digest + "\n";
  }
  Print(text + (whole ? Next(call.to) : ""));
  return whole ? kDone : kInputAtFault;
}

int Run(Call& call) {
  if (call.action != "move")
    return Fail(
        {Code::kInvalid, "vault 后面只能写 move，例：zhenggai vault move --to s3://桶/前缀。", call.action},
        kCallAtFault);
  if (call.to.empty())
    return Fail(
        {Code::kInvalid, "请用 --to 写明搬到哪里：s3://桶/前缀?endpoint=https://…，或一个目录。", "--to"},
        kCallAtFault);
  if (Status loaded = call.place.Load(); !loaded.ok()) return Fail(loaded.error(), kCallAtFault);
  const Settings& s = call.place.settings;
  auto from = OpenVault(s, s.vault_url.empty() ? "vault" : s.vault_url);
  if (!from.ok()) return Fail(from.error(), ExitOf(from.error()));
  bool folder = call.to.find("://") == call.to.npos;
  std::string target = folder ? std::filesystem::absolute(call.to).string() : call.to;
  if (target == s.vault_url)
    return Fail({Code::kInvalid, "新旧地址是同一个，不用搬。", call.to}, kCallAtFault);
  auto to = OpenVault(s, target);
  if (!to.ok()) return Fail(to.error(), ExitOf(to.error()));
  call.to = target;
  MoveOptions options{s.data, target, {}};
  auto told = std::chrono::steady_clock::now();
  options.progress = [&](const MoveProgress& p) {
    auto now = std::chrono::steady_clock::now();
    if (now - told < std::chrono::seconds(5)) return;
    told = now;
    Say(fmt::format("已搬 {}/{} 份，{}/{}", p.done, p.all, Size(p.bytes), Size(p.all_bytes)));
  };
  auto moved = MoveVault(**from, **to, options);
  if (!moved.ok()) {
    Say("没有搬完；再运行同样的命令会接着搬。");
    return Fail(moved.error());
  }
  return Report(*moved, call);
}

}  // namespace

Command VaultCommand() {
  return {"vault", "把文件从目录搬到对象存储，或搬回来（可续搬，逐份核对）",
          "zhenggai vault move --data ./var --to \"s3://evidence/zg?endpoint=https://s3.example.cn:9000\"",
          [](Options& options) -> std::function<int()> {
            auto call = std::make_shared<Call>();
            options.One("ACTION", call->action, "move：搬移");
            options.Text("--to", call->to, "搬到哪里：s3://桶/前缀?endpoint=…，或一个目录", "URL");
            options.Flag("--json", call->json, "输出 JSON");
            call->place.Declare(options);
            return [call] { return Run(*call); };
          }};
}

}  // namespace zg::app
