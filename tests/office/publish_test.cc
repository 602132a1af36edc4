// Publishing: who may do what, what is frozen, what is hidden.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "office/core.h"
#include "office/desk.h"
#include "office/publishing.h"
#include "store/publications.h"

namespace zg {
namespace {

using testing::HasSubstr;
using testing::Not;

class PublishTest : public testing::Test {
 protected:
  PublishTest() : desk_("publish") {
    document_ = desk_.Import(
        "云川省第二轮中央生态环境保护督察报告整改任务清单\n"
        "一、青河污水处理厂长期超标排放。联系人：张三丰，电话：13812345678。\n"
        "责任单位：青河市党委、政府\n整改目标：达标排放。\n整改时限：2024年底前\n整改措施：\n1."
        "完成提标改造。\n"
        "二、白石矿区修复缓慢。\n责任单位：白石市党委、政府\n整改目标：完成修复。\n整改时限：2024年底前\n"
        "整改措施：\n1.编制方案。\n");
  }
  TaskId Id(const std::string& path) { return {desk_.Task(document_, path)["id"].get<int64_t>()}; }
  Publishing& P() { return desk_->publishing(); }
  static std::vector<PublicationRef> Ref(const json& item) {
    return {{PublicationId{item["id"].get<int64_t>()}, item["revision"].get<int64_t>()}};
  }
  json Propose(const std::string& path) { return P().ProposeTasks({Id(path)}, one_).value()["items"][0]; }
  Result<json> Try(PublicationMove move, const json& item, const Actor& who, const std::string& reason = "") {
    auto moved = P().Move(move, Ref(item), reason, who);
    return moved.ok() ? Result<json>((*moved)["items"][0]) : Result<json>(moved.error());
  }
  json Release(const std::string& path) {
    json sent = Try(PublicationMove::kSubmit, Propose(path), one_).value();
    return Try(PublicationMove::kRelease, sent, two_).value();
  }
  std::string Snapshot(const json& item) {
    return desk_->core()
        .store
        ->Read([&](store::Session& s) {
          return store::LoadPublication(s, PublicationId{item["id"].get<int64_t>()})->snapshot;
        })
        .value();
  }

