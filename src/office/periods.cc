#include "office/periods.h"

#include <charconv>
#include <nlohmann/json.hpp>

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
constexpr size_t kCellsOnAPage = 300;  // a page ends with the unit that reaches it

json CountsJson(const store::StatusCounts& counts) {
  json out = json::object();
  for (int i = 0; i < kReportStatuses; ++i)
    out[std::string(ReportStatusName(ReportStatus(i)))] = counts[size_t(i)];
  return out;
}

json PeriodJson(store::Session& s, const Period& p, const Actor& actor, Date today) {
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
          {"counts", CountsJson(actor.scope().all ? store::CountsOf(s, p.id, {})
                                                  : store::CountsUnder(s, p.id, actor.unit))},
          {"units_owing", actor.scope().all ? json(store::CountOwing(s, p.id)) : json()}};
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

json LineJson(const store::ReportLine& line) {
  return {{"id", line.id.value},
          {"unit", {{"id", line.unit.value}, {"name", line.unit_name}}},
          {"task",
           {{"id", line.task.value},
            {"path", line.path},
            {"problem", Shortened(line.problem, 80)},
            {"due", line.due ? json(*line.due) : json()}}},
          {"status", ReportStatusName(line.status)},
          {"state", line.state.empty() ? json() : json(line.state)},
          {"on_schedule", line.on_schedule ? json(*line.on_schedule != 0) : json()},
          {"still", line.still},
          {"text", Shortened(line.text, 120)},
          {"remark", line.remark},
          {"revision", line.revision}};
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
    for (const auto& p : periods) items.push_back(PeriodJson(s, p, actor, core_.Today()));
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

Result<json> Periods::Board(PeriodId id, bool owing, const std::string& after, int limit,
                            const Actor& actor) const {
  ZG_ASSIGN(int64_t key, KeyOf(after));
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    if (!store::LoadPeriod(s, id)) return NoPeriod();
    auto units = store::ListStandings(s, id, owing, actor.scope(), UnitId{key}, limit + 1);
    json next;
    if (units.size() > size_t(limit)) {
      units.pop_back();
      next = std::to_string(units.back().unit.value);
    }
    json items = json::array();
    size_t shown = 0;
    for (const auto& unit : units) {
      if (shown >= kCellsOnAPage) {
        next = std::to_string(items.back()["unit"]["id"].get<int64_t>());
        break;
      }
      json cells = json::array();
      for (const auto& cell : store::CellsOf(s, id, unit.unit, kMostCells)) {
        cells.push_back({{"id", cell.id.value},
                         {"path", cell.path},
                         {"status", ReportStatusName(cell.status)},
                         {"behind", cell.behind},
                         {"still", cell.still}});
      }
      shown += cells.size();
      items.push_back({{"unit", {{"id", unit.unit.value}, {"name", unit.name}}},
                       {"counts", CountsJson(unit.counts)},
                       {"cells", std::move(cells)}});
    }
    return json{{"items", std::move(items)}, {"next", next}};
  });
}

Result<json> Periods::Reports(PeriodId id, UnitId unit, std::optional<ReportStatus> status,
                              const std::string& after, int limit, const Actor& actor) const {
  ZG_ASSIGN(int64_t key, KeyOf(after));
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    if (!store::LoadPeriod(s, id)) return NoPeriod();
    if (unit && !SeesReportsOf(s, actor, unit)) {
      return Error{Code::kForbidden, "只能查看本单位及下级的上报，其他单位的请向整改办了解。", "unit",
                   "report.not_yours"};
    }
    auto lines = store::ListReports(s, {id, unit, status, ReportId{key}, limit + 1, actor.scope()});
    json next;
    if (lines.size() > size_t(limit)) {
      lines.pop_back();
      next = std::to_string(lines.back().id.value);
    }
    json items = json::array();
    for (const auto& line : lines) items.push_back(LineJson(line));
    return json{{"items", std::move(items)}, {"next", next}};
  });
}

}  // namespace zg
