#include "office/periods.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/json_writer.h"
#include "office/core.h"
#include "office/dispatch_scope.h"
#include "office/form_import.h"
#include "office/json.h"
#include "store/events.h"
#include "store/periods.h"
#include "store/reports.h"
#include "store/rounds.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kMostCells = 200;        // of one unit
constexpr size_t kCellsOnAPage = 200;  // a page ends with the unit that reaches it

json CountsJson(const store::StatusCounts& counts) {
  json out = json::object();
  for (int i = 0; i < kReportStatuses; ++i)
    out[std::string(ReportStatusName(ReportStatus(i)))] = counts[size_t(i)];
  return out;
}

json PeriodJson(const Period& p, const store::PeriodSums& sums, const Actor& actor, Date today) {
  return {{"id", p.id.value},
          {"code", p.code},
          {"name", PeriodChinese(p)},
          {"begin", p.begin.Iso()},
          {"end", p.end.Iso()},
          {"due", p.due.Iso()},
          {"days_left", p.due.days() - today.days()},
          {"closed", p.closed},
          {"opened_by", p.opened_by},
          {"opened_at", p.opened_at},
          {"counts", CountsJson(sums.counts)},
          {"units_owing", actor.scope().all ? json(sums.owing) : json()}};
}
json PeriodJson(store::Session& s, const Period& p, const Actor& actor, Date today) {
  return PeriodJson(p, store::SumsOf(s, {p}, actor.scope())[p.id], actor, today);
}

Error BadKey() {
  return {Code::kInvalid, "翻页的位置不对，请从第一页重新看起。", "after", "parameter.after"};
}

// "17" → 17; empty → 0.
Result<int64_t> KeyOf(std::string_view text) {
  int64_t id = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (text.empty()) return int64_t{0};
  if (error != std::errc() || end != text.data() + text.size() || id < 1) return BadKey();
  return id;
}

void WriteLine(JsonWriter& w, const store::ReportLine& line) {
  w.Object().Put("id", line.id.value);
  w.Key("unit").Object().Put("id", line.unit.value).Put("name", line.unit_name).End();
  w.Key("task")
      .Object()
      .Put("id", line.task.value)
      .Put("path", line.path)
      .Put("problem", Shortened(line.problem, 80))
      .Put("due", line.due)
      .End();
  w.Put("status", ReportStatusName(line.status))
      .Put("state", line.state.empty() ? std::nullopt : std::optional(line.state))
      .Put("on_schedule", line.on_schedule ? std::optional(*line.on_schedule != 0) : std::nullopt)
      .Put("still", line.still)
      .Put("text", Shortened(line.text, 120))
      .Put("remark", line.remark)
      .Put("revision", line.revision)
      .End();
}

void WriteCounts(JsonWriter& w, const store::StatusCounts& counts) {
  w.Object();
  for (int i = 0; i < kReportStatuses; ++i) w.Put(ReportStatusName(ReportStatus(i)), counts[size_t(i)]);
  w.End();
}

}  // namespace

Result<json> Periods::List(const std::string& after, int limit, const Actor& actor) const {
  std::string day;
  PeriodId before;
  if (!after.empty()) {
    size_t cut = after.find('_');
    if (cut == std::string::npos || !Date::ParseIso(after.substr(0, cut))) return BadKey();
    day = after.substr(0, cut);
    ZG_ASSIGN(before.value, KeyOf(std::string_view(after).substr(cut + 1)));
  }
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    json items = json::array();
    auto periods = store::ListPeriods(s, day, before, limit + 1);
    std::string next;
    if (periods.size() > size_t(limit)) {
      periods.pop_back();
      next = periods.back().end.Iso() + "_" + std::to_string(periods.back().id.value);
    }
    auto sums = store::SumsOf(s, periods, actor.scope());
    for (const auto& p : periods) items.push_back(PeriodJson(p, sums[p.id], actor, core_.Today()));
    return json{{"items", std::move(items)}, {"next", next.empty() ? json() : json(next)}};
  });
}

Result<json> Periods::Get(PeriodId id, const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    auto period = store::LoadPeriod(s, id);
    if (!period) return NoPeriod();
    return PeriodJson(s, *period, actor, core_.Today());
  });
}

Result<json> Periods::Open(const PeriodOpening& opening, const Actor& actor) {
  auto parsed = ParsePeriod(opening.code);
  if (!parsed) {
    return Error{Code::kInvalid, "调度期写作 2026-11（月）或 2026-Q4（季度）。", "code", "period.code"};
  }
  Period period = *parsed;
  if (opening.due) period.due = *opening.due;
  if (period.due < period.begin) {
    return Error{Code::kInvalid, "上报截止日不能早于本期第一天" + period.begin.Chinese() + "。", "due",
                 "period.due"};
  }
  return core_.store->WriteAlone([&](store::Session& s) -> Result<json> {
    if (store::FindPeriod(s, period.code)) {
      return Error{Code::kConflict, PeriodChinese(period) + "已经开过调度，请直接打开那一期。", "code",
                   "period.exists"};
    }
    json rounds = json::array();
    for (RoundId round : opening.rounds) {
      if (!store::LoadRound(s, round)) {
        return Error{Code::kNotFound, "没有这个督察轮次，请重新选择。", "rounds", "round.not_found"};
      }
      rounds.push_back(round.value);
    }
    period.opened_by = actor.name;
    period.opened_at = core_.Now();
    period.id = store::InsertPeriod(s, period, opening.rounds);
    core_.store->database().KeepPartitions(s, core_.Today());
    int64_t reports = store::FillPeriod(s, period.id, opening.rounds, IsQuarter(period));
    if (reports == 0) {
      return Error{Code::kInvalid, "所选轮次没有待整改、且写明责任单位的任务，不必开这一期。", "rounds",
                   "period.nothing"};
    }
    Event event = core_.EventOf(actor, "period.opened", "period:" + std::to_string(period.id.value));
    event.after =
        json{{"code", period.code}, {"due", period.due.Iso()}, {"rounds", rounds}, {"reports", reports}}
            .dump();
    store::AppendEvent(s, event);
    return PeriodJson(s, period, actor, core_.Today());
  });
}

