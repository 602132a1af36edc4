// Import is take → draft → review → commit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "office/desk.h"

namespace zg {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ImportId IdOf(const json& import) {
  return {import["id"].get<int64_t>()};
}

TEST(Import, AFileBecomesADraftThatIsNotInTheLedger) {
  Desk desk("draft");
  json draft = desk.Draft(TaskListText());
  EXPECT_EQ(draft["state"], "draft");
  EXPECT_EQ(draft["title"], "云川省第二轮中央生态环境保护督察报告整改任务清单");
  EXPECT_EQ(draft["tasks"], 3);
  EXPECT_EQ(draft["round"]["name"], "第二轮中央生态环境保护督察");
  EXPECT_TRUE(draft["round"]["id"].is_null()) << "the round is only proposed";
  EXPECT_EQ(desk.List()["total"], 0);
  EXPECT_EQ(desk->documents().List().value().Value()["total"], 0);
}

TEST(Import, CommitPutsEveryTaskIntoTheLedgerWithItsSource) {
  Desk desk("commit");
  int64_t document = desk.Import(TaskListText());
  json task = desk.Task(document, "1");
  EXPECT_EQ(task["due"], "2024-12-31");
  EXPECT_EQ(task["state"], "not_stated");
  EXPECT_EQ(task["measures"].size(), 2u);
  EXPECT_EQ(task["round"]["name"], "第二轮中央生态环境保护督察");
  std::u32string text = ToUtf32(desk->documents().Text({document}).value()["text"].get<std::string>());
  auto span = task["spans"]["deadline"];
  EXPECT_EQ(ToUtf8(text.substr(span[0], span[1].get<size_t>() - span[0].get<size_t>())), "2024年底前");
  EXPECT_EQ(desk->imports().List(true).value()["total"], 0) << "a committed import is no longer open";
}

TEST(Import, TheSameFileAgainIsRecognised) {
  Desk desk("again");
  int64_t document = desk.Import(TaskListText());
  json again = desk.Draft(TaskListText(), "另一个名字.txt");
  EXPECT_EQ(again["duplicate_of"]["id"], document);
  EXPECT_EQ(desk.Commit(again).error().id, "import.duplicate");
  EXPECT_EQ(desk.List()["total"], 3);
}

TEST(Import, AFileThatCannotBeReadSaysWhy) {
  Desk desk("broken");
  json import = desk.Draft(std::string("PK\x03\x04 no archive at all"), "清单.docx");
  EXPECT_EQ(import["state"], "failed");
  EXPECT_THAT(import["error"]["message"].get<std::string>(), HasSubstr("。"));
  EXPECT_EQ(desk.Commit(import).error().id, "import.not_draft");
}

TEST(Import, AnEmptyFileAndAPathAsNameAreNotTaken) {
  Desk desk("names");
  EXPECT_EQ(desk->imports().Take("", "空.txt", desk.me).error().id, "import.empty");
  json import = desk->imports().Take("一、问题。", "../../etc/清单.txt", desk.me).value();
  EXPECT_EQ(import["name"], "清单.txt");
}

TEST(Import, WithoutARoundInTheTitleThePersonMustNameOne) {
  Desk desk("round");
  std::string text = TaskListText();
  text.replace(0, text.find('\n'), "青河市整改任务清单");
  json draft = desk.Draft(text);
  EXPECT_EQ(desk.Commit(draft).error().id, "commit.no_round");
  CommitRequest request;
  request.make = Round{{}, "2023年省级专项督察", RoundLevel::kRegion, 0, 2023};
  EXPECT_TRUE(desk.Commit(draft, request).ok());
  EXPECT_EQ(desk->rounds().List().value()[0]["name"], "2023年省级专项督察");
}

TEST(Import, DiscardedIsClosed) {
  Desk desk("discard");
  json draft = desk.Draft(TaskListText());
  ASSERT_TRUE(desk->imports().Discard(IdOf(draft), desk.me).ok());
  EXPECT_EQ(desk.Commit(draft).error().id, "import.closed");
  EXPECT_EQ(desk->imports().Discard(IdOf(draft), desk.me).error().id, "import.closed");
}

class Review : public testing::Test {
 protected:
  Review() : desk_("review"), draft_(desk_.Draft(TaskListText())) {}
  Result<json> Correct(std::optional<std::string> path, const std::string& field, const json& value) {
    return desk_->imports().Correct(IdOf(draft_), {path, field, value.dump(), "核对原件"}, desk_.me);
  }
  Desk desk_;
  json draft_;
};

TEST_F(Review, ACorrectionIsAnEventAndGoesIntoTheLedgerMarked) {
  json entry = Correct("1", "deadline", "2025年6月底前").value();
  EXPECT_EQ(entry["deadline"]["date"], "2025-06-30");
  json events = desk_->events().List({}).value().Value();
  EXPECT_EQ(events["items"][0]["kind"], "draft.corrected");
  EXPECT_EQ(events["items"][0]["before"]["date"], "2024-12-31");
  EXPECT_EQ(events["items"][0]["reason"], "核对原件");
  int64_t document = desk_.Commit(draft_).value()["document_id"];
  json task = desk_.Task(document, "1");
  EXPECT_EQ(task["due"], "2025-06-30");
  EXPECT_THAT(task["corrected"], ElementsAre("deadline"));
  EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
}

TEST_F(Review, UndoTakesTheLastCorrectionBack) {
  ASSERT_TRUE(Correct("1", "problem", "改一").ok());
  ASSERT_TRUE(Correct("1", "problem", "改二").ok());
  json undone = desk_->imports().Undo(IdOf(draft_), desk_.me).value();
  EXPECT_EQ(undone["undone"]["after"], "改二");
  EXPECT_EQ(undone["entry"]["problem"], "改一");
  ASSERT_TRUE(desk_->imports().Undo(IdOf(draft_), desk_.me).ok());
  EXPECT_EQ(desk_->imports().Undo(IdOf(draft_), desk_.me).error().id, "import.nothing_to_undo");
}

TEST_F(Review, CorrectionsOutliveARestart) {
  ASSERT_TRUE(Correct("2", "acceptance", json::array({"云川省林业厅"})).ok());
  desk_.Open();
  json draft = desk_->imports().Draft(IdOf(draft_)).value();
  EXPECT_THAT(draft["draft"]["tasks"][1]["acceptance"], ElementsAre("云川省林业厅"));
  EXPECT_EQ(draft["corrected"].size(), 1u);
}

TEST_F(Review, MeasuresCanBeAddedAndTakenAway) {
  ASSERT_TRUE(Correct("1", "measures[2]", {{"number", 3}, {"text", "公开整改结果。"}}).ok());
  json entry = Correct("1", "measures[0]", nullptr).value();
  ASSERT_EQ(entry["measures"].size(), 2u);
  EXPECT_EQ(entry["measures"][1]["text"], "公开整改结果。");
  json again = desk_->imports().Draft(IdOf(draft_)).value();
  EXPECT_EQ(again["draft"]["tasks"][0]["measures"], entry["measures"]);
  EXPECT_TRUE(desk_.Commit(draft_).ok());
}

TEST_F(Review, TheDocumentItselfCanBeCorrected) {
  json head = Correct(std::nullopt, "title", "云川省第三轮中央生态环境保护督察整改任务清单").value();
  EXPECT_EQ(head["title"], "云川省第三轮中央生态环境保护督察整改任务清单");
  EXPECT_EQ(desk_->imports().Get(IdOf(draft_)).value()["round"]["name"], "第三轮中央生态环境保护督察");
}

TEST_F(Review, MistakesAreNamed) {
  EXPECT_EQ(Correct("9", "goal", "无").error().id, "draft.no_entry");
  auto field = Correct("1", "dedline", "2024年底前");
  EXPECT_EQ(field.error().id, "correction.field");
  EXPECT_THAT(field.error().message, HasSubstr("deadline"));
  EXPECT_EQ(Correct("1", "deadline", "不知道什么时候").error().id, "correction.value");
  EXPECT_EQ(Correct("1", "is_task", "是").error().id, "correction.value");
  EXPECT_EQ(Correct("1", "upstream_ordinal", -3).error().id, "correction.value");
}

TEST(Vault, AFullDiskLeavesNothingOfTheImport) {
  Desk desk("full", std::make_shared<FailingStore>(std::make_shared<MemoryStore>(), FailAtWrite{2}));
  ASSERT_TRUE(desk->imports().Take(TaskListText(), "一.txt", desk.me).ok());
  EXPECT_EQ(desk->imports().Take(TaskListText("2025年底前"), "二.txt", desk.me).error().id, "vault.no_room");
  EXPECT_EQ(desk->imports().List(true).value()["total"], 1);
}

}  // namespace
}  // namespace zg
