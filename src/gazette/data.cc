// What programs read: csv, json, Atom, the site map.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "gazette/html.h"
#include "gazette/pages.h"

namespace zg::gazette {
namespace {

using nlohmann::json;

constexpr const char* kLicence =
    "这些数据可以免费使用、复制、传播和加工，包括商业使用。使用时请注明来源和公开时间，不得歪曲原意，不得与其"
    "他"
    "信息结合识别个人。数据以本网站当前公开的为准；已撤回的内容请同时停止使用。";

std::string Joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : "；") + name;
  return out;
}

// RFC 4180; a value that a spreadsheet would take for a formula gets a ' before it.
std::string Cell(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos)
    text.insert(0, "'");
  if (text.find_first_of(",\"\n\r") == text.npos) return text;
  std::string out = "\"";
  for (char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string TextOf(const TaskItem& task, std::string_view name) {
  std::string out;
  for (const auto& text : task.texts) {
    if (text.name != name && text.name.rfind(std::string(name) + "/", 0) != 0) continue;
    out += (out.empty() ? "" : "\n") + text.text;
  }
  return out;
}

struct Column {
  const char *id, *title, *about;
  std::string (*value)(const TaskItem&, const About&);
};
const Column kColumns[] = {
    {"id", "编号", "本网站的任务编号，长期不变",
     [](const TaskItem& t, const About&) { return std::to_string(t.id); }},
    {"url", "网址", "任务的页面",
     [](const TaskItem& t, const About& a) { return a.url + "/tasks/" + std::to_string(t.id); }},
    {"round", "轮次", "督察轮次名称", [](const TaskItem& t, const About&) { return t.round_name; }},
    {"path", "序号", "任务在依据文件里的序号", [](const TaskItem& t, const About&) { return t.path; }},
    {"source", "依据文件", "任务所在文件的标题", [](const TaskItem& t, const About&) { return t.source; }},
    {"problem", "反馈问题", "督察反馈的问题，个人信息已隐去",
     [](const TaskItem& t, const About&) { return TextOf(t, "problem"); }},
    {"goal", "整改目标", "", [](const TaskItem& t, const About&) { return TextOf(t, "goal"); }},
    {"measures", "整改措施", "一条一行",
     [](const TaskItem& t, const About&) { return TextOf(t, "measures"); }},
    {"progress", "整改进展", "一条一行",
     [](const TaskItem& t, const About&) { return TextOf(t, "progress"); }},
    {"responsible", "责任单位", "以；分隔",
     [](const TaskItem& t, const About&) { return Joined(t.responsible); }},
    {"acceptance", "验收单位", "以；分隔",
     [](const TaskItem& t, const About&) { return Joined(t.acceptance); }},
    {"regions", "涉及地区", "责任单位所在的地（州、市），以；分隔",
     [](const TaskItem& t, const About&) { return Joined(t.regions); }},
    {"status", "状态", "已销号、正在推进、长期坚持等",
     [](const TaskItem& t, const About&) { return t.status; }},
    {"deadline", "整改时限", "原文", [](const TaskItem& t, const About&) { return t.deadline; }},
    {"due", "最后期限", "时限的最后一天，YYYY-MM-DD；没有日期的为空",
     [](const TaskItem& t, const About&) { return t.due; }},
    {"closed_on", "销号日期", "YYYY-MM-DD；未销号或没有记载的为空",
     [](const TaskItem& t, const About&) { return t.closed_on; }},
    {"as_of", "情况截至", "YYYY-MM-DD", [](const TaskItem& t, const About&) { return t.as_of; }},
    {"published_at", "公开时间", "北京时间", [](const TaskItem& t, const About&) { return t.stamp.at; }},
    {"sm3", "SM3 摘要", "公开快照的摘要（GB/T 32905）",
     [](const TaskItem& t, const About&) { return t.stamp.sm3; }},
    {"sha256", "SHA-256 摘要", "公开快照的摘要",
     [](const TaskItem& t, const About&) { return t.stamp.sha256; }},
};

const std::string& LicenceOf(const About& about) {
  static const std::string standard = kLicence;
  return about.licence.empty() ? standard : about.licence;
}

std::string FeedDate(const std::string& at) {
  return at.empty() ? "1970-01-01T00:00:00Z" : at;
}

struct News {
  std::string at, path, title, text;
};
std::vector<News> NewsOf(const Content& c) {
  std::vector<News> all;
  for (const auto& t : c.tasks)
    all.push_back({t.stamp.at, "/tasks/" + std::to_string(t.id), "任务" + t.path + "：" + t.title,
                   t.round_name + "，" + t.status});
  for (const auto& r : c.rounds)
    if (!r.stamp.at.empty())
      all.push_back({r.stamp.at, "/rounds/" + std::to_string(r.id), r.name, "整改总体情况"});
  for (const auto& f : c.files)
    all.push_back({f.stamp.at, "/files/" + std::to_string(f.id), f.title, "公开文件"});
  std::stable_sort(all.begin(), all.end(), [](const News& a, const News& b) { return a.at > b.at; });
  return all;
}

}  // namespace

