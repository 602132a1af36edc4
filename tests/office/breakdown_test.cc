// Breakdown: measures become steps with unit, day, deliverable and weight; steps are done, handed down,
// printed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "office/breakdowns.h"
#include "office/desk.h"
#include "office/periods.h"

namespace zg {
namespace {

using testing::Contains;
using testing::HasSubstr;

class BreakdownTest : public testing::Test {
 protected:
  BreakdownTest() : desk_("breakdown"), list_(desk_.Import(TaskListText())), task_(IdOf("1")) {}

  TaskId IdOf(const std::string& path) { return {desk_.Task(list_, path)["id"].get<int64_t>()}; }
  int64_t UnitOf(const std::string& name) {
    return desk_->units().Find(name, 1).value()["items"][0]["id"].get<int64_t>();
  }
  json Now() { return desk_->breakdowns().Get(task_, desk_.me).value(); }
  Result<json> Save(int64_t revision, const json& steps) {
    return desk_->breakdowns().Save(task_, revision, steps.dump(), desk_.me);
  }
  json Good() {
    return {{{"measure", 0},
             {"text", "完成提标改造工程建设。"},
             {"unit", UnitOf("云川省住房城乡建设厅")},
             {"due", "2024-06-30"},
             {"deliverable", "竣工验收报告"},
             {"weight", 60}},
            {{"measure", 1},
             {"text", "建立巡查制度。"},
             {"unit_name", "青河市水务局"},
             {"due", "2024-09-30"},
             {"deliverable", "巡查制度文件"},
             {"weight", 40}}};
  }
  std::vector<std::string> Gaps(const json& breakdown) {
    std::vector<std::string> kinds;
    for (const auto& gap : breakdown["gaps"]) kinds.push_back(gap["kind"]);
    return kinds;
  }

