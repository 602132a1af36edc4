// zhenggai list: tasks of the ledger, a page of them.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/filter.h"
#include "app/place.h"
#include "base/text.h"
#include "ledger/task.h"
#include "office/tasks.h"

namespace zg::app {
namespace {

using nlohmann::json;

struct Call {
  Place place;
  FilterFlags filter;
  int64_t limit = 50;
  std::string after;
  bool json = false;
};

std::string Cut(const std::string& text, size_t n) {
  std::u32string characters = ToUtf32(text);
  return characters.size() <= n ? text : ToUtf8(characters.substr(0, n)) + "…";
}

void Tell(const json& page) {
  for (const auto& item : page["items"]) {
    auto state = ParseTaskState(item["state"].get<std::string>()).value_or(TaskState::kNotStated);
    std::string due = item["due"].is_string() ? item["due"].get<std::string>() : "          ";
    Print(fmt::format("{}\t{}\t{}\t{}{}\t{}\n", item["id"].get<int64_t>(), item["path"].get<std::string>(),
                      due, TaskStateChinese(state), item["overdue"].get<bool>() ? "（逾期）" : "",
                      Cut(item["problem"].get<std::string>(), 40)));
  }
  Say(fmt::format("共{}项{}。", page["total"].get<int64_t>(), page["capped"].get<bool>() ? "以上" : ""));
  if (page["next"].is_string()) Say("下一页：--after " + page["next"].get<std::string>());
}

int Run(Call& call) {
  auto office = call.place.OpenOffice();
  if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  auto filter = call.filter.Read(**office);
  if (!filter.ok()) return Fail(filter.error(), kCallAtFault);
  auto sort = call.filter.Sort();
  if (!sort.ok()) return Fail(sort.error(), kCallAtFault);
  auto page = (*office)->tasks().List(*filter, *sort, {call.after, int(call.limit)});
  if (!page.ok()) return Fail(page.error(), ExitOf(page.error()));
  json list = json::parse(page->text);
  if (call.json)
    Print(list.dump(1) + "\n");
  else
    Tell(list);
  return kDone;
}

}  // namespace

Command ListCommand() {
  return {"list", "列出任务", "zhenggai list --state in_progress --due-to 2024-12-31 --sort due",
          [](Options& options) -> std::function<int()> {
            auto call = std::make_shared<Call>();
            call->filter.Declare(options);
            options.Whole("--limit", call->limit, "一页几项，1到200（默认50）");
            options.Text("--after", call->after, "从上一页给出的位置接着列", "位置");
            options.Flag("--json", call->json, "输出 JSON");
            call->place.Declare(options);
            return [call] { return Run(*call); };
          }};
}

}  // namespace zg::app
