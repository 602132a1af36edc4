#pragma once
// Every answer of the public site, made from its content. Pure: the same content and address give the same
// bytes; any thread.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gazette/content.h"

namespace zg::gazette {

struct Page {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  std::string body;
  std::string file_sha256, file_name;  // a document for download instead of a body
  bool lasting = false;                // never changes under this address
};

// What a list of tasks is asked for.
struct ListQuery {
  std::string q, state, region;  // state: closed, open, long_term
  int64_t round = 0;
  int page = 1;
};
// Takes what it knows; anything else is passed over, as in links that others made.
ListQuery ReadListQuery(const std::vector<std::pair<std::string, std::string>>& pairs);
std::string ListAddress(const ListQuery& query);  // the one spelling of it: /tasks?round=1&page=2

// `path` decoded. 404 for what is not published, 410 for what was withdrawn.
Page Render(const Content& content, const About& about, std::string_view path, const ListQuery& query);

// The page of one publication as it will be seen, with the sheet inside of it.
std::string PreviewPage(const Content& content, const About& about, PublicationKind kind, int64_t subject);

const std::string& StylePath();  // /site-1a2b3c4d.css: changes with its bytes
std::string_view StyleSheet();

// Parts of Render; each gives the inside of <main> or a whole file.
std::string HomeBody(const Content& content, const About& about);
std::string RoundBody(const Content& content, const RoundItem& round);
std::string TaskBody(const TaskItem& task);
std::string ListBody(const Content& content, const ListQuery& query);
std::string CoverageBody(const CoverageItem& coverage);
std::string FilesBody(const Content& content);
std::string FileBody(const FileItem& file);
std::string ChartsBody(const Content& content);
std::string DataBody(const Content& content, const About& about);
std::string TasksCsv(const Content& content, const About& about);
std::string TasksJson(const Content& content, const About& about);
std::string Feed(const Content& content, const About& about);
std::string SiteMap(const Content& content, const About& about);

// One line of a list of tasks.
std::string TaskLine(const TaskItem& task);
// Bars with their names and values beside them, and the same as a table. `id` is that of the caption.
std::string BarChart(const std::string& id, const std::string& title,
                     const std::vector<std::pair<std::string, std::vector<int64_t>>>& rows,
                     const std::vector<std::string>& series);
std::string Stamped(const Stamp& stamp);  // when it was published, and its digests

}  // namespace zg::gazette