Result<json> Periods::Close(PeriodId id, const Actor& actor) {
  return core_.store->WriteAlone([&](store::Session& s) -> Result<json> {
    auto period = store::LoadPeriod(s, id);
    if (!period) return NoPeriod();
    if (period->closed) {
      return Error{Code::kConflict, "这一期已经结束。", period->code, "period.closed"};
    }
    store::ClosePeriod(s, id);
    period->closed = true;
    Event event = core_.EventOf(actor, "period.closed", "period:" + std::to_string(id.value));
    event.after = json{{"code", period->code}, {"counts", CountsJson(store::CountsOf(s, id, {}))}}.dump();
    store::AppendEvent(s, event);
    return PeriodJson(s, *period, actor, core_.Today());
  });
}

Result<JsonText> Periods::Board(PeriodId id, bool owing, const std::string& after, int limit,
                                const Actor& actor) const {
  ZG_ASSIGN(int64_t key, KeyOf(after));
  return core_.store->Read([&](store::Session& s) -> Result<JsonText> {
    s.Ahead([&] {
      store::ListStandings(s, id, owing, actor.scope(), UnitId{key}, limit + 1);
      store::TaskNamesStamp(s);
    });
    if (!store::LoadPeriod(s, id)) return NoPeriod();
    auto units = store::ListStandings(s, id, owing, actor.scope(), UnitId{key}, limit + 1);
    std::optional<std::string> next;
    if (units.size() > size_t(limit)) {
      units.pop_back();
      next = std::to_string(units.back().unit.value);
    }
    // How many cells a unit has is known from its counts.
    size_t on_page = 0, shown = 0;
    std::vector<UnitId> few, many;
    for (; on_page < units.size() && shown < kCellsOnAPage; ++on_page) {
      const auto& counts = units[on_page].counts;
      int64_t all = std::accumulate(counts.begin(), counts.end(), int64_t{0});
      (all <= kMostCells ? few : many).push_back(units[on_page].unit);
      shown += size_t(std::min<int64_t>(all, kMostCells));
    }
    if (on_page < units.size()) {
      units.resize(on_page);
      next = std::to_string(units.back().unit.value);
    }
    s.Ahead([&] {
      for (UnitId unit : many) store::CellsOf(s, id, unit, kMostCells);
    });
    auto cells = store::CellsOf(s, id, few);
    for (UnitId unit : many) cells[unit] = store::CellsOf(s, id, unit, kMostCells);
    std::vector<TaskId> tasks;
    for (const auto& [unit, row] : cells)
      for (const auto& cell : row) tasks.push_back(cell.task);
    auto names = store::LoadNames(s, tasks);
    JsonWriter w;
    w.Object().Put("next", next).Key("items").Array();
    for (const auto& unit : units) {
      w.Object().Key("unit").Object().Put("id", unit.unit.value).Put("name", unit.name).End();
      WriteCounts(w.Key("counts"), unit.counts);
      w.Key("cells").Array();
      for (const auto& cell : cells[unit.unit])
        w.Object()
            .Put("id", cell.id.value)
            .Put("path", names[cell.task].path)
            .Put("status", ReportStatusName(cell.status))
            .Put("behind", cell.behind)
            .Put("still", cell.still)
            .End();
      w.End().End();
    }
    return JsonText{w.End().End().Take()};
  });
}

Result<JsonText> Periods::Reports(PeriodId id, UnitId unit, std::optional<ReportStatus> status,
                                  const std::string& after, int limit, const Actor& actor) const {
  ZG_ASSIGN(int64_t key, KeyOf(after));
  return core_.store->Read([&](store::Session& s) -> Result<JsonText> {
    store::ReportQuery query{id, unit, status, ReportId{key}, limit + 1, actor.scope(), true};
    s.Ahead([&] { store::ListReports(s, query); });
    if (!store::LoadPeriod(s, id)) return NoPeriod();
    if (unit && !SeesReportsOf(s, actor, unit)) {
      return Error{Code::kForbidden, "只能查看本单位及下级的上报，其他单位的请向整改办了解。", "unit",
                   "report.not_yours"};
    }
    auto lines = store::ListReports(s, query);
    std::optional<std::string> next;
    if (lines.size() > size_t(limit)) {
      lines.pop_back();
      next = std::to_string(lines.back().id.value);
    }
    JsonWriter w;
    w.Object().Put("next", next).Key("items").Array();
    for (const auto& line : lines) WriteLine(w, line);
    return JsonText{w.End().End().Take()};
  });
}

}  // namespace zg
