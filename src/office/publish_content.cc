#include "office/publish_content.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "office/core.h"
#include "office/json.h"
#include "store/articles.h"
#include "store/cases.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/rounds.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kMostEvents = 2000;

Error Missing(const char* what, const char* id) {
  return {Code::kNotFound, std::string("没有") + what + "，请刷新后重新选择。", "", id};
}

void AddField(Publication& p, const OfficeCore& core, std::string name, std::string title, std::string text) {
  if (Trim(ToUtf32(text)).empty()) return;
  PublicField field{std::move(name), std::move(title), std::move(text), {}};
  field.masks = FindMasks(core.publishing.rules(), ToUtf32(field.text));
  p.fields.push_back(std::move(field));
}

template <class Parts>
void AddParts(Publication& p, const OfficeCore& core, const char* name, const char* title,
              const Parts& parts) {
  int n = 0;
  for (const auto& part : parts) {
    std::string number = part.number ? std::to_string(*part.number) + "." : "";
    AddField(p, core, name + ("/" + std::to_string(++n)), title, number + part.text);
  }
}

json NamesOf(const std::vector<UnitRef>& units) {
  json names = json::array();
  for (const auto& unit : units)
    if (std::find(names.begin(), names.end(), unit.name) == names.end()) names.push_back(unit.name);
  return names;
}

// The prefectures of those who are responsible; where a unit has none, its region.
json RegionsOf(store::Session& s, const OfficeCore& core, TaskId task) {
  std::set<std::string> codes;
  for (const auto& stand : store::UnitsOf(s, task)) {
    auto unit = stand.side == 0 ? store::LoadUnit(s, stand.unit) : std::nullopt;
    if (!unit || unit->region.empty()) continue;
    auto chain = core.regions.Chain(unit->region);
    std::string code = unit->region;
    for (const auto& above : chain) {
      const Region* region = core.regions.Find(above);
      if (region && (region->level == "prefecture" || region->level == "xpcc-city")) code = above;
    }
    codes.insert(code);
  }
  json names = json::array();
  for (const auto& code : codes)
    if (const Region* region = core.regions.Find(code)) names.push_back(region->name);
  return names;
}

// As everybody reads it: whether it was reported is the office's business.
std::string StatusOf(const Closing& closing, TaskState state) {
  if (closing.closed) return "已销号";
  if (IsSettled(state)) return std::string(TaskStateChinese(state));
  if (!closing.state_title.empty()) return closing.state_title;
  return state == TaskState::kNotStated ? "整改中" : std::string(TaskStateChinese(state));
}

json RoundRef(store::Session& s, RoundId id) {
  auto round = store::LoadRound(s, id);
  return {{"id", id.value}, {"name", round ? round->name : ""}};
}

}  // namespace

Closing ClosingOf(store::Session& s, const OfficeCore& core, TaskId task) {
  Closing out;
  auto row = store::LoadCase(s, task);
  if (!row) return out;
  auto workflow = core.cases.VersionOf(s, row->version);
  if (!workflow.ok()) return out;
  auto closed = [&](const std::string& id) {
    const WorkflowState* state = (*workflow)->State(id);
    return state && state->closed;
  };
  std::string at = row->state.back.empty() ? row->state.state : row->state.back;
  const WorkflowState* state = (*workflow)->State(at);
  out.closed = closed(at);
  out.state_title = state ? state->title : at;
  if (!out.closed) return out;
  for (const auto& event : store::FindEvents(s, {task, std::nullopt, 0, kMostEvents})) {
    if (event.kind != "case.step") continue;
    json before = ValueOf(event.before), after = ValueOf(event.after);
    if (!before.is_object() || !after.is_object()) continue;
    if (closed(before.value("state", "")) || !closed(after.value("state", ""))) continue;
    out.on = event.at.substr(0, 10);
    break;
  }
  return out;
}

