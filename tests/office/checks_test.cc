// Findings in the ledger: kept, answered for, recomputed when the text changes.
#include "office/checks.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "office/desk.h"
#include "office/keeping.h"
#include "office/views.h"

namespace zg {
namespace {

using testing::HasSubstr;

// A progress report of a made-up city: one wrong share, one sum that holds.
std::string Report(const std::string& share,
                   const std::string& second = "共封堵排污口40处，其中东岸25处、西岸15处。") {
  return "青松市贯彻落实第二轮中央生态环境保护督察报告具体问题整改进展情况\n\n"
         "一、白石河沿岸企业偷排，治理项目推进缓慢。\n责任单位：青松市水利局\n整改时限：2024年底前\n整改进展"
         "情况：正在持续推进\n"
         "1.计划投资12.50亿元，已完成投资5.00亿元，完成率" +
         share + "%。\n2." + second +
         "\n二、玉泉湖周边餐饮油烟扰民。\n责任单位：青松市城管局\n整改时限：2024年底前\n整改进展情况：正在持"
         "续推进\n1.安装净化器30台。\n";
}

class ChecksTest : public testing::Test {
 protected:
  void SetUp() override { desk_ = std::make_unique<Desk>("checks"); }
  Checks& checks() { return desk_->office().checks(); }
  json List(FindingQuery query = {}) { return checks().List(query).value(); }

