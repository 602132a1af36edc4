#include "gazette/html.h"

#include <fmt/format.h>

#include "gazette/pages.h"

namespace zg::gazette {
namespace {

struct Entry {
  const char *path, *name;
};
constexpr Entry kEntries[] = {{"/", "首页"},
                              {"/tasks", "整改任务"},
                              {"/charts", "进展图表"},
                              {"/files", "文件下载"},
                              {"/data", "开放数据"}};

std::string Navigation(const std::string& at) {
  std::string out = "<nav aria-label=\"网站导航\"><ul>";
  for (const auto& entry : kEntries) {
    bool here = at == entry.path;
    out += fmt::format("<li><a href=\"{}\"{}>{}</a></li>", entry.path, here ? " aria-current=\"page\"" : "",
                       entry.name);
  }
  return out + "</ul></nav>";
}

std::string Foot(const About& about) {
  std::string out = "<footer><div class=\"wide\">";
  if (!about.office.empty()) out += "<p>主办单位：" + Esc(about.office) + "</p>";
  if (!about.contact.empty()) out += "<p>联系方式：" + Esc(about.contact) + "</p>";
  if (!about.record.empty()) out += "<p>" + Esc(about.record) + "</p>";
  return out +
         "<p>公开内容中的个人信息已按规定隐去。<a href=\"/feed.xml\">订阅更新（Atom）</a> · <a "
         "href=\"/data\">数据使用说明</a></p></div></footer>";
}

}  // namespace

std::string Esc(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
      out += c;
  }
  return out;
}

std::string Encode(std::string_view text) {
  std::string out;
  for (unsigned char c : text) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                 c == '_' || c == '.' || c == '~';
    out += plain ? std::string(1, char(c)) : fmt::format("%{:02X}", c);
  }
  return out;
}

std::string Paragraphs(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty()) out += "<p>" + Esc(line) + "</p>";
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
  }
  return out;
}

std::string Link(std::string_view href, std::string_view text) {
  return "<a href=\"" + Esc(href) + "\">" + Esc(text) + "</a>";
}

std::string Digits(int64_t n) {
  std::string text = std::to_string(n);
  for (int at = int(text.size()) - 3; at > 0; at -= 3) text.insert(size_t(at), ",");
  return text;
}

std::string Percent(int64_t part, int64_t whole) {
  return whole ? fmt::format("{:.1f}%", 100.0 * double(part) / double(whole)) : "—";
}

std::string Whole(const Frame& frame, const About& about, std::string_view style) {
  std::string title = frame.title.empty() ? about.title : frame.title + " - " + about.title;
  std::string out =
      "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\"><title>" +
      Esc(title) + "</title>";
  if (!frame.summary.empty()) out += "<meta name=\"description\" content=\"" + Esc(frame.summary) + "\">";
  if (frame.hidden) out += "<meta name=\"robots\" content=\"noindex\">";
  if (style.empty()) {
    out += "<link rel=\"icon\" href=\"/icon.svg\"><link rel=\"stylesheet\" href=\"" + StylePath() + "\">";
  } else {
    out += "<style>" + std::string(style) + "</style>";
  }
  out +=
      "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"更新\" href=\"/feed.xml\"></head><body>"
      "<a class=\"skip\" href=\"#main\">跳到正文</a><header><div class=\"wide\"><a class=\"name\" "
      "href=\"/\">" +
      Esc(about.title) + "</a>" + Navigation(frame.at) + "</div></header><main id=\"main\" class=\"wide\">" +
      frame.body + "</main>" + Foot(about) + "</body></html>\n";
  return out;
}

}  // namespace zg::gazette
