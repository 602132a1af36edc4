#include "ledger/correction.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/nearest.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr size_t kMaxText = 20'000;  // code units of one value
constexpr size_t kMaxUnits = 200;

Error BadValue(const std::string& field, const std::string& expected) {
  return {Code::kInvalid, "“" + field + "”应填" + expected + "，请改后再存。", field, "correction.value"};
}

Error BadField(const std::string& field, const std::vector<std::string>& known) {
  std::string near = Nearest(field, known);
  return {Code::kInvalid, "没有“" + field + "”这一项" + (near.empty() ? "。" : "，是不是“" + near + "”？"),
          field, "correction.field"};
}

// measures[3].text → {"measures", 3, "text"}; problem → {"problem", -1, ""}.
struct FieldName {
  std::string list;
  int index = -1;
  std::string part;
};

FieldName Parse(const std::string& field) {
  FieldName name;
  size_t open = field.find('['), close = field.find(']');
  if (open == field.npos || close == field.npos || close < open + 2 || close > open + 6)
    return {field, -1, ""};
  for (size_t i = open + 1; i < close; ++i) {
    if (field[i] < '0' || field[i] > '9') return {field, -1, ""};
  }
  name.list = field.substr(0, open);
  name.index = std::stoi(field.substr(open + 1, close - open - 1));
  if (close + 1 < field.size()) {
    if (field[close + 1] != '.') return {field, -1, ""};
    name.part = field.substr(close + 2);
  }
  return name;
}

Result<std::string> TextOf(const std::string& field, const json& value) {
  if (!value.is_string()) return BadValue(field, "文字");
  std::string text = value.get<std::string>();
  if (text.size() > kMaxText) return BadValue(field, "不超过六千字的文字");
  return text;
}

Result<std::optional<Date>> DateOf(const std::string& field, const json& value) {
  if (value.is_null()) return std::optional<Date>();
  std::optional<Date> date;
  if (value.is_string()) date = Date::ParseIso(value.get<std::string>());
  if (!date) return BadValue(field, "日期，如 2024-12-31");
  return date;
}

bool Flag(const json& object, const char* key, bool otherwise) {
  auto it = object.find(key);
  return it != object.end() && it->is_boolean() ? it->get<bool>() : otherwise;
}

json UnitNames(const std::vector<UnitRef>& units) {
  json names = json::array();
  for (const auto& unit : units) names.push_back(unit.name);
  return names;
}

json DeadlineJson(const Deadline& d) {
  return {{"text", d.text},
          {"date", d.date ? json(d.date->Iso()) : json()},
          {"immediate", d.immediate},
          {"long_term", d.long_term},
          {"ambiguous", d.ambiguous}};
}

json StatusJson(const TaskStatus& s) {
  return {{"text", s.text},
          {"kind", StatusKindName(s.kind)},
          {"long_term", s.long_term},
          {"behind_schedule", s.behind_schedule}};
}

json DueJson(const std::vector<DatedText>& due) {
  json days = json::array();
  for (const auto& d : due) days.push_back(d.date.Iso());
  return days;
}

Result<std::vector<UnitRef>> UnitsFrom(const std::string& field, const json& value,
                                       const std::vector<UnitRef>& old) {
  if (!value.is_array() || value.size() > kMaxUnits) return BadValue(field, "单位名称的列表");
  std::vector<UnitRef> units;
  for (const auto& item : value) {
    UnitRef unit;
    const json* name = item.is_object() && item.contains("name") ? &item["name"] : &item;
    if (!name->is_string() || name->get<std::string>().empty()) return BadValue(field, "单位名称的列表");
    unit.name = unit.written = name->get<std::string>();
    if (unit.name.size() > 300) return BadValue(field, "不超过一百字的单位名称");
    for (const auto& before : old) {
      if (before.name == unit.name) unit = before;
    }
    if (item.is_object() && item.contains("role")) {
      if (item["role"] == "lead")
        unit.role = UnitRole::kLead;
      else if (item["role"] == "supporting")
        unit.role = UnitRole::kSupporting;
      else
        unit.role = UnitRole::kNone;
    }
    units.push_back(std::move(unit));
  }
  return units;
}

Status SetDeadline(Entry& entry, const json& value) {
  if (value.is_null()) {
    entry.deadline.reset();
    return {};
  }
  if (!value.is_object()) return BadValue("deadline", "时限，如 2024年底前");
  Deadline deadline;
  if (entry.deadline) deadline.span = entry.deadline->span;
  ZG_ASSIGN(deadline.date, DateOf("deadline", value.value("date", json())));
  deadline.immediate = Flag(value, "immediate", false);
  deadline.long_term = Flag(value, "long_term", false);
  deadline.ambiguous = Flag(value, "ambiguous", false);
  if (value.contains("text") && value["text"].is_string()) deadline.text = value["text"].get<std::string>();
  if (deadline.text.size() > kMaxText) return BadValue("deadline", "不超过六千字的文字");
  if (deadline.text.empty() && deadline.date) deadline.text = deadline.date->Chinese();
  if (deadline.text.empty() && !deadline.immediate && !deadline.long_term) {
    return BadValue("deadline", "时限，如 2024年底前");
  }
  entry.deadline = std::move(deadline);
  return {};
}

