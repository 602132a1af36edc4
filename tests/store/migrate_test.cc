// Which programs can work on a ledger that a newer one has changed.
#include "store/migrate.h"

#include <gtest/gtest.h>

#include "store/nodes.h"
#include "store/place.h"
#include "store/store.h"

namespace zg::store {
namespace {

class Migrating : public testing::Test {
 protected:
  void SetUp() override {
    auto file = std::filesystem::path(testing::TempDir()) /
                (std::string("migrate-") + testing::UnitTest::GetInstance()->current_test_info()->name());
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
    place_ = std::make_unique<test::Place>(file);
  }
  static std::vector<Migration> With(const std::vector<std::string>& more) {
    auto all = BuiltinMigrations();
    for (size_t i = 0; i < more.size(); ++i)
      all.push_back({int(9001 + i), std::to_string(9001 + i) + "_test.sql", more[i]});
    return all;
  }
  // "" where it opens.
  std::string Opens(const std::vector<Migration>& migrations) {
    auto store = Store::Open(place_->Open(), clock_, 2, kMostLag, migrations);
    if (!store.ok()) return store.error().id;
    store_ = std::move(*store);
    auto broken = store_->Read([&](Session& s) { return store_->database().BrokenSeals(s); });
    return !broken.ok() ? broken.error().cause : broken->empty() ? "" : broken->front();
  }

