// Nothing can be altered behind the office's back, and everything can be carried away and brought back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "office/core.h"
#include "office/desk.h"
#include "office/moving.h"

namespace zg {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class Tampered : public testing::Test {
 protected:
  Tampered() : desk_("tampered") {
    desk_.Import(TaskListText());
    json task = desk_.Task(1, "1");
    auto changed = desk_->tasks().Change({task["id"].get<int64_t>()},
                                         {"goal", "\"目标改定。\"", "会议决定", 1}, desk_.me);
    EXPECT_TRUE(changed.ok());
    EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
  }
  // Somebody with the file and a tool.
  void Sql(const std::string& sql) {
    ASSERT_GT(desk_.Tamper(sql), 0) << "the tampering did nothing: " << sql;
  }
  json FirstBreak() {
    json report = desk_.Verify();
    EXPECT_FALSE(report["ok"]);
    return report["breaks"].empty() ? json() : report["breaks"][0];
  }
  Desk desk_;
};

TEST_F(Tampered, AnEventThatWasRewordedIsNamed) {
  Sql("UPDATE events SET actor = '李四' WHERE seq = 3");
  json b = FirstBreak();
  EXPECT_EQ(b["what"], "event");
  EXPECT_THAT(b["where"].get<std::string>(), HasSubstr("事件3"));
}

TEST_F(Tampered, AnEventThatWasRemovedIsNamed) {
  Sql("DELETE FROM events WHERE seq = 2");
  EXPECT_THAT(FirstBreak()["message"].get<std::string>(), HasSubstr("第2号"));
}

TEST_F(Tampered, AnEventThatWasRemovedFromTheEndShowsInWhatItLeftBehind) {
  Sql("DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)");
  EXPECT_EQ(FirstBreak()["what"], "task");
}

TEST_F(Tampered, AnEventReplacedWithAFittingDigestBreaksTheNext) {
  Sql("UPDATE events SET digest = (SELECT digest FROM events WHERE seq = 1) WHERE seq = 2");
  EXPECT_EQ(FirstBreak()["what"], "event");
}

TEST_F(Tampered, ADeadlinePushedBackIsNamed) {
  Sql("UPDATE tasks SET due = '2030-12-31' WHERE path = '3'");
  json b = FirstBreak();
  EXPECT_EQ(b["what"], "task");
  EXPECT_THAT(b["where"].get<std::string>(), HasSubstr("任务3"));
}

TEST_F(Tampered, AProblemReworded) {
  Sql("UPDATE tasks SET problem = '问题不大。' WHERE path = '2'");
  json report = desk_.Verify();
  EXPECT_EQ(report["breaks"][0]["what"], "task");
  EXPECT_EQ(report["breaks"][1]["what"], "span") << "the words are not in the source";
}

TEST_F(Tampered, ATaskRemoved) {
  Sql("DELETE FROM tasks WHERE path = '2'");
  json report = desk_.Verify();
  bool named = false;
  for (const auto& b : report["breaks"])
    named = named || b["message"].get<std::string>().find("删除") != std::string::npos;
  EXPECT_TRUE(named) << report;
}

TEST_F(Tampered, AMeasureRemoved) {
  Sql("DELETE FROM measures WHERE ord = 1");
  EXPECT_EQ(FirstBreak()["what"], "task");
}

TEST_F(Tampered, TheSavedTextChanged) {
  Sql("UPDATE texts SET text = replace(text, '1200亩', '120亩')");
  EXPECT_EQ(FirstBreak()["what"], "text");
}

TEST_F(Tampered, TheOriginalFileChanged) {
  for (const auto& entry : fs::recursive_directory_iterator(desk_.data() / "vault")) {
    if (entry.is_regular_file()) std::ofstream(entry.path(), std::ios::app) << "改";
  }
  json b = FirstBreak();
  EXPECT_EQ(b["what"], "file");
  EXPECT_EQ(desk_->documents().Original({1}).error().id, "vault.damaged");
}

TEST_F(Tampered, ACountThatIsOffIsNamedAndRebuilt) {
  Sql("UPDATE facet_totals SET n = n + 1 WHERE facet = 0 AND round_id = 0");
  EXPECT_EQ(FirstBreak()["what"], "count");
  ASSERT_TRUE(desk_->keeping().Rebuild(desk_.me).ok());
  EXPECT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
}

class Backup : public testing::Test {
 protected:
  Backup() : desk_("backup"), file_(desk_.folder() / "备份.zip") { desk_.Import(TaskListText()); }
  fs::path Elsewhere() { return desk_.folder() / "elsewhere"; }
  Desk desk_;
  fs::path file_;
};

TEST_F(Backup, CarriesEverythingAndBringsItBack) {
  json made = desk_->keeping().Backup(file_).value();
  EXPECT_EQ(made["documents"], 1);
  json restored = Keeping::Restore(file_, Elsewhere()).value();
  EXPECT_TRUE(restored["ok"]);
  OfficeOptions options;
  options.data = Elsewhere();
  options.clock = &desk_.clock;
  options.background = false;
  auto office = std::move(Office::Open(std::move(options))).value();
  EXPECT_EQ(json::parse(office->tasks().List({}, {}, {}).value().text), desk_.List());
  EXPECT_EQ(office->documents().Original({1}).value().bytes, TaskListText());
  EXPECT_EQ(office->events().List({}).value().Value(), desk_->events().List({}).value().Value());
}

TEST_F(Backup, OverwritesNothing) {
  ASSERT_TRUE(desk_->keeping().Backup(file_).ok());
  EXPECT_EQ(desk_->keeping().Backup(file_).error().id, "backup.exists");
  EXPECT_EQ(Keeping::Restore(file_, desk_.data()).error().id, "restore.not_empty");
  EXPECT_EQ(desk_.List()["total"], 3);
}

TEST_F(Backup, ADamagedOrForeignFileIsRefusedAndLeavesNothing) {
  std::ofstream(file_) << "not a zip";
  EXPECT_EQ(Keeping::Restore(file_, Elsewhere()).error().id, "restore.not_a_backup");
  fs::remove(file_);
  ASSERT_TRUE(desk_->keeping().Backup(file_).ok());
  fs::resize_file(file_, fs::file_size(file_) / 2);
  EXPECT_EQ(Keeping::Restore(file_, Elsewhere()).error().id, "restore.not_a_backup");
  EXPECT_FALSE(fs::exists(Elsewhere()));
  EXPECT_EQ(Keeping::Restore(desk_.folder() / "没有.zip", Elsewhere()).error().id, "restore.no_file");
}

TEST_F(Backup, AOneByteChangeInsideIsNoticed) {
  ASSERT_TRUE(desk_->keeping().Backup(file_).ok());
  std::fstream file(file_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(5000);
  char c = 0;
  file.read(&c, 1);
  file.seekp(5000);
  c = char(c ^ 1);
  file.write(&c, 1);
  file.close();
  EXPECT_FALSE(Keeping::Restore(file_, Elsewhere()).ok());
}

TEST_F(Backup, WorksWhileOthersWrite) {
  json draft = desk_.Draft(TaskListText("2025年底前"));
  ASSERT_TRUE(desk_->keeping().Backup(file_).ok());
  ASSERT_TRUE(desk_.Commit(draft).ok());
  ASSERT_TRUE(Keeping::Restore(file_, Elsewhere()).ok());
}

// There and back: a ledger goes into a folder, and from there into the database that the tests run on.
TEST_F(Backup, ALedgerMovesToAnotherDatabaseAndBack) {
  json before = desk_->events().List({}).value().Value(), list = desk_.List();
  std::string folder = (desk_.folder() / "moved").string();
  int pieces = 0;
  auto cut =
      MoveLedger(desk_.office(), folder, false, [&](const store::TransferStep&) { return ++pieces < 20; });
  ASSERT_FALSE(cut.ok());
  EXPECT_EQ(cut.error().id, "transfer.stopped");
  auto moved = MoveLedger(desk_.office(), folder, false, {});
  ASSERT_TRUE(moved.ok()) << moved.error().message << moved.error().cause;
  EXPECT_EQ((*moved)["resumed"], true);
  EXPECT_EQ((*moved)["breaks"], json::array());
  EXPECT_EQ(MoveLedger(desk_.office(), folder, false, {}).error().id, "transfer.not_empty");

  auto office_at = [&](const std::string& data, const std::string& database) {
    OfficeOptions options;
    options.data = data;
    options.database = database;
    options.clock = &desk_.clock;
    options.background = false;
    options.vault = desk_.office().core().vault;
    return std::move(Office::Open(std::move(options))).value();
  };
  auto there = office_at(folder, "");
  EXPECT_EQ(there->events().List({}).value().Value(), before);
  EXPECT_EQ(json::parse(there->tasks().List({}, {}, {}).value().text), list);
  test::Place back(desk_.folder() / "back" / "ledger.sqlite");
  std::string target = back.url().empty() ? (desk_.folder() / "back").string() : back.url();
  auto returned = MoveLedger(*there, target, false, {});
  ASSERT_TRUE(returned.ok()) << returned.error().message << returned.error().cause;
  EXPECT_EQ((*returned)["breaks"], json::array());
  auto home = office_at((desk_.folder() / "back").string(), back.url());
  EXPECT_EQ(home->events().List({}).value().Value(), before);
  json found = home->search().Find("矿坑", 10).value().Value();
  EXPECT_EQ(found, desk_->search().Find("矿坑", 10).value().Value());
  // It is a ledger like any other: the next document gets the next number.
  json taken = home->imports().Take(TaskListText("2025年底前"), "二.txt", {"张三"}).value();
  json draft = home->imports().ReadNow({taken["id"].get<int64_t>()}).value();
  EXPECT_TRUE(home->imports().Commit({draft["id"].get<int64_t>()}, {}, {"张三"}).ok());
  EXPECT_EQ(home->keeping().Verify().value()["breaks"], json::array());
}

TEST_F(Backup, AMoveOfALedgerThatChangedMeanwhileBeginsAnew) {
  std::string folder = (desk_.folder() / "moved").string();
  ASSERT_FALSE(
      MoveLedger(desk_.office(), folder, false, [](const store::TransferStep&) { return false; }).ok());
  json draft = desk_.Draft(TaskListText("2025年底前"));
  ASSERT_TRUE(desk_.Commit(draft).ok());
  EXPECT_EQ(MoveLedger(desk_.office(), folder, false, {}).error().id, "transfer.changed");
  auto moved = MoveLedger(desk_.office(), folder, true, {});
  ASSERT_TRUE(moved.ok()) << moved.error().message << moved.error().cause;
  EXPECT_EQ((*moved)["breaks"], json::array());
}

TEST(TwoOffices, TheServerAndACommandWorkOnOneLedger) {
  Desk desk("two");
  OfficeOptions options;
  options.data = desk.data();
  options.database = desk.database();
  options.clock = &desk.clock;
  options.background = false;
  auto other = std::move(Office::Open(std::move(options))).value();
  desk.Import(TaskListText());
  EXPECT_EQ(json::parse(other->tasks().List({}, {}, {}).value().text)["total"], 3);
  json taken = other->imports().Take(TaskListText("2025年底前"), "二.txt", {"命令行"}).value();
  json draft = other->imports().ReadNow({taken["id"].get<int64_t>()}).value();
  EXPECT_EQ(draft["supersedes"]["id"], 1);
  ASSERT_TRUE(other->imports().Commit({draft["id"].get<int64_t>()}, {}, {"命令行"}).ok());
  EXPECT_EQ(desk.Task(2, "1")["due"], "2025-12-31");
  EXPECT_TRUE(desk.Verify()["ok"]) << desk.Verify();
}

}  // namespace
}  // namespace zg
