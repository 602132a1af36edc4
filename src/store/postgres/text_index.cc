#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "store/facet.h"
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
// The document of a paragraph, as the key tells it.
#define ZG_DOCUMENT "(ARRAY[id >> 25])"
static_assert(kPassagesPerDocument == int64_t(1) << 25);

// The rows of `hits` from the newest, how many there are, and whether that is all of them.
std::string Told(bool phrase, const char* whole) {
  std::string select = std::string(" SELECT h.id, (SELECT count(*) FROM hits), ") + whole +
                       " FROM (SELECT id FROM hits ORDER "
                       "BY id DESC) AS h ";
  // The index knows of words, not of their order: rows are looked at one by one until there are enough.
  if (phrase) select += "WHERE (SELECT t.words @@ CAST(:phrase AS tsquery) FROM % t WHERE t.id = h.id) ";
  return select + "ORDER BY h.id DESC LIMIT :n";
}

// The newest :blocks blocks that have rows at all, and one of nothing where there are no others.
#define ZG_BLOCKS                                                                                     \
  "WITH RECURSIVE blocks (block, n) AS ((SELECT " ZG_BLOCK                                            \
  ", 1 FROM % ORDER BY id DESC LIMIT 1) UNION ALL SELECT (SELECT " ZG_BLOCK                           \
  " FROM % WHERE id < (b.block << 7) ORDER BY id DESC LIMIT 1), b.n + 1 FROM blocks b WHERE b.block " \
  "IS NOT NULL AND b.n < :blocks)"
#define ZG_IN_BLOCKS                                                                                      \
  ZG_WORDS                                                                                                \
  " @@ (CAST(:words AS tsquery) && CAST((SELECT string_agg('''#' || block || '''', '|') FROM blocks) AS " \
  "tsquery))"
constexpr const char* kNoMoreBlocks = "(SELECT count(*) FROM blocks WHERE block IS NULL)";

std::string NewestSql(bool phrase) {
  return ZG_BLOCKS ", hits AS MATERIALIZED (SELECT id FROM % WHERE " ZG_IN_BLOCKS ")" +
         Told(phrase, kNoMoreBlocks);
}
std::string AllSql(bool phrase) {
  return "WITH hits AS MATERIALIZED (SELECT id FROM % WHERE " ZG_WORDS " @@ CAST(:words AS tsquery))" +
         Told(phrase, "1");
}

// Of the newest :tasks that a unit sees, those that hold the words, looked at one by one until there are
// enough; and whether there are no others.
std::string SeenTasksSql() {
  return "WITH newest AS MATERIALIZED (SELECT ord FROM task_facets WHERE facet = :facet ORDER BY ord DESC "
         "LIMIT :tasks) SELECT n.ord, 0, (SELECT count(*) < :tasks2 FROM newest) FROM (SELECT ord FROM "
         "newest "
         "ORDER BY ord DESC) AS n WHERE (SELECT t.words @@ CAST(:words AS tsquery) FROM % t WHERE t.id = "
         "n.ord) ORDER BY n.ord DESC LIMIT :n";
}
// All of them, where the words are rare.
std::string SeenTasksAllSql(bool phrase) {
  return "WITH hits AS MATERIALIZED (SELECT id FROM % WHERE " ZG_WORDS
         " @@ CAST(:words AS tsquery) AND EXISTS (SELECT 1 FROM task_facets f WHERE f.facet = :facet AND "
         "f.ord = id))" +
         Told(phrase, "1");
}

// The newest :documents families of documents with tasks that a unit sees, and one of nothing where there are
// no others: one step in an index for each.
#define ZG_SEEN                                                                                    \
  "WITH RECURSIVE seen (family, n) AS ((SELECT ord / " ZG_ORDS                                     \
  ", 1 FROM task_facets WHERE facet = :facet ORDER BY ord DESC LIMIT 1) UNION ALL SELECT (SELECT " \
  "f.ord / " ZG_ORDS " FROM task_facets f WHERE f.facet = :facet2 AND f.ord < s.family * " ZG_ORDS \
  " ORDER BY f.ord DESC LIMIT 1), s.n + 1 FROM seen s WHERE s.family IS NOT NULL AND s.n < :documents)"

