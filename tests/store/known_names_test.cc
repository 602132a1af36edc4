// Names kept in memory are those of the state of the ledger that a read sees, whatever was changed before it.
#include "store/known_names.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "ledger/unit.h"
#include "store/documents.h"
#include "store/place.h"
#include "store/store.h"
#include "store/tasks.h"
#include "store/units.h"

namespace zg::store {
namespace {

TEST(Remembered, KeepsWhatIsAskedForAndNotMoreThanThereIsRoomFor) {
  Remembered<std::string> known(10);
  for (int64_t key = 0; key < 100; ++key) {
    known.Add(key, std::to_string(key));
    ASSERT_NE(known.Find(0), nullptr) << "asked for again and again, at " << key;
  }
  EXPECT_EQ(*known.Find(99), "99");
  EXPECT_EQ(known.Find(50), nullptr);
  int there = 0;
  for (int64_t key = 0; key < 100; ++key) there += known.Find(key) ? 1 : 0;
  EXPECT_LE(there, 10);
  known.Add(99, "other");
  EXPECT_EQ(*known.Find(99), "other");
  known.Clear();
  EXPECT_EQ(known.Find(99), nullptr);
}

class KnownNamesTest : public testing::Test {
 protected:
  KnownNamesTest()
      : file_(std::filesystem::temp_directory_path() / ("zg-names-" + std::to_string(::getpid()) + ".db")),
        place_(file_),
        store_(std::move(Store::Open(place_.Open(), clock_)).value()) {
    auto written = store_->Write([&](Session& s) {
      s.Run(Query{
          "round",
          "INSERT INTO rounds (id, name, level, number, year, created_at) VALUES (1, 'a', 'other', 0, 0, "
          "'')"});
      s.Run(Query{"text", "INSERT INTO texts (id, text, sm3, notes, ocr) VALUES (1, '', '', '[]', 0)"});
      s.Run(Query{
          "import",
          "INSERT INTO imports (id, name, format, bytes, sha256, sm3, state, error_id, error, head, "
          "tasks, doubts, supersedes_said, actor, created_at, updated_at) VALUES (1, '', '', 0, '', '', "
          "'', '', '', '{}', 0, 0, 0, '', '', '')"});
      s.Run(
          Query{"document",
                "INSERT INTO documents (id, family_id, version, newest, round_id, import_id, text_id, name, "
                "format, bytes, sha256, sm3, title, title_begin, title_end, kind, issuers, date_begin, "
                "date_end, corrected, doubts, draft, committed_at, committed_by) VALUES (1, 1, 1, 1, "
                "1, 1, 1, '', '', 0, '', '', '整改方案', 0, 0, '', '[]', 0, 0, '[]', '[]', '{}', '', '')"});
      UnitDirectory units(s, regions_, "");
      for (const char* path : {"1", "2", "3"}) {
        Task task;
        task.document = {1};
        task.round = {1};
        task.entry.path = path;
        task.entry.problem.text = "河道排污";
        task.entry.span = {10, 20};
        task.id = InsertTask(s, task, units, "");
        tasks_.push_back(task);
      }
    });
    EXPECT_TRUE(written.ok()) << written.error().cause;
  }
  ~KnownNamesTest() override {
    store_.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + end);
  }
  std::vector<TaskId> Ids() const {
    std::vector<TaskId> ids = {{987'654}, {}};
    for (const auto& task : tasks_) ids.push_back(task.id);
    return ids;
  }
  std::unordered_map<TaskId, TaskName> Names(Session& s) const { return LoadNames(s, Ids()); }
  std::unordered_map<TaskId, TaskName> Names() const {
    auto names = store_->Read([&](Session& s) { return Names(s); });
    EXPECT_TRUE(names.ok());
    return names.value();
  }
  Status Change(size_t i, const std::string& path, const std::string& problem, bool keep = true) {
    return store_->Write([&](Session& s) -> Status {
      Task task = tasks_[i];
      task.entry.path = path;
      task.entry.problem.text = problem;
      UnitDirectory units(s, regions_, "");
      UpdateTask(s, task, units);
      EXPECT_EQ(Names(s)[task.id].path, path) << "a write sees what it does";
      if (!keep) return Error{Code::kConflict, "", "", "test.undone"};
      tasks_[i] = task;
      return {};
    });
  }
  int64_t Stamp() const {
    return store_->Read([](Session& s) { return TaskNamesStamp(s).value_or(-1); }).value();
  }
  void Sql(const std::string& sql) {
    ASSERT_TRUE(store_->Write([&](Session& s) { s.Run(Query{"sql", sql}); }).ok());
  }

  FixedClock clock_{*Date::Make(2024, 6, 30)};
  std::filesystem::path file_;
  RegionIndex regions_;
  test::Place place_;
  std::unique_ptr<Store> store_;
  std::vector<Task> tasks_;
};

TEST_F(KnownNamesTest, FollowWhatIsChanged) {
  auto names = Names();
  ASSERT_EQ(names.size(), 3u);
  EXPECT_EQ(names[tasks_[0].id].path, "1");
  EXPECT_EQ(names[tasks_[0].id].problem, "河道排污");
  EXPECT_EQ(names[tasks_[0].id].document.value, 1);
  EXPECT_EQ(names[tasks_[0].id].span.begin, 10u);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(Change(0, "1-" + std::to_string(i), "河道" + std::to_string(i)).ok());
    names = Names();
    EXPECT_EQ(names[tasks_[0].id].path, "1-" + std::to_string(i));
    EXPECT_EQ(names[tasks_[0].id].problem, "河道" + std::to_string(i));
    EXPECT_EQ(names[tasks_[1].id].path, "2");
  }
}

TEST_F(KnownNamesTest, AreReadFromTheDatabaseOnceOnly) {
  Names();
  // Past the program, so that nothing tells of it: whoever asks the database would see it.
  Sql("UPDATE tasks SET path = 'x'");
  EXPECT_EQ(Names()[tasks_[0].id].path, "1");
  ASSERT_TRUE(Change(1, "2-1", "河道").ok());
  EXPECT_EQ(Names()[tasks_[0].id].path, "x") << "all are asked again after a change";
}

TEST_F(KnownNamesTest, WhatIsUndoneWasNeverSeen) {
  Names();
  int64_t before = Stamp();
  EXPECT_FALSE(Change(0, "9", "没有这样", false).ok());
  EXPECT_EQ(Stamp(), before);
  EXPECT_EQ(Names()[tasks_[0].id].path, "1");
  ASSERT_TRUE(Change(0, "9", "这样").ok());
  EXPECT_NE(Stamp(), before);
  EXPECT_EQ(Names()[tasks_[0].id].path, "9");
}

TEST_F(KnownNamesTest, WhatHasNoPartInNamesLeavesThem) {
  Names();
  int64_t before = Stamp();
  ASSERT_TRUE(Change(0, "1", "河道排污").ok());
  EXPECT_EQ(Stamp(), before);
}

TEST_F(KnownNamesTest, AreAskedForWhereAnOlderProgramIsAtWork) {
  Sql("DELETE FROM changes");
  EXPECT_EQ(Names()[tasks_[0].id].path, "1");
  Sql("UPDATE tasks SET path = 'x'");  // as a program does that keeps no stamps
  EXPECT_EQ(Names()[tasks_[0].id].path, "x");
}

TEST_F(KnownNamesTest, AnOlderStateIsSeenWithItsOwnNames) {
  auto seen = store_->Read([&](Session& s) {
    Names(s);
    EXPECT_TRUE(Change(0, "1-1", "新的").ok());
    EXPECT_EQ(Names()[tasks_[0].id].path, "1-1");
    return Names(s)[tasks_[0].id].path;
  });
  EXPECT_EQ(seen.value(), "1");
  EXPECT_EQ(Names()[tasks_[0].id].path, "1-1");
}

TEST_F(KnownNamesTest, TitlesAndUnitsAreAskedOnce) {
  auto titles = [&] { return store_->Read([](Session& s) { return TitlesOf(s, {{1}, {7}, {1}}); }).value(); };
  EXPECT_EQ(titles().size(), 1u);
  EXPECT_EQ(titles()[{1}], "整改方案");
  UnitId unit =
      store_->Write([&](Session& s) { return UnitDirectory(s, regions_, "").Resolve("甲县水务局", true); })
          .value();
  auto names = [&] { return store_->Read([&](Session& s) { return UnitNames(s, {unit, {}}); }).value(); };
  EXPECT_EQ(names()[unit], names()[unit]);
  EXPECT_FALSE(names()[unit].empty());
  EXPECT_EQ(names().size(), 1u);
}

}  // namespace
}  // namespace zg::store
