#include "gazette/content.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"

namespace zg::gazette {
namespace {

using nlohmann::json;

std::string Str(const json& j, const char* key) {
  auto it = j.find(key);
  return it != j.end() && it->is_string() ? it->get<std::string>() : "";
}
std::vector<std::string> Strs(const json& j, const char* key) {
  std::vector<std::string> out;
  for (const auto& item : j.value(key, json::array()))
    if (item.is_string()) out.push_back(item);
  return out;
}

std::vector<Text> TextsOf(const json& snapshot) {
  std::vector<Text> texts;
  for (const auto& field : snapshot.at("fields"))
    texts.push_back({Str(field, "name"), Str(field, "title"), Str(field, "text")});
  return texts;
}

// Up to the first full stop, at most 60 characters.
std::string FirstSentence(const std::string& text) {
  std::u32string t = ToUtf32(text);
  size_t end = t.find_first_of(U"。；\n");
  bool cut = end == t.npos && t.size() > 60;
  if (end == t.npos || end > 60) cut = t.size() > 60, end = std::min<size_t>(t.size(), 60);
  return ToUtf8(t.substr(0, end)) + (cut ? "…" : "");
}

void AddTask(Content& content, const json& s, Stamp stamp) {
  TaskItem t;
  t.id = s.at("id");
  t.path = Str(s, "path");
  t.round = s.at("round").value("id", int64_t(0));
  t.round_name = Str(s.at("round"), "name");
  t.source = Str(s, "source");
  t.as_of = Str(s, "as_of");
  t.responsible = Strs(s, "responsible");
  t.acceptance = Strs(s, "acceptance");
  t.regions = Strs(s, "regions");
  t.state = Str(s, "state");
  t.status = Str(s, "status");
  t.closed = s.value("closed", false);
  t.long_term = s.value("long_term", false);
  t.closed_on = Str(s, "closed_on");
  t.due = Str(s, "due");
  t.deadline = Str(s, "deadline");
  t.texts = TextsOf(s);
  t.stamp = std::move(stamp);
  t.title = FirstSentence(t.Of("problem"));
  content.tasks.push_back(std::move(t));
}

void AddRound(Content& content, const json& s, Stamp stamp) {
  RoundItem r;
  r.id = s.at("id");
  r.name = Str(s, "name");
  r.level = Str(s, "level");
  r.year = s.value("year", 0);
  r.total = s.value("total", int64_t(0));
  r.closed = s.value("closed", int64_t(0));
  r.texts = TextsOf(s);
  r.stamp = std::move(stamp);
  content.rounds.push_back(std::move(r));
}

void AddFile(Content& content, const json& s, Stamp stamp) {
  FileItem f;
  f.id = s.at("id");
  f.round = s.at("round").value("id", int64_t(0));
  f.round_name = Str(s.at("round"), "name");
  f.kind = Str(s, "document_kind");
  f.date = Str(s, "date");
  const json& file = s.at("file");
  f.name = Str(file, "name");
  f.format = Str(file, "format");
  f.sha256 = Str(file, "sha256");
  f.sm3 = Str(file, "sm3");
  f.bytes = file.value("bytes", int64_t(0));
  f.texts = TextsOf(s);
  for (const auto& text : f.texts)
    if (text.name == "title") f.title = text.text;
  f.stamp = std::move(stamp);
  content.files.push_back(std::move(f));
}

// All that a task is searched by; parts do not run into each other.
std::u32string WordsIn(const TaskItem& t) {
  std::string all = t.path + '\x1f' + t.round_name;
  for (const auto& text : t.texts) all += '\x1f' + text.text;
  for (const auto* names : {&t.responsible, &t.acceptance, &t.regions})
    for (const auto& name : *names) all += '\x1f' + name;
  return ToUtf32(all);
}

CoverageItem::Rows RowsOf(const json& s, const char* key) {
  CoverageItem::Rows rows;
  for (const auto& row : s.value(key, json::array())) rows.push_back({row.at(0), row.at(1)});
  return rows;
}

void AddCoverage(Content& content, const json& s, Stamp stamp) {
  CoverageItem c;
  c.id = s.at("id");
  c.title = Str(s, "name");
  c.round_name = Str(s.at("round"), "name");
  c.as_of = Str(s, "as_of");
  c.pieces = s.value("pieces", int64_t(0));
  c.lines = s.value("lines", int64_t(0));
  c.levels = RowsOf(s, "levels");
  c.kinds = RowsOf(s, "kinds");
  c.media = RowsOf(s, "media");
  c.weeks = RowsOf(s, "weeks");
  size_t n = 0;
  for (auto& text : TextsOf(s)) {
    if (text.name.rfind("item/", 0) != 0) {
      c.texts.push_back(std::move(text));
      continue;
    }
    const json& item = s.at("items").at(n++);
    std::string link = Str(item, "link");
    if (link.rfind("https://", 0) != 0 && link.rfind("http://", 0) != 0) link.clear();
    c.items.push_back({Str(item, "day"), Str(item, "medium"), std::move(text.text), std::move(link)});
  }
  c.stamp = std::move(stamp);
  content.coverage.push_back(std::move(c));
}

}  // namespace

const std::string& TaskItem::Of(std::string_view name) const {
  static const std::string none;
  for (const auto& text : texts)
    if (text.name == name) return text.text;
  return none;
}

bool AddSnapshot(Content& content, const Publication& p) {
  json s = json::parse(p.snapshot, nullptr, false);
  if (!s.is_object()) return false;
  Stamp stamp{p.released.at, p.sm3, p.sha256};
  try {
    switch (p.kind) {
      case PublicationKind::kTask:
        AddTask(content, s, std::move(stamp));
        break;
      case PublicationKind::kRound:
        AddRound(content, s, std::move(stamp));
        break;
      case PublicationKind::kDocument:
        AddFile(content, s, std::move(stamp));
        break;
      case PublicationKind::kCoverage:
        AddCoverage(content, s, std::move(stamp));
        break;
    }
    return true;
  } catch (const json::exception&) {
    return false;
  }
}

std::vector<int> PathKey(std::string_view path) {
  std::vector<int> key;
  while (!path.empty()) {
    int n = 0;
    std::from_chars(path.data(), path.data() + path.size(), n);
    key.push_back(n);
    size_t dot = path.find('.');
    path = dot == path.npos ? std::string_view() : path.substr(dot + 1);
  }
  return key;
}

void Arrange(Content& content) {
  std::set<int64_t> there = {0};
  for (const auto& round : content.rounds) there.insert(round.id);
  auto name_round = [&](int64_t id, const std::string& name) {
    if (!there.insert(id).second) return;
    RoundItem r;
    r.id = id;
    r.name = name;
    content.rounds.push_back(std::move(r));
  };
  for (const auto& task : content.tasks) name_round(task.round, task.round_name);
  for (const auto& item : content.coverage) name_round(item.id, item.round_name);
  std::stable_sort(content.rounds.begin(), content.rounds.end(), [](const RoundItem& a, const RoundItem& b) {
    return a.year != b.year ? a.year > b.year : a.id > b.id;
  });
  std::map<int64_t, size_t> place;
  for (size_t i = 0; i < content.rounds.size(); ++i) place[content.rounds[i].id] = i;
  auto of = [&](int64_t round) {
    auto it = place.find(round);
    return it == place.end() ? place.size() : it->second;
  };
  std::vector<std::pair<std::tuple<size_t, std::string, std::vector<int>, int64_t>, size_t>> keys;
  for (size_t i = 0; i < content.tasks.size(); ++i) {
    const TaskItem& t = content.tasks[i];
    keys.push_back({{of(t.round), t.source, PathKey(t.path), t.id}, i});
  }
  std::sort(keys.begin(), keys.end());
  std::vector<TaskItem> sorted;
  sorted.reserve(keys.size());
  for (const auto& [key, i] : keys) sorted.push_back(std::move(content.tasks[i]));
  content.tasks = std::move(sorted);
  std::set<std::string> regions;
  for (const auto& task : content.tasks) {
    content.finder.Add(WordsIn(task));
    regions.insert(task.regions.begin(), task.regions.end());
  }
  content.regions.assign(regions.begin(), regions.end());
  std::stable_sort(content.coverage.begin(), content.coverage.end(),
                   [&](const CoverageItem& a, const CoverageItem& b) { return of(a.id) < of(b.id); });
  std::stable_sort(content.files.begin(), content.files.end(),
                   [](const FileItem& a, const FileItem& b) { return a.stamp.at > b.stamp.at; });
}

}  // namespace zg::gazette