// Paragraphs of those documents.
std::string AmongSql(bool phrase) {
  return "WITH hits AS MATERIALIZED (SELECT id FROM % WHERE " ZG_WORDS
         " @@ CAST(:words AS tsquery) AND " ZG_DOCUMENT " && CAST(:documents AS bigint[]))" +
         Told(phrase, "1");
}
// Of paragraphs that were met, those of documents that the unit sees.
#define ZG_SEEN_OF_MET                                                                                      \
  ", of (document) AS MATERIALIZED (SELECT d.id FROM documents d WHERE d.id IN (SELECT id >> 25 FROM "      \
  "met) AND EXISTS (SELECT 1 FROM task_facets f WHERE f.facet = :facet AND f.ord >= d.family_id * " ZG_ORDS \
  " AND f.ord < d.family_id * " ZG_ORDS " + " ZG_ORDS                                                       \
  ")), hits AS MATERIALIZED (SELECT id FROM met JOIN of ON of.document = id >> 25)"
std::string SeenNewestSql(bool phrase) {
  return ZG_BLOCKS ", met AS MATERIALIZED (SELECT id FROM % WHERE " ZG_IN_BLOCKS ")" ZG_SEEN_OF_MET +
         Told(phrase, kNoMoreBlocks);
}
std::string SeenAllSql(bool phrase) {
  return "WITH met AS MATERIALIZED (SELECT id FROM % WHERE " ZG_WORDS
         " @@ CAST(:words AS tsquery))" ZG_SEEN_OF_MET +
         Told(phrase, "1");
}
const Query kSeenDocuments{
    "search_seen_documents",
    ZG_SEEN " SELECT d.id FROM seen s JOIN documents d ON d.family_id = s.family AND d.newest = 1"};

// A query, and the one that looks at the order of the words too.
struct Ordered {
  Ordered(TextIndex::Kind kind, const char* name, const char* phrase_name,
          const std::function<std::string(bool)>& sql);
  Query any, phrase;
};

const Query kInRow{"search_in_row",
                   "SELECT count(*) FROM pg_class c WHERE c.relnamespace = CAST(current_schema() AS "
                   "regnamespace) AND c.relname = 'task_search' AND c.reloptions IS NOT NULL"};

