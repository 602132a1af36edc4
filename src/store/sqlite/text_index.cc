#include <algorithm>

#include "store/facet.h"
#include "store/sqlite/sqlite.h"
#include "store/tokens.h"

namespace zg::store::sqlite {
namespace {

const char* TableOf(TextIndex::Kind kind) {
  return kind == TextIndex::kParagraphs ? "paragraph_search" : "task_search";
}

// One set of queries for each of the two tables.
struct Queries {
  explicit Queries(TextIndex::Kind kind)
      : add{"search_add", T(kind, "INSERT INTO %(rowid, words) VALUES (:key, :words)")},
        remove{"search_remove", T(kind, "INSERT INTO %(%, rowid, words) VALUES ('delete', :key, :words)")},
        clear{"search_clear", T(kind, "INSERT INTO %(%) VALUES ('delete-all')")},
        find{"search_find", T(kind, "SELECT rowid FROM % WHERE % MATCH :words ORDER BY rowid DESC LIMIT :n")},
        find_seen{"search_find_seen", T(kind, std::string("SELECT rowid FROM % WHERE % MATCH :words AND ") +
                                                  SeenSql(kind) + " ORDER BY rowid DESC LIMIT :n")},
        count{"search_count",
              T(kind, "SELECT count(*) FROM (SELECT 1 FROM % WHERE % MATCH :words LIMIT :n) AS hits")} {}
  // That the unit behind the facet sees.
  static std::string SeenSql(TextIndex::Kind kind) {
    static_assert(kPassagesPerDocument == int64_t(1) << 25);
    return kind == TextIndex::kTasks
               ? "EXISTS (SELECT 1 FROM task_facets f WHERE f.facet = :seen AND f.ord = %.rowid)"
               : "(rowid >> 25) IN (SELECT d.id FROM documents d WHERE d.newest = 1 AND EXISTS (SELECT 1 "
                 "FROM "
                 "task_facets f WHERE f.facet = :seen AND f.ord >= d.family_id * " ZG_ORDS
                 " AND f.ord < d.family_id * " ZG_ORDS " + " ZG_ORDS "))";
  }
  static std::string T(TextIndex::Kind kind, std::string sql) {
    for (size_t at; (at = sql.find('%')) != sql.npos;) sql.replace(at, 1, TableOf(kind));
    return sql;
  }
  Query add, remove, clear, find, find_seen, count;
};

const Queries& Of(TextIndex::Kind kind) {
  static const Queries paragraphs(TextIndex::kParagraphs), tasks(TextIndex::kTasks);
  return kind == TextIndex::kParagraphs ? paragraphs : tasks;
}

class Fts5Index : public TextIndex {
 public:
  void Add(Session& session, Kind kind, int64_t key, const std::string& text) override {
    session.Run(Of(kind).add, key, text);
  }
  void Remove(Session& session, Kind kind, int64_t key, const std::string& text) override {
    session.Run(Of(kind).remove, key, text);
  }
  void Clear(Session& session) override {
    session.Run(Of(kParagraphs).clear);
    session.Run(Of(kTasks).clear);
  }
  // Tokens hold letters, digits and Han only, so quoting them is enough; FTS5 cuts the phrase again, and the
  // blanks keep the pairs as they are.
  std::string Expression(const std::string& q) const override {
    std::string expression;
    for (const auto& phrase : QueryPhrases(q)) {
      if (!expression.empty()) expression += " AND ";
      expression += '"';
      for (size_t i = 0; i < phrase.size(); ++i) expression += (i ? " " : "") + phrase[i];
      expression += '"';
    }
    return expression;
  }
  Found Find(Session& session, Kind kind, const std::string& expression, int limit, int64_t cap,
             const Scope& scope) override {
    if (!scope.all) return FindSeen(session, kind, expression, limit, cap, scope);
    Found found;
    session.Each<int64_t>(
        Of(kind).find, [&](int64_t key) { found.keys.push_back(key); }, expression, limit);
    found.n = int64_t(found.keys.size());
    if (found.n < limit) return found;
    int64_t all = AtMost(session, kind, expression, std::max<int64_t>(cap, limit));
    found.more = all > std::max<int64_t>(cap, limit);
    found.n = found.more ? all - 1 : all;
    return found;
  }
  int64_t AtMost(Session& session, Kind kind, const std::string& expression, int64_t cap) override {
    return session.Value<int64_t>(Of(kind).count, expression, cap + 1).value_or(0);
  }
  std::string TaskHas(const std::string& key_column, const std::string& argument) const override {
    return "EXISTS (SELECT 1 FROM task_search WHERE task_search MATCH " + argument +
           " AND rowid = " + key_column + ")";
  }
  std::string TaskKeys(const std::string& argument) const override {
    return "SELECT rowid FROM task_search WHERE task_search MATCH " + argument;
  }

 private:
  // Cost: the hits of all, until there are enough that are seen.
  static Found FindSeen(Session& session, Kind kind, const std::string& expression, int limit, int64_t cap,
                        const Scope& scope) {
    Found found;
    const int64_t most = std::max<int64_t>(cap, limit);
    session.Each<int64_t>(
        Of(kind).find_seen, [&](int64_t key) { found.keys.push_back(key); }, expression, FacetOf(scope),
        most + 1);
    found.n = std::min(int64_t(found.keys.size()), most);
    found.more = int64_t(found.keys.size()) > most;
    if (int64_t(found.keys.size()) > limit) found.keys.resize(size_t(limit));
    return found;
  }
};

}  // namespace

std::unique_ptr<TextIndex> MakeTextIndex() {
  return std::make_unique<Fts5Index>();
}

}  // namespace zg::store::sqlite
