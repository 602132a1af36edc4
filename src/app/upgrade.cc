// zhenggai upgrade: what this version would do to the ledger's tables, and doing it.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/place.h"
#include "store/migrate.h"
#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"

namespace zg::app {
namespace {

using nlohmann::json;

struct Call {
  Place place;
  bool check = false, json = false;
};

Result<store::MigrationPlan> PlanOf(const Settings& settings) {
  std::filesystem::path file = settings.data / "ledger.sqlite";
  std::error_code ec;
  if (settings.database_url.empty() && !std::filesystem::exists(file, ec))
    return Error{Code::kNotFound, "这个目录里还没有台账，启动服务时会新建。", settings.data.string(),
                 "upgrade.no_ledger"};
  ZG_ASSIGN(auto database, settings.database_url.empty() ? store::OpenSqlite(file)
                                                         : store::OpenPostgres({settings.database_url, ""}));
  try {
    auto session = database->Connect(true);
    ZG_TRY(store::CheckMigration(*session, store::BuiltinMigrations()));
    return store::PlanMigration(*database, *session, store::BuiltinMigrations());
  } catch (const store::SqlError& e) {
    return e.error();
  }
}

std::string KindOf(const store::MigrationStep& step) {
  if (step.expands) return "只增不改，旧版可以继续运行";
  return fmt::format("认得数据版本{}的程序才能继续运行", step.oldest);
}

int Tell(const store::MigrationPlan& plan, bool as_json) {
  json steps = json::array();
  std::string text = fmt::format("台账的数据版本是{}，能用它的程序至少要认到{}；本程序认到{}。\n",
                                 plan.ledger, plan.oldest, store::BuiltinMigrations().back().version);
  bool blocked = false;
  for (const auto& step : plan.steps) {
    steps.push_back(
        {{"name", step.name}, {"expands", step.expands}, {"oldest", step.oldest}, {"blocks", step.blocks}});
    text += step.name + "：" + KindOf(step);
    for (const auto& name : step.blocks) text += "；要先停掉 " + name;
    text += "\n";
    blocked = blocked || !step.blocks.empty();
  }
  if (plan.steps.empty()) text += "没有要升级的。\n";
  if (as_json)
    Print(json{{"ledger", plan.ledger}, {"oldest", plan.oldest}, {"steps", steps}}.dump(1) + "\n");
  else
    Print(text);
  return blocked ? kInputAtFault : kDone;
}

int Run(Call& call) {
  if (Status loaded = call.place.Load(); !loaded.ok()) return Fail(loaded.error(), ExitOf(loaded.error()));
  if (!call.check) {
    auto office = call.place.OpenOffice();
    if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  }
  auto plan = PlanOf(call.place.settings);
  if (!plan.ok()) return Fail(plan.error(), ExitOf(plan.error()));
  return Tell(*plan, call.json);
}

}  // namespace

Command UpgradeCommand() {
  return {"upgrade", "升级台账的数据版本；--check 只看要做什么", "zhenggai upgrade --check --data ./var",
          [](Options& options) -> std::function<int()> {
            auto call = std::make_shared<Call>();
            options.Flag("--check", call->check, "只看，不动台账");
            options.Flag("--json", call->json, "输出 JSON");
            call->place.Declare(options);
            return [call] { return Run(*call); };
          }};
}

}  // namespace zg::app
