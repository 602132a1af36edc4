// The page of what media said.
#include "gazette/html.h"
#include "gazette/pages.h"

namespace zg::gazette {
namespace {

constexpr size_t kMostWeeks = 26, kMostMedia = 15;

std::string Chart(const std::string& id, const char* heading, const std::string& title,
                  const CoverageItem::Rows& rows, size_t begin, size_t end) {
  std::vector<std::pair<std::string, std::vector<int64_t>>> bars;
  for (size_t i = begin; i < end; ++i)
    if (rows[i].second > 0) bars.push_back({rows[i].first, {rows[i].second}});
  if (bars.empty()) return "";
  return "<section><h2>" + std::string(heading) + "</h2>" + BarChart(id, title, bars, {"篇（条次）"}) +
         "</section>";
}

std::string LineOf(const CoverageItem::Line& line) {
  std::string title = Esc(line.title);
  if (!line.link.empty())
    title = "<a href=\"" + Esc(line.link) + "\" rel=\"noopener noreferrer nofollow\">" + title + "</a>";
  return "<li>" + title + "<span class=\"small\">" + Esc(line.medium) + " · " + Esc(line.day) +
         "</span></li>";
}

}  // namespace

std::string CoverageBody(const CoverageItem& c) {
  std::string out = "<p class=\"crumb\"><a href=\"/\">首页</a> › <a href=\"/rounds/" + std::to_string(c.id) +
                    "\">" + Esc(c.round_name) + "</a></p><h1>" + Esc(c.title) +
                    "</h1><ul class=\"figures\"><li><b>" + Digits(c.pieces) +
                    "</b><span>媒体报道（篇、条次）</span></li>";
  for (const auto& [level, n] : c.levels)
    if (n > 0) out += "<li><b>" + Digits(n) + "</b><span>" + Esc(level) + "</span></li>";
  out += "</ul>";
  for (const auto& text : c.texts) out += Paragraphs(text.text);
  size_t weeks = c.weeks.size();
  out += Chart("weeks", "按周", "每周报道（周一的日期）", c.weeks,
               weeks > kMostWeeks ? weeks - kMostWeeks : 0, weeks);
  out += Chart("kinds", "按媒体类别", "各类媒体报道", c.kinds, 0, c.kinds.size());
  out += Chart("media", "按媒体", "报道最多的媒体", c.media, 0, std::min(kMostMedia, c.media.size()));
  out += "<section><h2>报道目录</h2><ul class=\"lines\">";
  for (const auto& line : c.items) out += LineOf(line);
  out += "</ul>";
  if (c.lines > int64_t(c.items.size()))
    out += "<p class=\"small\">只列最近" + std::to_string(c.items.size()) + "条，共" + Digits(c.lines) +
           "条。</p>";
  return out + "</section><p class=\"small\">情况截至 " + Esc(c.as_of) + "。</p>" + Stamped(c.stamp);
}

}  // namespace zg::gazette
