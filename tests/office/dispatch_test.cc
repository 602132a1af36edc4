// Dispatch: a period is opened, units answer, the office accepts or returns, and the ledger follows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "ledger/period.h"
#include "ledger/unit.h"
#include "office/checks.h"
#include "office/desk.h"
#include "office/periods.h"
#include "office/reporting.h"

namespace zg {
namespace {

TEST(Period, KnowsItsDaysAndWhatFollows) {
  Period december = *ParsePeriod("2026-12"), quarter = *ParsePeriod("2026-Q4");
  EXPECT_EQ(december.begin.Iso() + " " + december.end.Iso(), "2026-12-01 2026-12-31");
  EXPECT_EQ(quarter.begin.Iso() + " " + quarter.end.Iso(), "2026-10-01 2026-12-31");
  EXPECT_EQ(NextPeriod(december), "2027-01") << "after New Year too";
  EXPECT_EQ(NextPeriod(quarter), "2027-Q1");
  EXPECT_EQ(NextPeriod(*ParsePeriod("2026-Q1")), "2026-Q2");
  EXPECT_EQ(PeriodChinese(quarter), "2026年第四季度");
  EXPECT_EQ(ParsePeriod("2028-02")->end.Iso(), "2028-02-29");
  for (const char* bad : {"2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-1", "1999-01", "2026/01", ""})
    EXPECT_FALSE(ParsePeriod(bad)) << bad;
}

ReportContent Says(TaskState state, std::optional<bool> on_schedule = true) {
  ReportContent content;
  content.state = state;
  content.on_schedule = on_schedule;
  return content;
}

TEST(Standing, IsCompletedOnlyWhenEveryUnitWasAcceptedSayingSo) {
  using S = TaskState;
  EXPECT_EQ(StandingOf({}, false), std::nullopt);
  EXPECT_EQ(StandingOf({Says(S::kCompleted)}, true)->state, S::kCompleted);
  EXPECT_EQ(StandingOf({Says(S::kCompleted)}, false)->state, S::kInProgress) << "another has yet to answer";
  EXPECT_EQ(StandingOf({Says(S::kCompleted), Says(S::kNotStarted)}, true)->state, S::kInProgress);
  EXPECT_EQ(StandingOf({Says(S::kCompleted), Says(S::kOngoing)}, true)->state, S::kOngoing);
  EXPECT_EQ(StandingOf({Says(S::kNotStarted), Says(S::kNotStarted)}, true)->state, S::kNotStarted);
  EXPECT_TRUE(StandingOf({Says(S::kInProgress), Says(S::kInProgress, false)}, true)->behind_schedule);
}

class DispatchTest : public testing::Test {
 protected:
  DispatchTest() : desk_("dispatch"), list_(desk_.Import(TaskListText())) {}

  json Open(const std::string& code) { return desk_->periods().Open({code, {}, {}}, desk_.me).value(); }
  json Lines(const json& period, UnitId unit = {}) {
    return desk_->periods()
        .Reports({period["id"].get<int64_t>()}, unit, std::nullopt, "", 200, desk_.me)
        .value()
        .Value()["items"];
  }
  // The reports of the period on that task.
  std::vector<json> On(const json& period, const std::string& path) {
    std::vector<json> found;
    for (const auto& line : Lines(period))
      if (line["task"]["path"] == path) found.push_back(line);
    return found;
  }
  Result<json> Save(const json& report, const json& changes) {
    return desk_->reporting().Save({report["id"].get<int64_t>()}, report["revision"].get<int64_t>(),
                                   changes.dump(), desk_.me);
  }
  Result<json> Submit(const json& report) {
    return desk_->reporting().Submit({report["id"].get<int64_t>()}, report["revision"].get<int64_t>(),
                                     desk_.me);
  }
  json Answer(const json& line, const std::string& text, double pits = 10,
              const std::string& state = "in_progress") {
    json figures = json::array({{{"name", "完成修复矿坑"}, {"value", pits}, {"unit", "处"}, {"target", 38}}});
    json saved =
        Save(line, {{"state", state}, {"on_schedule", true}, {"text", text}, {"figures", figures}}).value();
    return Submit(saved).value();
  }
  Result<json> Accept(const json& period, const std::vector<json>& lines) {
    std::vector<ReportId> ids;
    for (const auto& line : lines) ids.push_back({line["id"].get<int64_t>()});
    return desk_->reporting().Accept({period["id"].get<int64_t>()}, ids, "", desk_.me);
  }
  Result<json> Return(const json& period, const json& line, const std::string& remark) {
    return desk_->reporting().Return({period["id"].get<int64_t>()}, {{line["id"].get<int64_t>()}}, remark,
                                     desk_.me);
  }
  json Counts(const json& period) {
    return desk_->periods().Get({period["id"].get<int64_t>()}, desk_.me).value()["counts"];
  }