struct Queries {
  explicit Queries(TextIndex::Kind kind)
      : add{"search_add", T(kind, "INSERT INTO % (id, words) VALUES (:key, CAST(:words AS tsvector))")},
        remove{"search_remove", T(kind, "DELETE FROM % WHERE id = :key")},
        newest(kind, "search_newest", "search_newest_phrase", NewestSql),
        all(kind, "search_all", "search_all_phrase", AllSql),
        seen_tasks{"search_seen_tasks", T(kind, SeenTasksSql())},
        seen_tasks_all(kind, "search_seen_tasks_all", "search_seen_tasks_all_phrase", SeenTasksAllSql),
        among(kind, "search_among", "search_among_phrase", AmongSql),
        seen_newest(kind, "search_seen_newest", "search_seen_newest_phrase", SeenNewestSql),
        seen_all(kind, "search_seen_all", "search_seen_all_phrase", SeenAllSql),
        at_most{"search_at_most", T(kind, "SELECT count(*) FROM (SELECT 1 FROM % WHERE " ZG_WORDS
                                          " @@ CAST(:words AS tsquery) LIMIT :n) AS counted")} {}
  static std::string T(TextIndex::Kind kind, std::string sql) {
    for (size_t at; (at = sql.find('%')) != sql.npos;) sql.replace(at, 1, TableOf(kind));
    return sql;
  }
  Query add, remove;
  Ordered newest, all;
  Query seen_tasks;
  Ordered seen_tasks_all, among, seen_newest, seen_all;
  Query at_most;
};
Ordered::Ordered(TextIndex::Kind kind, const char* name, const char* phrase_name,
                 const std::function<std::string(bool)>& sql)
    : any{name, Queries::T(kind, sql(false))}, phrase{phrase_name, Queries::T(kind, sql(true))} {}

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
  Found Find(Session& session, Kind kind, const std::string& expression, int limit, int64_t cap,
             const Scope& scope) override {
    const Wanted wanted(expression, limit, cap);
    const Queries& of = Of(kind);
    if (scope.none()) return {};
    if (!scope.all && kind == kTasks) return FindSeenTasks(session, of, wanted, scope);
    if (!scope.all) return FindSeenParagraphs(session, of, wanted, scope);
    return Widening(
        wanted, kFirstBlocks, kMostBlocks,
        [&](int64_t blocks) { return Ask(session, of.newest, wanted, blocks, wanted.words); },
        [&] { return Ask(session, of.all, wanted, wanted.words); });
  }
  // Frequent words show in the newest rows; only rare ones are counted in all, which costs as much as they
  // have.
  int64_t AtMost(Session& session, Kind kind, const std::string& expression, int64_t cap) override {
    const std::string words = WithoutOrder(expression);
    Met met = Read(session, Of(kind).newest.any, kFirstBlocks, words, int64_t(1));
    if (met.all >= kFrequent) return met.whole ? met.all : cap + 1;
    return session.Value<int64_t>(Of(kind).at_most, words, cap + 1).value_or(0);
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
  static constexpr int64_t kFirstBlocks = 2, kMostBlocks = 256;   // of 128 keys
  static constexpr int64_t kFirstTasks = 128, kMostTasks = 4096;  // of a unit
  static constexpr int64_t kMostDocuments = 64;                   // that are named one by one
  static constexpr int64_t kFrequent = 8;  // rows of the first blocks that hold the words
  static constexpr int64_t kChecked = 50;  // rows whose words are looked at in their order, to count them

  struct Wanted {
    Wanted(const std::string& with_order, int most, int64_t counted)
        : expression(with_order),
          words(WithoutOrder(with_order)),
          phrase(expression.find(kNext) != expression.npos),
          rows(phrase ? std::max<int64_t>(most, std::min(counted, kChecked)) : most),
          limit(most),
          cap(counted) {}
    const std::string expression, words;
    const bool phrase;   // the order of the words matters
    const int64_t rows;  // that are asked for
    const int64_t limit, cap;
  };
  // Rows that were met, of them `all` by their words alone; whole: there are no others.
  struct Met {
    std::vector<int64_t> keys;
    int64_t all = 0;
    bool whole = false;
  };
  template <class... A>
  static Met Read(Session& session, const Query& query, const A&... args) {
    Met met;
    session.Each<int64_t, int64_t, bool>(
        query,
        [&](int64_t key, int64_t all, bool whole) {
          met.keys.push_back(key);
          met.all = all;
          met.whole = whole;
        },
        args...);
    return met;
  }
  template <class... A>
  static Met Ask(Session& session, const Ordered& query, const Wanted& wanted, const A&... args) {
    return wanted.phrase ? Read(session, query.phrase, args..., wanted.expression, wanted.rows)
                         : Read(session, query.any, args..., wanted.rows);
  }
  static bool Enough(const Met& met, const Wanted& wanted) {
    return met.whole || int64_t(met.keys.size()) >= wanted.limit;
  }
  // How much further to go, as the rows that were met let expect it; 0: nothing was met.
  static int64_t Further(const Met& met, const Wanted& wanted, int64_t n) {
    return met.keys.empty() ? 0 : n * wanted.rows * 2 / int64_t(met.keys.size());
  }
  // Asks the first n, more of them up to `most`, and at last all.
  template <class Newest, class All>
  static Found Widening(const Wanted& wanted, int64_t first, int64_t most, const Newest& newest,
                        const All& all) {
    for (int64_t n = first; n > 0 && n <= most;) {
      Met met = newest(n);
      if (Enough(met, wanted)) return Counted(std::move(met), wanted);
      n = Further(met, wanted, n);
    }
    Met met = all();
    met.whole = true;
    return Counted(std::move(met), wanted);
  }
  // The words of the newest tasks are looked at, which are met soon where the words are frequent; a rare word
  // is looked for in the index. Cost: an index entry and a row for each task, until there are enough.
  Found FindSeenTasks(Session& session, const Queries& of, const Wanted& wanted, const Scope& scope) {
    const int64_t facet = FacetOf(scope);
    const int64_t rows = wanted.limit + 1;
    return Widening(
        wanted, kFirstTasks, kMostTasks,
        [&](int64_t tasks) {
          Met met = Read(session, of.seen_tasks, facet, tasks, tasks, wanted.expression, rows);
          met.all = int64_t(met.keys.size());
          met.whole = met.whole && met.all < rows;
          return met;
        },
        [&] { return Ask(session, of.seen_tasks_all, wanted, wanted.words, facet); });
  }
  // The newest paragraphs, where the unit sees a good deal of all documents; otherwise its documents alone,
  // as long as they are few enough to be named.
  static Found FindSeenParagraphs(Session& session, const Queries& of, const Wanted& wanted,
                                  const Scope& scope) {
    const int64_t facet = FacetOf(scope);
    auto newest = [&](int64_t blocks) {
      return Ask(session, of.seen_newest, wanted, blocks, wanted.words, facet);
    };
    Met first = newest(kFirstBlocks);
    if (Enough(first, wanted)) return Counted(std::move(first), wanted);
    int64_t documents = 0;
    std::string named;
    session.Each<int64_t>(
        kSeenDocuments, [&](int64_t id) { named += (documents++ ? "," : "{") + std::to_string(id); }, facet,
        facet, kMostDocuments + 1);
    if (documents == 0) return {};
    if (documents <= kMostDocuments) {
      Met met = Ask(session, of.among, wanted, wanted.words, named + "}");
      met.whole = true;
      return Counted(std::move(met), wanted);
    }
    return Widening(wanted, Further(first, wanted, kFirstBlocks), kMostBlocks, newest,
                    [&] { return Ask(session, of.seen_all, wanted, wanted.words, facet); });
  }
  static Found Counted(Met met, const Wanted& wanted) {
    Found found;
    const int64_t n = int64_t(met.keys.size());
    found.n = wanted.phrase ? n : met.all;
    found.more = !met.whole || (wanted.phrase && n == wanted.rows && met.all > n);
    int64_t most = std::max(wanted.cap, wanted.limit);
    if (found.n > most) found.n = most, found.more = true;
    found.keys = std::move(met.keys);
    if (n > wanted.limit) found.keys.resize(size_t(wanted.limit));
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
  for (const char* table : {"paragraph_search", "task_search"})
    session.Execute(
        fmt::format("CREATE TABLE IF NOT EXISTS {} (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)", table));
  // The words of a task are looked at row by row: they lie in the row, not beside it, where each look costs
  // three times as much.
  if (session.Value<int64_t>(kInRow).value_or(0) == 0) {
    session.Execute("ALTER TABLE task_search SET (toast_tuple_target = 8160)");
    session.Execute("DROP INDEX IF EXISTS task_search_blocks");  // rows change: made anew at the end
    session.Execute("UPDATE task_search SET words = words || CAST('' AS tsvector)");
  }
  constexpr const char* kWith = " WITH (gin_pending_list_limit = 256)";
  session.Execute(
      std::string("CREATE INDEX IF NOT EXISTS task_search_blocks ON task_search USING GIN (" ZG_WORDS ")") +
      kWith);
  session.Execute(std::string("CREATE INDEX IF NOT EXISTS paragraph_search_documents ON paragraph_search "
                              "USING GIN (" ZG_WORDS ", " ZG_DOCUMENT ")") +
                  kWith);
}

std::unique_ptr<TextIndex> MakeTextIndex() {
  return std::make_unique<TsvectorIndex>();
}

}  // namespace zg::store::postgres
