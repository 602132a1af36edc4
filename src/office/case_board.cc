// The board: how many tasks stand where, and which.
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/json_writer.h"
#include "office/case_json.h"
#include "office/cases.h"
#include "office/core.h"
#include "office/json.h"
#include "store/events.h"

namespace zg {
namespace {

using nlohmann::json;

// "2024-06-01:17"
std::optional<std::pair<std::string, TaskId>> ReadKey(const std::string& after) {
  size_t colon = after.find(':');
  if (colon != 10 || !(Date::ParseIso(after.substr(0, 10)) || after.substr(0, 10) == "9999-12-31"))
    return std::nullopt;
  int64_t id = 0;
  const char* end = after.data() + after.size();
  auto [stop, error] = std::from_chars(after.data() + 11, end, id);
  if (error != std::errc() || stop != end || id <= 0) return std::nullopt;
  return std::pair(after.substr(0, 10), TaskId{id});
}

store::CaseFilter FilterOf(const CaseQuery& q, Date today) {
  store::CaseFilter f;
  if (!q.workflow.empty()) f.place = q.workflow + "/" + q.state;
  f.round = q.round;
  f.unit = q.unit;
  f.late = q.late;
  f.today = today;
  return f;
}

void WriteLine(JsonWriter& w, const store::CaseLine& line, const WorkflowState* state, Date today) {
  size_t slash = line.place.find('/');
  std::string id = line.place.substr(slash + 1);
  auto entered = Date::ParseIso(line.entered).value_or(today);
  bool has_due = line.due != "9999-12-31";
  std::string_view path, problem, round, responsible;
  MembersOf(line.item,
            {{"path", &path}, {"problem", &problem}, {"round", &round}, {"responsible", &responsible}});
  w.Object()
      .Put("task_id", line.task.value)
      .PutRaw("path", path)
      .PutRaw("problem", ShortenedRaw(problem, 120))
      .PutRaw("round", round)
      .PutRaw("responsible", responsible)
      .Put("workflow", line.place.substr(0, slash));
  w.Key("state").Object().Put("id", id).Put("title", state ? state->title : id).End();
  w.Put("entered", line.entered)
      .Put("waiting_days", std::max<int64_t>(0, today.days() - entered.days()))
      .Put("due", has_due ? std::optional(line.due) : std::nullopt)
      .Put("late", has_due && line.due < today.Iso())
      .Put("cycle", line.cycle)
      .Put("revision", line.revision)
      .End();
}

}  // namespace

// Workflows by id: the one for new tasks, else the newest version that tasks go by; states that only older
// versions know are added behind.
static std::vector<Workflow> Drawn(const WorkflowSet& set, const std::vector<Workflow>& versions) {
  std::vector<Workflow> all = set.all;
  for (const auto& version : versions) {
    auto it = std::find_if(all.begin(), all.end(), [&](const Workflow& w) { return w.id == version.id; });
    if (it == all.end()) {
      all.push_back(version);
      continue;
    }
    for (const auto& state : version.states)
      if (!it->State(state.id)) it->states.push_back(state);
  }
  return all;
}

Result<JsonText> Cases::Board(const CaseQuery& query, const Actor& actor) const {
  Date today = core_.Today();
  Scope scope = actor.scope();
  std::string key = today.Iso() + " " + std::to_string(scope.all ? 0 : scope.unit.value + 1) + " " +
                    std::to_string(query.round.value_or(RoundId()).value) + " " +
                    std::to_string(query.unit.value_or(UnitId()).value);
  return core_.store->Read([&](store::Session& s) -> Result<JsonText> {
    std::string state = store::LastEventDigest(s);
    if (auto kept = board_.Find(key, state)) return *kept;
    CaseQuery q = query;
    q.late = false;
    store::CaseFilter filter = FilterOf(q, today);
    s.Ahead([&] { store::CountPlaces(s, actor.scope(), filter, {}); });
    std::vector<Workflow> versions;
    for (int64_t id : store::VersionIds(s)) {
      ZG_ASSIGN(Version version, VersionOf(s, id));
      versions.push_back(*version);
    }
    std::vector<Workflow> drawn = Drawn(core_.workflows, versions);
    std::vector<std::string> places;
    for (const auto& workflow : drawn)
      for (const auto& state : workflow.states) places.push_back(workflow.id + "/" + state.id);
    auto counts = store::CountPlaces(s, actor.scope(), filter, places);
    json items = json::array();
    for (const auto& workflow : drawn) {
      json states = json::array();
      int64_t total = 0;
      for (const auto& state : workflow.states) {
        const store::PlaceCount& count = counts[workflow.id + "/" + state.id];
        auto oldest = Date::ParseIso(count.oldest);
        states.push_back({{"id", state.id},
                          {"title", state.title},
                          {"closed", state.closed},
                          {"n", count.n},
                          {"late", count.late},
                          {"oldest_days", oldest ? json(today.days() - oldest->days()) : json()}});
        total += count.n;
      }
      items.push_back({{"workflow", workflow.id},
                       {"title", workflow.title},
                       {"total", total},
                       {"states", std::move(states)}});
    }
    JsonText answer{json{{"items", std::move(items)}}.dump(-1, ' ', false, json::error_handler_t::replace)};
    board_.Keep(key, state, answer);
    return answer;
  });
}

Result<JsonText> Cases::List(const CaseQuery& query, const Actor& actor) const {
  if (query.workflow.empty() != query.state.empty() || (query.state.empty() && !query.late)) {
    return Error{Code::kInvalid, "请同时给出流程和环节，或只看逾期的（late=true）。", "state", "case.place"};
  }
  std::optional<std::pair<std::string, TaskId>> after;
  if (!query.after.empty()) {
    after = ReadKey(query.after);
    if (!after)
      return Error{Code::kInvalid, "翻页的位置不对，请从第一页重新打开。", "after", "parameter.after"};
  }
  return core_.store->Read([&](store::Session& s) -> Result<JsonText> {
    Date today = core_.Today();
    s.Ahead([&] { store::FindCases(s, actor.scope(), FilterOf(query, today), after, query.limit + 1); });
    std::vector<Version> versions;
    std::map<std::string, const WorkflowState*> states;
    for (int64_t id : store::VersionIds(s)) {
      ZG_ASSIGN(Version version, VersionOf(s, id));
      versions.push_back(version);
      for (const auto& state : version->states) states.emplace(version->id + "/" + state.id, &state);
    }
    auto lines = store::FindCases(s, actor.scope(), FilterOf(query, today), after, query.limit + 1);
    bool more = int(lines.size()) > query.limit;
    if (more) lines.resize(size_t(query.limit));
    std::optional<std::string> next;
    if (more)
      next = (query.late ? lines.back().due : lines.back().entered) + ":" +
             std::to_string(lines.back().task.value);
    JsonWriter w;
    w.Object().Put("next", next).Key("items").Array();
    for (const auto& line : lines) {
      auto it = states.find(line.place);
      WriteLine(w, line, it == states.end() ? nullptr : it->second, today);
    }
    return JsonText{w.End().End().Take()};
  });
}

Result<json> Cases::Workflows(const Actor&) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    json items = json::array();
    std::set<std::string> shown;
    for (const auto& w : core_.workflows.all) {
      json item = WorkflowJson(w);
      item["current"] = true;
      item["since"] = json();
      items.push_back(std::move(item));
      shown.insert(w.digest);
    }
    for (const auto& stored : store::AllVersions(s)) {
      if (shown.count(stored.digest)) {
        for (auto& item : items)
          if (item["digest"] == stored.digest) item["since"] = stored.since;
        continue;
      }
      ZG_ASSIGN(Version version, VersionOf(s, stored.id));
      json item = WorkflowJson(*version);
      item["current"] = false;
      item["since"] = stored.since;
      items.push_back(std::move(item));
    }
    json years = json::array();
    for (const auto& [year, data] : core_.workflows.calendar.years())
      years.push_back({{"year", year}, {"source", data.source}});
    return json{{"items", std::move(items)}, {"calendar", std::move(years)}};
  });
}

}  // namespace zg