Status SetStatus(Entry& entry, const json& value) {
  if (value.is_null()) {
    entry.status.reset();
    return {};
  }
  if (!value.is_object()) return BadValue("status", "整改状态，如 已完成");
  std::optional<StatusKind> kind;
  if (value.contains("kind") && value["kind"].is_string())
    kind = ParseStatusKind(value["kind"].get<std::string>());
  if (!kind) return BadValue("status", "状态 not_started、in_progress、completed 或 ongoing");
  TaskStatus status;
  if (entry.status) status.span = entry.status->span;
  status.kind = *kind;
  if (value.contains("text") && value["text"].is_string()) status.text = value["text"].get<std::string>();
  if (status.text.size() > kMaxText) return BadValue("status", "不超过六千字的文字");
  status.long_term = Flag(value, "long_term", *kind == StatusKind::kOngoing);
  status.behind_schedule = Flag(value, "behind_schedule", false);
  entry.status = std::move(status);
  return {};
}

Result<Measure> MeasureFrom(const std::string& field, const json& value, Measure measure) {
  const json* text = value.is_object() && value.contains("text") ? &value["text"] : &value;
  ZG_ASSIGN(measure.text, TextOf(field, *text));
  if (measure.text.empty()) return BadValue(field, "措施内容");
  if (value.is_object() && value.contains("number") && value["number"].is_number_integer()) {
    measure.number = value["number"].get<int>();
  }
  return measure;
}

// Targets point at measures by index: keep them pointing right when one goes.
void RemoveMeasure(Entry& entry, int index) {
  entry.measures.erase(entry.measures.begin() + index);
  std::erase_if(entry.targets, [&](const Target& t) { return t.measure == index; });
  for (auto& target : entry.targets) target.measure -= target.measure > index ? 1 : 0;
}

Status SetMeasureDue(Measure& measure, const std::string& field, const json& value) {
  if (!value.is_array() || value.size() > kMaxUnits) return BadValue(field, "日期的列表");
  std::vector<DatedText> due;
  for (const auto& item : value) {
    ZG_ASSIGN(std::optional<Date> date, DateOf(field, item));
    if (!date) return BadValue(field, "日期的列表");
    DatedText dated{*date, date->Chinese(), {}};
    for (const auto& before : measure.due) {
      if (before.date == *date) dated = before;
    }
    due.push_back(std::move(dated));
  }
  measure.due = std::move(due);
  return {};
}

Status SetInMeasures(Entry& entry, const FieldName& name, const std::string& field, const json& value) {
  size_t index = size_t(name.index);
  if (index > entry.measures.size() || (index == entry.measures.size() && !name.part.empty())) {
    return BadField(field, {});
  }
  if (name.part.empty()) {
    if (value.is_null() && index < entry.measures.size()) return RemoveMeasure(entry, name.index), Status();
    bool adds = index == entry.measures.size();
    ZG_ASSIGN(Measure measure, MeasureFrom(field, value, adds ? Measure() : entry.measures[index]));
    if (adds)
      entry.measures.push_back(std::move(measure));
    else
      entry.measures[index] = std::move(measure);
    return {};
  }
  Measure& measure = entry.measures[index];
  if (name.part == "text") {
    ZG_ASSIGN(measure, MeasureFrom(field, value, measure));
    return {};
  }
  if (name.part == "due") return SetMeasureDue(measure, field, value);
  if (name.part == "lead") {
    if (value.is_null()) {
      measure.lead.clear();
    } else {
      ZG_ASSIGN(measure.lead, TextOf(field, value));
    }
    return {};
  }
  return BadField(field, {"measures[" + std::to_string(name.index) + "].text"});
}

const std::vector<std::string>& EntryFields() {
  static const std::vector<std::string> fields = {
      "problem", "goal",    "responsible",      "acceptance",       "deadline",
      "status",  "is_task", "upstream_ordinal", "measures[0].text", "progress[0].text"};
  return fields;
}

