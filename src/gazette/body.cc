// The insides of the pages about rounds, tasks and files.
#include <fmt/format.h>

#include <algorithm>

#include "gazette/html.h"
#include "gazette/pages.h"

namespace zg::gazette {
namespace {

constexpr size_t kNewest = 12;

struct Sums {
  int64_t all = 0, closed = 0, long_term = 0;
};
Sums SumOf(const Content& content, int64_t round = 0) {
  Sums sums;
  for (const auto& task : content.tasks) {
    if (round && task.round != round) continue;
    ++sums.all;
    sums.closed += task.closed;
    sums.long_term += task.long_term;
  }
  return sums;
}

std::string Figure(const std::string& value, const std::string& name) {
  return "<li><b>" + value + "</b><span>" + name + "</span></li>";
}
std::string Meter(int64_t part, int64_t whole) {
  int64_t per_mille = whole ? part * 1000 / whole : 0;
  return fmt::format(
      "<svg class=\"meter\" viewBox=\"0 0 1000 12\" preserveAspectRatio=\"none\" role=\"img\" "
      "aria-label=\"已销号{}\"><rect class=\"m0\" width=\"1000\" height=\"12\"/><rect class=\"m1\" "
      "width=\"{}\" height=\"12\"/></svg>",
      Percent(part, whole), per_mille);
}

std::string Joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : "、") + name;
  return out;
}
std::string Fact(const char* name, const std::string& value) {
  return value.empty() ? "" : "<dt>" + std::string(name) + "</dt><dd>" + Esc(value) + "</dd>";
}
std::string StatusMark(const TaskItem& task) {
  return "<span class=\"tag " + std::string(task.closed ? "done" : "open") + "\">" + Esc(task.status) +
         "</span>";
}

// Texts of one heading together: 整改措施 1. 2. 3.
std::string TextsBody(const std::vector<Text>& texts) {
  std::string out, open;
  for (const auto& text : texts) {
    if (text.name == "title") continue;
    if (text.title != open) {
      if (!open.empty()) out += "</section>";
      out += "<section><h2>" + Esc(text.title) + "</h2>";
      open = text.title;
    }
    out += Paragraphs(text.text);
  }
  return out + (open.empty() ? "" : "</section>");
}

std::string KindTitle(const std::string& kind) {
  return kind == "task_list"         ? "整改任务清单"
         : kind == "progress_report" ? "整改进展情况"
         : kind == "report"          ? "整改情况报告"
                                     : "文件";
}
std::string SizeText(int64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " 字节";
  if (bytes < (1 << 20)) return fmt::format("{:.0f} KB", double(bytes) / 1024);
  return fmt::format("{:.1f} MB", double(bytes) / (1 << 20));
}
std::string FileLine(const FileItem& f) {
  return "<li><a href=\"/files/" + std::to_string(f.id) + "\">" + Esc(f.title) +
         "</a><span class=\"small\">" + Esc(KindTitle(f.kind)) + (f.date.empty() ? "" : " · " + Esc(f.date)) +
         " · " + SizeText(f.bytes) + "</span></li>";
}

}  // namespace

std::string Stamped(const Stamp& stamp) {
  if (stamp.at.empty()) return "";
  return "<p class=\"stamp\">公开时间：<time datetime=\"" + Esc(stamp.at) + "\">" + Esc(stamp.day()) +
         "</time></p><details class=\"stamp\"><summary>内容摘要值</summary><p>SM3：<code>" + Esc(stamp.sm3) +
         "</code></p><p>SHA-256：<code>" + Esc(stamp.sha256) +
         "</code></p><p>这是公开内容的摘要，内容有任何改动，摘要都会不同。</p></details>";
}

std::string TaskLine(const TaskItem& t) {
  std::string where = Joined(t.regions);
  return "<li><a href=\"/tasks/" + std::to_string(t.id) + "\"><b class=\"no\">" + Esc(t.path) + "</b> " +
         Esc(t.title) + "</a> " + StatusMark(t) + "<span class=\"small\">" + Esc(t.round_name) +
         (where.empty() ? "" : " · " + Esc(where)) +
         (t.closed_on.empty() ? "" : " · " + Esc(t.closed_on) + " 销号") + "</span></li>";
}

