#pragma once
// The publicity record (宣传报道): what media said of the rectification, and the briefs that the office puts
// out. Kinds of media and their levels are data (vocab/media.toml). Pure; any thread.

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"

namespace zg {

struct ArticleTag;
using ArticleId = Id<ArticleTag>;

struct MediaKind {
  std::string name;     // 报纸
  std::string measure;  // 篇
  bool inside = false;  // the office's own briefs: counted apart, without a level
};
struct MediaWords {
  std::vector<MediaKind> kinds;
  std::vector<std::string> levels;  // the highest first
  const MediaKind* Find(std::string_view kind) const;
  bool HasLevel(std::string_view level) const;
};
// kInvalid (media.invalid) with `where` "file:line".
Result<MediaWords> ParseMediaWords(const std::string& toml, const std::string& file);
// The built-in ones, or `folder`/media.toml where that is there; folder empty: none.
Result<MediaWords> LoadMediaWords(const std::filesystem::path& folder);

struct Article {
  ArticleId id;
  Date day;
  std::string title;
  std::string medium;  // 云川日报
  std::string kind;    // of MediaWords
  std::string level;   // of MediaWords; may be empty for briefs
  std::string region;  // code; empty: none is said
  UnitId unit;         // who placed it; none: not said
  RoundId round;       // none: not said
  std::string link;    // http or https; may be empty
  std::vector<TaskId> tasks;
  std::string note;
  int64_t pieces = 1;  // 篇（条次）; more than one where several are kept as one line
  bool open = false;   // may be counted and listed on the public site
  bool gone = false;   // taken off, for `reason`
  std::string reason;
  int64_t revision = 1;
  std::string updated_by, updated_at;
};

// kInvalid (article.bad, `where` the member): title or medium missing or over 200 (60) characters, a day
// after `today`, a kind or level that the words do not have, a link that is no http address or over 500
// characters, pieces outside 1 to 9999, more than 50 tasks, a note over 500 characters.
Status CheckArticle(const Article& article, const MediaWords& words, Date today);
// What an event tells of it: every lasting member but who and when, keys sorted.
nlohmann::json ArticleTold(const Article& article);
// The Monday of its week.
Date WeekOf(Date day);

// Lines that are the same in everything but their title, counted together.
struct ArticleCount {
  Date week;  // Monday
  std::string medium, kind, level, region;
  int64_t lines = 0, pieces = 0;
};
// One row of a table of counts.
struct CoverageRow {
  std::string name, kind;         // kind: of a medium
  std::vector<int64_t> by_level;  // pieces, as MediaWords::levels, then those without a level
  int64_t pieces = 0;
};
struct Coverage {
  int64_t pieces = 0;  // of media; briefs are not among them
  std::vector<Date> weeks;
  std::vector<CoverageRow> media;             // the most first; briefs too
  std::vector<CoverageRow> kinds;             // in the order of the words; briefs too
  std::vector<CoverageRow> regions;           // of media; name: code, empty: none said
  std::vector<int64_t> levels;                // as CoverageRow::by_level
  std::vector<std::vector<int64_t>> by_week;  // [week][medium], as `weeks` and `media`
  std::vector<int64_t> week_sums;             // of all media and briefs
};
Coverage CountCoverage(const std::vector<ArticleCount>& counts, const MediaWords& words);
// 截至2024年3月31日，共编发工作简报36期、舆情周报43期；各级各类媒体共刊发…报道1091篇（条次），其中国家级…。
// Empty where there is nothing to count.
std::string CoverageSentence(const Coverage& coverage, const MediaWords& words, Date as_of);

}  // namespace zg
