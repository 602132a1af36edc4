// Close-out with a clock that the test moves: the whole life of a task, and what must not be possible.
#include "ledger/case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "office/cases.h"
#include "office/core.h"
#include "office/desk.h"
#include "store/due.h"
#include "store/evidence.h"
#include "store/units.h"

namespace zg {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr RoleSet Only(Role role) {
  return RoleBit(role);
}

class CaseTest : public testing::Test {
 protected:
  CaseTest() : desk_("cases"), document_(desk_.Import(TaskListText())) {}

  TaskId Id(const std::string& path) { return {desk_.Task(document_, path)["id"].get<int64_t>()}; }
  json Case(const std::string& path) { return desk_->cases().Get(Id(path), desk_.me).value(); }
  Result<json> Try(const std::string& path, const std::string& step, Actor actor = Actor{"张三"}) {
    CaseStepRequest request{step, "情况属实。", "同意。", {}, Case(path)["revision"].get<int64_t>()};
    return desk_->cases().Take(Id(path), request, actor);
  }
  std::string Take(const std::string& path, const std::string& step) {
    auto after = Try(path, step);
    EXPECT_TRUE(after.ok()) << step << ": " << (after.ok() ? "" : after.error().message);
    return after.ok() ? (*after)["state"]["title"].get<std::string>() : "";
  }
  EvidenceId Add(const std::string& path, const std::string& kind) {
    TaskId task = Id(path);
    return desk_->core()
        .store
        ->Write([&](store::Session& s) {
          Evidence e;
          e.kind = kind;
          e.title = e.name = kind;
          e.format = "pdf";
          e.sha256 = e.sm3 = std::string(64, 'a');
          e.uploaded_at = desk_.clock.NowIso();
          e.uploaded_by = "张三";
          e.ties = {{"task", task.value, task}};
          return store::InsertEvidence(s, e);
        })
        .value();
  }
  void Go(const char* day) { desk_.clock.Set(Date::ParseIso(day).value()); }
  int64_t Events() { return desk_.Verify()["events"].get<int64_t>(); }
  void Sound() {
    // The desk's evidence has no events of its own: only what is said of cases and counts matters here.
    json report = desk_.Verify();
    for (const auto& b : report["breaks"])
      if (b["what"] == "case" || b["what"] == "count" || b["what"] == "event") ADD_FAILURE() << b;
  }
  // Through to close-out, from where its list put it.
  void CloseOut(const std::string& path) {
    Take(path, "start");
    Take(path, "finish");
    for (const char* kind : {"self_check", "summary", "acceptance", "public_notice"}) Add(path, kind);
    Take(path, "apply");
    Take(path, "accept");
    desk_.clock.Advance(std::chrono::hours(24 * 15));
    Take(path, "submit");
    Take(path, "close");
  }
  std::vector<std::string> Trail(const std::string& path) {
    std::vector<std::string> trail;
    json c = Case(path);
    for (const auto& h : c["history"]) trail.push_back(h["title"]);
    std::reverse(trail.begin(), trail.end());
    return trail;
  }

