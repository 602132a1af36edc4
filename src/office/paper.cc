#include "office/paper.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/digest.h"
#include "office/json.h"
#include "store/tasks.h"
#include "store/texts.h"

namespace zg {
namespace {

using nlohmann::json;

json TextOrNull(const std::string& text) {
  return text.empty() ? json() : json(text);
}

TaskId TaskAt(const Paper& paper, const std::optional<std::string>& path) {
  auto it = path ? paper.tasks.find(*path) : paper.tasks.end();
  return it == paper.tasks.end() ? TaskId() : it->second;
}

json PlaceBody(const Papers& papers, const CheckPlace& place) {
  const Paper& paper = papers.at(place.input);
  TaskId task = TaskAt(paper, place.path);
  // A place in an answer has no document to open: its offsets are those of the answers put together.
  return {{"document_id", paper.id ? json(paper.id.value) : json()},
          {"document", paper.title},
          {"task_id", task ? json(task.value) : json()},
          {"path", place.path ? json(*place.path) : json()},
          {"quote", place.quote},
          {"begin", place.span.begin},
          {"end", place.span.end}};
}

json PlacesBody(const Papers& papers, const std::vector<CheckPlace>& places) {
  json out = json::array();
  for (const auto& place : places) out.push_back(PlaceBody(papers, place));
  return out;
}

// The problem's wording tells tasks with the same words about them apart, and outlasts a change of numbers.
std::string ProblemAt(const Paper& paper, const std::optional<std::string>& path) {
  for (const Entry& e : paper.draft.entries) {
    if (path && e.path == *path) return e.problem.text;
  }
  return "";
}

// What a person's mark hangs on: kind, task, and every word the finding speaks of.
std::string KeyOf(const Papers& papers, const CheckFinding& f) {
  std::string text(CheckKindName(f.kind));
  auto add = [&](const CheckPlace& place) {
    text += '\n' + ProblemAt(papers.at(place.input), place.path) + '\n' + place.quote;
  };
  add(f.place);
  for (const auto& place : f.related) add(place);
  return Sm3Hex(text);
}

// Who is asked: the task's responsible units, else those who issued the document.
std::vector<std::string> NamesAt(const Paper& paper, const std::optional<std::string>& path) {
  auto it = path ? paper.names.find(*path) : paper.names.end();
  if (it != paper.names.end() && !it->second.empty()) return it->second;
  return paper.issuers;
}

}  // namespace

void Papers::Add(store::Session& session, DocId id) {
  auto row = store::LoadDocument(session, id);
  if (!row) return;
  Paper paper;
  paper.id = id;
  paper.round = row->round;
  paper.title = row->head.title.empty() ? row->name : row->head.title;
  paper.document = store::LoadText(session, row->text_id);
  paper.draft = std::move(row->head);
  paper.issuers = paper.draft.issuer;
  for (Task& task : store::LoadTasks(session, id)) {
    const std::string& path = task.entry.path;
    paper.tasks[path] = task.id;
    for (const auto& unit : store::UnitsOf(session, task.id)) {
      if (unit.side == 0 && unit.measure < 0) paper.units[path].push_back(unit.unit);
    }
    for (const auto& ref : task.entry.responsible) paper.names[path].push_back(ref.name);
    paper.draft.entries.push_back(std::move(task.entry));
  }
  Add(std::move(paper));
}

void Papers::Add(Paper paper) {
  papers_.push_back(std::move(paper));
}

std::vector<CheckInput> Papers::Inputs() const {
  std::vector<CheckInput> inputs;
  for (const Paper& paper : papers_) {
    CheckInput input;
    input.file = paper.title;
    input.document = &paper.document;
    input.draft = &paper.draft;
    input.period = paper.period;
    input.unit = paper.unit;
    inputs.push_back(std::move(input));
  }
  return inputs;
}

json FindingBody(const Papers& papers, const CheckFinding& f) {
  json body = PlaceBody(papers, f.place);
  body["kind"] = CheckKindName(f.kind);
  body["severity"] = SeverityName(f.severity);
  body["stated"] = TextOrNull(f.stated);
  body["computed"] = TextOrNull(f.computed);
  body["expression"] = TextOrNull(f.expression);
  body["message"] = f.message;
  body["units"] = NamesAt(papers.at(f.place.input), f.place.path);
  body["related"] = PlacesBody(papers, f.related);
  return body;
}

json RelationBody(const Papers& papers, const CheckRelation& r) {
  json body = PlaceBody(papers, r.place);
  body["kind"] = CheckKindName(r.kind);
  body["expression"] = r.expression;
  body["numbers"] = PlacesBody(papers, r.numbers);
  return body;
}

store::FindingRow FindingRowOf(const Papers& papers, const CheckFinding& f) {
  const Paper& paper = papers.at(f.place.input);
  store::FindingRow row;
  row.document = paper.id;
  for (const auto& place : f.related) {
    if (place.input != f.place.input) row.other = papers.at(place.input).id;
  }
  row.round = paper.round;
  row.period = paper.period;
  row.task = TaskAt(paper, f.place.path);
  row.severity = int(f.severity);
  row.kind = CheckKindName(f.kind);
  row.key = KeyOf(papers, f) + (paper.period.empty() ? "" : "@" + paper.period);
  row.body = FindingBody(papers, f).dump(-1, ' ', false, json::error_handler_t::replace);
  if (auto it = f.place.path ? paper.units.find(*f.place.path) : paper.units.end(); it != paper.units.end())
    row.units = it->second;
  return row;
}

store::RelationRow RelationRowOf(const Papers& papers, const CheckRelation& r) {
  const Paper& paper = papers.at(r.place.input);
  return {0, paper.id, TaskAt(paper, r.place.path), std::string(CheckKindName(r.kind)),
          RelationBody(papers, r).dump(-1, ' ', false, json::error_handler_t::replace)};
}

}  // namespace zg
