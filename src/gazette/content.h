#pragma once
// What the public site has to show: released snapshots, read back into plain values. Nothing here knows the
// ledger; what a snapshot does not hold cannot be shown. Pure values.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gazette/finder.h"
#include "ledger/publication.h"

namespace zg::gazette {

struct Stamp {
  std::string at;           // ISO time of the release; empty: not released
  std::string sm3, sha256;  // of the snapshot
  std::string day() const { return at.substr(0, 10); }
};

struct Text {
  std::string name, title, text;
};

struct TaskItem {
  int64_t id = 0;
  std::string path;  // number in its document: 16.2
  int64_t round = 0;
  std::string round_name, source, as_of;  // as_of: day on which it was taken from the ledger
  std::vector<std::string> responsible, acceptance, regions;
  std::string state;   // completed, ongoing, …
  std::string status;  // as people read it
  bool closed = false, long_term = false;
  std::string closed_on, due, deadline;  // days ISO; empty: none
  std::vector<Text> texts;
  Stamp stamp;
  std::string title;                                   // first sentence of the problem
  const std::string& Of(std::string_view name) const;  // "" where there is none
};

struct RoundItem {
  int64_t id = 0;
  std::string name, level;
  int year = 0;
  int64_t total = 0, closed = 0;  // as the office counted when it wrote the text; 0: there is no text
  std::vector<Text> texts;
  Stamp stamp;
};

struct FileItem {
  int64_t id = 0, round = 0;
  std::string round_name, title, kind, date, name, format, sha256, sm3;
  int64_t bytes = 0;
  std::vector<Text> texts;
  Stamp stamp;
};

// What media said of a round's rectification.
struct CoverageItem {
  using Rows = std::vector<std::pair<std::string, int64_t>>;
  struct Line {
    std::string day, medium, title, link;  // link: http or https; may be empty
  };
  int64_t id = 0;  // the round's
  std::string title, round_name, as_of;
  int64_t pieces = 0, lines = 0;     // pieces: of media, without the office's briefs
  Rows levels, kinds, media, weeks;  // weeks: of their Mondays, ascending
  std::vector<Line> items;           // the newest
  std::vector<Text> texts;
  Stamp stamp;
};

struct GoneItem {
  std::string kind;
  int64_t id = 0;
  std::string day, reason;
};

// What the office says of itself (zhenggai.toml, [public]).
struct About {
  std::string title = "生态环境保护督察整改情况公开";
  std::string office;   // who is responsible for the site
  std::string contact;  // how to reach it
  std::string record;   // ICP and public security record numbers
  std::string url;      // https://zg.example.cn, without a slash at the end; empty: links stay relative
  std::string licence;  // of the open data; empty: the built-in text
};

struct Content {
  int64_t version = 0;
  std::vector<TaskItem> tasks;         // by round (newest first), then by number
  std::vector<RoundItem> rounds;       // newest inspection first
  std::vector<FileItem> files;         // newest first
  std::vector<CoverageItem> coverage;  // as the rounds
  std::vector<GoneItem> gone;
  std::vector<std::string> regions;  // of the tasks, sorted
  Finder finder;                     // of the tasks, by their place in `tasks`
};

// Adds what the publication's snapshot says; one that cannot be read is left out (false).
bool AddSnapshot(Content& content, const Publication& publication);
// Sorts, gives rounds that only tasks speak of a place of their own, and makes what is searched. Once, after
// all was added.
void Arrange(Content& content);

// "16.2" as numbers, to sort by.
std::vector<int> PathKey(std::string_view path);

}  // namespace zg::gazette
