#include "office/chart_models.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "office/core.h"
#include "store/cases.h"
#include "store/charts.h"
#include "store/facet.h"
#include "store/rounds.h"
#include "store/task_list.h"
#include "store/units.h"
#include "store/visits.h"

namespace zg {
namespace {

using nlohmann::json;
constexpr int kPage = 200;
constexpr int kRows = 60;  // lines of a table of departments

struct Loaded {
  std::vector<ChartTask> tasks;
  int64_t left_out = 0;
};

std::string Joined(const json& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : "、") + name.get<std::string>();
  return out;
}

std::string DueWord(const json& item) {
  if (item.value("immediate", false)) return "立行立改";
  if (item.value("long_term", false)) return "长期坚持";
  std::string said = item.value("deadline_text", "");
  return said.empty() ? "未写时限" : said;
}

ChartTask TaskOf(store::Session& s, const OfficeCore& core, const json& item, Date as_of) {
  ChartTask task;
  task.id = {item.value("id", int64_t(0))};
  task.path = item.value("path", "");
  task.problem = item.value("problem", "");
  task.units = Joined(item["responsible"]);
  task.round = item["round"].value("name", "");
  PaceFacts facts = store::LoadPace(s, task.id);
  task.begin = facts.begin;
  task.due = facts.due;
  if (!task.due) task.due_word = DueWord(item);
  task.standing = StandingOn(facts, core.pace, as_of);
  task.share = DoneShare(facts);
  for (auto& step : facts.steps) task.steps.push_back({std::move(step.text), step.due, step.done});
  return task;
}

Result<Loaded> LoadTasks(store::Session& s, const OfficeCore& core, const ChartQuery& query, Date as_of,
                         int64_t most) {
  Loaded loaded;
  PageRequest request{"", kPage};
  int64_t total = 0;
  do {
    ZG_ASSIGN(store::ListPage page,
              store::ListTasks(s, core.store->text_index(), query.filter, query.sort, request, as_of));
    if (request.after.empty()) total = page.total;
    for (const auto& row : page.rows) {
      if (int64_t(loaded.tasks.size()) == most) break;
      loaded.tasks.push_back(TaskOf(s, core, json::parse(row.item), as_of));
    }
    request.after = page.next;
  } while (!request.after.empty() && int64_t(loaded.tasks.size()) < most);
  if (!request.after.empty() || total > most)
    loaded.left_out = std::max<int64_t>(total - int64_t(loaded.tasks.size()), 1);
  return loaded;
}

// 第二轮…督察 · 昌吉州 · 某某局 · 已逾期
std::string ScopeWords(store::Session& s, const OfficeCore& core, const TaskFilter& f) {
  std::vector<std::string> words;
  auto round = f.round ? store::LoadRound(s, *f.round) : std::nullopt;
  words.push_back(round ? round->name : "全部轮次");
  if (const Region* region = core.regions.Find(f.region)) words.push_back(region->name);
  if (auto unit = f.unit ? store::LoadUnit(s, *f.unit) : std::nullopt) words.push_back(unit->name);
  if (!f.scope.all)
    if (auto unit = store::LoadUnit(s, f.scope.unit)) words.push_back(unit->name + "可见");
  for (TaskState state : f.states) words.emplace_back(TaskStateChinese(state));
  if (f.overdue == true) words.emplace_back("已逾期");
  if (f.at_risk == true) words.emplace_back("滞后风险");
  if (!f.q.empty()) words.push_back("含“" + f.q + "”");
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " · ") + word;
  return out;
}

ChartHead HeadOf(store::Session& s, const OfficeCore& core, const ChartQuery& query, std::string title,
                 Date as_of) {
  return {std::move(title), ScopeWords(s, core, query.filter), as_of, 0, "请按轮次、地区或单位筛选后再出图"};
}

