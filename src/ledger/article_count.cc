// Counts of the publicity record, and the sentence that a report says of them.
#include <algorithm>
#include <map>
#include <set>

#include "ledger/article.h"

namespace zg {
namespace {

size_t LevelAt(const MediaWords& words, const std::string& level) {
  auto it = std::find(words.levels.begin(), words.levels.end(), level);
  return size_t(it - words.levels.begin());  // one past the last: none, or one that the words no longer have
}

void Add(CoverageRow& row, const std::string& name, const std::string& kind, size_t level, size_t levels,
         int64_t pieces) {
  row.name = name;
  row.kind = kind;
  row.by_level.resize(levels + 1);
  row.by_level[level] += pieces;
  row.pieces += pieces;
}

// A kind that the words no longer have stands behind those they have.
size_t KindAt(const MediaWords& words, const std::string& kind) {
  size_t i = 0;
  while (i < words.kinds.size() && words.kinds[i].name != kind) ++i;
  return i;
}

bool IsInside(const MediaWords& words, const std::string& kind) {
  const MediaKind* found = words.Find(kind);
  return found && found->inside;
}

template <class Key>
std::vector<CoverageRow> Values(const std::map<Key, CoverageRow>& rows) {
  std::vector<CoverageRow> out;
  out.reserve(rows.size());
  for (const auto& [key, row] : rows) out.push_back(row);
  return out;
}

void MostFirst(std::vector<CoverageRow>& rows) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const CoverageRow& a, const CoverageRow& b) { return a.pieces > b.pieces; });
}

}  // namespace

Coverage CountCoverage(const std::vector<ArticleCount>& counts, const MediaWords& words) {
  using Medium = std::pair<std::string, std::string>;
  size_t levels = words.levels.size();
  Coverage out;
  out.levels.resize(levels + 1);
  std::map<Medium, CoverageRow> media;
  std::map<std::pair<size_t, std::string>, CoverageRow> kinds;
  std::map<std::string, CoverageRow> regions;
  std::set<Date> weeks;
  for (const auto& c : counts) {
    size_t level = LevelAt(words, c.level);
    Add(media[{c.medium, c.kind}], c.medium, c.kind, level, levels, c.pieces);
    Add(kinds[{KindAt(words, c.kind), c.kind}], c.kind, c.kind, level, levels, c.pieces);
    weeks.insert(c.week);
    if (IsInside(words, c.kind)) continue;
    Add(regions[c.region], c.region, "", level, levels, c.pieces);
    out.levels[level] += c.pieces;
    out.pieces += c.pieces;
  }
  out.media = Values(media);
  MostFirst(out.media);
  out.kinds = Values(kinds);
  out.regions = Values(regions);
  MostFirst(out.regions);
  out.weeks.assign(weeks.begin(), weeks.end());
  std::map<Medium, size_t> column;
  for (size_t i = 0; i < out.media.size(); ++i) column[{out.media[i].name, out.media[i].kind}] = i;
  out.by_week.assign(out.weeks.size(), std::vector<int64_t>(out.media.size()));
  out.week_sums.resize(out.weeks.size());
  for (const auto& c : counts) {
    size_t week = size_t(std::lower_bound(out.weeks.begin(), out.weeks.end(), c.week) - out.weeks.begin());
    out.by_week[week][column[{c.medium, c.kind}]] += c.pieces;
    out.week_sums[week] += c.pieces;
  }
  return out;
}

std::string CoverageSentence(const Coverage& coverage, const MediaWords& words, Date as_of) {
  std::string briefs, levels, kinds;
  for (const auto& row : coverage.kinds) {
    const MediaKind* kind = words.Find(row.kind);
    std::string said = row.name + std::to_string(row.pieces) + (kind ? kind->measure : "篇");
    std::string& to = kind && kind->inside ? briefs : kinds;
    to += (to.empty() ? "" : "、") + said;
  }
  for (size_t i = 0; i < words.levels.size(); ++i)
    if (coverage.levels[i] > 0)
      levels +=
          (levels.empty() ? "" : "、") + words.levels[i] + std::to_string(coverage.levels[i]) + "篇（条次）";
  if (briefs.empty() && coverage.pieces == 0) return "";
  std::string out = "截至" + as_of.Chinese() + "，";
  if (!briefs.empty()) out += "共编发" + briefs;
  if (coverage.pieces == 0) return out + "。";
  out += (briefs.empty() ? "" : "；") + std::string("各级各类媒体共刊发督察整改报道") +
         std::to_string(coverage.pieces) + "篇（条次）";
  if (!levels.empty()) out += "，其中" + levels;
  return out + "；按媒体分，" + kinds + "。";
}

}  // namespace zg
