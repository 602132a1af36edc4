#include "office/views.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/json_writer.h"
#include "office/core.h"
#include "office/json.h"
#include "office/snippet.h"
#include "store/events.h"
#include "store/facet.h"
#include "store/overview.h"
#include "store/rounds.h"
#include "store/search.h"
#include "store/sight.h"
#include "store/task_list.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kDueSoon = 10;

json TallyJson(const store::Tally& tally) {
  return {{"total", tally.total}, {"completed", tally.completed}, {"overdue", tally.overdue}};
}

// What is due next and not settled yet, the nearest day first.
Result<json> DueSoon(const OfficeCore& core, store::Session& s, std::optional<RoundId> round, Date as_of,
                     const Scope& scope) {
  TaskFilter filter;
  filter.scope = scope;
  filter.round = round;
  filter.due_from = as_of;
  filter.states = {TaskState::kNotStated, TaskState::kNotStarted, TaskState::kInProgress};
  ZG_ASSIGN(store::ListPage page, store::ListTasks(s, core.store->text_index(), filter,
                                                   {TaskSort::kDue, false}, {"", kDueSoon}, as_of));
  json items = json::array();
  for (const auto& row : page.rows) {
    json item = json::parse(row.item);
    item["overdue"] = row.overdue;
    items.push_back(std::move(item));
  }
  return items;
}

json RoundsJson(store::Session& s, Date as_of, const Scope& scope) {
  json rounds = json::array();
  for (const auto& round : store::AllRounds(s)) {
    json one = TallyJson(store::CountFacet(s, round.id, store::FacetOf(scope), as_of));
    one["id"] = round.id.value;
    one["name"] = round.name;
    rounds.push_back(std::move(one));
  }
  return rounds;
}

json OverviewJson(const store::OverviewCounts& counts, Date as_of) {
  json by_state = json::object(), by_month = json::array(), by_unit = json::array(),
       by_region = json::array();
  for (auto state : {TaskState::kNotStated, TaskState::kNotStarted, TaskState::kInProgress,
                     TaskState::kOngoing, TaskState::kCompleted}) {
    auto it = counts.by_state.find(state);
    by_state[std::string(TaskStateName(state))] = it == counts.by_state.end() ? 0 : it->second;
  }
  for (const auto& m : counts.by_month) {
    by_month.push_back({{"month", m.month}, {"due", m.due}, {"completed", m.completed}});
  }
  for (const auto& u : counts.by_unit) {
    json one = TallyJson(u.tally);
    one["unit_id"] = u.unit.value;
    one["name"] = u.name;
    by_unit.push_back(std::move(one));
  }
  for (const auto& r : counts.by_region) {
    json one = TallyJson(r.tally);
    one["code"] = r.code;
    one["name"] = r.name;
    by_region.push_back(std::move(one));
  }
  return {{"as_of", as_of.Iso()},
          {"total", counts.all.total},
          {"overdue", counts.all.overdue},
          {"by_state", by_state},
          {"by_month", by_month},
          {"by_unit", by_unit},
          {"by_region", by_region},
          {"no_date", counts.no_date},
          {"flags",
           {{"immediate", counts.immediate},
            {"long_term", counts.long_term},
            {"behind_schedule", counts.behind_schedule},
            {"doubt", counts.doubt}}}};
}

}  // namespace

Result<JsonText> Overview::Get(std::optional<RoundId> round, std::optional<Date> day,
                               const Scope& scope) const {
  Date as_of = day.value_or(core_.Today());
  std::string key = std::to_string(round.value_or(RoundId()).value) + " " + as_of.Iso() +
                    (scope.all ? "" : " " + std::to_string(scope.unit.value));
  return core_.store->Read([&](store::Session& s) -> Result<JsonText> {
    std::string state = store::LastEventDigest(s);
    if (auto kept = kept_.Find(key, state)) return *kept;
    if (round && !store::LoadRound(s, *round)) {
      return Error{Code::kNotFound, "没有这个督察轮次，请重新选择。", "round", "round.not_found"};
    }
    json overview = OverviewJson(store::CountOverview(s, round, as_of, scope), as_of);
    ZG_ASSIGN(overview["due_soon"], DueSoon(core_, s, round, as_of, scope));
    overview["by_round"] = RoundsJson(s, as_of, scope);
    JsonText answer{overview.dump(-1, ' ', false, json::error_handler_t::replace)};
    kept_.Keep(key, state, answer);
    return answer;
  });
}

Result<JsonText> Search::Find(const std::string& q, int limit, const Scope& scope) const {
  return core_.store->Read([&](store::Session& s) {
    auto found = store::FindWords(s, core_.store->text_index(), texts_, q, std::clamp(limit, 1, 100), scope);
    JsonWriter w;
    w.Object().Key("items").Array();
    for (const auto& hit : found.hits) {
      w.Object()
          .Put("kind", hit.is_task ? "task" : "paragraph")
          .Put("task_id", hit.task ? std::optional(hit.task.value) : std::nullopt)
          .Put("document_id", hit.document.value)
          .Put("document", hit.document_title)
          .Put("path", hit.path.empty() ? std::nullopt : std::optional<std::string_view>(hit.path))
          .Put("begin", hit.span.begin)
          .Put("end", hit.span.end)
          .Key("snippet")
          .Array();
      for (const auto& part : MakeSnippet(hit.words, q))
        w.Object().Put("text", part.text).Put("hit", part.hit).End();
      w.End().End();
    }
    return JsonText{w.End().Put("total", found.total).Put("capped", found.capped).End().Take()};
  });
}

Result<JsonText> Events::List(const EventQuery& query) const {
  store::EventFilter filter{query.task, query.document, 0, std::clamp(query.limit, 1, 200) + 1};
  if (!query.after.empty()) {
    const char* end = query.after.data() + query.after.size();
    auto parsed = std::from_chars(query.after.data(), end, filter.before);
    if (parsed.ec != std::errc() || parsed.ptr != end || filter.before < 1) {
      return Error{Code::kInvalid, "翻页参数 after 不对，请从第一页重新翻起。", "after", "parameter.after"};
    }
  }
  return core_.store->Read([&](store::Session& s) -> Result<JsonText> {
    s.Ahead([&] {
      store::FindEvents(s, filter);
      store::CountEvents(s, filter);
    });
    bool seen = query.scope.all || (query.task && store::SeesTask(s, query.scope, *query.task)) ||
                (!query.task && query.document && store::SeesDocument(s, query.scope, *query.document));
    JsonWriter w;
    w.Object().Key("items").Array();
    if (!seen) return JsonText{w.End().Put("next", nullptr).Put("total", 0).End().Take()};
    auto events = store::FindEvents(s, filter);
    std::optional<std::string> next;
    if (int(events.size()) == filter.limit) {
      events.pop_back();
      next = std::to_string(events.back().seq);
    }
    for (const auto& event : events) WriteEvent(w, event);
    return JsonText{w.End().Put("next", next).Put("total", store::CountEvents(s, filter)).End().Take()};
  });
}

}  // namespace zg