void SetTitle(Publication& p, const OfficeCore& core) {
  std::string title;
  for (const auto& field : p.fields) {
    if (field.name != "problem" && field.name != "title") continue;
    title = ToUtf8(ApplyMasks(core.publishing.rules(), ToUtf32(field.text), field.masks));
    break;
  }
  if (title.empty()) title = ValueOf(p.facts).value("name", "");
  p.title = Shortened(title, 80);
}

Result<Publication> DraftOfTask(store::Session& s, const OfficeCore& core, TaskId id) {
  auto task = store::LoadTask(s, id);
  if (!task || task->gone) return Missing("这项任务", "task.not_found");
  const Entry& e = task->entry;
  if (!e.is_task) {
    return Error{Code::kConflict, "这是标题，请选择它下面的任务公开。", "任务" + e.path,
                 "publication.heading"};
  }
  auto document = store::LoadDocument(s, task->document);
  Closing closing = ClosingOf(s, core, id);
  TaskState state = StateOf(e);
  Publication p;
  p.kind = PublicationKind::kTask;
  p.subject = id.value;
  p.round = task->round;
  json facts = {{"path", e.path},
                {"round", RoundRef(s, task->round)},
                {"source", document ? document->head.title : ""},
                {"as_of", core.Today().Iso()},
                {"responsible", NamesOf(e.responsible)},
                {"acceptance", NamesOf(e.acceptance)},
                {"regions", RegionsOf(s, core, id)},
                {"state", closing.closed ? "completed" : std::string(TaskStateName(state))},
                {"status", StatusOf(closing, state)},
                {"closed", closing.closed},
                {"closed_on", closing.on},
                {"long_term", (e.deadline && e.deadline->long_term) || (e.status && e.status->long_term)},
                {"deadline", e.deadline ? e.deadline->text : ""},
                {"due", e.deadline && e.deadline->date ? e.deadline->date->Iso() : ""}};
  p.facts = facts.dump();
  AddField(p, core, "problem", "反馈问题", e.problem.text);
  AddField(p, core, "goal", "整改目标", e.goal.text);
  AddParts(p, core, "measures", "整改措施", e.measures);
  AddParts(p, core, "progress", "整改进展", e.progress);
  SetTitle(p, core);
  return p;
}

Result<Publication> DraftOfRound(store::Session& s, const OfficeCore& core, RoundId id,
                                 const std::string& text) {
  auto round = store::LoadRound(s, id);
  if (!round) return Missing("这个轮次", "round.not_found");
  int64_t total = 0, closed = 0;
  for (int64_t version : store::VersionIds(s)) {
    auto workflow = core.cases.VersionOf(s, version);
    if (!workflow.ok()) continue;
    for (const auto& state : (*workflow)->states) {
      store::CaseFilter filter{(*workflow)->id + "/" + state.id, id, std::nullopt, false, core.Today()};
      for (TaskId task : store::TasksAt(s, {}, filter)) {
        auto row = store::LoadCase(s, task);
        if (!row || row->version != version) continue;  // a place that versions share counts once
        ++total;
        closed += state.closed;
      }
    }
  }
  Publication p;
  p.kind = PublicationKind::kRound;
  p.subject = id.value;
  p.round = id;
  p.facts = json{{"name", round->name},
                 {"level", RoundLevelName(round->level)},
                 {"number", round->number},
                 {"year", round->year},
                 {"total", total},
                 {"closed", closed},
                 {"as_of", core.Today().Iso()}}
                .dump();
  AddField(p, core, "text", "整改总体情况", text);
  SetTitle(p, core);
  return p;
}