std::string HomeBody(const Content& c, const About& about) {
  Sums sums = SumOf(c);
  std::string out = "<h1>" + Esc(about.title) + "</h1>";
  if (c.tasks.empty() && c.rounds.empty() && c.files.empty())
    return out + "<p class=\"empty\">还没有公开的内容。整改情况经复核后会在这里公开。</p>";
  out += "<ul class=\"figures\">" + Figure(Digits(sums.all), "公开的整改任务") +
         Figure(Digits(sums.closed), "已销号") + Figure(Percent(sums.closed, sums.all), "销号率") +
         Figure(Digits(sums.long_term), "长期坚持") + "</ul>";
  out +=
      "<form class=\"find\" action=\"/tasks\" role=\"search\"><label "
      "for=\"q\">查找整改任务：地点、单位或问题</label><input "
      "id=\"q\" name=\"q\" type=\"search\" maxlength=\"60\" "
      "placeholder=\"如：污水\"><button>查找</button></form>";
  out += "<section><h2>督察轮次</h2><ul class=\"rounds\">";
  for (const auto& round : c.rounds) {
    Sums of = SumOf(c, round.id);
    out += "<li><a href=\"/rounds/" + std::to_string(round.id) + "\">" + Esc(round.name) + "</a>" +
           Meter(of.closed, of.all) + "<span class=\"small\">公开任务" + Digits(of.all) + "项，已销号" +
           Digits(of.closed) + "项</span></li>";
  }
  out += "</ul></section><section><h2>最新公开</h2><ul class=\"lines\">";
  std::vector<const TaskItem*> newest;
  for (const auto& task : c.tasks) newest.push_back(&task);
  size_t n = std::min(kNewest, newest.size());
  std::partial_sort(newest.begin(), newest.begin() + long(n), newest.end(),
                    [](const TaskItem* a, const TaskItem* b) {
                      return a->stamp.at != b->stamp.at ? a->stamp.at > b->stamp.at : a->id < b->id;
                    });
  for (size_t i = 0; i < n; ++i) out += TaskLine(*newest[i]);
  out += "</ul><p><a class=\"more\" href=\"/tasks\">全部整改任务</a></p></section>";
  if (!c.files.empty()) {
    out += "<section><h2>公开文件</h2><ul class=\"lines\">";
    for (size_t i = 0; i < std::min<size_t>(5, c.files.size()); ++i) out += FileLine(c.files[i]);
    out += "</ul></section>";
  }
  return out;
}

std::string RoundBody(const Content& c, const RoundItem& r) {
  Sums sums = SumOf(c, r.id);
  std::string out =
      "<p class=\"crumb\"><a href=\"/\">首页</a></p><h1>" + Esc(r.name) + "</h1><ul class=\"figures\">";
  if (r.total) out += Figure(Digits(r.total), "整改任务总数") + Figure(Digits(r.closed), "其中已销号");
  out += Figure(Digits(sums.all), "已公开") + Figure(Digits(sums.closed), "公开中已销号") + "</ul>";
  out += TextsBody(r.texts);
  if (r.stamp.at.size()) out += Stamped(r.stamp);
  std::string files;
  for (const auto& file : c.files)
    if (file.round == r.id) files += FileLine(file);
  if (!files.empty()) out += "<section><h2>公开文件</h2><ul class=\"lines\">" + files + "</ul></section>";
  for (const auto& coverage : c.coverage)
    if (coverage.id == r.id)
      out += "<section><h2>宣传报道</h2><p>媒体报道" + Digits(coverage.pieces) +
             "篇（条次）。<a class=\"more\" href=\"/coverage/" + std::to_string(r.id) +
             "\">宣传报道情况</a></p></section>";
  out += "<section><h2>整改任务</h2><ul class=\"lines\">";
  size_t shown = 0;
  for (const auto& task : c.tasks) {
    if (task.round != r.id) continue;
    if (++shown <= 50) out += TaskLine(task);
  }
  out += "</ul>";
  if (shown > 50)
    out += "<p><a class=\"more\" href=\"/tasks?round=" + std::to_string(r.id) + "\">全部" +
           Digits(int64_t(shown)) + "项任务</a></p>";
  return out + (shown ? "" : "<p class=\"empty\">这一轮次还没有公开的任务。</p>") + "</section>";
}

std::string TaskBody(const TaskItem& t) {
  std::string out = "<p class=\"crumb\"><a href=\"/\">首页</a> › <a href=\"/rounds/" +
                    std::to_string(t.round) + "\">" + Esc(t.round_name) +
                    "</a></p><article><h1><span class=\"no\">任务" + Esc(t.path) + "</span> " + Esc(t.title) +
                    "</h1><p>" + StatusMark(t) + (t.long_term ? " <span class=\"tag\">长期坚持</span>" : "") +
                    "</p><dl>";
  out += Fact("责任单位", Joined(t.responsible)) + Fact("验收单位", Joined(t.acceptance)) +
         Fact("整改时限", t.deadline) + Fact("销号日期", t.closed_on) + Fact("涉及地区", Joined(t.regions)) +
         Fact("依据文件", t.source) + "</dl>";
  out += TextsBody(t.texts);
  return out + "<p class=\"small\">情况截至 " + Esc(t.as_of) + "。</p>" + Stamped(t.stamp) + "</article>";
}

std::string FilesBody(const Content& c) {
  std::string out = "<h1>文件下载</h1>";
  if (c.files.empty()) return out + "<p class=\"empty\">还没有公开的文件。</p>";
  out += "<ul class=\"lines\">";
  for (const auto& file : c.files) out += FileLine(file);
  return out + "</ul>";
}

std::string FileBody(const FileItem& f) {
  return "<p class=\"crumb\"><a href=\"/files\">文件下载</a></p><h1>" + Esc(f.title) + "</h1><dl>" +
         Fact("种类", KindTitle(f.kind)) + Fact("轮次", f.round_name) + Fact("日期", f.date) +
         Fact("文件名", f.name) + Fact("大小", SizeText(f.bytes)) + Fact("文件 SHA-256", f.sha256) +
         Fact("文件 SM3", f.sm3) + "</dl>" + TextsBody(f.texts) + "<p><a class=\"button\" href=\"/files/" +
         std::to_string(f.id) + "/download\">下载（" + SizeText(f.bytes) + "）</a></p>" + Stamped(f.stamp);
}

}  // namespace zg::gazette