  Desk desk_;
  int64_t document_ = 0;
  Actor one_{"张三"}, two_{"李四"};
};

TEST_F(PublishTest, PersonsAreHiddenInTheSnapshotItself) {
  json released = Release("1");
  std::string snapshot = Snapshot(released);
  EXPECT_THAT(snapshot, HasSubstr("联系人：张某某，电话：（电话略）"));
  EXPECT_THAT(snapshot, Not(HasSubstr("三丰")));
  EXPECT_THAT(snapshot, Not(HasSubstr("13812345678")));
  EXPECT_EQ(released["sm3"], Sm3Hex(snapshot));
  EXPECT_EQ(released["sha256"], Sha256Hex(snapshot));
  auto content = P().Content().value();
  ASSERT_EQ(content.tasks.size(), 1u);
  EXPECT_THAT(content.tasks[0].Of("problem"), HasSubstr("张某某"));
}

TEST_F(PublishTest, WhoPreparedItCannotReleaseIt) {
  json made = Propose("1");
  MaskChange change{"problem", {0, 2}, true, made["revision"].get<int64_t>()};
  json masked = P().SetMask(PublicationId{made["id"].get<int64_t>()}, change, two_).value();
  json sent = Try(PublicationMove::kSubmit, masked, one_).value();
  EXPECT_EQ(Try(PublicationMove::kRelease, sent, one_).error().id, "publication.same_person");
  EXPECT_EQ(Try(PublicationMove::kRelease, sent, two_).error().id, "publication.same_person")
      << "who masked had a hand in it";
  EXPECT_TRUE(P().Content().value().tasks.empty());
  EXPECT_TRUE(Try(PublicationMove::kRelease, sent, Actor{"王五"}).ok());
  EXPECT_EQ(P().Content().value().tasks.size(), 1u);
}

TEST_F(PublishTest, OnlyTheNextStateCanBeReached) {
  json made = Propose("1");
  EXPECT_EQ(Try(PublicationMove::kRelease, made, two_).error().id, "publication.state");
  EXPECT_EQ(Try(PublicationMove::kWithdraw, made, two_, "x").error().id, "publication.state");
  EXPECT_EQ(P().ProposeTasks({Id("1")}, one_).error().id, "publication.open");
  json sent = Try(PublicationMove::kSubmit, made, one_).value();
  EXPECT_EQ(Try(PublicationMove::kReturn, sent, two_).error().id, "publication.no_reason");
  EXPECT_EQ(Try(PublicationMove::kSubmit, made, one_).error().id, "publication.changed");
  MaskChange change{"problem", {0, 2}, true, sent["revision"].get<int64_t>()};
  EXPECT_EQ(P().SetMask(PublicationId{sent["id"].get<int64_t>()}, change, one_).error().id,
            "publication.state");
  json back = Try(PublicationMove::kReturn, sent, two_, "请再核对。").value();
  EXPECT_EQ(back["reason"], "请再核对。");
  EXPECT_EQ(Try(PublicationMove::kDrop, back, one_).value()["state"], "dropped");
}

TEST_F(PublishTest, AReleasedSnapshotStaysAsItIsWhenTheLedgerMovesOn) {
  json released = Release("1");
  std::string before = Snapshot(released);
  json task = desk_->tasks().Get(Id("1")).value().Value();
  ASSERT_TRUE(
      desk_->tasks()
          .Change(Id("1"), {"goal", "\"另一个目标。\"", "核对。", task["revision"].get<int64_t>()}, one_)
          .ok());
  EXPECT_EQ(Snapshot(released), before);
  PublicationId id{released["id"].get<int64_t>()};
  EXPECT_EQ(P().Get(id, one_).value()["changed"], true);
  json again = Release("1");
  EXPECT_THAT(Snapshot(again), HasSubstr("另一个目标"));
  EXPECT_EQ(P().Get(id, one_).value()["state"], "replaced");
  EXPECT_EQ(P().Content().value().tasks.size(), 1u);
}

TEST_F(PublishTest, DecisionsOnMasksAreCarriedOverToTheSameWords) {
  json made = Propose("1");
  json whole = P().Get(PublicationId{made["id"].get<int64_t>()}, one_).value();
  json name;
  for (const auto& part : whole["fields"][0]["parts"])
    if (part["rule"] == "name") name = part;
  MaskChange keep{"problem", {name["begin"], name["end"]}, false, whole["revision"].get<int64_t>()};
  json kept = P().SetMask(PublicationId{made["id"].get<int64_t>()}, keep, one_).value();
  EXPECT_EQ(kept["kept"], 1);
  json sent = Try(PublicationMove::kSubmit, kept, one_).value();
  EXPECT_THAT(Snapshot(Try(PublicationMove::kRelease, sent, two_).value()), HasSubstr("张三丰"));
  EXPECT_EQ(Propose("1")["kept"], 1);
}

TEST_F(PublishTest, SeveralGoTogetherOrNotAtAll) {
  json items = P().ProposeTasks({Id("1"), Id("2")}, one_).value()["items"];
  std::vector<PublicationRef> refs = {Ref(items[0])[0], {PublicationId{items[1]["id"].get<int64_t>()}, 99}};
  EXPECT_EQ(P().Move(PublicationMove::kSubmit, refs, "", one_).error().id, "publication.changed");
  PublicationQuery drafts;
  drafts.state = PublicationState::kDraft;
  EXPECT_EQ(P().List(drafts, one_).value()["items"].size(), 2u);
  EXPECT_EQ(P().Move(PublicationMove::kSubmit, {}, "", one_).error().id, "publication.count");
}

TEST_F(PublishTest, WithdrawalLeavesItsRecordAndTheLedgerIsSound) {
  json out = Try(PublicationMove::kWithdraw, Release("1"), two_, "数据有误。").value();
  EXPECT_EQ(out["state"], "withdrawn");
  auto content = P().Content().value();
  EXPECT_TRUE(content.tasks.empty());
  ASSERT_EQ(content.gone.size(), 1u);
  EXPECT_EQ(content.gone[0].reason, "数据有误。");
  json report = desk_.Verify();
  EXPECT_EQ(report["ok"], true) << report;
}

TEST_F(PublishTest, VerifyNamesAPublicationThatWasChangedBehindItsBack) {
  json released = Release("1");
  for (std::string sql : {"UPDATE publications SET snapshot = replace(snapshot, '青河', '红河')",
                          "UPDATE publications SET state = 'draft'", "DELETE FROM publications"}) {
    ASSERT_TRUE(desk_->core().store->Write([&](store::Session& s) { s.Execute(sql); }).ok());
    bool named = false;
    json report = desk_.Verify();
    for (const auto& b : report["breaks"]) named = named || b["what"] == "publication";
    EXPECT_TRUE(named) << sql;
  }
}

}  // namespace
}  // namespace zg
