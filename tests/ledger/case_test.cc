// The life of a task, step by step, without a ledger.
#include "ledger/case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace zg {
namespace {

Date D(const char* iso) {
  return Date::ParseIso(iso).value();
}
const Workflow& Region() {
  return *WorkflowSet::Builtin().Find("region");
}
const WorkCalendar& Calendar() {
  return WorkCalendar::Builtin();
}
CaseFacts Complete() {
  CaseFacts facts;
  facts.long_term = true;
  for (const auto& kind : EvidencePlan::Builtin().kinds) facts.evidence[kind.id] = 9;
  return facts;
}
CaseState At(const char* state, const char* entered = "2024-01-02") {
  CaseState s;
  s.state = state;
  s.entered = D(entered);
  if (s.state == "look_back") s.back = "public";
  return s;
}
Result<CaseState> Take(const CaseState& from, const std::string& step, const CaseFacts& facts = Complete(),
                       const CaseActor& actor = {}, Date today = D("2024-06-28")) {
  return TakeStep(Region(), from, facts, actor, {step, "情况属实。", "同意。"}, Calendar(), today);
}

// Every step from every state: taken where the data says so, refused by name everywhere else.
TEST(Case, EveryStepFromEveryState) {
  std::set<std::string> ids = {kReturn};
  for (const auto& step : Region().steps) ids.insert(step.id);
  int taken = 0, refused = 0;
  for (const auto& state : Region().states) {
    std::set<std::string> open;
    for (const auto& step : Region().StepsFrom(state.id)) open.insert(step.id);
    for (const auto& id : ids) {
      auto after = Take(At(state.id.c_str()), id);
      EXPECT_EQ(after.ok(), open.count(id) == 1) << state.title << " " << id;
      if (!after.ok()) {
        EXPECT_EQ(after.error().id, "case.not_here") << state.title << " " << id;
        ++refused;
        continue;
      }
      ++taken;
      const WorkflowStep* step = Region().Step(id);
      std::string to = id == kReturn ? state.return_to : step->to;
      EXPECT_EQ(after->state, to == kBack ? "public" : to) << state.title << " " << id;
    }
  }
  EXPECT_EQ(taken, 25);
  EXPECT_EQ(refused, int(Region().states.size() * ids.size()) - taken);
}

// Every step asked for by every role alone: granted to those whom the data names, to nobody else.
TEST(Case, EveryStepForEveryRole) {
  for (const auto& state : Region().states) {
    for (const auto& step : Region().StepsFrom(state.id)) {
      for (int r = 0; r < kRoles; ++r) {
        Role role = Role(r);
        auto names = [&](Who who) { return std::count(step.who.begin(), step.who.end(), who) > 0; };
        bool may = (role == Role::kReporter && names(Who::kResponsible)) ||
                   (role == Role::kAcceptor && names(Who::kAcceptance)) ||
                   (role == Role::kClerk && names(Who::kOffice)) ||
                   (role == Role::kLeader && (names(Who::kOffice) || names(Who::kLeader))) ||
                   (role == Role::kInspector && names(Who::kInspector)) ||
                   (role == Role::kDiscipline && names(Who::kDiscipline));
        auto after = Take(At(state.id.c_str()), step.id, Complete(), {RoleBit(role), true, true});
        EXPECT_EQ(after.ok(), may) << state.title << " " << step.id << " " << RoleName(role);
        if (!may) {
          EXPECT_EQ(after.error().code, Code::kForbidden);
        }
      }
    }
  }
}

TEST(Case, AUnitThatDoesNotStandAtTheTaskMayNotActForIt) {
  CaseActor stranger{RoleBit(Role::kReporter) | RoleBit(Role::kAcceptor), false, false};
  auto after = Take(At("rectifying"), "finish", Complete(), stranger);
  ASSERT_FALSE(after.ok());
  EXPECT_EQ(after.error().id, "case.not_yours");
  EXPECT_EQ(after.error().message,
            "“整改完成，开展自验”由责任单位办理，请转给他们，或请管理员核对您的单位和角色。");
  EXPECT_FALSE(Take(At("local_acceptance"), "accept", Complete(), stranger).ok());
}

TEST(Case, TheOfficeActsWhereTheTaskNamesNoUnit) {
  CaseFacts nameless = Complete();
  nameless.names_acceptance = false;
  CaseActor clerk{RoleBit(Role::kClerk), false, false};
  EXPECT_FALSE(Take(At("local_acceptance"), "accept", Complete(), clerk).ok());
  EXPECT_TRUE(Take(At("local_acceptance"), "accept", nameless, clerk).ok());
}

TEST(Case, WhatIsMissingIsNamed) {
  CaseFacts facts;
  auto after = Take(At("self_check"), "apply", facts);
  EXPECT_EQ(after.error().id, "case.evidence");
  EXPECT_EQ(after.error().message, "资料还不齐：要有资料“自验报告”1份（已有0份）。请先到资料里补上。");
  facts.evidence = {{"self_check", 1}, {"summary", 1}};
  EXPECT_TRUE(Take(At("self_check"), "apply", facts).ok());
  auto silent =
      TakeStep(Region(), At("self_check"), facts, {}, {"apply", " 　", ""}, Calendar(), D("2024-06-28"));
  EXPECT_EQ(silent.error().id, "case.no_text");
  auto mute =
      TakeStep(Region(), At("upper_acceptance"), facts, {}, {"close", "x", ""}, Calendar(), D("2024-06-28"));
  EXPECT_EQ(mute.error().message, "请写明验收销号意见。");
}

TEST(Case, AReturnNeedsItsReason) {
  for (const auto& state : Region().states) {
    if (state.return_to.empty()) continue;
    auto after = TakeStep(Region(), At(state.id.c_str()), Complete(), {}, {kReturn, "", ""}, Calendar(),
                          D("2024-06-28"));
    EXPECT_EQ(after.error().message, "请写明退回的理由。") << state.title;
  }
}

TEST(Case, ANoticeRunsItsWorkingDaysOverAHolidayAndBlocksUntilTheyAreOver) {
  // Put up on Friday 27 September 2024: 29 and 30 September, 8, 9 and 10 October are its five working days.
  struct Row {
    const char* today;
    bool open;
    const char* message;
  } rows[] = {
      {"2024-09-27", false, "公示满5个工作日（到2024年10月10日），还有5个工作日"},
      {"2024-09-30", false, "公示满5个工作日（到2024年10月10日），还有3个工作日"},
      {"2024-10-07", false, "公示满5个工作日（到2024年10月10日），还有3个工作日"},
      {"2024-10-10", false, "公示满5个工作日（到2024年10月10日），明天起可以办理"},
      {"2024-10-11", true, "公示满5个工作日（到2024年10月10日）"},
  };
  for (const auto& row : rows) {
    auto offers = OfferSteps(Region(), At("notice", "2024-09-27"), Complete(), {}, Calendar(), D(row.today));
    EXPECT_EQ(offers[0].ready(), row.open) << row.today;
    EXPECT_EQ(offers[0].requirements[0].message, row.message);
    auto after = Take(At("notice", "2024-09-27"), "submit", Complete(), {}, D(row.today));
    EXPECT_EQ(after.ok(), row.open);
    if (!row.open) {
      EXPECT_EQ(after.error().id, "case.notice");
    }
  }
}

TEST(Case, OnlyTasksThatAreKeptUpGoOnAsLongTerm) {
  CaseFacts facts = Complete();
  facts.long_term = false;
  EXPECT_EQ(Take(At("public"), "keep", facts).error().id, "case.long_term");
  EXPECT_EQ(Take(At("public"), "keep")->state, "long_term");
}

TEST(Case, ARecheckBeginsTheIntervalAnewAndStaysInItsState) {
  CaseState s = At("long_term", "2024-01-31");
  EXPECT_EQ(CaseDue(Region(), s, {}, Calendar()), D("2024-07-31"));
  auto after = Take(s, "recheck", Complete(), {}, D("2024-08-31"));
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(after->state, "long_term");
  EXPECT_EQ(after->entered, D("2024-01-31"));
  EXPECT_EQ(CaseDue(Region(), *after, {}, Calendar()), D("2025-02-28"));
}

TEST(Case, ALookBackGoesBackToWhereTheTaskWas) {
  for (const char* from : {"closed", "public", "long_term"}) {
    auto aside = Take(At(from), "look_back");
    ASSERT_TRUE(aside.ok());
    EXPECT_EQ(aside->back, from);
    EXPECT_EQ(Take(*aside, "sound")->state, from);
    EXPECT_EQ(Take(*aside, kReturn)->state, from);
    EXPECT_EQ(Take(*aside, "sound")->back, "");
  }
}

TEST(Case, AReboundOpensASecondCycle) {
  auto aside = Take(At("public"), "look_back");
  auto again = Take(*aside, "rebound");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->state, "rectifying");
  EXPECT_EQ(again->cycle, 2);
  EXPECT_EQ(again->back, "");
  EXPECT_EQ(Take(At("notice"), kReturn)->cycle, 1) << "a return stays in its cycle";
}

TEST(Case, EachStateHasItsTime) {
  EXPECT_EQ(CaseDue(Region(), At("rectifying"), D("2024-12-31"), Calendar()), D("2024-12-31"));
  EXPECT_EQ(CaseDue(Region(), At("rectifying"), std::nullopt, Calendar()), std::nullopt);
  EXPECT_EQ(CaseDue(Region(), At("self_check", "2024-09-24"), {}, Calendar()),
            Calendar().AddWorkingDays(D("2024-09-24"), 20));
  EXPECT_EQ(CaseDue(Region(), At("public"), D("2024-12-31"), Calendar()), std::nullopt);
}

TEST(Case, AMistypedStepIsToldItsNeighbour) {
  auto after = Take(At("rectifying"), "finsh");
  EXPECT_EQ(after.error().id, "case.no_step");
  EXPECT_EQ(after.error().message, "流程里没有步骤“finsh”；是不是“finish”？");
}

}  // namespace
}  // namespace zg
