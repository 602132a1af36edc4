#pragma once
// Compares an extraction with labels field by field, by the rules of gold/score.py: texts by likeness after
// spaces, width and punctuation are folded; dates, flags and unit lists exactly.

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"

namespace zg::test {

using nlohmann::json;

inline std::u32string Fold(const std::string& s) {
  std::u32string out;
  for (char32_t c : Squeeze(ToUtf32(s))) {
    if (c == U'—' || c == U'–') c = '-';
    if (c == U'“' || c == U'”') c = '"';
    out += c;
  }
  while (!out.empty() && (out.back() == U'。' || out.back() == ';' || out.back() == '.')) out.pop_back();
  return out;
}

// At most 3 characters in 100 differ (edit distance within a band).
inline bool Alike(const std::string& x, const std::string& y) {
  std::u32string a = Fold(x), b = Fold(y);
  if (a == b) return true;
  if (a.empty() || b.empty()) return false;
  size_t limit = std::max(a.size(), b.size()) * 3 / 100;
  if (limit == 0 || std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return false;
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t best = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = row[j];
      row[j] = best;
    }
  }
  return row.back() <= limit;
}

inline std::string Str(const json& j, const char* key) {
  return j.contains(key) && j[key].is_string() ? j[key].get<std::string>() : "";
}

inline json Sub(const json& j, const char* key, const char* inner) {
  return j.contains(key) && j[key].is_object() && j[key].contains(inner) ? j[key][inner] : json(nullptr);
}

inline bool Flag(const json& v) {
  return v.is_boolean() && v.get<bool>();
}

inline std::set<std::u32string> Units(const json& j, const char* key) {
  std::set<std::u32string> out;
  if (j.contains(key)) {
    for (const auto& u : j[key]) out.insert(Fold(u.get<std::string>()));
  }
  return out;
}

inline std::set<std::string> Dates(const json& m, const char* key) {
  std::set<std::string> out;
  if (m.contains(key)) {
    for (const auto& d : m[key]) out.insert(d.get<std::string>());
  }
  return out;
}

// What differs, one line each: "16.2 measures[1].due".
inline std::vector<std::string> Misses(const json& gold, const json& got) {
  std::vector<std::string> out;
  auto miss = [&](const std::string& path, const std::string& what) { out.push_back(path + " " + what); };
  if (!Alike(Str(gold, "title"), Str(got, "title"))) miss("-", "title: " + Str(got, "title"));
  if (Str(gold, "kind") != Str(got, "kind")) miss("-", "kind: " + Str(got, "kind"));
  std::set<std::string> known;
  for (const auto& g : gold["tasks"]) {
    std::string path = g["path"];
    known.insert(path);
    const json* x = nullptr;
    for (const auto& t : got["tasks"]) {
      if (t["path"] == path) x = &t;
    }
    if (!x) {
      miss(path, "not found");
      continue;
    }
    if (!Alike(Str(g, "problem"), Str(*x, "problem"))) miss(path, "problem: " + Str(*x, "problem"));
    if (g.value("is_task", true) != x->value("is_task", true)) miss(path, "is_task");
    for (const char* k : {"responsible", "acceptance"}) {
      if (Units(g, k) != Units(*x, k)) miss(path, std::string(k) + ": " + (*x)[k].dump());
    }
    if (Str(g, "goal").empty() != Str(*x, "goal").empty() ||
        (!Str(g, "goal").empty() && !Alike(Str(g, "goal"), Str(*x, "goal"))))
      miss(path, "goal");
    if (Sub(g, "deadline", "date") != Sub(*x, "deadline", "date"))
      miss(path, "deadline.date: " + Sub(*x, "deadline", "date").dump());
    for (const char* k : {"immediate", "long_term"}) {
      if (Flag(Sub(g, "deadline", k)) != Flag(Sub(*x, "deadline", k)))
        miss(path, std::string("deadline.") + k);
    }
    if (Sub(g, "status", "kind") != Sub(*x, "status", "kind"))
      miss(path, "status.kind: " + Sub(*x, "status", "kind").dump());
    if (Flag(Sub(g, "status", "long_term")) != Flag(Sub(*x, "status", "long_term")))
      miss(path, "status.long_term");
    for (const char* k : {"measures", "progress"}) {
      json empty = json::array();
      const json& gm = g.contains(k) ? g[k] : empty;
      const json& xm = x->contains(k) ? (*x)[k] : empty;
      if (gm.size() != xm.size()) miss(path, std::string(k) + " count " + std::to_string(xm.size()));
      for (size_t i = 0; i < std::min(gm.size(), xm.size()); ++i) {
        std::string where = std::string(k) + "[" + std::to_string(i) + "]";
        if (gm[i]["number"] != xm[i]["number"]) miss(path, where + ".number");
        if (!Alike(Str(gm[i], "text"), Str(xm[i], "text")))
          miss(path, where + ".text: " + Str(xm[i], "text"));
        auto want = Dates(gm[i], "due"), have = Dates(xm[i], "due");
        for (const auto& d : Dates(gm[i], "due_optional")) want.erase(d), have.erase(d);
        if (k == std::string("measures") && want != have) miss(path, where + ".due: " + xm[i]["due"].dump());
      }
    }
    if (g.contains("upstream_ordinal") && g["upstream_ordinal"] != (*x)["upstream_ordinal"])
      miss(path, "upstream_ordinal");
  }
  if (!gold.value("partial", false)) {
    for (const auto& t : got["tasks"]) {
      if (!known.count(t["path"])) miss(t["path"], "invented");
    }
  }
  return out;
}

}  // namespace zg::test