Result<DrawnChart> Gantt(store::Session& s, const OfficeCore& core, const ChartQuery& query, Date as_of) {
  ZG_ASSIGN(Loaded loaded, LoadTasks(s, core, query, as_of, kGanttTasks));
  GanttModel model{HeadOf(s, core, query, "整改任务倒排工期图", as_of), std::move(loaded.tasks)};
  model.head.left_out = loaded.left_out;
  return DrawnChart{DrawGantt(model), int64_t(model.tasks.size()), loaded.left_out};
}

std::string FirstUnit(const ChartTask& task) {
  size_t end = task.units.find("、");
  std::string first = task.units.substr(0, end);
  return first.empty() ? "未写责任单位" : first;
}

Result<DrawnChart> Wall(store::Session& s, const OfficeCore& core, const ChartQuery& query, Date as_of) {
  ZG_ASSIGN(Loaded loaded, LoadTasks(s, core, query, as_of, kWallTasks));
  WallModel model{HeadOf(s, core, query, "整改任务状态墙", as_of), {}};
  model.head.left_out = loaded.left_out;
  int64_t drawn = int64_t(loaded.tasks.size());
  std::map<std::string, size_t> places;
  for (auto& task : loaded.tasks) {
    std::string name = query.group == "unit" ? FirstUnit(task) : task.round;
    auto [at, fresh] = places.emplace(name, model.groups.size());
    if (fresh) model.groups.push_back({name, "", {}});
    model.groups[at->second].tasks.push_back(std::move(task));
  }
  if (query.group == "unit")
    std::stable_sort(model.groups.begin(), model.groups.end(),
                     [](const WallGroup& a, const WallGroup& b) { return a.tasks.size() > b.tasks.size(); });
  return DrawnChart{DrawWall(model), drawn, loaded.left_out};
}

// States that only look-backs and tasks kept up come to.
std::set<std::string> Aside(const Workflow& workflow) {
  std::set<std::string> aside;
  for (const auto& step : workflow.steps)
    if (step.kind == StepKind::kLookBack || step.only_long_term) aside.insert(step.to);
  return aside;
}

struct Way {
  std::map<std::string, int> days;  // by title of the state
};
Way WayOf(store::Session& s, const Workflow& workflow, const store::CaseRow& row, Date as_of) {
  Way way;
  const WorkflowState* begun = workflow.State(row.begun_state);
  std::string at = begun ? begun->title : "";
  Date since = row.begun_day;
  for (const auto& move : store::MovesOf(s, row.task)) {
    way.days[move.from] += int(move.day.days() - since.days());
    at = move.to;
    since = move.day;
  }
  way.days[at] += int(std::max<int64_t>(0, as_of.days() - since.days()));
  return way;
}

CloseoutRow CloseoutRowOf(store::Session& s, const Workflow& workflow, const store::CaseRow& row,
                          ChartTask task, Date as_of) {
  CloseoutRow out{std::move(task), {}};
  Way way = WayOf(s, workflow, row, as_of);
  auto aside = Aside(workflow);
  const std::string& main = row.state.back.empty() ? row.state.state : row.state.back;
  bool before = true;
  for (const auto& state : workflow.states) {
    CloseoutCell cell;
    auto days = way.days.find(state.title);
    if (days != way.days.end()) cell.days = days->second;
    if (state.id == main) before = false;
    if (state.id == row.state.state) {
      cell.kind = CloseoutCell::Kind::kHere;
      cell.late = row.due && *row.due < as_of;
    } else if (aside.count(state.id) && !cell.days) {
      cell.kind = CloseoutCell::Kind::kAside;
    } else if (before || state.id == main || (aside.count(state.id) && cell.days)) {
      cell.kind = CloseoutCell::Kind::kPassed;
    }
    out.cells.push_back(cell);
  }
  return out;
}

