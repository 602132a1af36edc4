// Words are found in the rows that hold them, newest first, whatever way the database goes to them: in the
// newest blocks of rows, further back, or in all of them. Held against looking at every text.
#include <gtest/gtest.h>
#include <unistd.h>

#include <random>

#include "store/facet.h"
#include "store/place.h"
#include "store/search.h"
#include "store/store.h"
#include "store/tokens.h"

namespace zg::store {
namespace {

// As tokens.h cuts it: the tokens of each phrase stand in the text one after the other.
bool Holds(const std::string& text, const std::string& q) {
  std::vector<std::string> tokens;
  ForEachToken(text, [&](std::string_view token, size_t, size_t) {
    tokens.emplace_back(token);
    return true;
  });
  for (const auto& phrase : QueryPhrases(q))
    if (std::search(tokens.begin(), tokens.end(), phrase.begin(), phrase.end()) == tokens.end()) return false;
  return true;
}

class TextIndexTest : public testing::Test {
 protected:
  TextIndexTest()
      : file_(std::filesystem::temp_directory_path() / ("zg-words-" + std::to_string(::getpid()) + ".db")),
        place_(file_),
        store_(std::move(Store::Open(place_.Open(), clock_)).value()) {}
  ~TextIndexTest() override {
    store_.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + end);
  }
  // Rows of several documents: their keys lie apart, as those of tasks do, or one behind the other.
  void Fill(TextIndex::Kind kind, int rows, bool apart) {
    std::mt19937 chance(7);
    const std::vector<std::string> words = {"整治",  "生态修复", "生态环境", "修复", "态修",
                                            "河道",  "排污口",   "整改",     "督察", "PM2.5",
                                            "100亩", "验收",     "群众",     "污水", "厂"};
    ASSERT_TRUE(store_
                    ->Write([&](Session& s) {
                      int64_t key = 0;
                      for (int i = 0; i < rows; ++i) {
                        key = apart && chance() % 40 == 0 ? (key / 1'000'000 + 1) * 1'000'000 : key + 1;
                        std::string text;
                        for (int n = 0; n < 6; ++n) {
                          text += words[chance() % words.size()];
                          if (chance() % 2) text += "，";
                        }
                        if (i % 97 == 0) text += "。少见的词";
                        if (i % 700 == 0) text += "。极少见";
                        if (i < rows / 4) text += "。从前";
                        store_->text_index().Add(s, kind, key, text);
                        texts_[key] = text;
                      }
                    })
                    .ok());
  }
  // Tasks that units see, or paragraphs of documents that they see: unit 1 two documents, unit 2 every
  // seventh, unit 3 all of them; unit 4 has one task, unit 5 nothing. Of tasks of a document not all.
  // Documents from 100 on are the second versions of the first ones: the newest paragraphs are not of the
  // greatest families.
  void FillSeen(TextIndex::Kind kind, int rows, int of_document) {
    const bool tasks = kind == TextIndex::kTasks;
    std::mt19937 chance(11);
    const char* words[] = {"整治", "生态修复", "生态环境", "修复", "河道", "排污口", "整改", "100亩", "群众"};
    auto document_is_seen = [](int64_t unit, int64_t document) {
      return unit == 1 ? document == 3 || document == 40 : unit == 2 ? document % 7 == 0 : unit == 3;
    };
    ASSERT_TRUE(store_
                    ->Write([&](Session& s) {
                      PutFirst(s);
                      for (int i = 0; i < rows; ++i) {
                        int64_t document = 1 + i / of_document, place = 1 + i % of_document;
                        int64_t family = document < 100 ? document : document - 99;
                        int64_t key = tasks ? document * kOrdPerDocument + place
                                            : document * kPassagesPerDocument + place;
                        std::string text;
                        for (int n = 0; n < 3; ++n)
                          text += words[chance() % std::size(words)] + std::string(chance() % 2 ? "，" : "");
                        if (i % 97 == 0) text += "。少见的词";
                        if (document == 2) text += "。别人的";
                        texts_[key] = text;
                        std::vector<int64_t> units;
                        for (int64_t unit : {1, 2, 3})
                          if (document_is_seen(unit, tasks ? document : family) && (!tasks || i % 3))
                            units.push_back(unit);
                        if (tasks && i == rows / 2) units.push_back(4);
                        if (tasks) PutRow(s, key, units);
                        if (!tasks && place == 1) {
                          PutDocument(s, document, family);
                          for (int64_t unit : units)
                            if (document == family) PutFacet(s, family * kOrdPerDocument + 1, unit);
                        }
                        store_->text_index().Add(s, kind, key, text);
                        for (int64_t unit : units) seen_[unit].insert(key);
                      }
                    })
                    .ok());
  }
  static void PutFirst(Session& s) {
    s.Run(
        Query{"round",
              "INSERT INTO rounds (id, name, level, number, year, created_at) VALUES (1, 'a', 'other', 0, 0, "
              "'')"});
    s.Run(Query{"text", "INSERT INTO texts (id, text, sm3, notes, ocr) VALUES (1, '', '', '[]', 0)"});
    s.Run(
        Query{"import",
              "INSERT INTO imports (id, name, format, bytes, sha256, sm3, state, error_id, error, head, "
              "tasks, doubts, supersedes_said, actor, created_at, updated_at) VALUES (1, '', '', 0, '', '', "
              "'', '', '', '{}', 0, 0, 0, '', '', '')"});
  }
  static void PutDocument(Session& s, int64_t id, int64_t family) {
    s.Run(Query{"document",
                "INSERT INTO documents (id, family_id, version, newest, round_id, import_id, text_id, name, "
                "format, bytes, sha256, sm3, title, title_begin, title_end, kind, issuers, date_begin, "
                "date_end, corrected, doubts, draft, committed_at, committed_by) VALUES (:id, :family, 1, 1, "
                "1, 1, 1, '', '', 0, '', '', '', 0, 0, '', '[]', 0, 0, '[]', '[]', '{}', '', '')"},
          id, family);
  }
  static std::string FacetsOf(const std::vector<int64_t>& units) {
    std::string facets = std::to_string(Facet(FacetKind::kAll)) + ' ';
    for (int64_t unit : units) facets += std::to_string(Facet(FacetKind::kSeen, unit)) + ' ';
    return facets + std::to_string(Facet(FacetKind::kUnit, 7)) + ' ';
  }
  // As task_index.cc writes it.
  static void PutRow(Session& s, int64_t ord, const std::vector<int64_t>& units) {
    s.Run(Query{"row",
                "INSERT INTO task_rows (ord, task_id, item, words, round_id, due, state, facets) VALUES "
                "(:ord, :task, '', '', 0, 0, 0, :facets)"},
          ord, ord, FacetsOf(units));
    for (int64_t unit : units) PutFacet(s, ord, unit);
  }
  static void PutFacet(Session& s, int64_t ord, int64_t unit) {
    s.Run(Query{"facet",
                "INSERT INTO task_facets (facet, ord, due, state, updated, bits) VALUES (:facet, :ord, 0, 0, "
                "0, 0)"},
          Facet(FacetKind::kSeen, unit), ord);
  }
  std::vector<int64_t> All(const std::string& q, int64_t unit = 0) {
    std::vector<int64_t> keys;
    for (auto it = texts_.rbegin(); it != texts_.rend(); ++it)
      if (Holds(it->second, q) && (unit == 0 || seen_[unit].count(it->first))) keys.push_back(it->first);
    return keys;
  }
  // `unit`: 0: of all.
  void Compare(TextIndex::Kind kind, int64_t unit = 0) {
    const Scope scope = unit ? Scope{false, {unit}} : Scope();
    TextIndex& index = store_->text_index();
    for (const char* q : {"整治", "生态修复", "生态环境 修复", "修复", "态修复", "排污口 督察", "pm2.5",
                          "少见的词", "极少见", "少见", "从前", "从前 生态修复", "没有这个", "修复整改",
                          "厂污水", "100亩 验收 群众", "生态修复生态修复", "河", "别人的"}) {
      std::string expression = index.Expression(q);
      ASSERT_FALSE(expression.empty()) << q;
      std::vector<int64_t> all = All(q, unit);
      SCOPED_TRACE(testing::Message() << "unit " << unit);
      for (int limit : {1, 20, 1000}) {
        for (int64_t cap : {0, 200}) {
          auto found =
              store_->Read([&](Session& s) { return index.Find(s, kind, expression, limit, cap, scope); });
          ASSERT_TRUE(found.ok()) << found.error().cause;
          std::vector<int64_t> first(all.begin(), all.begin() + std::min(all.size(), size_t(limit)));
          EXPECT_EQ(found->keys, first) << q << ", at most " << limit;
          EXPECT_LE(found->n, int64_t(all.size())) << q;
          EXPECT_GE(found->n, int64_t(first.size())) << q;
          if (!found->more) {
            EXPECT_EQ(found->n, int64_t(all.size())) << q << ", at most " << limit;
          }
          if (int(all.size()) < limit) {
            EXPECT_FALSE(found->more) << q << ": all of them are there";
          }
        }
      }
      auto most = store_->Read([&](Session& s) { return index.AtMost(s, kind, expression, 100); });
      EXPECT_GE(most.value(), std::min<int64_t>(int64_t(all.size()), 101)) << q;
    }
  }