  Desk desk_;
  int64_t list_;
  TaskId task_;
};

TEST_F(BreakdownTest, StepsAreKeptInTheirOrderWithTheirIds) {
  EXPECT_EQ(Now()["revision"], 0);
  EXPECT_TRUE(Now()["gaps"].empty()) << "nothing is asked of a task that nobody has broken down";
  json first = Save(0, Good()).value();
  EXPECT_EQ(first["revision"], 1);
  EXPECT_EQ(first["steps"][1]["unit"]["name"], "青河市水务局");
  json turned = json::array({first["steps"][1], first["steps"][0]});
  for (auto& step : turned) {
    step["unit"] = step["unit"]["id"];
    step.erase("done");
    step.erase("done_by");
  }
  json second = Save(1, turned).value();
  EXPECT_EQ(second["steps"][0]["id"], first["steps"][1]["id"]);
  json one = Save(2, json::array({turned[0]})).value();
  ASSERT_EQ(one["steps"].size(), 1u);
  json more = Save(3, json::array({turned[0], {{"text", "新的一步"}}})).value();
  EXPECT_NE(more["steps"][1]["id"], first["steps"][0]["id"]) << "an id is never another step's";
  EXPECT_EQ(desk_.Verify()["breaks"], json::array());
}

TEST_F(BreakdownTest, TheLaterOfTwoGetsWhatItIsNow) {
  ASSERT_TRUE(Save(0, Good()).ok());
  auto late = Save(0, json::array());
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().id, "breakdown.changed");
  EXPECT_EQ(json::parse(late.error().current)["steps"].size(), 2u);
  EXPECT_EQ(Now()["steps"].size(), 2u);
}

TEST_F(BreakdownTest, WhatIsMissingIsSaidInSentences) {
  json steps = Good();
  steps[0]["due"] = "2025-01-31";  // the task's is 2024-12-31
  steps[0]["weight"] = 50;
  steps[0]["deliverable"] = "";
  steps[1]["measure"] = -1;
  steps[1].erase("unit_name");
  json saved = Save(0, steps).value();
  EXPECT_THAT(Gaps(saved), testing::ElementsAre("weights", "no_step", "unit_without_step",
                                                "unit_without_step", "no_deliverable", "late", "no_unit"));
  EXPECT_EQ(saved["gaps"][0]["message"], "各步骤的权重合计是90，应为100，还差10。");
  EXPECT_THAT(saved["gaps"][1]["message"].get<std::string>(), HasSubstr("措施2"));
  EXPECT_THAT(saved["gaps"][5]["message"].get<std::string>(),
              HasSubstr("2025年1月31日晚于任务的时限2024年12月31日"));
}

TEST_F(BreakdownTest, ABadStepIsNamedByItsNumber) {
  json steps = Good();
  steps[1]["text"] = "  ";
  EXPECT_EQ(Save(0, steps).error().message, "第2步：请写明要做什么。");
  steps = Good();
  steps[1]["weight"] = 101;
  EXPECT_EQ(Save(0, steps).error().where, "steps[1]");
  steps[1]["weight"] = 40;
  steps[1]["measure"] = 2;
  EXPECT_EQ(Save(0, steps).error().id, "breakdown.bad");
  EXPECT_EQ(Save(0, {{{"text", "x"}, {"wieght", 3}}}).error().id, "breakdown.bad");
  EXPECT_EQ(Save(0, {{{"text", "x"}, {"id", 77}}}).error().id, "breakdown.bad");
  EXPECT_EQ(Save(0, {{{"text", "x"}, {"unit", 999}}}).error().id, "unit.not_found");
  EXPECT_EQ(Now()["revision"], 0) << "nothing of a refused change is kept";
}

TEST_F(BreakdownTest, AStepIsDoneByItsUnitAndCounts) {
  desk_.clock.Set(*Date::Make(2024, 7, 10));
  json saved = Save(0, Good()).value();
  EXPECT_EQ(saved["progress"], json({{"planned", 60}, {"done", 0}}));
  EXPECT_THAT(Gaps(saved), Contains("unfinished"));
  StepId step{saved["steps"][0]["id"].get<int64_t>()};
  Actor other{"李四"}, own{"王五"};
  other.roles = own.roles = RoleBit(Role::kReporter);
  other.whole = own.whole = false;
  other.unit = {saved["steps"][1]["unit"]["id"].get<int64_t>()};
  own.unit = {saved["steps"][0]["unit"]["id"].get<int64_t>()};
  auto mark = [&](int64_t revision, std::optional<Date> day, const Actor& who) {
    return desk_->breakdowns().MarkDone(task_, revision, step, day, who);
  };
  EXPECT_EQ(mark(1, Date::Make(2024, 7, 8), other).error().id, "breakdown.not_yours");
  EXPECT_EQ(mark(1, Date::Make(2024, 7, 11), own).error().id, "breakdown.day");
  json done = mark(1, Date::Make(2024, 7, 8), own).value();
  EXPECT_EQ(done["progress"]["done"], 60);
  EXPECT_EQ(done["steps"][0]["done"], "2024-07-08");
  EXPECT_EQ(done["steps"][0]["done_by"], "王五");
  EXPECT_EQ(mark(1, std::nullopt, own).error().id, "breakdown.changed");
  json steps = Good();
  steps[0]["id"] = step.value;
  steps[0]["text"] = "完成全部工程。";
  EXPECT_EQ(Save(2, steps).value()["steps"][0]["done"], "2024-07-08")
      << "it stays done when its words change";
  EXPECT_TRUE(mark(3, std::nullopt, desk_.me).value()["steps"][0]["done"].is_null());
  EXPECT_EQ(desk_.Verify()["breaks"], json::array());
}

TEST_F(BreakdownTest, ALowerUnitGetsAListOfItsOwnTiedToTheUpperTask) {
  json saved = Save(0, Good()).value();
  UnitId bureau{saved["steps"][1]["unit"]["id"].get<int64_t>()};
  json handed = desk_->breakdowns().Cascade(task_, {1, bureau}, desk_.me).value();
  json lower = desk_->tasks().Get({handed["task_id"].get<int64_t>()}).value().Value();
  json upper = desk_.Task(list_, "1");
  EXPECT_EQ(lower["problem"], upper["problem"]);
  EXPECT_EQ(lower["responsible"], json::array({"青河市水务局"}));
  EXPECT_EQ(lower["due"], "2024-09-30") << "the last day of its steps";
  EXPECT_EQ(lower["measures"][0]["text"], "建立巡查制度，2024年9月30日前完成，成果：巡查制度文件。");
  ASSERT_EQ(lower["links"].size(), 1u);
  EXPECT_EQ(lower["links"][0]["kind"], "cascades_from");
  EXPECT_EQ(lower["links"][0]["state"], "confirmed");
  EXPECT_EQ(lower["links"][0]["task"]["id"], upper["id"]);
  EXPECT_EQ(lower["round"], upper["round"]);
  EXPECT_EQ(Now()["lower"][0]["unit"], "青河市水务局");
  EXPECT_EQ(desk_->breakdowns().Cascade(task_, {1, bureau}, desk_.me).error().id, "breakdown.handed_down");

  // A second one goes into the same list; the first keeps its id.
  TaskId second = IdOf("2");
  json steps = {{{"text", "编制方案。"}, {"unit", bureau.value}, {"weight", 100}}};
  ASSERT_TRUE(desk_->breakdowns().Save(second, 0, steps.dump(), desk_.me).ok());
  json again = desk_->breakdowns().Cascade(second, {1, bureau}, desk_.me).value();
  EXPECT_EQ(again["path"], "2");
  EXPECT_NE(again["document_id"], handed["document_id"]) << "a new version";
  EXPECT_EQ(desk_.Task(again["document_id"].get<int64_t>(), "1")["id"], handed["task_id"]);
  json verified = desk_.Verify();
  EXPECT_EQ(verified["breaks"], json::array());
  EXPECT_GT(verified["spans"].get<int>(), 20);
  ASSERT_TRUE(desk_->keeping().Rebuild(desk_.me).ok());
  EXPECT_EQ(desk_.Verify()["breaks"], json::array());
  EXPECT_EQ(Now()["lower"].size(), 1u);
  // The unit is asked about it like anybody else.
  json period = desk_->periods().Open({"2024-07", {}, {}}, desk_.me).value();
  json asked = desk_->periods()
                   .Reports({period["id"].get<int64_t>()}, bureau, std::nullopt, "", 10, desk_.me)
                   .value()
                   .Value()["items"];
  EXPECT_EQ(asked.size(), 2u);
}

TEST_F(BreakdownTest, AWholeListGoesDownInOneAct) {
  json saved = Save(0, Good()).value();
  UnitId bureau{saved["steps"][1]["unit"]["id"].get<int64_t>()};
  EXPECT_EQ(desk_->breakdowns().CascadeAll({list_}, UnitId{UnitOf("白石市党委")}, {}, desk_.me).error().id,
            "breakdown.no_steps");
  json steps = {{{"text", "编制方案。"}, {"unit", bureau.value}}};
  TaskId second = IdOf("2"), third = IdOf("3");
  ASSERT_TRUE(desk_->breakdowns().Save(second, 0, steps.dump(), desk_.me).ok());
  steps[0]["due"] = "2024-03-31";  // the task's own day is 2023-12-31
  ASSERT_TRUE(desk_->breakdowns().Save(third, 0, steps.dump(), desk_.me).ok());
  auto late = desk_->breakdowns().CascadeAll({list_}, bureau, {}, desk_.me);
  ASSERT_EQ(late.error().id, "breakdown.lower_late");
  EXPECT_THAT(late.error().message, HasSubstr("一项也没有交下去。任务3："));
  EXPECT_EQ(desk_->documents().List().value().Value()["items"].size(), 1u);
  steps[0]["due"] = "2023-12-31";
  ASSERT_TRUE(desk_->breakdowns().Save(third, 1, steps.dump(), desk_.me).ok());
  json handed = desk_->breakdowns().CascadeAll({list_}, bureau, {}, desk_.me).value();
  EXPECT_EQ(handed["tasks"], 3);
  int64_t lower = handed["document_id"].get<int64_t>();
  EXPECT_EQ(desk_.Task(lower, "3")["due"], "2023-12-31");
  EXPECT_EQ(desk_.Task(lower, "2")["links"][0]["task"]["id"], second.value);
  EXPECT_EQ(desk_->documents().Get({lower}).value()["versions"].size(), 1u) << "one act, one version";
  EXPECT_EQ(desk_->breakdowns().CascadeAll({list_}, bureau, {}, desk_.me).error().id, "breakdown.no_steps");
  EXPECT_EQ(desk_.Verify()["breaks"], json::array());
}

TEST_F(BreakdownTest, WhoHasNothingToDoWithATaskDoesNotSeeItsBreakdown) {
  json saved = Save(0, Good()).value();
  Actor stranger{"赵六"}, bureau{"钱七"};
  stranger.roles = bureau.roles = RoleBit(Role::kReporter);
  stranger.whole = bureau.whole = false;
  stranger.unit = {UnitOf("白石市党委")};
  bureau.unit = {saved["steps"][1]["unit"]["id"].get<int64_t>()};
  EXPECT_EQ(desk_->breakdowns().Get(task_, stranger).error().id, "task.not_found");
  EXPECT_EQ(desk_->breakdowns().Handbook(task_, stranger).error().id, "task.not_found");
  EXPECT_EQ(desk_->breakdowns().Handbook(DocId{list_}, stranger).error().id, "breakdown.nothing");
  EXPECT_TRUE(desk_->breakdowns().Get(task_, bureau).ok()) << "a step of it is its own";
}

TEST_F(BreakdownTest, ALowerDayMayNotBeLaterThanTheUpper) {
  json saved = Save(0, Good()).value();
  UnitId bureau{saved["steps"][1]["unit"]["id"].get<int64_t>()};
  auto hand = [&](UnitId unit, std::optional<Date> due, std::vector<StepId> steps = {}) {
    return desk_->breakdowns().Cascade(task_, {1, unit, {}, due, std::move(steps)}, desk_.me);
  };
  auto late = hand(bureau, Date::Make(2025, 1, 1));
  EXPECT_EQ(late.error().id, "breakdown.lower_late");
  EXPECT_THAT(late.error().message, HasSubstr("2025年1月1日晚于本任务的时限2024年12月31日"));
  EXPECT_EQ(hand(bureau, Date::Make(2024, 9, 1)).error().id, "breakdown.lower_late") << "a step is later";
  EXPECT_EQ(hand({saved["steps"][0]["unit"]["id"].get<int64_t>()}, {}).error().id, "breakdown.same_unit");
  EXPECT_EQ(hand({UnitOf("白石市党委")}, {}).error().id, "breakdown.no_steps");
  EXPECT_EQ(hand({UnitOf("白石市党委")}, {}, {{77}}).error().id, "breakdown.no_steps");
  EXPECT_EQ(hand({999}, {}).error().id, "unit.not_found");
  EXPECT_EQ(desk_->documents().List().value().Value()["items"].size(), 1u) << "nothing was made";
}

TEST_F(BreakdownTest, WhoeverChangesAStepBehindTheOfficeIsFound) {
  ASSERT_TRUE(Save(0, Good()).ok());
  for (const char* sql :
       {"UPDATE breakdown_steps SET due = '2024-12-01' WHERE ord = 0",
        "UPDATE breakdown_steps SET due = '2024-06-30', gone = 1 WHERE ord = 0", "DELETE FROM breakdowns"}) {
    desk_.Tamper(sql);
    json verified = desk_.Verify();
    ASSERT_GE(verified["breaks"].size(), 2u) << sql << ": the row, and the seal of its table";
    EXPECT_EQ(verified["breaks"][0]["what"], "breakdown");
  }
}

TEST_F(BreakdownTest, IsPrintedAsAHandbook) {
  EXPECT_EQ(desk_->breakdowns().Handbook(DocId{list_}, desk_.me).error().id, "breakdown.nothing");
  ASSERT_TRUE(Save(0, Good()).ok());
  for (auto file : {desk_->breakdowns().Handbook(task_, desk_.me),
                    desk_->breakdowns().Handbook(DocId{list_}, desk_.me)}) {
    json draft = desk_.Draft(file.value().bytes, "手册.docx");
    EXPECT_EQ(draft["format"], "docx");
    std::string text = desk_->imports().Text({draft["id"].get<int64_t>()}).value()["text"];
    EXPECT_THAT(text, HasSubstr("整改任务交账手册"));
    EXPECT_THAT(text, HasSubstr("措施1："));
    EXPECT_THAT(text, HasSubstr("竣工验收报告"));
    EXPECT_THAT(text, HasSubstr("待完善：责任单位青河市党委一步也没有分到。"));
  }
}

}  // namespace
}  // namespace zg
