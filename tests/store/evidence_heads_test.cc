// The evidence that a unit sees, page by page, held against asking each piece whether it is seen.
#include "store/evidence_heads.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <random>

#include "store/evidence.h"
#include "store/place.h"
#include "store/store.h"

namespace zg::store {
namespace {

class EvidenceHeadsTest : public testing::Test {
 protected:
  EvidenceHeadsTest()
      : file_(std::filesystem::temp_directory_path() / ("zg-heads-" + std::to_string(::getpid()) + ".db")),
        place_(file_),
        store_(std::move(Store::Open(place_.Open(), clock_)).value()) {}
  ~EvidenceHeadsTest() override {
    store_.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + end);
  }
  template <class F>
  void Write(F f) {
    auto written = store_->Write([&](Session& s) { f(s); });
    ASSERT_TRUE(written.ok()) << written.error().cause;
  }
  // Unit 1 sees three tasks, 2 every fifth, 3 all, 4 none; nobody sees task 9.
  static std::vector<int64_t> UnitsOf(int64_t task) {
    std::vector<int64_t> units;
    if (task == 9) return units;
    if (task == 7 || task == 8 || task == 250) units.push_back(1);
    if (task % 5 == 0) units.push_back(2);
    units.push_back(3);
    return units;
  }
  static void See(Session& s, int64_t task, const std::vector<int64_t>& units) {
    s.Run(Query{"unsee", "DELETE FROM task_seen WHERE task_id = :task"}, task);
    for (int64_t unit : units)
      s.Run(Query{"see", "INSERT INTO task_seen (unit_id, task_id) VALUES (:unit, :task)"}, unit, task);
    EvidenceHeadAnew(s, {task});
  }
  void Fill(int pieces) {
    Write([&](Session& s) {
      for (int64_t task = 1; task <= 400; ++task) See(s, task, UnitsOf(task));
      for (int i = 0; i < pieces; ++i) Upload(s);
    });
  }
  void Upload(Session& s) {
    Evidence e;
    e.version = 1;
    e.kind = chance_() % 4 ? "photo" : "report";
    e.title = "照片";
    e.fact_day = Date::Make(2024, 1 + int(chance_() % 6), 1 + int(chance_() % 28));
    e.unit = {int64_t(chance_() % 40)};
    // Some tasks have much, some have been silent for long; a piece in ten belongs to several, or to none.
    int64_t task = chance_() % 3 ? 1 + int64_t(chance_() % 20) : 1 + int64_t(chance_() % 400);
    if (chance_() % 10) e.ties.push_back({"task", task, {task}});
    if (chance_() % 10 == 0)
      for (int64_t more : {task % 400 + 1, (task + 100) % 400 + 1}) e.ties.push_back({"task", more, {more}});
    InsertEvidence(s, e);
    all_.push_back(e.id);
  }
  std::vector<int64_t> Expected(Session& s, UnitId unit, const EvidenceFilter& f) {
    std::vector<int64_t> ids;
    for (auto id = all_.rbegin(); id != all_.rend(); ++id) {
      auto e = LoadEvidence(s, *id);
      if (e->state == EvidenceState::kRemoved || !EvidenceVisible(s, {false, unit}, *id)) continue;
      if (!f.kind.empty() && e->kind != f.kind) continue;
      if (f.unit && e->unit != *f.unit) continue;
      if (f.from && *e->fact_day < *f.from) continue;
      ids.push_back(id->value);
    }
    return ids;
  }
  void Compare() {
    auto compared = store_->Read([&](Session& s) {
      EXPECT_EQ(CountWrongEvidenceHeads(s), 0);
      for (int64_t unit : {1, 2, 3, 4}) {
        for (int kind : {0, 1, 2, 3}) {
          EvidenceFilter f;
          f.limit = 51;
          if (kind == 1) f.kind = "report";
          if (kind == 2) f.unit = UnitId{7};
          if (kind == 3) f.from = Date::Make(2024, 6, 20);
          std::vector<int64_t> found;
          for (size_t page = 51; page == 51;) {
            auto rows = FindEvidence(s, {false, {unit}}, f);
            page = rows.size();
            for (const auto& e : rows) {
              found.push_back(e.id.value);
              EXPECT_EQ(e.ties.size(), LoadEvidence(s, e.id)->ties.size());
            }
            if (page) f.before = found.back();
          }
          EXPECT_EQ(found, Expected(s, {unit}, f)) << "unit " << unit << ", filter " << kind;
        }
      }
    });
    ASSERT_TRUE(compared.ok()) << compared.error().cause;
  }

  FixedClock clock_{*Date::Make(2024, 6, 30)};
  std::filesystem::path file_;
  test::Place place_;
  std::unique_ptr<Store> store_;
  std::mt19937 chance_{5};
  std::vector<EvidenceId> all_;
};

TEST_F(EvidenceHeadsTest, PagesHaveWhatIsSeenAndNothingElse) {
  Fill(1500);
  Compare();
}

TEST_F(EvidenceHeadsTest, FollowsWhatChanges) {
  Fill(600);
  Write([&](Session& s) {
    for (size_t i = 0; i < all_.size(); i += 7) {
      Evidence e = *LoadEvidence(s, all_[i]);
      if (i % 2)
        e.state = EvidenceState::kRemoved;
      else
        e.ties = {{"task", 250, {250}}};
      UpdateEvidence(s, e);
    }
    for (int64_t task = 1; task <= 20; task += 2) See(s, task, {1, 4});
    for (int64_t task = 2; task <= 20; task += 4) See(s, task, {});
    for (int i = 0; i < 40; ++i) Upload(s);
  });
  Compare();
}

TEST_F(EvidenceHeadsTest, SomebodyWithoutAUnitSeesNothing) {
  Fill(200);
  auto asked = store_->Read([&](Session& s) {
    const Scope nobody{false, {}};
    int of_no_unit = 0;
    for (EvidenceId id : all_) {
      Evidence e = *LoadEvidence(s, id);
      of_no_unit += !e.unit;
      EXPECT_FALSE(EvidenceVisible(s, nobody, id)) << "unit " << e.unit.value;
      EXPECT_FALSE(FindEvidenceByDigest(s, nobody, e.sha256));
    }
    EXPECT_GT(of_no_unit, 0);
    EXPECT_TRUE(FindEvidence(s, nobody, {}).empty());
  });
  ASSERT_TRUE(asked.ok()) << asked.error().cause;
}

// A ledger whose heads are not kept yet answers as before; from when they are filled on, by them.
TEST_F(EvidenceHeadsTest, BeforeTheyAreKept) {
  Fill(300);
  Write([&](Session& s) { s.Execute("DELETE FROM evidence_heads"); });
  Compare();
  Write([&](Session& s) { FillEvidenceHeads(s); });
  Compare();
  Write([&](Session& s) { s.Execute("DELETE FROM evidence_heads WHERE unit_id = 2"); });
  EXPECT_GT(store_->Read([](Session& s) { return CountWrongEvidenceHeads(s); }).value(), 0)
      << "the proof finds what is missing";
}

}  // namespace
}  // namespace zg::store
