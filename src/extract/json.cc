#include "extract/json.h"

#include <nlohmann/json.hpp>

namespace zg {
namespace {

using nlohmann::json;

json SpanJson(Span s) {
  return json::array({s.begin, s.end});
}
json DateJson(const std::optional<Date>& d) {
  return d ? json(d->Iso()) : json(nullptr);
}

json NamesJson(const std::vector<UnitRef>& units) {
  json out = json::array();
  for (const auto& u : units) out.push_back(u.name);
  return out;
}

const char* RoleName(UnitRole r) {
  return r == UnitRole::kLead ? "lead" : r == UnitRole::kSupporting ? "supporting" : "none";
}

// What the contract leaves open: how each unit was read.
json UnitsJson(const std::vector<UnitRef>& units) {
  json out = json::array();
  for (const auto& u : units) {
    out.push_back({{"name", u.name},
                   {"written", u.written},
                   {"span", SpanJson(u.span)},
                   {"role", RoleName(u.role)},
                   {"known", u.known},
                   {"inherited", u.inherited}});
  }
  return out;
}

json DatedJson(const std::vector<DatedText>& dates) {
  json out = json::array();
  for (const auto& d : dates)
    out.push_back({{"date", d.date.Iso()}, {"text", d.text}, {"span", SpanJson(d.span)}});
  return out;
}

json DoubtsJson(const std::vector<Doubt>& doubts) {
  json out = json::array();
  for (const auto& d : doubts) {
    json j{{"field", d.field}, {"message", d.message}};
    if (!d.span.empty()) j["span"] = SpanJson(d.span);
    out.push_back(std::move(j));
  }
  return out;
}

json DeadlineJson(const std::optional<Deadline>& d) {
  if (!d) return nullptr;
  return {{"text", d->text},           {"date", DateJson(d->date)}, {"immediate", d->immediate},
          {"long_term", d->long_term}, {"ambiguous", d->ambiguous}, {"milestones", DatedJson(d->milestones)},
          {"span", SpanJson(d->span)}};
}

json MeasuresJson(const std::vector<Measure>& measures) {
  json out = json::array();
  for (const auto& m : measures) {
    json due = json::array();
    for (const auto& d : m.due) due.push_back(d.date.Iso());
    json j{{"number", m.number ? json(*m.number) : json(nullptr)},
           {"text", m.text},
           {"due", due},
           {"due_spans", DatedJson(m.due)},
           {"span", SpanJson(m.span)},
           {"lead", m.lead.empty() ? json(nullptr) : json(m.lead)}};
    if (!m.lead_span.empty()) j["lead_span"] = SpanJson(m.lead_span);
    if (!m.acceptance.empty()) {
      j["acceptance"] = NamesJson(m.acceptance);
      j["acceptance_units"] = UnitsJson(m.acceptance);
    }
    out.push_back(std::move(j));
  }
  return out;
}

json TargetsJson(const std::vector<Target>& targets) {
  json out = json::array();
  for (const auto& t : targets) {
    out.push_back({{"quantity", t.quantity},
                   {"comparator", t.comparator},
                   {"value", t.number ? json(*t.number) : json(t.klass)},
                   {"unit", t.unit},
                   {"by", DateJson(t.by)},
                   {"span", SpanJson(t.span)},
                   {"measure", t.measure}});
  }
  return out;
}

json StatusJson(const std::optional<TaskStatus>& s) {
  if (!s) return nullptr;
  return {{"text", s->text},
          {"kind", StatusKindName(s->kind)},
          {"long_term", s->long_term},
          {"behind_schedule", s->behind_schedule},
          {"span", SpanJson(s->span)}};
}

json UnitSpans(const std::vector<UnitRef>& units) {
  json out = json::array();
  for (const auto& u : units) out.push_back(SpanJson(u.span));
  return out;
}

json SpansJson(const Entry& e) {
  json s = json::object();
  auto put = [&](const char* name, Span span) {
    if (!span.empty()) s[name] = SpanJson(span);
  };
  put("entry", e.span);
  put("label", e.label_span);
  put("problem", e.problem.span);
  put("goal", e.goal.span);
  put("upstream_ordinal", e.upstream_span);
  if (e.deadline) put("deadline", e.deadline->span);
  if (e.status) put("status", e.status->span);
  if (!e.responsible.empty()) s["responsible"] = UnitSpans(e.responsible);
  if (!e.acceptance.empty()) s["acceptance"] = UnitSpans(e.acceptance);
  auto list = [&](const char* name, const auto& items) {
    if (items.empty()) return;
    s[name] = json::array();
    for (const auto& i : items) s[name].push_back(SpanJson(i.span));
  };
  list("measures", e.measures);
  list("targets", e.targets);
  list("progress", e.progress);
  return s;
}

}  // namespace

json EntryToJson(const Entry& e) {
  json roles = json::object();
  for (const auto& u : e.responsible) {
    if (u.role != UnitRole::kNone) roles[u.name] = RoleName(u.role);
  }
  json progress = json::array();
  for (const auto& p : e.progress) {
    progress.push_back({{"number", p.number ? json(*p.number) : json(nullptr)},
                        {"text", p.text},
                        {"span", SpanJson(p.span)}});
  }
  return {{"path", e.path},
          {"label", e.label},
          {"is_task", e.is_task},
          {"headings", e.headings},
          {"problem", e.problem.text},
          {"responsible", NamesJson(e.responsible)},
          {"responsible_roles", roles},
          {"responsible_open", e.responsible_open},
          {"responsible_units", UnitsJson(e.responsible)},
          {"acceptance", NamesJson(e.acceptance)},
          {"acceptance_units", UnitsJson(e.acceptance)},
          {"goal", e.goal.text.empty() ? json(nullptr) : json(e.goal.text)},
          {"deadline", DeadlineJson(e.deadline)},
          {"measures", MeasuresJson(e.measures)},
          {"targets", TargetsJson(e.targets)},
          {"status", StatusJson(e.status)},
          {"progress", progress},
          {"upstream_ordinal", e.upstream_ordinal ? json(*e.upstream_ordinal) : json(nullptr)},
          {"spans", SpansJson(e)},
          {"doubts", DoubtsJson(e.doubts)}};
}

json DraftToJson(const Draft& d) {
  json tasks = json::array();
  for (const auto& e : d.entries) tasks.push_back(EntryToJson(e));
  json out{{"title", d.title},         {"kind", d.kind}, {"issuer", d.issuer},
           {"date", DateJson(d.date)}, {"tasks", tasks}, {"doubts", DoubtsJson(d.doubts)}};
  json spans = json::object();
  if (!d.title_span.empty()) spans["title"] = SpanJson(d.title_span);
  if (!d.date_span.empty()) spans["date"] = SpanJson(d.date_span);
  if (!d.issuer_spans.empty()) {
    spans["issuer"] = json::array();
    for (Span s : d.issuer_spans) spans["issuer"].push_back(SpanJson(s));
  }
  out["spans"] = spans;
  return out;
}

}  // namespace zg
