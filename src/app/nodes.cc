// zhenggai nodes: the programs at work on the ledger, and what they do.
#include "office/nodes.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/place.h"

namespace zg::app {
namespace {

using nlohmann::json;

struct Call {
  Place place;
  bool json = false;
};

void Tell(const json& nodes, const json& jobs) {
  if (nodes.empty()) Print("没有正在运行的服务。\n");
  for (const auto& node : nodes)
    Print(fmt::format("{}\t版本 {}（数据版本{}）\t{} 启动\t{}\n", node["name"].get<std::string>(),
                      node["version"].get<std::string>(), node["knows"].get<int>(),
                      node["started_at"].get<std::string>(),
                      node["there"].get<bool>() ? "在线" : "最后见到 " + node["seen_at"].get<std::string>()));
  for (const auto& job : jobs["running"])
    Print(fmt::format("在做 {} {}：{}，从 {} 起 {}\n", job["kind"].get<std::string>(),
                      job["subject"].get<std::string>(), job["node"].get<std::string>(),
                      job["since"].get<std::string>(), job["note"].get<std::string>()));
  for (const auto& kind : jobs["items"])
    Print(fmt::format("{}：等待{}，在做{}，出过错{}\n", kind["kind"].get<std::string>(),
                      kind["waiting"].get<int64_t>(), kind["running"].get<int64_t>(),
                      kind["failed"].get<int64_t>()));
}

int Run(Call& call) {
  auto office = call.place.OpenOffice();
  if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  auto nodes = (*office)->nodes().List();
  if (!nodes.ok()) return Fail(nodes.error());
  auto jobs = (*office)->nodes().Jobs();
  if (!jobs.ok()) return Fail(jobs.error());
  if (call.json)
    Print(
        json{{"nodes", (*nodes)["items"]}, {"jobs", (*jobs)["items"]}, {"running", (*jobs)["running"]}}.dump(
            1) +
        "\n");
  else
    Tell((*nodes)["items"], *jobs);
  return kDone;
}

}  // namespace

Command NodesCommand() {
  return {"nodes", "列出同一数据库上正在运行的各个服务，以及它们在做什么", "zhenggai nodes --data ./var",
          [](Options& options) -> std::function<int()> {
            auto call = std::make_shared<Call>();
            options.Flag("--json", call->json, "输出 JSON");
            call->place.Declare(options);
            return [call] { return Run(*call); };
          }};
}

}  // namespace zg::app
