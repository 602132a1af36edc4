#include "store/articles.h"

#include <nlohmann/json.hpp>

namespace zg::store {
namespace {

using nlohmann::json;
using Text = std::string;

#define ZG_ARTICLE                                                                                        \
  "SELECT a.id, a.day, a.title, a.medium, a.kind, a.level, a.region, a.unit_id, a.round_id, a.link, "     \
  "a.tasks, a.note, a.pieces, a.open, a.gone, a.reason, a.revision, a.updated_by, a.updated_at, "         \
  "coalesce(r.name, ''), coalesce(u.name, ''), coalesce(d.name, '') FROM articles a LEFT JOIN regions r " \
  "ON r.code = a.region LEFT JOIN units u ON u.id = a.unit_id LEFT JOIN rounds d ON d.id = a.round_id "

const Query kLoad{"article", ZG_ARTICLE "WHERE a.id = :id"};
const Query kAfter{"articles_after", ZG_ARTICLE "WHERE a.id > :after ORDER BY a.id LIMIT :n"};
const Query kInsert{
    "article_insert",
    "INSERT INTO articles (day, week, title, medium, kind, level, region, unit_id, round_id, link, tasks, "
    "note, pieces, open, gone, reason, revision, updated_by, updated_at) VALUES (:day, :week, :title, "
    ":medium, :kind, :level, :region, :unit, :round, :link, :tasks, :note, :pieces, :open, :gone, :reason, "
    ":revision, :by, :at) RETURNING id"};
const Query kUpdate{
    "article_update",
    "UPDATE articles SET day = :day, week = :week, title = :title, medium = :medium, kind = :kind, level = "
    ":level, region = :region, unit_id = :unit, round_id = :round, link = :link, tasks = :tasks, note = "
    ":note, pieces = :pieces, open = :open, gone = :gone, reason = :reason, revision = :revision, updated_by "
    "= :by, updated_at = :at WHERE id = :id"};
const Query kSame{"article_same",
                  "SELECT id FROM articles WHERE gone = 0 AND day = :day AND medium = :medium AND title = "
                  ":title ORDER BY id LIMIT 1"};
const Query kMedia{"articles_media",
                   "SELECT medium, kind, level, count(*) AS n FROM articles WHERE gone = 0 GROUP BY medium, "
                   "kind, level ORDER BY n DESC, medium, kind, level LIMIT :n"};

Text TasksText(const std::vector<TaskId>& tasks) {
  json list = json::array();
  for (TaskId task : tasks) list.push_back(task.value);
  return list.dump();
}

template <class... A>
std::vector<ArticleLine> Lines(Session& session, const Query& query, const A&... args) {
  std::vector<ArticleLine> lines;
  session.Each<int64_t, Text, Text, Text, Text, Text, Text, int64_t, int64_t, Text, Text, Text, int64_t, bool,
               bool, Text, int64_t, Text, Text, Text, Text, Text>(
      query,
      [&](int64_t id, const Text& day, const Text& title, const Text& medium, const Text& kind,
          const Text& level, const Text& region, int64_t unit, int64_t round, const Text& link,
          const Text& tasks, const Text& note, int64_t pieces, bool open, bool gone, const Text& reason,
          int64_t revision, const Text& by, const Text& at, const Text& region_name, const Text& unit_name,
          const Text& round_name) {
        Article a{{id},     Date::ParseIso(day).value_or(Date()),
                  title,    medium,
                  kind,     level,
                  region,   {unit},
                  {round},  link,
                  {},       note,
                  pieces,   open,
                  gone,     reason,
                  revision, by,
                  at};
        json list = json::parse(tasks, nullptr, false);
        if (list.is_array())
          for (const auto& task : list) a.tasks.push_back({task.get<int64_t>()});
        lines.push_back({std::move(a), region_name, unit_name, round_name});
      },
      args...);
  return lines;
}

Text Escaped(const Text& words) {
  Text out = "%";
  for (char c : words) {
    if (c == '%' || c == '_' || c == '!') out += '!';
    out += c;
  }
  return out + "%";
}

// WHERE and its arguments.
struct Where {
  Text sql;
  std::vector<AnyArg> args;
  void Add(const char* condition, AnyArg arg) {
    sql += condition;
    args.push_back(std::move(arg));
  }
};
Where WhereOf(const ArticleFilter& f) {
  Where w;
  w.Add("WHERE a.gone = :gone", int64_t(f.gone));
  if (f.round) w.Add(" AND a.round_id = :round", f.round->value);
  if (!f.kind.empty()) w.Add(" AND a.kind = :kind", f.kind);
  if (!f.level.empty()) w.Add(" AND a.level = :level", f.level);
  if (!f.medium.empty()) w.Add(" AND a.medium = :medium", f.medium);
  if (!f.region.empty()) w.Add(" AND a.region = :region", f.region);
  if (f.from) w.Add(" AND a.day >= :from", f.from->Iso());
  if (f.to) w.Add(" AND a.day <= :to", f.to->Iso());
  if (f.open) w.Add(" AND a.open = :open", int64_t(*f.open));
  if (!f.q.empty()) w.Add(" AND a.title LIKE :q ESCAPE '!'", Escaped(f.q));
  if (f.task) {
    // The list is written without spaces: [3,17,20]
    Text n = std::to_string(f.task->value);
    w.Add(" AND (a.tasks LIKE :t1 ESCAPE '!'", "[" + n + "]");
    w.Add(" OR a.tasks LIKE :t2 ESCAPE '!'", "[" + n + ",%");
    w.Add(" OR a.tasks LIKE :t3 ESCAPE '!'", "%," + n + ",%");
    w.Add(" OR a.tasks LIKE :t4 ESCAPE '!')", "%," + n + "]");
  }
  return w;
}

}  // namespace

std::vector<ArticleLine> FindArticles(Session& session, const ArticleFilter& filter, Date day, ArticleId id,
                                      int limit) {
  Where w = WhereOf(filter);
  if (id) {
    w.Add(" AND (a.day < :before_day", day.Iso());
    w.Add(" OR (a.day = :same_day", day.Iso());
    w.Add(" AND a.id < :before_id))", id.value);
  }
  w.Add(" ORDER BY a.day DESC, a.id DESC LIMIT :n", int64_t(limit));
  return Lines(session, Query{"articles", ZG_ARTICLE + w.sql}, w.args);
}

std::vector<ArticleCount> CountArticles(Session& session, const ArticleFilter& filter) {
  Where w = WhereOf(filter);
  Query query{"articles_count",
              "SELECT a.week, a.medium, a.kind, a.level, a.region, count(*), sum(a.pieces) FROM articles a " +
                  w.sql + " GROUP BY a.week, a.medium, a.kind, a.level, a.region"};
  std::vector<ArticleCount> counts;
  session.Each<Text, Text, Text, Text, Text, int64_t, int64_t>(
      query,
      [&](const Text& week, const Text& medium, const Text& kind, const Text& level, const Text& region,
          int64_t lines, int64_t pieces) {
        counts.push_back({Date::ParseIso(week).value_or(Date()), medium, kind, level, region, lines, pieces});
      },
      w.args);
  return counts;
}

int64_t CountArticleLines(Session& session, const ArticleFilter& filter) {
  Where w = WhereOf(filter);
  return session.Value<int64_t>(Query{"articles_lines", "SELECT count(*) FROM articles a " + w.sql}, w.args)
      .value_or(0);
}

std::optional<ArticleLine> LoadArticle(Session& session, ArticleId id) {
  auto lines = Lines(session, kLoad, id);
  return lines.empty() ? std::nullopt : std::optional(std::move(lines.front()));
}

ArticleId InsertArticle(Session& session, const Article& a) {
  return {session.Insert(kInsert, a.day.Iso(), WeekOf(a.day).Iso(), a.title, a.medium, a.kind, a.level,
                         a.region, a.unit, a.round, a.link, TasksText(a.tasks), a.note, a.pieces, a.open,
                         a.gone, a.reason, a.revision, a.updated_by, a.updated_at)};
}

void UpdateArticle(Session& session, const Article& a) {
  session.Run(kUpdate, a.day.Iso(), WeekOf(a.day).Iso(), a.title, a.medium, a.kind, a.level, a.region, a.unit,
              a.round, a.link, TasksText(a.tasks), a.note, a.pieces, a.open, a.gone, a.reason, a.revision,
              a.updated_by, a.updated_at, a.id);
}

std::vector<Article> ArticlesAfter(Session& session, ArticleId after, int limit) {
  std::vector<Article> out;
  for (auto& line : Lines(session, kAfter, after, limit)) out.push_back(std::move(line.article));
  return out;
}

std::optional<ArticleId> SameArticle(Session& session, const Article& a) {
  auto id = session.Value<int64_t>(kSame, a.day.Iso(), a.medium, a.title);
  return id ? std::optional(ArticleId{*id}) : std::nullopt;
}

std::vector<KnownMedium> KnownMedia(Session& session, int limit) {
  std::vector<KnownMedium> out;
  session.Each<Text, Text, Text, int64_t>(
      kMedia,
      [&](const Text& medium, const Text& kind, const Text& level, int64_t n) {
        out.push_back({medium, kind, level, n});
      },
      limit);
  return out;
}

}  // namespace zg::store