  Desk desk_;
  int64_t document_;
};

TEST_F(CaseTest, TasksBeginWithTheirDocument) {
  for (const char* path : {"1", "2", "3"}) {
    json c = Case(path);
    EXPECT_EQ(c["state"]["title"], "未启动");
    EXPECT_EQ(c["cycle"], 1);
    EXPECT_EQ(c["workflow"]["id"], "region");
    EXPECT_EQ(c["due"], "2024-07-26") << "20 working days after Sunday 30 June";
    EXPECT_TRUE(c["history"].empty());
  }
  EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
}

TEST_F(CaseTest, TheWholeLifeWithAReturnANoticeOverAHolidayAndAReboundIntoASecondCycle) {
  Go("2024-07-01");
  EXPECT_EQ(Take("1", "start"), "整改中");
  EXPECT_EQ(Case("1")["due"], "2024-12-31") << "the task's own deadline";
  Go("2024-08-30");
  EXPECT_EQ(Take("1", "finish"), "自验");
  EXPECT_THAT(Try("1", "apply").error().message, HasSubstr("自验报告"));
  Add("1", "self_check");
  Add("1", "summary");
  EXPECT_EQ(Take("1", "apply"), "州级（行业）验收");
  EXPECT_EQ(Try("1", "accept").error().id, "case.evidence");

  EXPECT_EQ(Take("1", "return"), "整改中") << "sent back";
  Go("2024-09-20");
  Take("1", "finish");
  Take("1", "apply");
  Add("1", "acceptance");
  Go("2024-09-27");
  EXPECT_EQ(Take("1", "accept"), "公示");
  Add("1", "public_notice");
  Go("2024-10-08");
  EXPECT_EQ(Try("1", "submit").error().id, "case.notice") << "the holiday does not count";
  Go("2024-10-10");
  EXPECT_EQ(Try("1", "submit").error().id, "case.notice") << "its fifth working day";
  Go("2024-10-11");
  EXPECT_EQ(Take("1", "submit"), "自治区验收");
  EXPECT_EQ(Take("1", "close"), "销号");
  EXPECT_EQ(Take("1", "publish"), "公开");
  EXPECT_EQ(Try("1", "keep").error().id, "case.long_term") << "has an end date";

  Go("2025-05-06");
  EXPECT_EQ(Take("1", "look_back"), "回头看");
  EXPECT_EQ(Case("1")["back"]["title"], "公开");
  EXPECT_EQ(Take("1", "rebound"), "整改中");
  EXPECT_EQ(Case("1")["cycle"], 2);
  Take("1", "finish");
  EXPECT_EQ(Try("1", "apply").error().id, "case.evidence") << "the old file is kept, but counts no more";
  desk_.clock.Advance(std::chrono::minutes(1));
  Add("1", "self_check");
  Add("1", "summary");
  EXPECT_EQ(Take("1", "apply"), "州级（行业）验收");
  EXPECT_THAT(Trail("1"),
              ElementsAre("启动整改", "整改完成，开展自验", "自验合格，申请验收", "退回继续整改",
                          "整改完成，开展自验", "自验合格，申请验收", "验收通过，进入公示",
                          "公示期满，提请自治区验收", "验收通过，准予销号", "向社会公开", "开展回头看",
                          "反弹，重新整改", "整改完成，开展自验", "自验合格，申请验收"));
  json history = Case("1")["history"];
  EXPECT_EQ(history[0]["cycle"], 2);
  EXPECT_EQ(history[13]["cycle"], 1);
  EXPECT_EQ(history[6]["waited"], 14) << "days in 公示";
  Sound();
}

TEST_F(CaseTest, LongTermTasksAreCheckedAgainAtTheirInterval) {
  CloseOut("2");
  Take("2", "publish");
  Go("2024-08-01");
  EXPECT_EQ(Take("2", "keep"), "长期坚持");
  EXPECT_EQ(Case("2")["due"], "2025-02-01");
  Go("2025-02-02");
  EXPECT_EQ(Case("2")["late"], true);
  EXPECT_EQ(Take("2", "recheck"), "长期坚持");
  json c = Case("2");
  EXPECT_EQ(c["due"], "2025-08-02");
  EXPECT_EQ(c["entered"], "2024-08-01");
  EXPECT_EQ(c["history"][0]["kind"], "recheck");
  Sound();
}

TEST_F(CaseTest, LookBacksAreDrawnBySeedOrChosen) {
  for (const char* path : {"1", "2", "3"}) CloseOut(path);
  auto draw = [&](uint64_t seed) {
    LookBackRequest r;
    r.count = 2;
    r.seed = seed;
    r.text = "抽查。";
    return desk_->cases().LookBack(r, desk_.me);
  };
  int64_t before = Events();
  json drawn = draw(7).value();
  EXPECT_EQ(drawn["candidates"], 3);
  ASSERT_EQ(drawn["chosen"].size(), 2u);
  EXPECT_EQ(Events(), before + 2) << "one event for each task";
  // Taken back, the same seed draws the same ones.
  for (const auto& c : drawn["chosen"]) Take(c["path"], "return");
  EXPECT_EQ(draw(7).value()["chosen"], drawn["chosen"]);
  for (const auto& c : drawn["chosen"]) Take(c["path"], "sound");

  LookBackRequest chosen;
  chosen.tasks = {Id("3")};
  chosen.text = "群众有反映。";
  EXPECT_EQ(desk_->cases().LookBack(chosen, desk_.me).value()["chosen"].size(), 1u);
  EXPECT_EQ(desk_->cases().LookBack(chosen, desk_.me).error().id, "look_back.not_closed");
  EXPECT_EQ(Case("3")["state"]["title"], "回头看");
  Sound();
}

TEST_F(CaseTest, OneThatCannotBeLookedBackAtLeavesAllAsTheyWere) {
  CloseOut("1");
  LookBackRequest r;
  r.tasks = {Id("1"), Id("2")};
  r.text = "抽查。";
  int64_t before = Events();
  EXPECT_EQ(desk_->cases().LookBack(r, desk_.me).error().id, "look_back.not_closed");
  EXPECT_EQ(Case("1")["state"]["title"], "销号");
  EXPECT_EQ(Events(), before);
}

TEST_F(CaseTest, TheLaterOfTwoIsToldAndNothingIsOverwritten) {
  int64_t revision = Case("1")["revision"].get<int64_t>();
  CaseStepRequest request{"start", "已部署。", "", {}, revision};
  ASSERT_TRUE(desk_->cases().Take(Id("1"), request, desk_.me).ok());
  auto late = desk_->cases().Take(Id("1"), request, desk_.me);
  EXPECT_EQ(late.error().code, Code::kConflict);
  EXPECT_EQ(late.error().id, "case.changed");
  EXPECT_EQ(Trail("1").size(), 1u);
}

TEST_F(CaseTest, EveryStepIsOneEventThatTellsItAll) {
  int64_t before = Events();
  Take("1", "start");
  EXPECT_EQ(Events(), before + 1);
  json event = desk_->tasks().Get(Id("1")).value().Value()["events"][0];
  EXPECT_EQ(event["kind"], "case.step");
  EXPECT_EQ(event["before"]["title"], "未启动");
  EXPECT_EQ(event["after"]["to_title"], "整改中");
  EXPECT_EQ(event["after"]["text"], "情况属实。");
  EXPECT_EQ(event["reason"], "同意。");
}

TEST_F(CaseTest, ARefusedStepChangesNothing) {
  int64_t before = Events();
  EXPECT_FALSE(Try("1", "close").ok());
  EXPECT_FALSE(Try("1", "start", Actor{"李四", {}, {}, Only(Role::kReader)}).ok());
  CaseStepRequest silent{"start", "", "", {}, 1};
  EXPECT_EQ(desk_->cases().Take(Id("1"), silent, desk_.me).error().id, "case.no_text");
  CaseStepRequest lying{"start", "见资料。", "", {{99}}, 1};
  EXPECT_EQ(desk_->cases().Take(Id("1"), lying, desk_.me).error().id, "case.no_evidence");
  EXPECT_EQ(Case("1")["revision"], 1);
  EXPECT_EQ(Events(), before);
}

TEST_F(CaseTest, EvidenceThatAStepRestsOnMustBeOfThatTask) {
  Take("1", "start");
  EvidenceId mine = Add("1", "photo_after"), other = Add("2", "photo_after");
  CaseStepRequest request{"finish", "完成。", "", {other}, 2};
  EXPECT_EQ(desk_->cases().Take(Id("1"), request, desk_.me).error().id, "case.no_evidence");
  request.evidence = {mine};
  json after = desk_->cases().Take(Id("1"), request, desk_.me).value();
  EXPECT_THAT(after["history"][0]["evidence"], ElementsAre(mine.value));
}

TEST_F(CaseTest, AUnitSeesAndMovesItsOwnTasksOnly) {
  UnitId own, stranger;
  json units = desk_->units().Find("", 50).value();
  for (const auto& unit : units["items"]) {
    if (unit["name"] == "白石市政府") own = {unit["id"].get<int64_t>()};
    if (unit["name"] == "青河市政府") stranger = {unit["id"].get<int64_t>()};
  }
  ASSERT_TRUE(own && stranger);
  Actor reporter{"王五", {}, own, Only(Role::kReporter), false};
  Actor foreigner{"赵六", {}, stranger, Only(Role::kReporter), false};
  EXPECT_TRUE(desk_->cases().Get(Id("2"), reporter).ok());
  EXPECT_EQ(desk_->cases().Get(Id("1"), reporter).error().id, "task.not_found");
  EXPECT_EQ(Try("2", "start", foreigner).error().code, Code::kNotFound);
  json started = Try("2", "start", reporter).value();
  EXPECT_EQ(started["history"][0]["unit"], "白石市政府");
  Take("2", "finish");
  for (const char* kind : {"self_check", "summary", "acceptance"}) Add("2", kind);
  Take("2", "apply");
  EXPECT_EQ(Try("2", "accept", reporter).error().id, "case.not_yours");
  json board = desk_->cases().Board({}, reporter).value().Value();
  int64_t seen = 0;
  for (const auto& item : board["items"]) seen += item["total"].get<int64_t>();
  EXPECT_EQ(seen, 2) << "its own, and the one of every prefecture";
  CaseQuery all{"region", "not_started", {}, {}, false, "", 50};
  EXPECT_EQ(desk_->cases().List(all, reporter).value().Value()["items"].size(), 1u);
  EXPECT_EQ(desk_->cases().List(all, desk_.me).value().Value()["items"].size(), 2u);
}

TEST_F(CaseTest, TheBoardCountsAndPagesWhatWaits) {
  Go("2024-07-01");
  Take("1", "start");
  Go("2024-08-15");
  json board = desk_->cases().Board({}, desk_.me).value().Value()["items"];
  json region;
  for (const auto& item : board)
    if (item["workflow"] == "region") region = item;
  EXPECT_EQ(region["total"], 3);
  EXPECT_EQ(region["states"][0]["n"], 2);
  EXPECT_EQ(region["states"][0]["late"], 2);
  EXPECT_EQ(region["states"][0]["oldest_days"], 46);
  EXPECT_EQ(region["states"][1]["n"], 1);
  CaseQuery q{"region", "not_started", {}, {}, false, "", 1};
  json first = desk_->cases().List(q, desk_.me).value().Value();
  q.after = first["next"];
  json second = desk_->cases().List(q, desk_.me).value().Value();
  EXPECT_EQ(first["items"][0]["path"], "2");
  EXPECT_EQ(second["items"][0]["path"], "3");
  EXPECT_TRUE(second["next"].is_null());
  CaseQuery late{"", "", {}, {}, true, "", 50};
  EXPECT_EQ(desk_->cases().List(late, desk_.me).value().Value()["items"].size(), 2u);
  q.after = "nonsense";
  EXPECT_EQ(desk_->cases().List(q, desk_.me).error().id, "parameter.after");
  CaseQuery none;
  EXPECT_EQ(desk_->cases().List(none, desk_.me).error().id, "case.place");
}

TEST_F(CaseTest, CountsFollowADeadlineThatIsCorrectedAndATaskThatGoes) {
  Take("1", "start");
  json task = desk_->tasks().Get(Id("1")).value().Value();
  TaskChange change{"deadline", "\"2024年5月底前\"", "核对原文。", task["revision"].get<int64_t>()};
  ASSERT_TRUE(desk_->tasks().Change(Id("1"), change, desk_.me).ok());
  EXPECT_EQ(Case("1")["due"], "2024-05-31");
  EXPECT_EQ(Case("1")["late"], true);
  Sound();
  ASSERT_TRUE(desk_->keeping().Rebuild(desk_.me).ok());
  Sound();
}

TEST_F(CaseTest, ATaskKeepsTheVersionOfTheWorkflowItBeganWith) {
  auto folder = desk_.folder() / "workflows";
  std::filesystem::create_directories(folder);
  std::string text = WorkflowSet::Builtin().Find("region")->source;
  size_t at = text.find("notice_days = 5");
  ASSERT_NE(at, text.npos);
  std::ofstream(folder / "region.toml") << text.replace(at, 15, "notice_days = 7");
  desk_.Open(folder);
  std::string more = TaskListText();
  more.replace(more.find("第二轮"), std::string("第二轮").size(), "第三轮");
  int64_t fresh = desk_.Import(more, "第三轮.txt");
  TaskId old_task = Id("1"), new_task{desk_.Task(fresh, "1")["id"].get<int64_t>()};
  json old_case = desk_->cases().Get(old_task, desk_.me).value();
  json new_case = desk_->cases().Get(new_task, desk_.me).value();
  EXPECT_NE(old_case["workflow"]["version"], new_case["workflow"]["version"]);
  // The notice of the one in flight still runs five days.
  Take("1", "start");
  Take("1", "finish");
  for (const char* kind : {"self_check", "summary", "acceptance", "public_notice"}) Add("1", kind);
  Take("1", "apply");
  Take("1", "accept");
  EXPECT_THAT(Case("1")["steps"][0]["requirements"][0]["message"], HasSubstr("公示满5个工作日"));
  json versions = desk_->cases().Workflows(desk_.me).value()["items"];
  EXPECT_EQ(std::count_if(versions.begin(), versions.end(),
                          [](const json& v) { return v["workflow"] == "region"; }),
            2);
  Sound();
}

TEST_F(CaseTest, AnOlderLedgerGetsItsCasesAtTheFirstStartAndOnlyThen) {
  desk_->core().store->Write([&](store::Session& s) {
    s.Execute("DELETE FROM case_facets");
    s.Execute("DELETE FROM case_counts");
    s.Execute("DELETE FROM task_cases");
  });
  desk_.Open();
  EXPECT_EQ(Case("1")["state"]["title"], "未启动");
  int64_t events = Events();
  desk_.Open();
  EXPECT_EQ(Events(), events);
  json board = desk_->cases().Board({}, desk_.me).value().Value()["items"];
  int64_t total = 0;
  for (const auto& item : board) total += item["total"].get<int64_t>();
  EXPECT_EQ(total, 3);
}

TEST_F(CaseTest, VerifyNamesACaseThatWasMovedBehindItsBack) {
  Take("1", "start");
  TaskId moved = Id("1"), begun = Id("2");
  EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
  auto tamper = [&](const std::string& sql) {
    ASSERT_TRUE(desk_->core().store->Write([&](store::Session& s) { s.Execute(sql); }).ok());
    bool named = false;
    json report = desk_.Verify();
    for (const auto& b : report["breaks"]) named = named || b["what"] == "case";
    EXPECT_TRUE(named) << sql;
  };
  std::string of_moved = " WHERE task_id = " + std::to_string(moved.value);
  std::string of_begun = " WHERE task_id = " + std::to_string(begun.value);
  tamper("UPDATE task_cases SET state = 'closed'" + of_moved);
  ASSERT_TRUE(desk_->core()
                  .store
                  ->Write([&](store::Session& s) {
                    s.Execute("UPDATE task_cases SET state = 'rectifying'" + of_moved);
                  })
                  .ok());
  EXPECT_TRUE(desk_.Verify()["ok"]) << "as it was";
  tamper("UPDATE task_cases SET state = 'closed'" + of_begun);
  tamper("UPDATE task_cases SET state = 'closed', begun_state = 'closed'" + of_begun);
  tamper("DELETE FROM task_cases" + of_begun);
}

// What waits for a unit on a side is found by rows of that side, and by looking at each task: the same.
TEST_F(CaseTest, WhatWaitsForAUnitIsFoundByTheSideItStandsOn) {
  Take("1", "start");
  Take("2", "start");
  Take("2", "finish");
  size_t found = 0;
  auto compared = desk_->core().store->Read([&](store::Session& s) {
    EXPECT_TRUE(store::SidesAreKept(s));
    std::vector<std::string> places;
    s.Each<std::string>(store::Query{"places", "SELECT DISTINCT place FROM case_counts ORDER BY place"},
                        [&](std::string& place) { places.push_back(place); });
    std::vector<UnitId> units;
    s.Each<int64_t>(store::Query{"units", "SELECT id FROM units ORDER BY id"},
                    [&](int64_t id) { units.push_back({id}); });
    for (UnitId unit : units) {
      if (store::HasUnitsUnder(s, unit)) continue;
      for (const auto& place : places) {
        for (auto at :
             {store::StandsAt::kResponsible, store::StandsAt::kAcceptance, store::StandsAt::kEither}) {
          for (int limit : {1, 2, 50}) {
            auto ask = [&](bool by_side) {
              std::vector<std::pair<std::string, int64_t>> all;
              for (const auto& step :
                   store::StepsWaiting(s, unit, place, *Date::Make(2030, 1, 1), limit, at, by_side))
                all.emplace_back(step.due, step.task.value);
              return all;
            };
            EXPECT_EQ(ask(true), ask(false))
                << "unit " << unit.value << " at " << place << ", side " << int(at);
            found += ask(true).size();
          }
        }
      }
    }
  });
  EXPECT_TRUE(compared.ok());
  EXPECT_GT(found, 10u);
}

TEST_F(CaseTest, VerifyNamesASideThatIsMissing) {
  ASSERT_TRUE(desk_->core()
                  .store
                  ->Write([&](store::Session& s) {
                    // With its count, so that nothing but the row itself tells of it.
                    s.Execute("DELETE FROM case_counts WHERE facet >= 8796093022208");
                    s.Execute("DELETE FROM case_facets WHERE facet >= 8796093022208");
                  })
                  .ok());
  json report = desk_.Verify();
  bool named = false;
  for (const auto& b : report["breaks"]) named = named || b["what"] == "count";
  EXPECT_TRUE(named) << report;
}

}  // namespace
}  // namespace zg
