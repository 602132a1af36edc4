#include <fmt/format.h>

#include <algorithm>

#include "store/postgres/postgres.h"
#include "store/tokens.h"

namespace zg::store::postgres {
namespace {

// A tsvector keeps places up to here; what comes later in a text has this place (PostgreSQL 15, 12.11).
constexpr int kLastPlace = 16383;

const char* TableOf(TextIndex::Kind kind) {
  return kind == TextIndex::kParagraphs ? "paragraph_search" : "task_search";
}

// What is searched: the words, and one more that names the block of 128 keys that the row stands in. Words
// hold letters, digits and Han only, so nobody's word is taken for it.
#define ZG_BLOCK "id >> 7"
#define ZG_WORDS "(words || array_to_tsvector(ARRAY['#' || (" ZG_BLOCK ")]))"

// The rows of `hits` from the newest, how many there are, and whether that is all of them.
std::string Told(bool phrase, const char* whole) {
  std::string select = std::string(" SELECT h.id, (SELECT count(*) FROM hits), ") + whole +
                       " FROM (SELECT id FROM hits ORDER "
                       "BY id DESC) AS h ";
  // The index knows of words, not of their order: rows are looked at one by one until there are enough.
  if (phrase) select += "WHERE (SELECT t.words @@ CAST(:phrase AS tsquery) FROM % t WHERE t.id = h.id) ";
  return select + "ORDER BY h.id DESC LIMIT :n";
}

// In the newest :blocks blocks that have rows at all.
std::string NewestSql(bool phrase) {
  return "WITH RECURSIVE blocks (block, n) AS ((SELECT " ZG_BLOCK
         ", 1 FROM % ORDER BY id DESC LIMIT 1) UNION ALL SELECT (SELECT " ZG_BLOCK
         " FROM % WHERE id < (b.block << 7) ORDER BY id DESC LIMIT 1), b.n + 1 FROM blocks b WHERE b.block "
         "IS NOT NULL AND b.n < :blocks), hits AS MATERIALIZED (SELECT id FROM % WHERE " ZG_WORDS
         " @@ (CAST(:words AS tsquery) && CAST((SELECT string_agg('''#' || block || '''', '|') FROM blocks) "
         "AS tsquery)))" +
         Told(phrase, "(SELECT count(*) FROM blocks WHERE block IS NULL)");
}
std::string AllSql(bool phrase) {
  return "WITH hits AS MATERIALIZED (SELECT id FROM % WHERE " ZG_WORDS " @@ CAST(:words AS tsquery))" +
         Told(phrase, "1");
}

struct Queries {
  explicit Queries(TextIndex::Kind kind)
      : add{"search_add", T(kind, "INSERT INTO % (id, words) VALUES (:key, CAST(:words AS tsvector))")},
        remove{"search_remove", T(kind, "DELETE FROM % WHERE id = :key")},
        newest{"search_newest", T(kind, NewestSql(false))},
        newest_phrase{"search_newest_phrase", T(kind, NewestSql(true))},
        all{"search_all", T(kind, AllSql(false))},
        all_phrase{"search_all_phrase", T(kind, AllSql(true))},
        at_most{"search_at_most", T(kind, "SELECT count(*) FROM (SELECT 1 FROM % WHERE " ZG_WORDS
                                          " @@ CAST(:words AS tsquery) LIMIT :n) AS counted")} {}
  static std::string T(TextIndex::Kind kind, std::string sql) {
    for (size_t at; (at = sql.find('%')) != sql.npos;) sql.replace(at, 1, TableOf(kind));
    return sql;
  }
  Query add, remove, newest, newest_phrase, all, all_phrase, at_most;
};

const Queries& Of(TextIndex::Kind kind) {
  static const Queries paragraphs(TextIndex::kParagraphs), tasks(TextIndex::kTasks);
  return kind == TextIndex::kParagraphs ? paragraphs : tasks;
}

// Tokens hold letters, digits and Han only: quotes are enough.
std::string VectorOf(const std::string& text) {
  std::string vector;
  int place = 0;
  ForEachToken(text, [&](std::string_view token, size_t, size_t) {
    if (place < kLastPlace) ++place;
    vector += '\'';
    vector += token;
    vector += "':" + std::to_string(place) + " ";
    return true;
  });
  return vector;
}

class TsvectorIndex : public TextIndex {
 public:
  void Add(Session& session, Kind kind, int64_t key, const std::string& text) override {
    session.Run(Of(kind).add, key, VectorOf(text));
  }
  void Remove(Session& session, Kind kind, int64_t key, const std::string&) override {
    session.Run(Of(kind).remove, key);
  }
  void Clear(Session& session) override {
    session.Execute("DELETE FROM paragraph_search");
    session.Execute("DELETE FROM task_search");
  }
  std::string Expression(const std::string& q) const override {
    std::string expression;
    for (const auto& phrase : QueryPhrases(q)) {
      if (!expression.empty()) expression += " & ";
      expression += '(';
      for (size_t i = 0; i < phrase.size(); ++i) expression += (i ? " <-> '" : "'") + phrase[i] + "'";
      expression += ')';
    }
    return expression;
  }
  // The index of words tells all places of a word, in no order. A frequent one is met soon in the newest
  // blocks of rows, which costs as much as these hold; how far to go is reckoned from what the first ones
  // have. A rare one is looked for in all. Cost: some 100 index entries for each block, or all places of the
  // rarest word; rows are read where the order of words matters, one by one until there are enough.
  Found Find(Session& session, Kind kind, const std::string& expression, int limit, int64_t cap) override {
    const bool phrase = expression.find(kNext) != expression.npos;
    const std::string words = WithoutOrder(expression);
    const int64_t rows = phrase ? std::max<int64_t>(limit, std::min(cap, kChecked)) : limit;
    Queries const& of = Of(kind);
    for (int64_t blocks = kFirstBlocks; blocks <= kMostBlocks;) {
      Seen seen;
      if (phrase)
        Ask(session, of.newest_phrase, seen, blocks, words, expression, rows);
      else
        Ask(session, of.newest, seen, blocks, words, rows);
      if (seen.whole || int64_t(seen.keys.size()) >= limit)
        return Counted(std::move(seen), phrase, rows, limit, cap);
      int64_t met = int64_t(seen.keys.size());
      if (met == 0) break;
      int64_t needed = blocks * rows * 2 / met;
      if (needed <= blocks) break;
      blocks = needed;
    }
    Seen seen;
    if (phrase)
      Ask(session, of.all_phrase, seen, words, expression, rows);
    else
      Ask(session, of.all, seen, words, rows);
    seen.whole = true;
    return Counted(std::move(seen), phrase, rows, limit, cap);
  }
  int64_t AtMost(Session& session, Kind kind, const std::string& expression, int64_t cap) override {
    return session.Value<int64_t>(Of(kind).at_most, WithoutOrder(expression), cap + 1).value_or(0);
  }
  std::string TaskHas(const std::string& key_column, const std::string& argument) const override {
    return "EXISTS (SELECT 1 FROM task_search hit WHERE hit.id = " + key_column + " AND hit.words @@ CAST(" +
           argument + " AS tsquery))";
  }
  std::string TaskKeys(const std::string& argument) const override {
    return "SELECT id FROM task_search WHERE " ZG_WORDS " @@ CAST(" + argument + " AS tsquery)";
  }