Status SetPlain(Entry& entry, const std::string& field, const json& value) {
  if (field == "problem") {
    ZG_ASSIGN(std::string text, TextOf(field, value));
    if (text.empty()) return BadValue(field, "问题内容");
    entry.problem.text = std::move(text);
  } else if (field == "goal") {
    if (value.is_null()) {
      entry.goal = {};
    } else {
      ZG_ASSIGN(entry.goal.text, TextOf(field, value));
    }
  } else if (field == "responsible") {
    ZG_ASSIGN(entry.responsible, UnitsFrom(field, value, entry.responsible));
  } else if (field == "acceptance") {
    ZG_ASSIGN(entry.acceptance, UnitsFrom(field, value, entry.acceptance));
  } else if (field == "deadline") {
    ZG_TRY(SetDeadline(entry, value));
  } else if (field == "status") {
    ZG_TRY(SetStatus(entry, value));
  } else if (field == "is_task") {
    if (!value.is_boolean()) return BadValue(field, "是或否");
    entry.is_task = value.get<bool>();
  } else if (field == "upstream_ordinal") {
    if (value.is_null()) return entry.upstream_ordinal.reset(), Status();
    if (!value.is_number_integer() || value.get<int64_t>() < 1 || value.get<int64_t>() > 9999) {
      return BadValue(field, "上级清单的序号，如 3");
    }
    entry.upstream_ordinal = value.get<int>();
  } else {
    return BadField(field, EntryFields());
  }
  return {};
}

Result<json> InMeasures(const Entry& entry, const FieldName& name, const std::string& field) {
  if (size_t(name.index) == entry.measures.size() && name.part.empty()) return json();
  if (size_t(name.index) >= entry.measures.size()) return BadField(field, {});
  const Measure& m = entry.measures[size_t(name.index)];
  if (name.part.empty()) return json{{"number", m.number ? json(*m.number) : json()}, {"text", m.text}};
  if (name.part == "text") return json(m.text);
  if (name.part == "due") return DueJson(m.due);
  if (name.part == "lead") return m.lead.empty() ? json() : json(m.lead);
  return BadField(field, {"measures[" + std::to_string(name.index) + "].text"});
}

}  // namespace

Result<json> FieldOf(const Entry& entry, const std::string& field) {
  FieldName name = Parse(field);
  if (name.list == "measures" && name.index >= 0) return InMeasures(entry, name, field);
  if (name.list == "progress" && name.part == "text" && size_t(name.index) < entry.progress.size()) {
    return json(entry.progress[size_t(name.index)].text);
  }
  if (field == "problem") return json(entry.problem.text);
  if (field == "goal") return entry.goal.text.empty() ? json() : json(entry.goal.text);
  if (field == "responsible") return UnitNames(entry.responsible);
  if (field == "acceptance") return UnitNames(entry.acceptance);
  if (field == "deadline") return entry.deadline ? DeadlineJson(*entry.deadline) : json();
  if (field == "status") return entry.status ? StatusJson(*entry.status) : json();
  if (field == "is_task") return json(entry.is_task);
  if (field == "upstream_ordinal") return entry.upstream_ordinal ? json(*entry.upstream_ordinal) : json();
  return BadField(field, EntryFields());
}

Status SetField(Entry& entry, const std::string& field, const json& value) {
  FieldName name = Parse(field);
  if (name.list == "measures" && name.index >= 0) {
    ZG_TRY(SetInMeasures(entry, name, field, value));
  } else if (name.list == "progress" && name.index >= 0) {
    if (size_t(name.index) >= entry.progress.size() || name.part != "text")
      return BadField(field, EntryFields());
    ZG_ASSIGN(entry.progress[size_t(name.index)].text, TextOf(field, value));
  } else {
    ZG_TRY(SetPlain(entry, field, value));
  }
  std::erase_if(entry.doubts, [&](const Doubt& d) { return d.field == field || d.field == name.list; });
  return {};
}

Result<json> FieldOf(const Draft& draft, const std::string& field) {
  if (field == "title") return json(draft.title);
  if (field == "kind") return json(draft.kind);
  if (field == "date") return draft.date ? json(draft.date->Iso()) : json();
  if (field == "issuer") return json(draft.issuer);
  return BadField(field, {"title", "kind", "date", "issuer"});
}

Status SetField(Draft& draft, const std::string& field, const json& value) {
  if (field == "title") {
    ZG_ASSIGN(std::string title, TextOf(field, value));
    if (title.empty() || title.size() > 600) return BadValue(field, "文件标题（不超过二百字）");
    draft.title = std::move(title);
  } else if (field == "kind") {
    if (value != "task_list" && value != "progress_report" && value != "report") {
      return BadValue(field, "task_list、progress_report 或 report");
    }
    draft.kind = value.get<std::string>();
  } else if (field == "date") {
    ZG_ASSIGN(draft.date, DateOf(field, value));
  } else if (field == "issuer") {
    if (!value.is_array() || value.size() > kMaxUnits) return BadValue(field, "发文单位的列表");
    std::vector<std::string> issuer;
    for (const auto& item : value) {
      ZG_ASSIGN(std::string name, TextOf(field, item));
      issuer.push_back(std::move(name));
    }
    draft.issuer = std::move(issuer);
  } else {
    return BadField(field, {"title", "kind", "date", "issuer"});
  }
  std::erase_if(draft.doubts, [&](const Doubt& d) { return d.field == field; });
  return {};
}

}  // namespace zg
