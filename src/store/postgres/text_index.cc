#include "store/postgres/postgres.h"
#include "store/tokens.h"

namespace zg::store::postgres {
namespace {

// A tsvector keeps places up to here; what comes later in a text has this place (PostgreSQL 15, 12.11).
constexpr int kLastPlace = 16383;

const char* TableOf(TextIndex::Kind kind) {
  return kind == TextIndex::kParagraphs ? "paragraph_search" : "task_search";
}

struct Queries {
  explicit Queries(TextIndex::Kind kind)
      : add{"search_add", T(kind, "INSERT INTO % (id, words) VALUES (:key, CAST(:words AS tsvector))")},
        remove{"search_remove", T(kind, "DELETE FROM % WHERE id = :key")},
        newest{"search_newest",
               T(kind,
                 "SELECT id FROM (SELECT id, words FROM % WHERE id < :before ORDER BY id DESC LIMIT :window) "
                 "AS w WHERE words @@ CAST(:words AS tsquery) ORDER BY id DESC LIMIT :n")},
        find{
            "search_find",
            T(kind,
              "WITH hits AS MATERIALIZED (SELECT id FROM % WHERE words @@ CAST(:words AS tsquery)) SELECT id "
              "FROM hits WHERE id < :before ORDER BY id DESC LIMIT :n")},
        count{"search_count",
              T(kind,
                "WITH hits AS MATERIALIZED (SELECT id FROM % WHERE words @@ CAST(:words AS tsquery)) SELECT "
                "count(*) FROM (SELECT 1 FROM hits LIMIT :n) AS counted")},
        beyond{"search_beyond", T(kind, "SELECT id FROM % ORDER BY id DESC LIMIT 1 OFFSET :n")} {}
  static std::string T(TextIndex::Kind kind, std::string sql) {
    for (size_t at; (at = sql.find('%')) != sql.npos;) sql.replace(at, 1, TableOf(kind));
    return sql;
  }
  Query add, remove, newest, find, count, beyond;
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
  // The index of words tells all places of a word, in no order: good for words that are rare. A frequent one
  // is met soon by going through the rows from the newest. PostgreSQL guesses badly which it is, so a look at
  // the newest rows decides.
  std::vector<int64_t> Find(Session& session, Kind kind, const std::string& expression, int64_t before,
                            int limit) override {
    int64_t from = before > 0 ? before : INT64_MAX;
    std::vector<int64_t> keys = Newest(session, kind, expression, from, kLook, limit);
    if (int(keys.size()) >= limit) return keys;
    if (Frequent(keys.size())) {
      keys = Newest(session, kind, expression, from, kFar, limit);
      if (int(keys.size()) >= limit) return keys;
    }
    keys.clear();
    session.Each<int64_t>(
        Of(kind).find, [&](int64_t key) { keys.push_back(key); }, expression, from, limit);
    return keys;
  }
  Hits Count(Session& session, Kind kind, const std::string& expression, int64_t cap, bool roughly) override {
    int64_t near = int64_t(Newest(session, kind, expression, INT64_MAX, kLook, cap + 1).size());
    if (Frequent(size_t(near)) && near <= cap) {
      bool part = roughly && session.Value<int64_t>(Of(kind).beyond, kCounted);
      near = int64_t(Newest(session, kind, expression, INT64_MAX, part ? kCounted : kFar, cap + 1).size());
      if (part) return {std::min(near, cap), true};
    }
    if (near > cap) return {cap, true};
    int64_t all = session.Value<int64_t>(Of(kind).count, expression, cap + 1).value_or(0);
    return {std::min(all, cap), all > cap};
  }
  std::string TaskHas(const std::string& key_column, const std::string& argument) const override {
    return "EXISTS (SELECT 1 FROM task_search hit WHERE hit.id = " + key_column + " AND hit.words @@ CAST(" +
           argument + " AS tsquery))";
  }
  std::string TaskKeys(const std::string& argument) const override {
    return "SELECT id FROM task_search WHERE words @@ CAST(" + argument + " AS tsquery)";
  }

 private:
  // Rows that are looked at. From one in forty on, going through is taken to be cheaper than the
  // index: an estimate from plans over 1,500,000 paragraphs, not a measured crossing.
  static constexpr int64_t kLook = 120, kFar = 60'000;
  static constexpr int64_t kCounted = 400;  // rows in which a frequent word is counted
  static bool Frequent(size_t met) { return int64_t(met) * 40 >= kLook; }
  std::vector<int64_t> Newest(Session& session, Kind kind, const std::string& expression, int64_t before,
                              int64_t window, int64_t limit) {
    std::vector<int64_t> keys;
    session.Each<int64_t>(
        Of(kind).newest, [&](int64_t key) { keys.push_back(key); }, before, window, expression, limit);
    return keys;
  }
};

}  // namespace

std::unique_ptr<TextIndex> MakeTextIndex() {
  return std::make_unique<TsvectorIndex>();
}

}  // namespace zg::store::postgres