 private:
  static constexpr const char* kNext = " <-> ";
  static constexpr int64_t kFirstBlocks = 4, kMostBlocks = 256;  // of 128 keys
  static constexpr int64_t kChecked = 50;  // rows whose words are looked at in their order, to count them

  // Rows that were met, of them `all` by their words alone; whole: there are no others.
  struct Seen {
    std::vector<int64_t> keys;
    int64_t all = 0;
    bool whole = false;
  };
  template <class... A>
  static void Ask(Session& session, const Query& query, Seen& seen, const A&... args) {
    session.Each<int64_t, int64_t, bool>(
        query,
        [&](int64_t key, int64_t all, bool whole) {
          seen.keys.push_back(key);
          seen.all = all;
          seen.whole = whole;
        },
        args...);
  }
  static Found Counted(Seen seen, bool phrase, int64_t rows, int limit, int64_t cap) {
    Found found;
    int64_t met = int64_t(seen.keys.size());
    found.n = phrase ? met : seen.all;
    found.more = !seen.whole || (phrase && met == rows && seen.all > met);
    int64_t most = std::max<int64_t>(cap, limit);
    if (found.n > most) found.n = most, found.more = true;
    found.keys = std::move(seen.keys);
    if (met > limit) found.keys.resize(size_t(limit));
    return found;
  }
  // Rows that hold the words in any order: no fewer than those that hold them as they were written.
  static std::string WithoutOrder(std::string expression) {
    for (size_t at; (at = expression.find(kNext)) != expression.npos;) expression.replace(at, 5, " & ");
    return expression;
  }
};

}  // namespace

// A short list of what is not sorted in yet: each search goes through all of it.
void MakeSearchTables(Session& session) {
  for (const char* table : {"paragraph_search", "task_search"}) {
    session.Execute(
        fmt::format("CREATE TABLE IF NOT EXISTS {} (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)", table));
    session.Execute(fmt::format("CREATE INDEX IF NOT EXISTS {0}_blocks ON {0} USING GIN (" ZG_WORDS
                                ") WITH (gin_pending_list_limit = 256)",
                                table));
  }
}

std::unique_ptr<TextIndex> MakeTextIndex() {
  return std::make_unique<TsvectorIndex>();
}

}  // namespace zg::store::postgres