Result<DrawnChart> Closeout(store::Session& s, const OfficeCore& core, const ChartQuery& query, Date as_of) {
  ZG_ASSIGN(Loaded loaded, LoadTasks(s, core, query, as_of, kCloseoutTasks));
  CloseoutModel model{HeadOf(s, core, query, "整改任务销号进度表", as_of), {}};
  model.head.left_out = loaded.left_out;
  std::map<int64_t, size_t> groups;  // by version of the workflow
  int64_t drawn = 0;
  for (auto& task : loaded.tasks) {
    auto row = store::LoadCase(s, task.id);
    if (!row) continue;
    ZG_ASSIGN(Cases::Version workflow, core.cases.VersionOf(s, row->version));
    auto [at, fresh] = groups.emplace(row->version, model.groups.size());
    if (fresh) {
      model.groups.push_back({workflow->title, {}, {}});
      for (const auto& state : workflow->states) model.groups.back().states.push_back(state.title);
    }
    model.groups[at->second].rows.push_back(CloseoutRowOf(s, *workflow, *row, std::move(task), as_of));
    ++drawn;
  }
  return DrawnChart{DrawCloseout(model), drawn, loaded.left_out};
}

std::string ListLink(const TaskFilter& filter, const std::string& more) {
  std::string link = "/tasks?role=responsible&" + more;
  if (filter.round) link += "&round=" + std::to_string(filter.round->value);
  return link;
}

ProgressRow WholeOf(store::Session& s, const OfficeCore& core, const ChartQuery& query, Date as_of) {
  std::string link =
      query.filter.round ? "/tasks?round=" + std::to_string(query.filter.round->value) : "/tasks";
  return {"全部任务", link,
          store::CountStandings(s, query.filter.round, store::FacetOf(query.filter.scope), as_of, core.pace)};
}

Result<DrawnChart> Regions(store::Session& s, const OfficeCore& core, const ChartQuery& query, Date as_of) {
  ProgressModel model{HeadOf(s, core, query, "各地州市整改任务进展情况表", as_of), "地州市", {}, {}};
  if (query.filter.scope.all)
    for (const auto& r : store::StandingsOfRegions(s, query.filter.round, as_of, core.pace)) {
      ProgressRow row{r.name, ListLink(query.filter, "region=" + r.code), r.counts};
      if (row.total() > 0) model.rows.push_back(std::move(row));
    }
  model.whole = WholeOf(s, core, query, as_of);
  return DrawnChart{DrawProgress(model), int64_t(model.rows.size()), 0};
}

Result<DrawnChart> Departments(store::Session& s, const OfficeCore& core, const ChartQuery& query,
                               Date as_of) {
  ProgressModel model{HeadOf(s, core, query, "各部门整改任务进展情况表", as_of), "部门", {}, {}};
  for (const auto& u : store::StandingsOfUnits(s, query.filter.round, "department", query.filter.scope, as_of,
                                               core.pace, kRows))
    model.rows.push_back({u.name, ListLink(query.filter, "unit=" + std::to_string(u.unit.value)), u.counts});
  model.whole = WholeOf(s, core, query, as_of);
  return DrawnChart{DrawProgress(model), int64_t(model.rows.size()), 0};
}

Result<DrawnChart> Map(store::Session& s, const OfficeCore& core, const ChartQuery& query, Date as_of) {
  MapModel model;
  if (query.filter.scope.all) model = LoadMap(s, core, query.filter.round, as_of);
  model.head = HeadOf(s, core, query, "各地区整改进展方格图", as_of);
  return DrawnChart{DrawMap(model), int64_t(model.tiles.size()), 0};
}

