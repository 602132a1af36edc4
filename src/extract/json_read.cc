#include <nlohmann/json.hpp>

#include "extract/json.h"

namespace zg {
namespace {

using nlohmann::json;

// Thrown inside this file only; becomes the Error of DraftFromJson.
struct Bad {
  std::string where;
};

const json& At(const json& j, const char* key, const std::string& where) {
  auto it = j.find(key);
  if (!j.is_object() || it == j.end()) throw Bad{where + "." + key};
  return *it;
}

std::string Text(const json& j, const char* key, const std::string& where) {
  const json& v = At(j, key, where);
  if (v.is_null()) return "";
  if (!v.is_string()) throw Bad{where + "." + key};
  return v.get<std::string>();
}

bool Flag(const json& j, const char* key) {
  auto it = j.find(key);
  return it != j.end() && it->is_boolean() && it->get<bool>();
}

Span ReadSpan(const json& v, const std::string& where) {
  if (!v.is_array() || v.size() != 2 || !v[0].is_number_unsigned() || !v[1].is_number_unsigned())
    throw Bad{where};
  return {v[0].get<uint32_t>(), v[1].get<uint32_t>()};
}

Span SpanOf(const json& j, const char* key, const std::string& where) {
  auto it = j.find(key);
  return it == j.end() || it->is_null() ? Span{} : ReadSpan(*it, where + "." + key);
}

std::optional<Date> DateOf(const json& j, const char* key, const std::string& where) {
  auto it = j.find(key);
  if (it == j.end() || it->is_null()) return std::nullopt;
  auto d = it->is_string() ? Date::ParseIso(it->get<std::string>()) : std::nullopt;
  if (!d) throw Bad{where + "." + key};
  return d;
}

std::optional<int> IntOf(const json& j, const char* key, const std::string& where) {
  auto it = j.find(key);
  if (it == j.end() || it->is_null()) return std::nullopt;
  if (!it->is_number_integer()) throw Bad{where + "." + key};
  return it->get<int>();
}

template <class F>
auto ListOf(const json& j, const char* key, const std::string& where, F read) {
  std::vector<decltype(read(j, where))> out;
  auto it = j.find(key);
  if (it == j.end() || it->is_null()) return out;
  if (!it->is_array()) throw Bad{where + "." + key};
  for (size_t i = 0; i < it->size(); ++i)
    out.push_back(read((*it)[i], where + "." + key + "[" + std::to_string(i) + "]"));
  return out;
}

std::string ReadString(const json& j, const std::string& where) {
  if (!j.is_string()) throw Bad{where};
  return j.get<std::string>();
}

UnitRef ReadUnit(const json& j, const std::string& w) {
  UnitRef u;
  u.name = Text(j, "name", w);
  u.written = j.contains("written") ? Text(j, "written", w) : u.name;
  u.span = SpanOf(j, "span", w);
  std::string role = j.value("role", "none");
  u.role = role == "lead" ? UnitRole::kLead : role == "supporting" ? UnitRole::kSupporting : UnitRole::kNone;
  u.known = Flag(j, "known");
  u.inherited = Flag(j, "inherited");
  return u;
}

DatedText ReadDated(const json& j, const std::string& w) {
  auto date = DateOf(j, "date", w);
  if (!date) throw Bad{w + ".date"};
  return {*date, Text(j, "text", w), SpanOf(j, "span", w)};
}

Doubt ReadDoubt(const json& j, const std::string& w) {
  return {Text(j, "field", w), Text(j, "message", w), SpanOf(j, "span", w)};
}

std::optional<Deadline> ReadDeadline(const json& j, const std::string& w) {
  if (j.is_null()) return std::nullopt;
  Deadline d;
  d.text = Text(j, "text", w);
  d.span = SpanOf(j, "span", w);
  d.date = DateOf(j, "date", w);
  d.immediate = Flag(j, "immediate");
  d.long_term = Flag(j, "long_term");
  d.ambiguous = Flag(j, "ambiguous");
  d.milestones = ListOf(j, "milestones", w, ReadDated);
  return d;
}

Measure ReadMeasure(const json& j, const std::string& w) {
  Measure m;
  m.number = IntOf(j, "number", w);
  m.text = Text(j, "text", w);
  m.span = SpanOf(j, "span", w);
  if (j.contains("due_spans")) {
    m.due = ListOf(j, "due_spans", w, ReadDated);
  } else {
    for (const auto& s : ListOf(j, "due", w, ReadString)) {
      auto d = Date::ParseIso(s);
      if (!d) throw Bad{w + ".due"};
      m.due.push_back({*d, "", {}});
    }
  }
  if (j.contains("lead")) m.lead = Text(j, "lead", w);
  m.lead_span = SpanOf(j, "lead_span", w);
  m.acceptance = ListOf(j, "acceptance_units", w, ReadUnit);
  return m;
}

Target ReadTarget(const json& j, const std::string& w) {
  Target t;
  t.quantity = Text(j, "quantity", w);
  t.comparator = Text(j, "comparator", w);
  const json& v = At(j, "value", w);
  if (v.is_number()) {
    t.number = v.get<double>();
  } else if (v.is_string()) {
    t.klass = v.get<std::string>();
  } else {
    throw Bad{w + ".value"};
  }
  t.unit = Text(j, "unit", w);
  t.by = DateOf(j, "by", w);
  t.span = SpanOf(j, "span", w);
  t.measure = IntOf(j, "measure", w).value_or(-1);
  return t;
}

std::optional<TaskStatus> ReadStatus(const json& j, const std::string& w) {
  if (j.is_null()) return std::nullopt;
  auto kind = ParseStatusKind(Text(j, "kind", w));
  if (!kind) throw Bad{w + ".kind"};
  return TaskStatus{j.contains("text") ? Text(j, "text", w) : "", SpanOf(j, "span", w), *kind,
                    Flag(j, "long_term"), Flag(j, "behind_schedule")};
}

Progress ReadProgress(const json& j, const std::string& w) {
  return {IntOf(j, "number", w), Text(j, "text", w), SpanOf(j, "span", w)};
}

// Units as the contract has them (names) where the richer list is missing.
std::vector<UnitRef> ReadUnits(const json& j, const char* rich, const char* names, const std::string& w) {
  if (j.contains(rich)) return ListOf(j, rich, w, ReadUnit);
  std::vector<UnitRef> out;
  for (const auto& name : ListOf(j, names, w, ReadString)) {
    UnitRef u;
    u.name = u.written = name;
    if (j.contains("responsible_roles")) {
      std::string role = j["responsible_roles"].value(name, "none");
      u.role = role == "lead"         ? UnitRole::kLead
               : role == "supporting" ? UnitRole::kSupporting
                                      : UnitRole::kNone;
    }
    out.push_back(std::move(u));
  }
  return out;
}

Entry ReadEntry(const json& j, const std::string& w) {
  Entry e;
  e.path = Text(j, "path", w);
  e.label = j.contains("label") ? Text(j, "label", w) : "";
  e.is_task = At(j, "is_task", w).is_boolean() ? j["is_task"].get<bool>() : throw Bad{w + ".is_task"};
  e.headings = ListOf(j, "headings", w, ReadString);
  const json empty = json::object();
  const json& spans = j.contains("spans") && j["spans"].is_object() ? j["spans"] : empty;
  std::string sw = w + ".spans";
  e.span = SpanOf(spans, "entry", sw);
  e.label_span = SpanOf(spans, "label", sw);
  e.problem = {Text(j, "problem", w), SpanOf(spans, "problem", sw)};
  e.responsible = ReadUnits(j, "responsible_units", "responsible", w);
  e.responsible_open = Flag(j, "responsible_open");
  e.acceptance = ReadUnits(j, "acceptance_units", "acceptance", w);
  if (j.contains("goal")) e.goal = {Text(j, "goal", w), SpanOf(spans, "goal", sw)};
  if (j.contains("deadline")) e.deadline = ReadDeadline(j["deadline"], w + ".deadline");
  if (e.deadline && e.deadline->span.empty()) e.deadline->span = SpanOf(spans, "deadline", sw);
  e.measures = ListOf(j, "measures", w, ReadMeasure);
  e.targets = ListOf(j, "targets", w, ReadTarget);
  if (j.contains("status")) e.status = ReadStatus(j["status"], w + ".status");
  if (e.status && e.status->span.empty()) e.status->span = SpanOf(spans, "status", sw);
  e.progress = ListOf(j, "progress", w, ReadProgress);
  e.upstream_ordinal = IntOf(j, "upstream_ordinal", w);
  e.upstream_span = SpanOf(spans, "upstream_ordinal", sw);
  e.doubts = ListOf(j, "doubts", w, ReadDoubt);
  return e;
}

Error BadJson(const std::string& where) {
  return {Code::kInvalid, "草稿数据缺少这一项或类型不对：" + where + "。请重新读取文件。", where,
          "extract.bad_json"};
}

}  // namespace

Result<Entry> EntryFromJson(const json& j) {
  try {
    return ReadEntry(j, "$");
  } catch (const Bad& b) {
    return BadJson(b.where);
  } catch (const json::exception& e) {
    Error error = BadJson("$");
    error.cause = e.what();
    return error;
  }
}

Result<Draft> DraftFromJson(const json& j) {
  try {
    Draft d;
    d.title = Text(j, "title", "$");
    d.kind = Text(j, "kind", "$");
    d.issuer = ListOf(j, "issuer", "$", ReadString);
    d.date = DateOf(j, "date", "$");
    d.entries = ListOf(j, "tasks", "$", ReadEntry);
    d.doubts = ListOf(j, "doubts", "$", ReadDoubt);
    if (j.contains("spans")) {
      d.title_span = SpanOf(j["spans"], "title", "$.spans");
      d.date_span = SpanOf(j["spans"], "date", "$.spans");
      d.issuer_spans = ListOf(j["spans"], "issuer", "$.spans", ReadSpan);
    }
    return d;
  } catch (const Bad& b) {
    return BadJson(b.where);
  } catch (const json::exception& e) {
    Error error = BadJson("$");
    error.cause = e.what();
    return error;
  }
}

}  // namespace zg
