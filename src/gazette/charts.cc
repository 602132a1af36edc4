// Charts: bars as SVG between names and numbers that are text, and a table below: read without colours,
// without scripts, on paper, and on a phone.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "gazette/html.h"
#include "gazette/pages.h"

namespace zg::gazette {
namespace {

using Row = std::pair<std::string, std::vector<int64_t>>;

std::string Table(const std::string& title, const std::vector<Row>& rows,
                  const std::vector<std::string>& series) {
  std::string out = "<details><summary>" + Esc(title) + "：数据表</summary><table><caption>" + Esc(title) +
                    "</caption><thead><tr><th scope=\"col\">项目</th>";
  for (const auto& name : series) out += "<th scope=\"col\">" + Esc(name) + "</th>";
  out += "</tr></thead><tbody>";
  for (const auto& [name, values] : rows) {
    out += "<tr><th scope=\"row\">" + Esc(name) + "</th>";
    for (int64_t value : values) out += "<td>" + Digits(value) + "</td>";
    out += "</tr>";
  }
  return out + "</tbody></table></details>";
}

}  // namespace

std::string BarChart(const std::string& id, const std::string& title, const std::vector<Row>& rows,
                     const std::vector<std::string>& series) {
  int64_t most = 1;
  for (const auto& [name, values] : rows)
    for (int64_t value : values) most = std::max(most, value);
  std::string out =
      "<figure><figcaption id=\"" + id + "-t\">" + Esc(title) + "</figcaption><p class=\"keys\">";
  for (size_t i = 0; i < series.size(); ++i)
    out += fmt::format(
        "<span><svg class=\"key\" viewBox=\"0 0 1 1\" aria-hidden=\"true\"><rect class=\"b{}\" "
        "width=\"1\" height=\"1\"/></svg>{}</span>",
        i, Esc(series[i]));
  out += "</p><ul class=\"bars\" aria-labelledby=\"" + id + "-t\">";
  for (const auto& [name, values] : rows) {
    std::string bars, told;
    for (size_t i = 0; i < values.size(); ++i) {
      // The second lies inside of the first: a part of it.
      bars += fmt::format("<rect class=\"b{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>", i, i ? 5 : 0,
                          values[i] * 1000 / most, i ? 10 : 20);
      told += (told.empty() ? "" : " / ") + Digits(values[i]);
    }
    out += "<li><span>" + Esc(name) + "</span><svg viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" " +
           "aria-hidden=\"true\">" + bars + "</svg><b>" + told + "</b></li>";
  }
  return out + "</ul>" + Table(title, rows, series) + "</figure>";
}

std::string ChartsBody(const Content& c) {
  std::string out = "<h1>进展图表</h1>";
  if (c.tasks.empty()) return out + "<p class=\"empty\">还没有公开的任务。</p>";
  std::map<std::string, int64_t> months;
  std::map<std::string, std::vector<int64_t>> regions;
  int64_t undated = 0;
  for (const auto& task : c.tasks) {
    if (task.closed && task.closed_on.size() == 10) ++months[task.closed_on.substr(0, 7)];
    undated += task.closed && task.closed_on.empty();
    for (const auto& region : task.regions) {
      auto& sums = regions.try_emplace(region, std::vector<int64_t>{0, 0}).first->second;
      ++sums[0];
      sums[1] += task.closed;
    }
  }
  std::vector<Row> by_month, by_region, by_round;
  for (const auto& [month, n] : months) by_month.push_back({month, {n}});
  if (by_month.size() > 36) by_month.erase(by_month.begin(), by_month.end() - 36);
  for (const auto& [region, sums] : regions) by_region.push_back({region, sums});
  std::stable_sort(by_region.begin(), by_region.end(),
                   [](const Row& a, const Row& b) { return a.second[0] > b.second[0]; });
  for (const auto& round : c.rounds) {
    std::vector<int64_t> sums = {0, 0};
    for (const auto& task : c.tasks)
      if (task.round == round.id) ++sums[0], sums[1] += task.closed;
    std::string name = ToUtf8(ToUtf32(round.name).substr(0, 20));
    by_round.push_back({name == round.name ? name : name + "…", sums});
  }
  out += "<section><h2>各轮次</h2>" +
         BarChart("rounds", "各轮次公开任务与已销号任务", by_round, {"公开任务", "已销号"}) + "</section>";
  if (!by_month.empty())
    out += "<section><h2>按月销号</h2>" + BarChart("months", "每月销号的任务", by_month, {"销号任务"}) +
           (undated
                ? "<p class=\"small\">另有" + Digits(undated) + "项在建立台账前已销号，没有记载销号日期。</p>"
                : "") +
           "</section>";
  if (!by_region.empty())
    out += "<section><h2>按地区</h2>" +
           BarChart("regions", "各地区公开任务与已销号任务", by_region, {"公开任务", "已销号"}) +
           "<p class=\"small\">一项任务涉及几个地区的，每个地区各算一次。</p></section>";
  return out;
}

}  // namespace zg::gazette