Result<DrawnChart> Route(store::Session& s, const OfficeCore& core, const ChartQuery& query, Date as_of) {
  const TaskFilter& f = query.filter;
  // Without days: what lies at most two months back, and all that is to come.
  Date from = f.due_from.value_or(as_of.Plus(-60));
  auto lines = store::FindVisits(s, {from, f.due_to, f.region, f.scope, kChartStops + 1});
  RouteModel model{{"督导路线图", "", as_of, 0, "请缩短日期范围后再出图"}, {}, {}};
  const Region* region = core.regions.Find(f.region);
  model.head.scope = region ? region->name : "全部地区";
  model.head.scope += " · " + from.Chinese() + "起" + (f.due_to ? "至" + f.due_to->Chinese() : "");
  if (lines.size() > size_t(kChartStops)) {
    lines.pop_back();
    model.head.left_out = 1;
  }
  for (const auto& line : lines) {
    const Visit& v = line.visit;
    if (std::find(model.places.begin(), model.places.end(), line.place) == model.places.end())
      model.places.push_back(line.place);
    std::string link =
        v.region.empty() ? "/tasks?unit=" + std::to_string(v.unit.value) : "/tasks?region=" + v.region;
    if (v.tasks.size() == 1) link = "/tasks/" + std::to_string(v.tasks[0].value);
    model.stops.push_back(
        {v.team, line.place, v.from, v.to, v.note, int64_t(v.tasks.size()), v.done, std::move(link)});
  }
  return DrawnChart{DrawRoute(model), int64_t(model.stops.size()), model.head.left_out};
}

// A table over all tasks knows no conditions but the round.
bool OnlyRound(const TaskFilter& f) {
  return !f.document && !f.unit && f.region.empty() && f.states.empty() && !f.due_from && !f.due_to &&
         !f.immediate && !f.long_term && !f.behind_schedule && !f.overdue && !f.at_risk && !f.doubt &&
         f.q.empty();
}

Error OtherFilter() {
  return {Code::kInvalid, "这张图统计全部任务，只能按轮次筛选，请去掉其他条件。", "chart", "chart.filter"};
}

}  // namespace

// Those with a place on the map there, the others in rows below, in order of their codes.
MapModel LoadMap(store::Session& s, const OfficeCore& core, std::optional<RoundId> round, Date as_of) {
  MapModel model;
  TaskFilter filter;
  filter.round = round;
  std::vector<MapTile> others;
  int rows = 0, columns = 5;
  for (const auto& r : store::StandingsOfRegions(s, round, as_of, core.pace)) {
    MapTile tile{0, 0, {r.name, ListLink(filter, "region=" + r.code), r.counts}, ""};
    const Region* region = core.regions.Find(r.code);
    if (region && !region->short_names.empty()) tile.short_name = region->short_names.front();
    auto at = core.tiles.find(r.code);
    if (at != core.tiles.end()) {
      tile.column = at->second.column;
      tile.row = at->second.row;
      rows = std::max(rows, tile.row + 1);
      columns = std::max(columns, tile.column + 1);
      model.tiles.push_back(std::move(tile));
    } else if (tile.region.total() > 0) {
      others.push_back(std::move(tile));
    }
  }
  for (size_t i = 0; i < others.size(); ++i) {
    others[i].column = int(i) % columns;
    others[i].row = rows + int(i) / columns;
    model.tiles.push_back(std::move(others[i]));
  }
  return model;
}

Result<DrawnChart> DrawChart(store::Session& s, const OfficeCore& core, const ChartQuery& query) {
  const TaskFilter& f = query.filter;
  Date as_of = f.as_of.value_or(core.Today());
  if (f.round && !store::LoadRound(s, *f.round))
    return Error{Code::kNotFound, "没有这个督察轮次，请重新选择。", "round", "round.not_found"};
  if (query.chart == "gantt") return Gantt(s, core, query, as_of);
  if (query.chart == "wall") return Wall(s, core, query, as_of);
  if (query.chart == "closeout") return Closeout(s, core, query, as_of);
  if (query.chart == "route") return Route(s, core, query, as_of);
  if (!OnlyRound(f)) return OtherFilter();
  if (query.chart == "regions") return Regions(s, core, query, as_of);
  if (query.chart == "departments") return Departments(s, core, query, as_of);
  return Map(s, core, query, as_of);
}

}  // namespace zg
