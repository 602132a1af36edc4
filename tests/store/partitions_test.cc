// PostgreSQL only: large tables divided by period, whatever was in them before, and nothing gets lost or
// falls between two partitions.
#include <gtest/gtest.h>

#include "ledger/event.h"
#include "ledger/period.h"
#include "store/database.h"
#include "store/events.h"
#include "store/periods.h"
#include "store/place.h"
#include "store/postgres/postgres.h"
#include "store/store.h"

namespace zg::store {
namespace {

const Query kParts{
    "test_parts",
    "SELECT CAST(p.relname AS text) || ' ' || pg_get_expr(p.relpartbound, p.oid) FROM "
    "pg_inherits h JOIN pg_class p ON p.oid = h.inhrelid JOIN pg_class c ON c.oid = h.inhparent "
    "WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relname = :name "
    "ORDER BY p.oid"};
const Query kWhere{"test_where",
                   "SELECT CAST(CAST(tableoid AS regclass) AS text) FROM events WHERE seq = :seq"};
const Query kEvidence{
    "test_evidence",
    "INSERT INTO evidence (family_id, version, kind, title, place, author, unit_id, note, name, "
    "format, bytes, sha256, sm3, uploaded_at, uploaded_by, user_id, state, newest, shown, "
    "revision) VALUES (0, 1, 'other', 't', '', '', 0, '', 'n', 'txt', 1, 'a', 'b', :at, 'u', 0, "
    "0, 1, 1, 1) RETURNING id"};

class Partitions : public testing::Test {
 protected:
  void SetUp() override {
    ZG_POSTGRES_ONLY();
    place_ = std::make_unique<test::Place>("");
    store_ = Store::Open(place_->Open(), clock_).value();
  }
  std::vector<std::string> Of(const std::string& table) {
    std::vector<std::string> parts;
    auto read = store_->Read([&](Session& s) {
      s.Each<std::string>(
          kParts, [&](const std::string& part) { parts.push_back(part); }, table);
    });
    EXPECT_TRUE(read.ok());
    return parts;
  }
  int64_t Tell(const std::string& at) {
    return store_
        ->Write([&](Session& s) {
          Event event;
          event.at = at;
          event.actor = "甲";
          event.kind = "test.said";
          event.subject = "test:1";
          return AppendEvent(s, event).seq;
        })
        .value();
  }
  void Keep(const char* day) {
    auto kept = store_->Write([&](Session& s) -> Status {
      store_->database().KeepPartitions(s, *Date::ParseIso(day));
      return {};
    });
    ASSERT_TRUE(kept.ok()) << kept.error().cause;
  }
  std::string PartOf(int64_t seq) {
    return store_->Read([&](Session& s) { return s.Value<std::string>(kWhere, seq).value_or("none"); })
        .value();
  }
  std::vector<std::string> Broken() {
    return store_->WriteAlone([&](Session& s) { return store_->database().BrokenSeals(s); }).value();
  }

  std::unique_ptr<test::Place> place_;
  FixedClock clock_{*Date::Make(2026, 12, 31)};
  std::unique_ptr<Store> store_;
};

TEST_F(Partitions, AYearOfEventsEndsWithTheYear) {
  EXPECT_EQ(Of("events").size(), 1u);
  int64_t old = Tell("2026-12-31T23:59:00.000+08:00");
  Keep("2026-12-31");
  EXPECT_EQ(Of("events").size(), 1u);
  Keep("2027-01-01");
  ASSERT_EQ(Of("events").size(), 2u);
  int64_t young = Tell("2027-01-01T00:30:00.000+08:00");
  EXPECT_EQ(PartOf(old), "events_first");
  EXPECT_EQ(PartOf(young), "events_from_" + std::to_string(young));
  Keep("2027-06-01");  // once a year
  EXPECT_EQ(Of("events").size(), 2u);
  Keep("2029-01-01");
  EXPECT_EQ(Of("events").size(), 3u);
  std::vector<int64_t> all;
  auto read = store_->Read([&](Session& s) {
    EachEvent(s, [&](const Event& e) {
      all.push_back(e.seq);
      return true;
    });
  });
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(all, (std::vector<int64_t>{old, young}));
  EXPECT_EQ(Broken(), std::vector<std::string>());
}

TEST_F(Partitions, PeriodsAlwaysHaveRoomAhead) {
  size_t before = Of("reports").size();
  for (int i = 0; i < 30; ++i) {
    auto opened = store_->Write([&](Session& s) -> Status {
      Period period = *ParsePeriod((i < 10 ? "200" : "20") + std::to_string(i) + "-01");
      InsertPeriod(s, period, {});
      store_->database().KeepPartitions(s, *Date::ParseIso("2026-12-31"));
      return {};
    });
    ASSERT_TRUE(opened.ok()) << opened.error().cause;
  }
  auto parts = Of("reports");
  EXPECT_GT(parts.size(), before);
  EXPECT_EQ(parts.back().substr(0, 16), "reports_from_36 ") << parts.back();
  EXPECT_EQ(Broken(), std::vector<std::string>());
}

TEST_F(Partitions, EvidenceOfANewYearBeginsANewBlock) {
  auto add = [&](const char* at) {
    return store_->Write([&](Session& s) { return s.Insert(kEvidence, at); }).value();
  };
  EXPECT_EQ(add("2026-12-31T10:00:00.000+08:00"), 1);
  Keep("2026-12-31");
  EXPECT_EQ(add("2026-12-31T11:00:00.000+08:00"), 2);
  Keep("2027-01-01");
  Keep("2027-01-01");
  EXPECT_EQ(add("2027-01-01T11:00:00.000+08:00"), 10'000'000);
  Keep("2027-01-02");
  EXPECT_EQ(add("2027-01-02T11:00:00.000+08:00"), 10'000'001);
  EXPECT_EQ(Of("evidence").size(), 3u);
  EXPECT_EQ(Broken(), std::vector<std::string>());
}

// As a database of the version before had it: tables in one piece, with rows.
TEST_F(Partitions, TablesInOnePieceAreDividedWithAllThatIsInThem) {
  int64_t seq = Tell("2025-05-01T00:00:00.000+08:00");
  auto done = store_->WriteAlone([&](Session& s) -> Status {
    s.Insert(kEvidence, "2025-05-01T00:00:00.000+08:00");
    s.Forget();
    // Back into one piece.
    s.Execute("CREATE TABLE plain (LIKE events INCLUDING DEFAULTS)");
    s.Execute("INSERT INTO plain SELECT * FROM events");
    s.Execute("DROP TABLE events");
    s.Execute("ALTER TABLE plain RENAME TO events");
    s.Execute("ALTER TABLE events ALTER COLUMN seq ADD GENERATED BY DEFAULT AS IDENTITY");
    s.Execute("ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY (seq)");
    s.Execute("CREATE INDEX events_by_task ON events (task_id, seq)");
    postgres::MakePartitions(s);
    s.Forget();
    postgres::MakeSealTriggers(s);
    return {};
  });
  ASSERT_TRUE(done.ok()) << done.error().cause;
  EXPECT_EQ(PartOf(seq), "events_first");
  EXPECT_EQ(Tell("2025-06-01T00:00:00.000+08:00"), seq + 1);
  EXPECT_EQ(PartOf(seq + 1), "events_first");
}

}  // namespace
}  // namespace zg::store
