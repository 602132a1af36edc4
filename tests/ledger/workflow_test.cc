// Loading: what is delivered, and the mistakes that are named.
#include "ledger/workflow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace zg {
namespace {

namespace fs = std::filesystem;

const Workflow& Region() {
  return *WorkflowSet::Builtin().Find("region");
}

std::vector<std::string> Titles(const Workflow& workflow) {
  std::vector<std::string> titles;
  for (const auto& state : workflow.states) titles.push_back(state.title);
  return titles;
}

TEST(Workflow, TheTaskLifeIsDelivered) {
  EXPECT_THAT(Titles(Region()), testing::ElementsAre("未启动", "整改中", "自验", "州级（行业）验收", "公示",
                                                     "自治区验收", "销号", "公开", "长期坚持", "回头看"));
  EXPECT_EQ(&WorkflowSet::Builtin().ForLevel(RoundLevel::kCentral), &Region());
  EXPECT_EQ(WorkflowSet::Builtin().ForLevel(RoundLevel::kPrefecture).id, "prefecture");
  EXPECT_LT(WorkflowSet::Builtin().ForLevel(RoundLevel::kPrefecture).states.size(), Region().states.size());
}

TEST(Workflow, EveryStateButTheFirstTwoHasAReturn) {
  for (const auto& state : Region().states) {
    bool has = Region().StepsFrom(state.id).back().kind == StepKind::kReturn;
    EXPECT_EQ(has, state.id != "not_started" && state.id != "rectifying") << state.title;
  }
}

TEST(Workflow, TasksBeginWhereTheirDocumentsSayTheyAre) {
  EXPECT_EQ(Region().BeginState("task_list", TaskState::kNotStated), "not_started");
  EXPECT_EQ(Region().BeginState("progress_report", TaskState::kInProgress), "rectifying");
  EXPECT_EQ(Region().BeginState("progress_report", TaskState::kCompleted), "self_check");
  EXPECT_EQ(Region().BeginState("report", TaskState::kCompleted), "closed");
}

// A small workflow that is right; each row below spoils it in one place.
const char* const kSmall = R"(id = "small"
title = "小流程"
applies = ["prefecture"]
[begin]
not_stated = "open"
not_started = "open"
in_progress = "open"
completed = "check"
ongoing = "open"
[[state]]
id = "open"
title = "整改中"
[[state]]
id = "check"
title = "验收"
return_to = "open"
return_who = ["office"]
[[state]]
id = "done"
title = "销号"
closed = true
return_to = "open"
return_who = ["leader"]
[[step]]
id = "apply"
title = "申请验收"
from = "open"
to = "check"
who = "responsible"
evidence = { summary = 1 }
[[step]]
id = "close"
title = "准予销号"
from = "check"
to = "done"
who = "leader"
)";

std::string Fault(const std::string& text) {
  auto made = ParseWorkflow(text, "small.toml", &EvidencePlan::Builtin());
  return made.ok() ? "" : made.error().where + " " + made.error().message;
}
std::string Spoiled(const std::string& what, const std::string& with) {
  std::string text = kSmall;
  size_t at = text.find(what);
  EXPECT_NE(at, text.npos) << what;
  return Fault(text.replace(at, what.size(), with));
}

TEST(Workflow, ARightOneLoads) {
  EXPECT_EQ(Fault(kSmall), "");
}

