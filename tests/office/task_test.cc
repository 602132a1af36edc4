// One task: a person's decisions on it, and links to others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "office/desk.h"

namespace zg {
namespace {

using testing::HasSubstr;

std::string ProgressText(const std::string& citation) {
  return "青河市贯彻落实第二轮中央生态环境保护督察报告具体问题整改进展情况\n"
         "一、青河污水处理厂长期超标排放。2023年青河污水处理厂出水总磷超标。" +
         citation +
         "\n"
         "整改时限：2024年底前\n"
         "整改进展情况：正在持续推进\n"
         "1.提标改造工程已完成主体施工。\n"
         "2.已建立每日巡查制度。\n";
}

class TaskTest : public testing::Test {
 protected:
  TaskTest() : desk_("task"), list_(desk_.Import(TaskListText())) {}
  Result<json> Change(const json& task, const std::string& field, const json& value,
                      const std::string& reason = "现场核实") {
    auto changed =
        desk_->tasks().Change({task["id"].get<int64_t>()},
                              {field, value.dump(), reason, task["revision"].get<int64_t>()}, desk_.me);
    if (!changed.ok()) return changed.error();
    return changed->Value();
  }
  Desk desk_;
  int64_t list_;
};

TEST_F(TaskTest, ADecisionChangesTheListTheCountsAndTheChain) {
  json task = desk_.Task(list_, "3");
  json changed = Change(task, "status", "已完成").value();
  EXPECT_EQ(changed["state"], "completed");
  EXPECT_EQ(changed["revision"], 2);
  TaskFilter completed;
  completed.states = {TaskState::kCompleted};
  EXPECT_EQ(desk_.List(completed)["total"], 1);
  json overview = json::parse(desk_->overview().Get(std::nullopt, std::nullopt).value().text);
  EXPECT_EQ(overview["by_state"]["completed"], 1);
  EXPECT_EQ(overview["overdue"], 0) << "task 3 was the late one";
  EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
}

TEST_F(TaskTest, AnOldRevisionIsRefused) {
  json task = desk_.Task(list_, "1");
  ASSERT_TRUE(Change(task, "goal", "新的目标。").ok());
  auto late = Change(task, "goal", "另一个目标。");
  EXPECT_EQ(late.error().id, "task.changed");
  EXPECT_EQ(late.error().code, Code::kConflict);
}

TEST_F(TaskTest, ADecisionNeedsAReason) {
  EXPECT_EQ(Change(desk_.Task(list_, "1"), "goal", "新的目标。", "  ").error().id, "task.no_reason");
}

TEST_F(TaskTest, KnowsItsNeighbours) {
  json task = desk_.Task(list_, "2");
  EXPECT_EQ(task["previous"]["path"], "1");
  EXPECT_EQ(task["next"]["path"], "3");
  EXPECT_TRUE(desk_.Task(list_, "3")["next"].is_null());
}

TEST_F(TaskTest, ALowerTaskIsLinkedByTheNumberItCites) {
  int64_t lower = desk_.Import(ProgressText("（省序号一）"), "进展.txt");
  json links = desk_.Task(lower, "1")["links"];
  ASSERT_EQ(links.size(), 1u);
  EXPECT_EQ(links[0]["kind"], "cascades_from");
  EXPECT_EQ(links[0]["direction"], "from");
  EXPECT_EQ(links[0]["state"], "proposed");
  EXPECT_EQ(links[0]["task"]["path"], "1");
  EXPECT_EQ(links[0]["task"]["document"]["id"], list_);
  EXPECT_THAT(links[0]["reason"].get<std::string>(), HasSubstr("上级序号1"));
  json upper = desk_.Task(list_, "1")["links"];
  EXPECT_EQ(upper[0]["direction"], "to");
  EXPECT_EQ(upper[0]["task"]["document"]["id"], lower);
}

TEST_F(TaskTest, WithoutANumberTheWordingIsLookedAt) {
  int64_t lower = desk_.Import(ProgressText(""), "进展.txt");
  json links = desk_.Task(lower, "1")["links"];
  ASSERT_EQ(links.size(), 1u);
  EXPECT_EQ(links[0]["task"]["path"], "1");
  EXPECT_THAT(links[0]["reason"].get<std::string>(), HasSubstr("措辞"));
}

TEST_F(TaskTest, TheUpperListMayComeLater) {
  Desk desk("later");
  int64_t lower = desk.Import(ProgressText("（省序号一）"), "进展.txt");
  EXPECT_TRUE(desk.Task(lower, "1")["links"].empty());
  desk.Import(TaskListText());
  EXPECT_EQ(desk.Task(lower, "1")["links"].size(), 1u);
}

TEST_F(TaskTest, APersonConfirmsOrRejectsAndIsNotAskedAgain) {
  int64_t lower = desk_.Import(ProgressText("（省序号一）"), "进展.txt");
  json task = desk_.Task(lower, "1");
  LinkId link{task["links"][0]["id"].get<int64_t>()};
  EXPECT_EQ(desk_->links().Reject(link, desk_.me).value()["state"], "rejected");
  ASSERT_TRUE(desk_->keeping().Rebuild(desk_.me).ok());
  json after = desk_.Task(lower, "1")["links"];
  ASSERT_EQ(after.size(), 1u);
  EXPECT_EQ(after[0]["state"], "rejected") << "rebuild must not propose it anew";
  EXPECT_EQ(desk_->links().Confirm(link, desk_.me).value()["state"], "confirmed");
  json events = desk_.Task(lower, "1")["events"];
  EXPECT_EQ(events[0]["kind"], "link.confirmed");
  EXPECT_EQ(events[1]["kind"], "link.rejected");
  EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
}

TEST_F(TaskTest, LinksCanBeMadeByHand) {
  TaskId a{desk_.Task(list_, "1")["id"].get<int64_t>()}, b{desk_.Task(list_, "2")["id"].get<int64_t>()};
  json link = desk_->links().Make(a, "follows_up", b, desk_.me).value();
  EXPECT_EQ(link["state"], "confirmed");
  EXPECT_EQ(desk_->links().Make(a, "follows_up", b, desk_.me).error().id, "link.exists");
  EXPECT_EQ(desk_->links().Make(a, "follows_up", a, desk_.me).error().id, "link.self");
  EXPECT_EQ(desk_->links().Make(a, "copies", b, desk_.me).error().id, "link.kind");
  EXPECT_EQ(desk_->links().Make(a, "follows_up", {999}, desk_.me).error().id, "task.not_found");
  EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
}

TEST_F(TaskTest, AnEarlierRoundIsFollowedUp) {
  std::string first =
      "云川省第一轮中央环境保护督察整改任务清单\n"
      "一、部分工业园区环境管理混乱。石岭工业园区未配套建设集中供热。\n"
      "整改时限：2018年底前\n"
      "二、白石矿区破坏林地严重。白石矿区历史遗留矿坑52处，破坏林地1500亩。\n"
      "整改时限：2019年底前\n"
      "三、部分饮用水水源地保护不力。东湖水库一级保护区内仍有养殖户。\n"
      "整改时限：2019年底前\n"
      "四、机动车污染防治滞后。老旧车辆淘汰任务未完成。\n"
      "整改时限：2020年底前\n";
  int64_t earlier = desk_.Import(first, "第一轮.txt");
  json links = desk_.Task(list_, "2")["links"];
  ASSERT_EQ(links.size(), 1u) << links;
  EXPECT_EQ(links[0]["kind"], "follows_up");
  EXPECT_EQ(links[0]["task"]["document"]["id"], earlier);
  EXPECT_EQ(links[0]["task"]["path"], "2");
  EXPECT_TRUE(desk_.Task(list_, "3")["links"].empty());
}

}  // namespace
}  // namespace zg