std::string DataBody(const Content& c, const About& about) {
  std::string out =
      "<h1>开放数据</h1><ul class=\"lines\"><li><a "
      "href=\"/data/tasks.csv\">整改任务（CSV，可用表格软件打开）</a>"
      "<span class=\"small\">" +
      Digits(int64_t(c.tasks.size())) +
      "项，UTF-8</span></li><li><a href=\"/data/tasks.json\">整改任务（JSON）</a></li><li><a "
      "href=\"/feed.xml\">更新订阅（Atom）</a></li></ul><section><h2>使用许可</h2><p>" +
      Esc(LicenceOf(about)) +
      "</p></section><section><h2>字段说明</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"字段说明\"><table><thead><tr><th scope=\"col\">JSON 字段</th><th "
      "scope=\"col\">CSV 列名</th><th scope=\"col\">说明</th></tr></thead><tbody>";
  for (const auto& column : kColumns)
    out += "<tr><th scope=\"row\"><code>" + std::string(column.id) + "</code></th><td>" + column.title +
           "</td><td>" + column.about + "</td></tr>";
  return out + "</tbody></table></div></section>";
}

std::string TasksCsv(const Content& c, const About& about) {
  std::string out = "\xEF\xBB\xBF";
  auto line = [&](auto value) {
    bool first = true;
    for (const auto& column : kColumns) out += (std::exchange(first, false) ? "" : ",") + Cell(value(column));
    out += "\r\n";
  };
  line([](const Column& column) { return std::string(column.title); });
  for (const auto& task : c.tasks) line([&](const Column& column) { return column.value(task, about); });
  return out;
}

std::string TasksJson(const Content& c, const About& about) {
  json tasks = json::array();
  for (const auto& t : c.tasks) {
    json item;
    for (const auto& column : kColumns) item[column.id] = column.value(t, about);
    item["id"] = t.id;
    item["responsible"] = t.responsible;
    item["acceptance"] = t.acceptance;
    item["regions"] = t.regions;
    item["closed"] = t.closed;
    item["long_term"] = t.long_term;
    tasks.push_back(std::move(item));
  }
  json out = {{"title", about.title},        {"office", about.office}, {"url", about.url},
              {"licence", LicenceOf(about)}, {"version", c.version},   {"tasks", std::move(tasks)}};
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string Feed(const Content& c, const About& about) {
  auto news = NewsOf(c);
  std::string self = about.url + "/feed.xml";
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
      "xml:lang=\"zh-CN\"><title>" +
      Esc(about.title) + "</title><id>" + Esc(about.url.empty() ? "urn:zhenggai:feed" : self) +
      "</id><link rel=\"self\" href=\"" + Esc(self) + "\"/><link href=\"" + Esc(about.url + "/") +
      "\"/><author><name>" + Esc(about.office.empty() ? about.title : about.office) +
      "</name></author><updated>" + FeedDate(news.empty() ? "" : news[0].at) + "</updated>\n";
  for (size_t i = 0; i < std::min<size_t>(50, news.size()); ++i) {
    const News& n = news[i];
    out += "<entry><title>" + Esc(n.title) + "</title><id>" +
           Esc((about.url.empty() ? "urn:zhenggai:" : about.url) + n.path) + "</id><link href=\"" +
           Esc(about.url + n.path) + "\"/><updated>" + FeedDate(n.at) + "</updated><summary>" + Esc(n.text) +
           "</summary></entry>\n";
  }
  return out + "</feed>\n";
}

std::string SiteMap(const Content& c, const About& about) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset "
      "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  auto add = [&](const std::string& path, const std::string& day) {
    out += "<url><loc>" + Esc(about.url + path) + "</loc>" +
           (day.empty() ? "" : "<lastmod>" + Esc(day) + "</lastmod>") + "</url>\n";
  };
  for (const char* path : {"/", "/tasks", "/charts", "/files", "/data"}) add(path, "");
  for (const auto& r : c.rounds) add("/rounds/" + std::to_string(r.id), r.stamp.day());
  for (const auto& m : c.coverage) add("/coverage/" + std::to_string(m.id), m.stamp.day());
  for (const auto& f : c.files) add("/files/" + std::to_string(f.id), f.stamp.day());
  for (const auto& t : c.tasks) add("/tasks/" + std::to_string(t.id), t.stamp.day());
  return out + "</urlset>\n";
}

}  // namespace zg::gazette
