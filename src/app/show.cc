// zhenggai show ID: one task with the words it came from.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/place.h"
#include "ledger/task.h"
#include "office/tasks.h"

namespace zg::app {
namespace {

using nlohmann::json;

struct Call {
  Place place;
  std::string id;
  bool json = false;
};

// 〔120–133〕 behind a value: where it stands in the text.
std::string At(const json& task, const char* field) {
  const json spans = task.value("spans", json::object());
  if (!spans.contains(field) || !spans[field].is_array() || spans[field].size() != 2 ||
      !spans[field][0].is_number()) {
    return "";
  }
  return fmt::format(" 〔{}–{}〕", spans[field][0].get<int64_t>(), spans[field][1].get<int64_t>());
}

void Line(const std::string& label, const std::string& value, const std::string& at = "") {
  if (!value.empty()) Print(label + "：" + value + at + "\n");
}

std::string Joined(const json& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : "、") + name.get<std::string>();
  return text;
}

std::string TextIn(const json& value, const char* key) {
  return value.is_object() && value.contains(key) && value[key].is_string() ? value[key].get<std::string>()
                                                                            : "";
}

void Items(const std::string& label, const json& items) {
  if (items.empty()) return;
  Print(label + "：\n");
  for (const auto& item : items) {
    std::string number = item["number"].is_number() ? std::to_string(item["number"].get<int>()) + ". " : "";
    std::string at = item.contains("span") ? fmt::format(" 〔{}–{}〕", item["span"][0].get<int64_t>(),
                                                         item["span"][1].get<int64_t>())
                                           : "";
    Print("  " + number + item["text"].get<std::string>() + at + "\n");
  }
}

void Tell(const json& task) {
  auto state = ParseTaskState(task["state"].get<std::string>()).value_or(TaskState::kNotStated);
  Print(fmt::format("任务{}（任务号{}，第{}版）\n", task["path"].get<std::string>(),
                    task["id"].get<int64_t>(), task["revision"].get<int64_t>()));
  Line("督察轮次", TextIn(task["round"], "name"));
  Line("来源文件", TextIn(task["document"], "title"));
  Line("反馈问题", TextIn(task, "problem"), At(task, "problem"));
  Line("责任单位", Joined(task["responsible"]));
  Line("验收单位", Joined(task["acceptance"]));
  Line("整改目标", TextIn(task, "goal"), At(task, "goal"));
  std::string due = TextIn(task, "due");
  Line("整改时限", TextIn(task, "deadline_text") + (due.empty() ? "" : "（" + due + "）"),
       At(task, "deadline"));
  Line("状态", std::string(TaskStateChinese(state)) + (task["overdue"].get<bool>() ? "，已逾期" : ""),
       At(task, "status"));
  Items("整改措施", task["measures"]);
  Items("整改进展", task["progress"]);
  for (const auto& doubt : task["doubts"]) Line("待核对", doubt["message"].get<std::string>());
  for (const auto& link : task["links"]) {
    Line("关联",
         fmt::format("[{}] {}任务{}：{}", TextIn(link, "state"), TextIn(link["task"]["document"], "title"),
                     TextIn(link["task"], "path"), TextIn(link, "reason")));
  }
  for (const auto& event : task["events"]) {
    Line("经过", TextIn(event, "at").substr(0, 16) + " " + TextIn(event, "actor") + " " +
                     TextIn(event, "kind") + " " + TextIn(event, "reason"));
  }
}

int Run(Call& call) {
  if (call.id.empty() || call.id.size() > 15 || call.id.find_first_not_of("0123456789") != call.id.npos) {
    return Fail({Code::kInvalid, "任务号应是整数，可用 zhenggai list 查到。", call.id}, kCallAtFault);
  }
  auto office = call.place.OpenOffice();
  if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  auto task = (*office)->tasks().Get({std::stoll(call.id)});
  if (!task.ok()) return Fail(task.error());
  auto told = task->Value();
  if (call.json)
    Print(told.dump(1) + "\n");
  else
    Tell(told);
  return kDone;
}

}  // namespace

Command ShowCommand() {
  return {"show", "显示一项任务和它的出处", "zhenggai show 17", [](Options& options) -> std::function<int()> {
            auto call = std::make_shared<Call>();
            options.One("ID", call->id, "任务号（list 的第一列）");
            options.Flag("--json", call->json, "输出 JSON");
            call->place.Declare(options);
            return [call] { return Run(*call); };
          }};
}

}  // namespace zg::app