TEST(Workflow, MistakesAreNamedWithLineAndNeighbour) {
  struct Row {
    const char *what, *with, *fault;
  } rows[] = {
      {"to = \"check\"", "to = \"chek\"", "small.toml:24 没有环节“chek”；是不是“check”？"},
      {"from = \"open\"\nto = \"check\"", "from = \"opne\"\nto = \"check\"",
       "small.toml:24 没有环节“opne”；是不是“open”？"},
      {"return_to = \"open\"\nreturn_who = [\"office\"]", "return_to = \"opn\"\nreturn_who = [\"office\"]",
       "small.toml:13 没有环节“opn”；是不是“open”？"},
      {"completed = \"check\"", "completed = \"chck\"", "small.toml:8 没有环节“chck”；是不是“check”？"},
      {"completed =", "complete =", "small.toml:8 [begin] 里不认识“complete”；是不是“completed”？"},
      {"ongoing = \"open\"\n", "", "small.toml:4 [begin] 缺少“ongoing”（长期坚持）。"},
      {"who = \"responsible\"", "who = \"responsable\"",
       "small.toml:24 不认识办理人“responsable”；是不是“responsible”？"},
      {"{ summary = 1 }", "{ sumary = 1 }", "small.toml:30 资料种类里没有“sumary”；是不是“summary”？"},
      {"{ summary = 1 }", "{ summary = 0 }", "small.toml:30 资料“summary”应写要几份，1到99。"},
      {"[\"prefecture\"]", "[\"prefectur\"]", "small.toml:3 不认识督察层级“prefectur”；是不是“prefecture”？"},
      {"title = \"验收\"", "titel = \"验收\"", "small.toml:13 缺少“title”。"},
      {"return_to = \"open\"\nreturn_who = [\"office\"]", "",
       "small.toml:13 “验收”缺少 return_to：材料不合格时退回到哪个环节。"},
      {"return_who = [\"office\"]", "",
       "small.toml:13 “验收”写了 return_to，还要写 return_who（谁可以退回）。"},
      {"closed = true\n", "", "small.toml:1 没有一个环节写了 closed = true（销号），任务走不到头。"},
      {"from = \"check\"\nto = \"done\"", "from = \"check\"\nto = \"open\"",
       "small.toml:18 没有哪一步通向“销号”，任务永远到不了这里。"},
      {"to = \"done\"", "to = \"back\"",
       "small.toml:31 “验收”不是回头看的环节，没有原处可回，“back”用不上。"},
      {"id = \"close\"", "id = \"apply\"", "small.toml:31 步骤“apply”写了两次。"},
      {"id = \"close\"", "id = \"return\"",
       "small.toml:31 “return”留给退回，请换一个 id；退回写在环节的 return_to 里。"},
      {"id = \"close\"", "id = \"Close\"", "small.toml:31 id“Close”只能用小写字母、数字和下划线。"},
      {"to = \"done\"", "to = \"done\"\nkind = \"rebond\"",
       "small.toml:31 不认识步骤种类“rebond”；是不是“rebound”？"},
      {"to = \"done\"", "to = \"done\"\nkind = \"rebound\"",
       "small.toml:31 步骤“准予销号”要写 text：这一步必须说明情况或理由。"},
      {"to = \"done\"", "to = \"done\"\nkind = \"rebound\"\ntext = \"理由\"",
       "small.toml:31 反弹“准予销号”要通向一个未销号的环节。"},
      {"to = \"done\"", "to = \"done\"\nnotice_days = 0", "small.toml:36 “notice_days”应是1到250的整数。"},
      {"closed = true", "closed = true\nrecheck_months = 6",
       "small.toml:18 “销号”写了 recheck_months，还要有一个 kind = \"recheck\" 的步骤。"},
      {"title = \"小流程\"", "title = \"小流程", "small.toml:2 写法有误，请看这一行的引号、等号和方括号。"},
  };
  for (const auto& row : rows) EXPECT_EQ(Spoiled(row.what, row.with), row.fault) << row.with;
}

TEST(Workflow, ACycleWithoutAWayOutIsNamed) {
  std::string text = kSmall;
  text +=
      "[[state]]\nid = \"loop\"\ntitle = \"复核\"\nreturn_to = \"open\"\nreturn_who = \"office\"\n"
      "[[step]]\nid = \"aside\"\ntitle = \"转复核\"\nfrom = \"check\"\nto = \"loop\"\nwho = \"office\"\n"
      "[[step]]\nid = \"again\"\ntitle = \"再复核\"\nfrom = \"loop\"\nto = \"loop\"\nwho = \"office\"\n";
  EXPECT_EQ(Fault(text), "small.toml:37 从“复核”往前走不到销号，任务会困在里面。");
}

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("zg-workflows-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  void Write(const std::string& name, const std::string& text) { std::ofstream(path_ / name) << text; }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST(Workflow, AnOfficesFolderIsLaidOverWhatIsBuiltIn) {
  Folder folder;
  folder.Write("prefecture.toml", kSmall);
  folder.Write("calendar-2030.toml", "year = 2030\nsource = \"通知\"\nworkdays = [2030-01-06]\n");
  auto set = WorkflowSet::Load(folder.path(), EvidencePlan::Builtin());
  ASSERT_TRUE(set.ok()) << set.error().message;
  EXPECT_EQ(set->ForLevel(RoundLevel::kPrefecture).id, "small");
  EXPECT_EQ(set->ForLevel(RoundLevel::kRegion).digest, Region().digest);
  EXPECT_TRUE(set->calendar.IsWorkday(*Date::Make(2030, 1, 6)));
  EXPECT_TRUE(set->calendar.Knows(2026));
}

TEST(Workflow, WhatIsBuiltInIsHeldAgainstTheOfficesOwnKindsOfEvidence) {
  EvidencePlan own = EvidencePlan::Builtin();
  own.kinds.erase(own.kinds.begin());  // 整改方案: no step asks for it
  EXPECT_TRUE(WorkflowSet::Load("", own).ok());
  own.kinds.clear();
  auto set = WorkflowSet::Load("", own);
  ASSERT_FALSE(set.ok());
  EXPECT_THAT(set.error().message, testing::HasSubstr("资料种类里没有“summary”"));
}

TEST(Workflow, TwoForOneLevelOrNoneAreRefused) {
  Folder folder;
  folder.Write("mine.toml", kSmall);
  EXPECT_EQ(WorkflowSet::Load(folder.path(), EvidencePlan::Builtin()).error().id, "workflow.levels");
  EXPECT_EQ(WorkflowSet::Load(folder.path() / "none", EvidencePlan::Builtin()).error().id, "workflow.folder");
}

}  // namespace
}  // namespace zg
