#include "ledger/diff.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "ledger/correction.h"
#include "ledger/likeness.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr double kSameTask = 0.35;   // likeness at which the same number is the same task
constexpr double kMovedTask = 0.75;  // likeness at which another number is

const char* const kFields[] = {"problem", "goal",    "responsible",      "acceptance", "deadline",
                               "status",  "is_task", "upstream_ordinal", "measures",   "progress"};

json ValueOf(const Entry& entry, const std::string& field) {
  if (field == "measures" || field == "progress") {
    json texts = json::array();
    if (field == "measures") {
      for (const auto& m : entry.measures) texts.push_back(m.text);
    } else {
      for (const auto& p : entry.progress) texts.push_back(p.text);
    }
    return texts;
  }
  auto value = FieldOf(entry, field);
  return value ? *value : json();
}

std::string Squeezed(const json& value) {
  return ToUtf8(Squeeze(ToUtf32(value.dump())));
}

void MatchByPath(const std::vector<Entry>& before, const std::vector<Entry>& after,
                 const std::vector<std::vector<uint64_t>>& pairs, std::vector<int>& partner,
                 std::vector<bool>& taken) {
  std::map<std::string, int> at;
  for (size_t i = 0; i < before.size(); ++i) at.emplace(before[i].path, int(i));
  for (size_t j = 0; j < after.size(); ++j) {
    auto it = at.find(after[j].path);
    if (it == at.end() || taken[size_t(it->second)]) continue;
    auto mine = PairsOf(after[j].problem.text);
    bool both_short = mine.size() < 4 && pairs[size_t(it->second)].size() < 4;
    if (!both_short && Likeness(mine, pairs[size_t(it->second)]) < kSameTask) continue;
    partner[j] = it->second;
    taken[size_t(it->second)] = true;
  }
}

void MatchByWording(const std::vector<Entry>& before, const std::vector<Entry>& after,
                    std::vector<int>& partner, std::vector<bool>& taken) {
  LikenessIndex index;
  for (size_t i = 0; i < before.size(); ++i) {
    if (!taken[i]) index.Add(int64_t(i), before[i].problem.text);
  }
  index.Finish();
  for (size_t j = 0; j < after.size() && index.size() > 0; ++j) {
    if (partner[j] >= 0) continue;
    for (const auto& hit : index.Find(after[j].problem.text, 3, 0.1)) {
      if (hit.dice < kMovedTask || taken[size_t(hit.key)]) continue;
      partner[j] = int(hit.key);
      taken[size_t(hit.key)] = true;
      break;
    }
  }
}

}  // namespace

std::vector<EntryMatch> MatchEntries(const std::vector<Entry>& before, const std::vector<Entry>& after) {
  std::vector<std::vector<uint64_t>> pairs;
  pairs.reserve(before.size());
  for (const auto& entry : before) pairs.push_back(PairsOf(entry.problem.text));
  std::vector<int> partner(after.size(), -1);
  std::vector<bool> taken(before.size(), false);
  MatchByPath(before, after, pairs, partner, taken);
  MatchByWording(before, after, partner, taken);
  std::vector<EntryMatch> matches;
  for (size_t j = 0; j < after.size(); ++j) matches.push_back({partner[j], int(j)});
  for (size_t i = 0; i < before.size(); ++i) {
    if (!taken[i]) matches.push_back({int(i), -1});
  }
  return matches;
}

double PathsInCommon(const std::vector<Entry>& before, const std::vector<Entry>& after) {
  if (after.empty() || before.empty()) return 0;
  std::set<std::string> paths;
  for (const auto& entry : before) paths.insert(entry.path);
  size_t common = 0;
  for (const auto& entry : after) common += paths.count(entry.path);
  return double(common) / double(std::max(after.size(), before.size()));
}

std::vector<std::string> ChangedFields(const Entry& before, const Entry& after) {
  std::vector<std::string> fields;
  for (const char* field : kFields) {
    if (Squeezed(ValueOf(before, field)) != Squeezed(ValueOf(after, field))) fields.push_back(field);
  }
  return fields;
}

std::string FieldJson(const Entry& entry, const std::string& field) {
  return ValueOf(entry, field).dump();
}

std::vector<FieldDifference> DiffEntries(const std::vector<Entry>& before, const std::vector<Entry>& after) {
  std::vector<FieldDifference> out;
  for (const auto& match : MatchEntries(before, after)) {
    if (match.before < 0) {
      const Entry& entry = after[size_t(match.after)];
      out.push_back({entry.path, "", "added", "null", FieldJson(entry, "problem")});
    } else if (match.after < 0) {
      const Entry& entry = before[size_t(match.before)];
      out.push_back({entry.path, "", "removed", FieldJson(entry, "problem"), "null"});
    } else {
      const Entry& old_entry = before[size_t(match.before)];
      const Entry& new_entry = after[size_t(match.after)];
      for (const auto& field : ChangedFields(old_entry, new_entry)) {
        out.push_back(
            {new_entry.path, field, "changed", FieldJson(old_entry, field), FieldJson(new_entry, field)});
      }
      if (old_entry.path != new_entry.path) {
        out.push_back(
            {new_entry.path, "path", "changed", json(old_entry.path).dump(), json(new_entry.path).dump()});
      }
    }
  }
  return out;
}

}  // namespace zg