  std::unique_ptr<Desk> desk_;
};

TEST_F(ChecksTest, WhatDoesNotHoldIsKept) {
  desk_->Import(Report("60.00"), "进展.txt");
  EXPECT_EQ(List()["pending"], 1);
  EXPECT_EQ(checks().CheckAll().value()["documents"], 1);
  json list = List();
  EXPECT_EQ(list["pending"], 0);
  ASSERT_EQ(list["total"], 1) << list.dump(1);
  const json& f = list["items"][0];
  EXPECT_EQ(f["kind"], "ratio");
  EXPECT_EQ(f["severity"], "error");
  EXPECT_EQ(f["path"], "1");
  EXPECT_THAT(f["message"].get<std::string>(), HasSubstr("40%"));
  EXPECT_EQ(f["units"], json::array({"青松市水利局"}));
  EXPECT_EQ(list["counts"]["severity"]["error"], 1);
  json relations = checks().Relations({}).value();
  ASSERT_EQ(relations["total"], 1);
  EXPECT_EQ(relations["items"][0]["expression"], "25 + 15 = 40");
  // Nothing has changed: nothing is checked again.
  EXPECT_EQ(checks().CheckAll().value()["documents"], 0);
}

TEST_F(ChecksTest, ItIsFilteredByUnitKindAndTask) {
  desk_->Import(Report("60.00"), "进展.txt");
  ASSERT_TRUE(checks().CheckAll().ok());
  json all = List();
  ASSERT_EQ(all["units"].size(), 1u);
  FindingQuery query;
  query.unit = UnitId{all["units"][0]["unit_id"].get<int64_t>()};
  EXPECT_EQ(List(query)["total"], 1);
  query.unit = UnitId{9999};
  EXPECT_EQ(List(query)["total"], 0);
  query = {};
  query.kind = "sum";
  EXPECT_EQ(List(query)["total"], 0);
  query = {};
  query.task = TaskId{all["items"][0]["task_id"].get<int64_t>()};
  EXPECT_EQ(List(query)["total"], 1);
}

TEST_F(ChecksTest, AnExplanationStaysAsLongAsTheWords) {
  desk_->Import(Report("60.00"), "进展.txt");
  ASSERT_TRUE(checks().CheckAll().ok());
  int64_t id = List()["items"][0]["id"];
  EXPECT_EQ(checks().Explain(id, " ", desk_->me).error().id, "finding.no_reason");
  json explained = checks().Explain(id, "分母含上年结转资金", desk_->me).value();
  EXPECT_EQ(explained["explained"]["reason"], "分母含上年结转资金");
  FindingQuery open;
  open.explained = false;
  EXPECT_EQ(List(open)["total"], 0);

  // A new version that leaves the sentence alone keeps it; one that changes it does not.
  desk_->Import(Report("60.00", "共封堵排污口41处，其中东岸26处、西岸15处。"), "进展.txt");
  ASSERT_TRUE(checks().CheckAll().ok());
  ASSERT_EQ(List()["total"], 1) << List().dump(1);
  EXPECT_EQ(List()["items"][0]["explained"]["reason"], "分母含上年结转资金");
  desk_->Import(Report("70.00", "共封堵排污口41处，其中东岸26处、西岸15处。"), "进展.txt");
  ASSERT_TRUE(checks().CheckAll().ok());
  ASSERT_EQ(List()["total"], 1);
  EXPECT_TRUE(List()["items"][0]["explained"].is_null());
  EXPECT_TRUE(desk_->office().keeping().Verify().value()["ok"].get<bool>());
}

TEST_F(ChecksTest, AnExplanationCanBeTakenBack) {
  desk_->Import(Report("60.00"), "进展.txt");
  ASSERT_TRUE(checks().CheckAll().ok());
  int64_t id = List()["items"][0]["id"];
  EXPECT_EQ(checks().Reopen(id, "误点", desk_->me).error().id, "finding.not_explained");
  ASSERT_TRUE(checks().Explain(id, "已核对", desk_->me).ok());
  EXPECT_TRUE(checks().Reopen(id, "误点", desk_->me).value()["explained"].is_null());
  EXPECT_EQ(checks().Explain(999, "已核对", desk_->me).error().id, "finding.not_found");
  json events = desk_->office().events().List({}).value().Value();
  EXPECT_EQ(events["items"][0]["kind"], "finding.reopened");
  EXPECT_EQ(events["items"][1]["kind"], "finding.explained");
}

TEST_F(ChecksTest, RebuildMakesThemAgainAndKeepsWhatPeopleSaid) {
  desk_->Import(Report("60.00"), "进展.txt");
  ASSERT_TRUE(checks().CheckAll().ok());
  ASSERT_TRUE(checks().Explain(List()["items"][0]["id"], "已核对", desk_->me).ok());
  ASSERT_TRUE(desk_->office().keeping().Rebuild(desk_->me).ok());
  json list = List();
  ASSERT_EQ(list["total"], 1);
  EXPECT_EQ(list["items"][0]["explained"]["reason"], "已核对");
}

TEST_F(ChecksTest, AMarkChangedFromOutsideIsSeen) {
  desk_->Import(Report("60.00"), "进展.txt");
  ASSERT_TRUE(checks().CheckAll().ok());
  ASSERT_TRUE(checks().Explain(List()["items"][0]["id"], "已核对", desk_->me).ok());
  desk_->Tamper("UPDATE finding_marks SET reason = '无需说明'");
  json report = desk_->office().keeping().Verify().value();
  ASSERT_FALSE(report["ok"].get<bool>());
  EXPECT_EQ(report["breaks"][0]["what"], "finding");
}

TEST_F(ChecksTest, ADraftIsCheckedBeforeItIsCommitted) {
  json import = desk_->Draft(Report("60.00"), "进展.txt");
  json found = checks().OfImport(ImportId{import["id"].get<int64_t>()}).value();
  ASSERT_EQ(found["items"].size(), 1u);
  EXPECT_EQ(found["items"][0]["kind"], "ratio");
  EXPECT_EQ(found["confirmed"], 1);
}

TEST_F(ChecksTest, OtherWordsCheckEverythingAgain) {
  desk_->Import(Report("60.00"), "进展.txt");
  ASSERT_TRUE(checks().CheckAll().ok());
  desk_->vocabulary = desk_->folder() / "vocab";
  std::filesystem::create_directories(desk_->vocabulary);
  std::ofstream(desk_->vocabulary / "checks.toml") << "[count]\nwords = [\"蓬\"]\n";
  desk_->Open();
  EXPECT_EQ(checks().CheckAll().value()["documents"], 1);
  desk_->Open();  // the same words once more
  EXPECT_EQ(checks().CheckAll().value()["documents"], 0);
}

// The same sentence under inspections of two levels.
std::string Handed(const std::string& round) {
  return "青松市贯彻落实" + round +
         "督察报告具体问题整改进展情况\n\n一、白石河沿岸企业偷排，治理项目推进缓慢。\n责任单位：青松市水利局"
         "\n"
         "整改时限：2024年底前\n整改进展情况：正在持续推进\n1.白石河沿岸已建成截污干管并接入青松污水处理厂，"
         "沿岸作坊全部迁入东岸工业园区集中治理，河道水质由市生态环境局逐月监测并向社会公布。\n";
}

CommitRequest OfRegion() {
  Round round;
  round.name = "第一轮省级生态环境保护督察";
  round.level = RoundLevel::kRegion;
  CommitRequest request;
  request.make = round;
  return request;
}

TEST_F(ChecksTest, DocumentsThatComeOneByOneAreHeldAgainstEveryLevel) {
  desk_->Import(Handed("第二轮中央生态环境保护"), "中央.txt");
  ASSERT_TRUE(checks().CheckAll().ok());
  CommitRequest region = OfRegion();
  ASSERT_TRUE(desk_->Commit(desk_->Draft(Handed("第一轮省级生态环境保护"), "省级.txt"), region).ok());
  ASSERT_EQ(checks().CheckAll().value()["documents"], 1);
  FindingQuery copied;
  copied.kind = "copied_text";
  json list = List(copied);
  ASSERT_EQ(list["total"], 1) << List().dump(1);
  EXPECT_NE(list["items"][0]["document_id"], list["items"][0]["related"][0]["document_id"]);
}

TEST_F(ChecksTest, ALinkBetweenRoundsChecksTheLowerDocumentAgain) {
  int64_t central = desk_->Import(Handed("第二轮中央生态环境保护"), "中央.txt");
  CommitRequest region = OfRegion();
  json committed = desk_->Commit(desk_->Draft(Report("60.00"), "省级.txt"), region).value();
  ASSERT_TRUE(checks().CheckAll().ok());
  int64_t lower = committed["document_id"];
  TaskId from{desk_->Task(lower, "1")["id"].get<int64_t>()},
      beside{desk_->Task(lower, "2")["id"].get<int64_t>()};
  TaskId to{desk_->Task(central, "1")["id"].get<int64_t>()};
  ASSERT_TRUE(desk_->office().links().Make(from, "follows_up", beside, desk_->me).ok());
  EXPECT_EQ(checks().CheckAll().value()["documents"], 0);  // within one round nothing is new
  ASSERT_TRUE(desk_->office().links().Make(from, "follows_up", to, desk_->me).ok());
  EXPECT_EQ(checks().CheckAll().value()["documents"], 1);
}

TEST_F(ChecksTest, QuestionsGoOutAsAFile) {
  desk_->Import(Report("60.00"), "进展.txt");
  ASSERT_TRUE(checks().CheckAll().ok());
  EXPECT_THAT(checks().Questions({}, "docx").value().bytes.substr(0, 2), testing::StrEq("PK"));
  EXPECT_THAT(checks().Questions({}, "xlsx").value().name, HasSubstr("核验问询单-"));
  EXPECT_EQ(checks().Questions({}, "pdf").error().id, "parameter.bad");
}

}  // namespace
}  // namespace zg
