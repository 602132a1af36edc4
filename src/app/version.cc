#include <nlohmann/json.hpp>

#include "app/commands.h"

namespace zg::app {

Command VersionCommand() {
  return {"version", "显示版本", "zhenggai version", [](Options& options) -> std::function<int()> {
            auto as_json = std::make_shared<bool>(false);
            options.Flag("--json", *as_json, "输出 JSON");
            return [as_json] {
              Print(*as_json ? nlohmann::json{{"version", ZG_VERSION}}.dump() + "\n"
                             : "zhenggai " ZG_VERSION "\n");
              return kDone;
            };
          }};
}

}  // namespace zg::app