Result<Publication> DraftOfDocument(store::Session& s, const OfficeCore& core, DocId id,
                                    const std::string& note) {
  auto d = store::LoadDocument(s, id);
  if (!d) return Missing("这份文件", "document.not_found");
  Publication p;
  p.kind = PublicationKind::kDocument;
  p.subject = id.value;
  p.round = d->round;
  p.facts = json{{"round", {{"id", d->round.value}, {"name", d->round_name}}},
                 {"document_kind", d->head.kind},
                 {"date", d->head.date ? d->head.date->Iso() : ""},
                 {"as_of", core.Today().Iso()},
                 {"file",
                  {{"name", d->name},
                   {"format", d->format},
                   {"bytes", d->bytes},
                   {"sha256", d->sha256},
                   {"sm3", d->sm3}}}}
                .dump();
  AddField(p, core, "title", "标题", d->head.title.empty() ? d->name : d->head.title);
  AddField(p, core, "note", "说明", note);
  SetTitle(p, core);
  return p;
}

namespace {

constexpr int kMostTitles = 100;  // on one page of the public site

// Names that people typed: what the rules would hide is hidden there too, and nobody can take that back.
std::string Masked(const OfficeCore& core, const std::string& text) {
  std::u32string wide = ToUtf32(text);
  return ToUtf8(ApplyMasks(core.publishing.rules(), wide, FindMasks(core.publishing.rules(), wide)));
}

json PairsOf(const std::vector<CoverageRow>& rows,
             const std::function<std::string(const CoverageRow&)>& name) {
  json out = json::array();
  for (const auto& row : rows) out.push_back({name(row), row.pieces});
  return out;
}

}  // namespace

Result<Publication> DraftOfCoverage(store::Session& s, const OfficeCore& core, RoundId id) {
  auto round = store::LoadRound(s, id);
  if (!round) return Missing("这个轮次", "round.not_found");
  store::ArticleFilter filter;
  filter.round = id;
  filter.open = true;
  auto lines = store::FindArticles(s, filter, Date(), {}, kMostTitles);
  if (lines.empty())
    return Error{Code::kConflict, "这一轮次还没有标为“可公开”的宣传报道，请先在“宣传报道”里标好。",
                 round->name, "publication.nothing"};
  const MediaWords& words = core.articles.words();
  Coverage c = CountCoverage(store::CountArticles(s, filter), words);
  json weeks = json::array(), levels = json::array(), items = json::array();
  for (size_t i = 0; i < c.weeks.size(); ++i) weeks.push_back({c.weeks[i].Iso(), c.week_sums[i]});
  for (size_t i = 0; i < words.levels.size(); ++i) levels.push_back({words.levels[i], c.levels[i]});
  Publication p;
  p.kind = PublicationKind::kCoverage;
  p.subject = id.value;
  p.round = id;
  AddField(p, core, "text", "宣传报道情况", CoverageSentence(c, words, core.Today()));
  int n = 0;
  for (const auto& line : lines) {
    const Article& a = line.article;
    items.push_back({{"day", a.day.Iso()}, {"medium", Masked(core, a.medium)}, {"link", a.link}});
    AddField(p, core, "item/" + std::to_string(++n), "报道目录", a.title);
  }
  p.facts = json{{"name", round->name + "宣传报道"},
                 {"round", RoundRef(s, id)},
                 {"as_of", core.Today().Iso()},
                 {"pieces", c.pieces},
                 {"lines", store::CountArticleLines(s, filter)},
                 {"levels", std::move(levels)},
                 {"kinds", PairsOf(c.kinds, [](const CoverageRow& row) { return row.name; })},
                 {"media", PairsOf(c.media, [&](const CoverageRow& row) { return Masked(core, row.name); })},
                 {"weeks", std::move(weeks)},
                 {"items", std::move(items)}}
                .dump(-1, ' ', false, json::error_handler_t::replace);
  SetTitle(p, core);
  return p;
}

void CarryMasks(const Publication& from, Publication& to) {
  for (auto& field : to.fields) {
    for (const auto& old : from.fields)
      if (old.name == field.name && old.text == field.text) field.masks = old.masks;
  }
}

}  // namespace zg