  FixedClock clock_{*Date::Make(2024, 6, 30)};
  std::filesystem::path file_;
  test::Place place_;
  std::unique_ptr<Store> store_;
  std::map<int64_t, std::string> texts_;
  std::map<int64_t, std::set<int64_t>> seen_;  // keys, by unit
};

TEST_F(TextIndexTest, ManyRowsThatLieTogether) {
  Fill(TextIndex::kParagraphs, 6000, false);
  Compare(TextIndex::kParagraphs);
}

TEST_F(TextIndexTest, RowsThatLieApart) {
  Fill(TextIndex::kTasks, 3000, true);
  Compare(TextIndex::kTasks);
}

TEST_F(TextIndexTest, TasksThatAUnitSees) {
  FillSeen(TextIndex::kTasks, 4000, 40);
  for (int64_t unit : {0, 1, 2, 3, 4, 5}) Compare(TextIndex::kTasks, unit);
}

TEST_F(TextIndexTest, ParagraphsOfDocumentsThatAUnitSees) {
  FillSeen(TextIndex::kParagraphs, 12000, 100);
  for (int64_t unit : {0, 1, 2, 3, 5}) Compare(TextIndex::kParagraphs, unit);
}

// Whoever changes who sees a task says so in its row only; the index follows.
TEST_F(TextIndexTest, WhoSeesATaskChanges) {
  FillSeen(TextIndex::kTasks, 400, 40);
  ASSERT_TRUE(store_
                  ->Write([&](Session& s) {
                    for (int64_t key : std::set<int64_t>(seen_[3])) {
                      if (key % 2) continue;
                      seen_[3].erase(key);
                      seen_[5].insert(key);
                      s.Run(Query{"facets", "UPDATE task_rows SET facets = :facets WHERE ord = :ord"},
                            FacetsOf({5}), key);
                      s.Run(Query{"facet", "DELETE FROM task_facets WHERE ord = :ord"}, key);
                      PutFacet(s, key, 5);
                      for (int64_t unit : {1, 2, 4}) seen_[unit].erase(key);
                    }
                  })
                  .ok());
  for (int64_t unit : {1, 2, 3, 4, 5}) Compare(TextIndex::kTasks, unit);
  EXPECT_EQ(store_->Read([&](Session& s) { return store_->database().BrokenSeals(s); }).value(),
            std::vector<std::string>());
}

TEST_F(TextIndexTest, AFewRows) {
  Fill(TextIndex::kTasks, 5, true);
  Compare(TextIndex::kTasks);
}

TEST_F(TextIndexTest, NoRows) {
  Compare(TextIndex::kTasks);
}

TEST_F(TextIndexTest, WhatWasTakenOutIsNotFound) {
  Fill(TextIndex::kTasks, 400, false);
  TextIndex& index = store_->text_index();
  ASSERT_TRUE(store_
                  ->Write([&](Session& s) {
                    for (auto it = texts_.begin(); it != texts_.end();) {
                      if (it->first % 3) {
                        ++it;
                        continue;
                      }
                      index.Remove(s, TextIndex::kTasks, it->first, it->second);
                      it = texts_.erase(it);
                    }
                  })
                  .ok());
  Compare(TextIndex::kTasks);
}

// Where tasks fill the page, paragraphs are not looked for: then there may be more, and it is said.
TEST_F(TextIndexTest, WhereParagraphsAreNotLookedForItIsSaid) {
  KnownTexts texts;
  auto words_of = [&](int tasks) {
    TextIndex& index = store_->text_index();
    return store_
        ->Write([&](Session& s) -> Result<SearchResult> {
          index.Clear(s);
          for (int i = 1; i <= tasks; ++i) index.Add(s, TextIndex::kTasks, i, "河道整治");
          for (int i = 1; i <= 5; ++i) index.Add(s, TextIndex::kParagraphs, i, "河道整治");
          return FindWords(s, index, texts, "河道整治", 20);
        })
        .value();
  };
  EXPECT_TRUE(words_of(200).capped);
  EXPECT_TRUE(words_of(20).capped);
  EXPECT_EQ(words_of(30).total, 30);
  SearchResult few = words_of(19);
  EXPECT_FALSE(few.capped);
  EXPECT_EQ(few.total, 24);
}

}  // namespace
}  // namespace zg::store