  Desk desk_;
  int64_t list_;
};

TEST_F(DispatchTest, EveryResponsibleUnitIsAskedAboutEachOfItsOpenTasks) {
  json period = Open("2024-07");
  // Three units at task 1, two at task 2, two groups at task 3.
  EXPECT_EQ(period["counts"]["empty"], 7);
  EXPECT_EQ(period["due"], "2024-07-31");
  EXPECT_EQ(On(period, "1").size(), 3u);
  json board = desk_->periods().Board({period["id"].get<int64_t>()}, true, "", 50, desk_.me).value().Value();
  EXPECT_EQ(board["items"].size(), 7u);
  EXPECT_EQ(board["items"][0]["cells"].size(), 1u);
}

TEST(Group, SaysWhomItStandsFor) {
  auto levels = [](const char* name) {
    auto meaning = MeaningOfGroup(name);
    std::string all = meaning ? meaning->organ : "";
    for (const auto& level : meaning ? meaning->levels : std::vector<std::string>()) all += " " + level;
    return all;
  };
  EXPECT_EQ(levels("各地（州、市）党委"), "党委 prefecture");
  EXPECT_EQ(levels("各设区市政府"), "政府 prefecture");
  EXPECT_EQ(levels("各县（市、区）政府"), "政府 county");
  EXPECT_EQ(levels("各市、县（区）生态环境局"), "生态环境局 prefecture county");
  EXPECT_EQ(levels("相关市（州）党委"), "党委 prefecture");
  EXPECT_EQ(levels("各地"), "");
  EXPECT_EQ(levels("青河市党委"), "");
}

// The made-up province's prefectures; `more` lines behind them.
void LayRegions(Desk& desk, const std::string& more = "") {
  desk.vocabulary = desk.folder() / "vocab";
  std::filesystem::create_directories(desk.vocabulary / "regions");
  std::ofstream(desk.vocabulary / "regions" / "own.csv")
      << "code,name,short_names,level,parent\n990000,云川省,,region,\n990100,青河市,,prefecture,990000\n"
         "990200,白石市,,prefecture,990000\n"
      << more;
  desk.Open();
}

TEST(Group, IsAskedAsItsMembers) {
  for (bool all : {true, false}) {
    Desk desk(all ? "group-all" : "group-some");
    LayRegions(desk, all ? "" : "990300,白沙市,,prefecture,990000\n");
    desk.Import(TaskListText());
    json period = desk->periods().Open({"2024-07", {}, {}}, desk.me).value();
    // Task 3 goes to the 党委 and the 政府 of both cities; with a third city unknown, to the groups as well.
    EXPECT_EQ(period["counts"]["empty"], all ? 9 : 11);
    json board = desk->periods().Board({period["id"].get<int64_t>()}, false, "", 50, desk.me).value().Value();
    size_t squares = 0;
    bool group = false;
    for (const auto& row : board["items"]) {
      squares += row["cells"].size();
      group = group || row["unit"]["name"] == "各地（州、市）党委";
    }
    EXPECT_EQ(squares, all ? 9u : 11u);
    EXPECT_EQ(group, !all) << "nobody is passed over unseen";
  }
}

TEST_F(DispatchTest, APeriodIsOpenedOnce) {
  Open("2024-07");
  EXPECT_EQ(desk_->periods().Open({"2024-07", {}, {}}, desk_.me).error().id, "period.exists");
  EXPECT_EQ(desk_->periods().Open({"2024-13", {}, {}}, desk_.me).error().id, "period.code");
  EXPECT_EQ(desk_->periods().Open({"2024-08", Date::Make(2024, 7, 1), {}}, desk_.me).error().id,
            "period.due");
  EXPECT_EQ(desk_->periods().Open({"2024-08", {}, {{99}}}, desk_.me).error().id, "round.not_found");
}

TEST_F(DispatchTest, ThePagesOfABoardHoldEveryUnitOnce) {
  json period = Open("2024-07");
  std::set<int64_t> seen;
  std::string after;
  for (int pages = 0; pages < 10; ++pages) {
    json page =
        desk_->periods().Board({period["id"].get<int64_t>()}, false, after, 3, desk_.me).value().Value();
    for (const auto& item : page["items"]) EXPECT_TRUE(seen.insert(item["unit"]["id"].get<int64_t>()).second);
    if (page["next"].is_null()) break;
    after = page["next"];
  }
  EXPECT_EQ(seen.size(), 7u);
}

TEST_F(DispatchTest, TheLaterOfTwoIsToldAndNothingIsOverwritten) {
  json line = On(Open("2024-07"), "2")[0];
  ASSERT_TRUE(Save(line, {{"text", "先写的。"}}).ok());
  auto late = Save(line, {{"text", "后写的。"}});
  EXPECT_EQ(late.error().id, "report.changed");
  EXPECT_EQ(late.error().code, Code::kConflict);
  EXPECT_EQ(desk_->reporting().Get({line["id"].get<int64_t>()}, desk_.me).value()["text"], "先写的。");
}

TEST_F(DispatchTest, WhatIsMissingIsNamedBeforeItIsSubmitted) {
  json report = On(Open("2024-07"), "2")[0];
  EXPECT_EQ(Submit(report).error().id, "report.no_state");
  report = Save(report, {{"state", "in_progress"}}).value();
  EXPECT_EQ(Submit(report).error().id, "report.no_schedule");
  report = Save(report, {{"on_schedule", false}}).value();
  EXPECT_EQ(Submit(report).error().id, "report.no_reason");
  report = Save(report, {{"reason", "施工期短。"}}).value();
  EXPECT_EQ(Submit(report).error().id, "report.no_text");
  report = Save(report, {{"text", "已修复10处。"}}).value();
  EXPECT_EQ(Submit(report).value()["status"], "submitted");
}

TEST_F(DispatchTest, WhatIsSubmittedIsLockedUntilItIsReturned) {
  json period = Open("2024-07");
  json sent = Answer(On(period, "2")[0], "已修复10处。");
  EXPECT_EQ(Save(sent, {{"text", "改。"}}).error().id, "report.locked");
  EXPECT_EQ(Return(period, sent, " ").error().id, "report.no_remark");
  ASSERT_TRUE(Return(period, sent, "请补充面积。").ok());
  EXPECT_EQ(Counts(period)["returned"], 1);
  json back = desk_->reporting().Get({sent["id"].get<int64_t>()}, desk_.me).value();
  EXPECT_EQ(back["remark"], "请补充面积。");
  json again = Submit(Save(back, {{"text", "已修复10处、300亩。"}}).value()).value();
  ASSERT_TRUE(Accept(period, {again}).ok());
  EXPECT_EQ(Counts(period),
            json({{"empty", 6}, {"draft", 0}, {"submitted", 0}, {"returned", 0}, {"accepted", 1}}));
  EXPECT_EQ(Accept(period, {again}).error().id, "report.not_submitted");
}

TEST_F(DispatchTest, StandstillIsShownAndAFallingTotalIsAskedAbout) {
  json july = Open("2024-07");
  Answer(On(july, "2")[0], "已修复10处。", 10);
  json line = On(Open("2024-08"), "2")[0];
  json fallen = Save(line, {{"state", "in_progress"},
                            {"on_schedule", true},
                            {"text", "已修复 8 处。"},
                            {"figures", {{{"name", "完成修复矿坑"}, {"value", 8}, {"unit", "处"}}}}})
                    .value();
  EXPECT_EQ(fallen["last"]["text"], "已修复10处。");
  EXPECT_EQ(fallen["last"]["period"], "2024年7月");
  ASSERT_EQ(fallen["questions"].size(), 1u);
  EXPECT_EQ(fallen["questions"][0]["kind"], "falling");
  EXPECT_EQ(Submit(fallen).error().id, "report.falling");
  json explained = fallen["figures"];
  explained[0]["note"] = "复核时剔除重复的2处。";
  ASSERT_TRUE(Submit(Save(fallen, {{"figures", explained}}).value()).ok());

  json other = On(july, "2")[1];
  Answer(other, "已修复10处。", 10);
  json same = On(Open("2024-09"), "2")[1];
  same = Save(same, {{"text", "已修复 10 处。"},
                     {"figures", {{{"name", "完成修复矿坑"}, {"value", 10}, {"unit", "处"}}}}})
             .value();
  EXPECT_EQ(same["still"], true);
  EXPECT_EQ(same["questions"][0]["kind"], "still");
}

TEST_F(DispatchTest, AcceptedAnswersMoveTheTaskItsCountsAndTheChain) {
  json period = Open("2024-07");
  auto lines = On(period, "1");
  std::vector<json> sent;
  for (const auto& line : lines) sent.push_back(Answer(line, "提标改造完成。", 1, "completed"));
  ASSERT_TRUE(Accept(period, {sent[0]}).ok());
  EXPECT_EQ(desk_.Task(list_, "1")["state"], "in_progress") << "two have yet to be accepted";
  ASSERT_TRUE(Accept(period, {sent[1], sent[2]}).ok());
  EXPECT_EQ(desk_.Task(list_, "1")["state"], "completed");
  TaskFilter completed;
  completed.states = {TaskState::kCompleted};
  EXPECT_EQ(desk_.List(completed)["total"], 1);
  EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
  EXPECT_TRUE(On(Open("2024-08"), "1").empty()) << "completed tasks are not asked about";
}

TEST_F(DispatchTest, EveryActIsOneEvent) {
  json period = Open("2024-07");
  auto count = [&] { return desk_.Verify()["events"].get<int64_t>(); };
  int64_t before = count();
  json sent = Answer(On(period, "2")[0], "已修复10处。");
  EXPECT_EQ(count(), before + 2) << "drafted, submitted";
  Accept(period, {sent}).value();
  EXPECT_EQ(count(), before + 3);
}

TEST_F(DispatchTest, OneOfManyThatCannotBeAcceptedLeavesAllAsTheyWere) {
  json period = Open("2024-07");
  auto lines = On(period, "1");
  json sent = Answer(lines[0], "提标改造完成。");
  EXPECT_EQ(Accept(period, {sent, lines[1]}).error().id, "report.not_submitted");
  EXPECT_EQ(Counts(period)["submitted"], 1);
}

TEST_F(DispatchTest, AUnitSeesAndWritesItsOwnOnly) {
  json period = Open("2024-07");
  auto lines = On(period, "1");
  Actor reporter{"李四", {}, {lines[0]["unit"]["id"].get<int64_t>()}, RoleBit(Role::kReporter), false};
  PeriodId id{period["id"].get<int64_t>()};
  json seen = desk_->periods().Reports(id, {}, std::nullopt, "", 50, reporter).value().Value()["items"];
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0]["id"], lines[0]["id"]);
  EXPECT_EQ(desk_->periods().Board(id, false, "", 50, reporter).value().Value()["items"].size(), 1u);
  ReportId other{lines[1]["id"].get<int64_t>()};
  EXPECT_EQ(desk_->reporting().Get(other, reporter).error().code, Code::kForbidden);
  EXPECT_EQ(desk_->reporting().Save(other, 1, "{}", reporter).error().id, "report.not_yours");
  EXPECT_EQ(desk_->periods().Get(id, reporter).value()["counts"]["empty"], 1);
}