  SystemClock clock_;
  std::unique_ptr<test::Place> place_;
  std::unique_ptr<Store> store_;
};

const char* kExpand = "-- expand\nALTER TABLE contacts ADD COLUMN phone TEXT;\n";
const char* kContract = "-- contract since 9001\nALTER TABLE contacts DROP COLUMN phone;\n";
const char* kBoth = "-- More for those who know it.\nCREATE TABLE more (id INTEGER PRIMARY KEY);\n";

TEST_F(Migrating, OlderProgramsGoOnAfterAnExpansion) {
  EXPECT_EQ(Opens(With({kExpand})), "");
  EXPECT_EQ(Opens(With({})), "") << "the older one, on what the newer one has made";
  ASSERT_TRUE(
      store_
          ->Write([](Session& s) {
            s.Run(Query{"contact", "INSERT INTO contacts (unit_id, name, email) VALUES (0, 'a', 'b')"});
          })
          .ok());
  EXPECT_EQ(Opens(With({kExpand})), "") << "and back";
}

TEST_F(Migrating, AContractIsForThoseThatKnowWhatItNames) {
  EXPECT_EQ(Opens(With({kExpand, kContract})), "");
  EXPECT_EQ(Opens(With({})), "store.newer");
  EXPECT_EQ(Opens(With({kExpand})), "") << "it knows 9001";
}

TEST_F(Migrating, OneThatSaysNothingIsForThoseThatKnowIt) {
  EXPECT_EQ(Opens(With({kBoth})), "");
  EXPECT_EQ(Opens(With({})), "store.newer");
}

// Whatever a migration does, what somebody changed past the program is told of afterwards as before.
TEST_F(Migrating, WhatWasBrokenIsNotSealedByIt) {
  for (const char* table : {"rounds", "contacts"}) {  // the migration touches contacts
    SetUp();
    EXPECT_EQ(Opens(With({})), "");
    ASSERT_TRUE(
        store_
            ->Write([](Session& s) {
              s.Run(Query{"round",
                          "INSERT INTO rounds (name, level, number, year, created_at) VALUES ('a', 'other', "
                          "0, 0, '')"});
              s.Run(Query{"contact", "INSERT INTO contacts (unit_id, name, email) VALUES (0, 'a', 'b')"});
            })
            .ok());
    store_.reset();
    EXPECT_EQ(Opens(With({})), "");
    store_.reset();
    EXPECT_EQ(place_->Sql(std::string("UPDATE ") + table + " SET name = 'z'"), 1);
    EXPECT_NE(Opens(With({kExpand})), "") << table;
    store_.reset();
    EXPECT_NE(Opens(With({kExpand})), "") << table << ", opened again";
    place_->Sql(std::string("UPDATE ") + table + " SET name = 'a'");
    store_.reset();
    EXPECT_EQ(Opens(With({kExpand})) == "", std::string(table) == "rounds")
        << table << ": rows that the migration made longer had no seal to go back to";
    store_.reset();
  }
}

TEST(TablesTouched, AreThoseWhoseRowsMayChange) {
  using postgres::TablesTouched;
  const std::vector<std::string> tables = {"tasks", "units", "contacts"};
  auto touched = [&](const std::string& sql) { return TablesTouched({sql}, tables); };
  using Set = std::set<std::string>;
  EXPECT_EQ(touched("CREATE INDEX tasks_paths ON tasks(id, path);"), Set{});
  EXPECT_EQ(touched("DROP INDEX IF EXISTS tasks_paths;"), Set{});
  EXPECT_EQ(touched("CREATE TABLE notes (task_id BIGINT REFERENCES tasks(id));"), Set{});
  EXPECT_EQ(touched("ALTER TABLE contacts ADD COLUMN phone TEXT;"), Set{"contacts"});
  EXPECT_EQ(touched("UPDATE tasks SET gone = 0 WHERE id IN (SELECT id FROM units);"),
            (Set{"tasks", "units"}));
  EXPECT_EQ(touched("update \"units\" set name = '';"), Set{"units"});
  EXPECT_EQ(touched("CREATE TABLE more AS SELECT * FROM units;"), Set{"units"});
  EXPECT_EQ(touched("DELETE FROM task_rows;"), Set{});
  EXPECT_EQ(touched("DROP TABLE units;"), Set{"units"});
}

TEST_F(Migrating, ThePlanSaysWhatWouldBeDone) {
  int oldest = 0;
  for (const auto& migration : BuiltinMigrations()) {
    std::string line = migration.sql.substr(0, migration.sql.find('\n')), since = "-- contract since ";
    if (line.rfind(since, 0) == 0)
      oldest = std::max(oldest, std::stoi(line.substr(since.size())));
    else if (line != "-- expand")
      oldest = std::max(oldest, migration.version);
  }
  EXPECT_EQ(Opens(With({})), "");
  auto session = place_->Open()->Connect(true);
  auto database = place_->Open();
  MigrationPlan plan = PlanMigration(*database, *session, With({kExpand, kContract, kBoth}));
  EXPECT_EQ(plan.ledger, BuiltinMigrations().back().version);
  EXPECT_EQ(plan.oldest, oldest);
  ASSERT_EQ(plan.steps.size(), 3u);
  EXPECT_TRUE(plan.steps[0].expands);
  EXPECT_EQ(plan.steps[1].oldest, 9001);
  EXPECT_EQ(plan.steps[2].oldest, 9003);
}

// Otherwise nobody could change a table beside a node that has nothing to do.
TEST_F(Migrating, AReadThatIsOverHoldsNoTable) {
  if (!test::PostgresServer()) GTEST_SKIP() << "SQLite locks no tables";
  EXPECT_EQ(Opens(With({})), "");
  auto read = store_->Read([](Session& s) {
    return s.Value<int64_t>(Query{"contacts", "SELECT count(*) FROM contacts"}).value_or(-1);
  });
  EXPECT_EQ(read.value(), 0);
  place_->Sql("SET lock_timeout = '3s'; ALTER TABLE contacts ADD COLUMN phone TEXT");
}

TEST_F(Migrating, WaitsForOlderProgramsThatAreAtWork) {
  if (!test::PostgresServer()) GTEST_SKIP() << "SQLite has one program at a time";
  EXPECT_EQ(Opens(With({})), "");
  int known = BuiltinMigrations().back().version;
  ASSERT_TRUE(store_->Beside([&](Session& s) {
                      AddNode(s, store_->database(), {7, "alt", "1", known});
                    })
                  .ok());
  EXPECT_EQ(Opens(With({kBoth})), "store.older_at_work");
  auto refused = Store::Open(place_->Open(), clock_, 2, kMostLag, With({kBoth}));
  EXPECT_NE(refused.error().message.find("alt"), std::string::npos) << "it says who is in the way";
  EXPECT_EQ(Opens(With({kExpand, kContract, kBoth})), "store.older_at_work");
  EXPECT_EQ(Opens(With({kExpand, kContract})), "");
  EXPECT_EQ(store_->FinishMigration().value(), std::vector<std::string>{"9002_test.sql"});
  ASSERT_TRUE(store_->Beside([](Session& s) { DropNode(s, 7); }).ok());
  EXPECT_TRUE(store_->FinishMigration().value().empty());
  EXPECT_EQ(Opens(With({})), "store.newer");
}

}  // namespace
}  // namespace zg::store
