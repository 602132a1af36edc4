#include "gazette/pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

#include "base/digest.h"
#include "base/embedded.h"
#include "gazette/html.h"

extern const zg::EmbeddedFile zg_gazette_files[];
extern const unsigned zg_gazette_files_count;

namespace zg::gazette {
namespace {

template <class Items>
auto* Find(Items& items, int64_t id) {
  for (auto& item : items)
    if (item.id == id) return &item;
  return static_cast<decltype(&items[0])>(nullptr);
}

Page Html(const About& about, Frame frame, int status = 200) {
  Page page;
  page.status = status;
  frame.hidden = frame.hidden || status != 200;
  page.body = Whole(frame, about);
  return page;
}
Page Plain(std::string type, std::string body) {
  Page page;
  page.type = std::move(type);
  page.body = std::move(body);
  return page;
}

std::string_view FileCalled(std::string_view name) {
  for (const EmbeddedFile& file : std::span(zg_gazette_files, zg_gazette_files_count))
    if (file.name == name) return file.bytes();
  return {};
}

Page Missing(const About& about) {
  return Html(
      about,
      {"没有这个页面", "",
       "<h1>没有这个页面</h1><p>网址可能有误，或这项内容没有公开。</p><p><a href=\"/\">回到首页</a>，或"
       "<a href=\"/tasks\">查找整改任务</a>。</p>",
       "", true},
      404);
}

// The fact and the reason; not what it was.
Page Gone(const About& about, const GoneItem& item) {
  return Html(
      about,
      {"内容已撤回", "",
       "<h1>内容已撤回</h1><p>这项公开内容已于 <time datetime=\"" + Esc(item.day) + "\">" + Esc(item.day) +
           "</time> 撤回。</p><p>撤回理由：" + Esc(item.reason) + "</p><p><a href=\"/\">回到首页</a></p>",
       "", true},
      410);
}

// "/tasks/12" under "/tasks/" → 12; 0: no such number.
int64_t IdIn(std::string_view path, std::string_view folder) {
  if (path.substr(0, folder.size()) != folder) return 0;
  std::string_view rest = path.substr(folder.size());
  int64_t id = 0;
  auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), id);
  bool whole = error == std::errc() && end == rest.data() + rest.size() && rest[0] != '0' && rest[0] != '-';
  return whole ? id : 0;
}

std::string Summary(const TaskItem& task) {
  return task.round_name + " 任务" + task.path + "：" + task.title;
}

Page OneTask(const About& about, const TaskItem& task) {
  return Html(about, {"任务" + task.path + "：" + task.title, "/tasks", TaskBody(task), Summary(task)});
}
Page OneRound(const Content& content, const About& about, const RoundItem& round) {
  return Html(about, {round.name, "/", RoundBody(content, round), round.name + "整改情况"});
}
Page OneFile(const About& about, const FileItem& file) {
  return Html(about, {file.title, "/files", FileBody(file), file.title});
}

Page OneCoverage(const About& about, const CoverageItem& coverage) {
  return Html(about, {coverage.title, "/", CoverageBody(coverage), coverage.title});
}

Page Download(const FileItem& file) {
  Page page;
  page.type = "application/octet-stream";
  page.file_sha256 = file.sha256;
  page.file_name = file.name;
  return page;
}

// Pages with a number; nullopt where the path is none of them.
std::optional<Page> Numbered(const Content& content, const About& about, std::string_view path) {
  std::string_view kind;
  int64_t id = 0;
  if ((id = IdIn(path, "/tasks/"))) {
    kind = "task";
    if (auto* task = Find(content.tasks, id)) return OneTask(about, *task);
  } else if ((id = IdIn(path, "/rounds/"))) {
    kind = "round";
    if (auto* round = Find(content.rounds, id)) return OneRound(content, about, *round);
  } else if ((id = IdIn(path, "/coverage/"))) {
    kind = "coverage";
    if (auto* coverage = Find(content.coverage, id)) return OneCoverage(about, *coverage);
  } else {
    bool bytes = path.size() > 9 && path.substr(path.size() - 9) == "/download";
    if (bytes) path.remove_suffix(9);
    id = IdIn(path, "/files/");
    kind = "document";
    if (auto* file = id ? Find(content.files, id) : nullptr)
      return bytes ? Download(*file) : OneFile(about, *file);
  }
  for (const auto& gone : content.gone)
    if (id && gone.kind == kind && gone.id == id) return Gone(about, gone);
  return std::nullopt;
}

}  // namespace

std::string_view StyleSheet() {
  return FileCalled("site.css");
}

const std::string& StylePath() {
  static const std::string path = "/site-" + Sha256Hex(StyleSheet()).substr(0, 12) + ".css";
  return path;
}

Page Render(const Content& c, const About& about, std::string_view path, const ListQuery& query) {
  if (path == "/") return Html(about, {"", "/", HomeBody(c, about), about.title});
  if (path == "/tasks") return Html(about, {"整改任务", "/tasks", ListBody(c, query), "整改任务查询"});
  if (path == "/files") return Html(about, {"文件下载", "/files", FilesBody(c), "公开文件下载"});
  if (path == "/charts") return Html(about, {"进展图表", "/charts", ChartsBody(c), "整改进展图表"});
  if (path == "/data") return Html(about, {"开放数据", "/data", DataBody(c, about), "开放数据和使用说明"});
  if (path == "/data/tasks.csv") return Plain("text/csv; charset=utf-8", TasksCsv(c, about));
  if (path == "/data/tasks.json") return Plain("application/json; charset=utf-8", TasksJson(c, about));
  if (path == "/feed.xml") return Plain("application/atom+xml; charset=utf-8", Feed(c, about));
  if (path == "/sitemap.xml") return Plain("application/xml; charset=utf-8", SiteMap(c, about));
  if (path == "/robots.txt") {
    std::string map = about.url.empty() ? "" : "Sitemap: " + about.url + "/sitemap.xml\n";
    return Plain("text/plain; charset=utf-8", "User-agent: *\nDisallow: /tasks?\n" + map);
  }
  if (path == "/icon.svg") return Plain("image/svg+xml", std::string(FileCalled("icon.svg")));
  if (path == StylePath()) {
    Page page = Plain("text/css; charset=utf-8", std::string(StyleSheet()));
    page.lasting = true;
    return page;
  }
  return Numbered(c, about, path).value_or(Missing(about));
}

std::string PreviewPage(const Content& content, const About& about, PublicationKind kind, int64_t subject) {
  Frame frame;
  if (kind == PublicationKind::kTask) {
    if (auto* task = Find(content.tasks, subject))
      frame = {"任务" + task->path + "：" + task->title, "/tasks", TaskBody(*task), Summary(*task)};
  } else if (kind == PublicationKind::kRound) {
    if (auto* round = Find(content.rounds, subject))
      frame = {round->name, "/", RoundBody(content, *round), ""};
  } else if (kind == PublicationKind::kCoverage) {
    if (auto* coverage = Find(content.coverage, subject))
      frame = {coverage->title, "/", CoverageBody(*coverage), ""};
  } else if (auto* file = Find(content.files, subject)) {
    frame = {file->title, "/files", FileBody(*file), ""};
  }
  return Whole(frame, about, StyleSheet());
}

}  // namespace zg::gazette
