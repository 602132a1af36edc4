#include "office/merge.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/correction.h"
#include "ledger/diff.h"
#include "office/json.h"

namespace zg {
namespace {

using nlohmann::json;

bool IsList(const std::string& field) {
  return field == "measures" || field == "progress";
}

json ValueIn(const Entry& entry, const std::string& field) {
  if (IsList(field)) return json::parse(FieldJson(entry, field));
  auto value = FieldOf(entry, field);
  return value.ok() ? *value : json();
}

bool SameValue(const Entry& a, const Entry& b, const std::string& field) {
  auto squeeze = [&](const Entry& e) { return Squeeze(ToUtf32(ValueIn(e, field).dump())); };
  return squeeze(a) == squeeze(b);
}

// Sets the decision in the new entry; false where there is no such place any more.
bool Carry(const Entry& from, const std::string& field, Entry& to) {
  if (field == "measures") {
    to.measures = from.measures;
    to.targets = from.targets;
    return true;
  }
  if (field == "progress") {
    to.progress = from.progress;
    return true;
  }
  auto value = FieldOf(from, field);
  return value.ok() && SetField(to, field, *value).ok();
}

std::string Said(const Entry& entry, const std::string& field) {
  json value = ValueIn(entry, field);
  if (value.is_object() && value.contains("text")) value = value["text"];
  std::string text = value.is_null() ? "空" : value.is_string() ? value.get<std::string>() : value.dump();
  return Shortened(text, 60);
}

}  // namespace

Merged MergeDecisions(const Task& old_task, const Entry* old_source, const Entry& new_source,
                      const Entry& fresh, const std::set<std::string>& reviewed) {
  Merged merged{fresh, {reviewed.begin(), reviewed.end()}};
  for (const auto& field : old_task.corrected) {
    if (reviewed.count(field)) continue;
    bool source_same = !old_source || SameValue(*old_source, new_source, field);
    if (source_same && Carry(old_task.entry, field, merged.entry)) {
      merged.corrected.push_back(field);
      continue;
    }
    if (SameValue(old_task.entry, fresh, field)) continue;  // the source now says what the person said
    merged.entry.doubts.push_back({field,
                                   "新版原文改为“" + Said(fresh, field) + "”，而此前人工定为“" +
                                       Said(old_task.entry, field) + "”，请核对以哪个为准。",
                                   {}});
  }
  return merged;
}

}  // namespace zg
