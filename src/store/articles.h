#pragma once
// The publicity record: lines, counts, and the media it knows.

#include <optional>
#include <string>
#include <vector>

#include "ledger/article.h"
#include "store/sql.h"

namespace zg::store {

// All conditions hold together; what is empty or not set lets everything pass.
struct ArticleFilter {
  std::optional<RoundId> round;
  std::string kind, level, medium;
  std::string region;            // code, itself only
  std::optional<TaskId> task;    // that it tells of
  std::optional<Date> from, to;  // both inclusive
  std::optional<bool> open;
  bool gone = false;  // those taken off instead
  std::string q;      // words of the title
};
struct ArticleLine {
  Article article;
  std::string region, unit, round;  // names
};
// Newest day first, then the last written; those behind (`day`, `id`) where an id is given.
std::vector<ArticleLine> FindArticles(Session& session, const ArticleFilter& filter, Date day, ArticleId id,
                                      int limit);
std::vector<ArticleCount> CountArticles(Session& session, const ArticleFilter& filter);
int64_t CountArticleLines(Session& session, const ArticleFilter& filter);

std::optional<ArticleLine> LoadArticle(Session& session, ArticleId id);  // taken off ones too
ArticleId InsertArticle(Session& session, const Article& article);
void UpdateArticle(Session& session, const Article& article);
std::vector<Article> ArticlesAfter(Session& session, ArticleId after, int limit);  // all, ids ascending

// A line that says the same of that day: (day, medium, title) without those taken off.
std::optional<ArticleId> SameArticle(Session& session, const Article& article);

struct KnownMedium {
  std::string medium, kind, level;
  int64_t lines = 0;
};
std::vector<KnownMedium> KnownMedia(Session& session, int limit);  // the most used first

}  // namespace zg::store
