// A new version of a document shows what changed, keeps ids, links and what people decided.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "office/desk.h"

namespace zg {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const char* const kFourth =
    "四、秸秆露天焚烧时有发生。2024年春季卫星监测火点57个。\n"
    "责任单位：青河市政府\n"
    "验收单位：云川省农业农村厅\n"
    "整改目标：火点数下降50%以上。\n"
    "整改时限：2025年底前\n"
    "整改措施：\n"
    "1.建立网格化巡查制度。\n";

class Version : public testing::Test {
 protected:
  Version() : desk_("version"), first_(desk_.Import(TaskListText())) {}
  json Change(const std::string& path, const std::string& field, const json& value) {
    json task = desk_.Task(first_, path);
    return desk_->tasks()
        .Change({task["id"].get<int64_t>()},
                {field, value.dump(), "现场核实", task["revision"].get<int64_t>()}, desk_.me)
        .value()
        .Value();
  }
  Desk desk_;
  int64_t first_;
};

TEST_F(Version, IsRecognisedByTitleAndPathsAndShowsWhatChanged) {
  json draft = desk_.Draft(TaskListText("2025年6月底前", kFourth));
  EXPECT_EQ(draft["supersedes"]["id"], first_);
  json changes = desk_->imports().Draft({draft["id"].get<int64_t>()}).value()["changes"];
  ASSERT_EQ(changes.size(), 2u) << changes.dump(1);
  EXPECT_EQ(changes[0]["path"], "1");
  EXPECT_EQ(changes[0]["field"], "deadline");
  EXPECT_EQ(changes[0]["before"]["date"], "2024-12-31");
  EXPECT_EQ(changes[0]["after"]["date"], "2025-06-30");
  EXPECT_EQ(changes[1]["path"], "4");
  EXPECT_EQ(changes[1]["kind"], "added");
}

TEST_F(Version, KeepsTheIdsOfTasksAndTellsEachChange) {
  json before = desk_.Task(first_, "1");
  int64_t second = desk_.Import(TaskListText("2025年6月底前", kFourth));
  json after = desk_.Task(second, "1");
  EXPECT_EQ(after["id"], before["id"]);
  EXPECT_EQ(after["due"], "2025-06-30");
  EXPECT_EQ(after["events"][0]["kind"], "task.changed_by_source");
  EXPECT_EQ(after["events"][0]["field"], "deadline");
  EXPECT_EQ(after["versions"].size(), 1u);
  EXPECT_EQ(after["versions"][0]["deadline"]["date"], "2024-12-31");
  EXPECT_EQ(desk_.List()["total"], 4);
  EXPECT_EQ(desk_->documents().List().value().Value()["total"], 1) << "the old version is not listed";
  EXPECT_EQ(desk_->documents().Get({second}).value()["versions"].size(), 2u);
  EXPECT_EQ(desk_->documents().Entries({first_}).value().size(), 3u) << "the old version can still be read";
  EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
}

TEST_F(Version, ADecisionHoldsWhereTheSourceHasNotChanged) {
  Change("2", "acceptance", json::array({"云川省林业厅"}));
  int64_t second = desk_.Import(TaskListText("2025年6月底前"));
  json task = desk_.Task(second, "2");
  EXPECT_THAT(task["acceptance"], ElementsAre("云川省林业厅"));
  EXPECT_THAT(task["corrected"], ElementsAre("acceptance"));
  EXPECT_THAT(task["doubts"], IsEmpty());
}

TEST_F(Version, WhereTheSourceChangedTheSameFieldItStandsAndADoubtTellsOfTheDecision) {
  Change("1", "deadline", "2026年底前");
  int64_t second = desk_.Import(TaskListText("2025年6月底前"));
  json task = desk_.Task(second, "1");
  EXPECT_EQ(task["due"], "2025-06-30");
  EXPECT_THAT(task["corrected"], IsEmpty());
  ASSERT_EQ(task["doubts"].size(), 1u);
  EXPECT_THAT(task["doubts"][0]["message"].get<std::string>(), HasSubstr("2026年底前"));
  EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
}

TEST_F(Version, ATaskThatIsGoneLeavesTheListsButNotTheLedger) {
  json gone = desk_.Task(first_, "3");
  std::string shorter = TaskListText();
  shorter.resize(shorter.find("三、"));
  json draft = desk_.Draft(shorter);
  EXPECT_EQ(draft["supersedes"]["id"], first_) << "two of three paths are alike";
  ASSERT_TRUE(desk_.Commit(draft).ok());
  EXPECT_EQ(desk_.List()["total"], 2);
  json still = desk_->tasks().Get({gone["id"].get<int64_t>()}).value().Value();
  EXPECT_TRUE(still["gone"]);
  EXPECT_EQ(still["events"][0]["kind"], "task.gone");
  EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
}

TEST_F(Version, APersonCanDenyOrSayIt) {
  json draft = desk_.Draft(TaskListText("2025年6月底前"));
  ImportId id{draft["id"].get<int64_t>()};
  json denied = desk_->imports().Supersede(id, std::nullopt, desk_.me).value();
  EXPECT_TRUE(denied["supersedes"].is_null());
  EXPECT_TRUE(desk_->imports().Draft(id).value()["changes"].empty());
  json said = desk_->imports().Supersede(id, DocId{first_}, desk_.me).value();
  EXPECT_EQ(said["supersedes"]["id"], first_);
  EXPECT_EQ(desk_->imports().Supersede(id, DocId{99}, desk_.me).error().id, "document.not_found");
}

TEST_F(Version, SearchAndListsSpeakOfTheNewestVersionOnly) {
  ASSERT_GT(desk_->search().Find("渗滤液", 20).value().Value()["total"], 0);
  std::string changed = TaskListText("2025年6月底前");
  for (size_t at; (at = changed.find("渗滤液")) != changed.npos;)
    changed.replace(at, strlen("渗滤液"), "污水");
  desk_.Import(changed);
  EXPECT_EQ(desk_->search().Find("渗滤液", 20).value().Value()["total"], 0);
  EXPECT_GT(desk_->search().Find("污水", 20).value().Value()["total"], 0);
}

TEST_F(Version, AThirdVersionKeepsADecisionThroughTheSecond) {
  Change("2", "acceptance", json::array({"云川省林业厅"}));
  desk_.Import(TaskListText("2025年6月底前"));
  int64_t third = desk_.Import(TaskListText("2025年底前"));
  EXPECT_THAT(desk_.Task(third, "2")["acceptance"], ElementsAre("云川省林业厅"));
  EXPECT_EQ(desk_->documents().Get({third}).value()["version"], 3);
  EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
}

}  // namespace
}  // namespace zg