TEST_F(DispatchTest, AClosedPeriodTakesNoAnswers) {
  json period = Open("2024-07");
  PeriodId id{period["id"].get<int64_t>()};
  ASSERT_TRUE(desk_->periods().Close(id, desk_.me).ok());
  EXPECT_EQ(Save(On(period, "2")[0], {{"text", "迟了。"}}).error().id, "period.closed");
  EXPECT_EQ(desk_->periods().Close(id, desk_.me).error().id, "period.closed");
}

TEST_F(DispatchTest, WhatIsNoContentIsRefusedByName) {
  json line = On(Open("2024-07"), "2")[0];
  EXPECT_EQ(Save(line, {{"sate", "completed"}}).error().where, "sate");
  EXPECT_EQ(Save(line, {{"state", "not_stated"}}).error().where, "state");
  EXPECT_EQ(Save(line, {{"figures", {{{"name", "矿坑"}}}}}).error().where, "figures");
  EXPECT_EQ(Save(line, {{"text", std::string(10'001, 'x')}}).error().where, "text");
  EXPECT_EQ(Save(line, json::array()).error().id, "report.bad");
}

// Answers are put to the test like documents, and against what the unit said a period ago.
TEST_F(DispatchTest, AnswersOfAPeriodAreChecked) {
  auto july = Open("2024-07");
  Answer(On(july, "2")[0], "累计完成矿坑修复119处。计划投资800万元，已完成投资400万元，完成率50.00%。");
  ASSERT_TRUE(desk_->checks().CheckAll().ok());
  EXPECT_EQ(desk_->checks().List({}).value()["total"], 0) << desk_->checks().List({}).value().dump(1);
  auto august = Open("2024-08");
  json figures = json::array();
  json saved = Save(On(august, "2")[0],
                    {{"state", "in_progress"},
                     {"on_schedule", true},
                     {"text", "累计完成矿坑修复116处。计划投资800万元，已完成投资500万元，完成率72.50%。"},
                     {"figures", figures}})
                   .value();
  ASSERT_TRUE(Submit(saved).ok());
  ASSERT_TRUE(desk_->checks().CheckAll().ok());
  json list = desk_->checks().List({}).value();
  std::set<std::string> kinds;
  for (const auto& f : list["items"]) {
    kinds.insert(f["kind"].get<std::string>());
    EXPECT_EQ(f["units"], json::array({On(august, "2")[0]["unit"]["name"]}));
    EXPECT_FALSE(f["task_id"].is_null());
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"contradiction", "ratio"})) << list.dump(1);
}

TEST_F(DispatchTest, WhoeverChangesAnAnswerBehindTheOfficeIsFound) {
  json period = Open("2024-07");
  json sent = Answer(On(period, "2")[0], "已修复10处。");
  ASSERT_TRUE(Return(period, sent, "请补充面积。").ok());
  EXPECT_EQ(desk_.Verify()["breaks"], json::array());
  std::string id = sent["id"].dump(), other = On(period, "1")[0]["id"].dump();
  struct Case {
    std::string what, sql, undo;
  };
  for (const auto& c : std::vector<Case>{
           {"report", "UPDATE reports SET body = '已修复20处。' WHERE id = " + id,
            "UPDATE reports SET body = '已修复10处。' WHERE id = " + id},
           {"report", "UPDATE reports SET remark = '' WHERE id = " + id,
            "UPDATE reports SET remark = '请补充面积。' WHERE id = " + id},
           {"report", "UPDATE reports SET body = '写进来的。' WHERE id = " + other,
            "UPDATE reports SET body = '' WHERE id = " + other},
           {"period", "UPDATE periods SET due = '2024-08-31'", "UPDATE periods SET due = '2024-07-31'"},
           {"period", "UPDATE periods SET closed = 1", "UPDATE periods SET closed = 0"},
           {"count", "UPDATE period_units SET accepted = 1 WHERE unit_id = 0",
            "UPDATE period_units SET accepted = 0 WHERE unit_id = 0"}}) {
    desk_.Tamper(c.sql);
    json breaks = desk_.Verify()["breaks"];
    ASSERT_EQ(breaks.size(), 2u) << c.sql << ": the row, and the seal of its table " << breaks.dump();
    EXPECT_EQ(breaks[0]["what"], c.what) << c.sql;
    desk_.Tamper(c.undo);
    ASSERT_EQ(desk_.Verify()["breaks"], json::array()) << c.undo;
  }
  desk_.Tamper("DELETE FROM reports WHERE id = " + other);
  std::string told = desk_.Verify()["breaks"].dump();
  EXPECT_THAT(told, testing::HasSubstr("开始时有7份待报，现在有6份"));
}

TEST_F(DispatchTest, CountsAreMadeAnewByRebuild) {
  json period = Open("2024-07");
  Answer(On(period, "2")[0], "已修复10处。");
  json counts = Counts(period);
  desk_.Tamper("UPDATE period_units SET submitted = 9, owes = 0");
  EXPECT_FALSE(desk_.Verify()["ok"]);
  ASSERT_TRUE(desk_->keeping().Rebuild(desk_.me).ok());
  EXPECT_EQ(Counts(period), counts);
  EXPECT_EQ(desk_.Verify()["breaks"], json::array());
}

}  // namespace
}  // namespace zg
