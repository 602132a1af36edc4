#include "office/charts.h"

#include <nlohmann/json.hpp>

#include "office/chart_models.h"
#include "office/core.h"
#include "report/cairo_page.h"
#include "report/svg.h"
#include "store/charts.h"
#include "store/events.h"
#include "store/facet.h"
#include "store/rounds.h"

namespace zg {
namespace {

using nlohmann::json;
constexpr int kPngWidth = 2800;  // pixels: A3 at 170 to the inch
constexpr int kUnits = 20, kPeriods = 12;

const char* StandingName(Standing standing) {
  switch (standing) {
    case Standing::kDone:
      return "completed";
    case Standing::kKept:
      return "ongoing";
    case Standing::kOnTrack:
      return "in_progress";
    case Standing::kNotStarted:
      return "not_started";
    case Standing::kNotStated:
      return "not_stated";
    case Standing::kAtRisk:
      return "at_risk";
    case Standing::kLate:
      return "overdue";
  }
  return "";
}

json CountsJson(const store::StandingCounts& counts) {
  json out = json::object();
  int64_t total = 0;
  for (int i = 0; i < kStandings; ++i) {
    out[StandingName(Standing(i))] = counts[size_t(i)];
    total += counts[size_t(i)];
  }
  out["total"] = total;
  return out;
}

Status CheckPage(const Drawing& drawing, int page) {
  if (page >= 1 && size_t(page) <= drawing.pages.size()) return {};
  return Error{Code::kInvalid, "这张图共" + std::to_string(drawing.pages.size()) + "页，没有这一页。", "page",
               "chart.page"};
}

json StandingJson(store::Session& s, const OfficeCore& core, std::optional<RoundId> round, Date as_of,
                  const Scope& scope) {
  json units = json::array(), tiles = json::array(), periods = json::array();
  for (const auto& u : store::StandingsOfUnits(s, round, "", scope, as_of, core.pace, kUnits))
    units.push_back({{"unit_id", u.unit.value}, {"name", u.name}, {"counts", CountsJson(u.counts)}});
  if (scope.all) {
    for (const auto& tile : LoadMap(s, core, round, as_of).tiles)
      tiles.push_back({{"name", tile.region.name},
                       {"short", tile.short_name.empty() ? tile.region.name : tile.short_name},
                       {"link", tile.region.link},
                       {"column", tile.column},
                       {"row", tile.row},
                       {"counts", CountsJson(tile.region.counts)}});
    for (const auto& p : store::TrendOfPeriods(s, kPeriods))
      periods.push_back({{"id", p.id.value},
                         {"code", p.code},
                         {"asked", p.asked},
                         {"answered", p.answered},
                         {"behind", p.behind},
                         {"completed", p.completed}});
  }
  return {{"as_of", as_of.Iso()},
          {"rule", {{"tolerance", core.pace.tolerance}, {"unstarted_days", core.pace.unstarted_days}}},
          {"counts", CountsJson(store::CountStandings(s, round, store::FacetOf(scope), as_of, core.pace))},
          {"units", std::move(units)},
          {"tiles", std::move(tiles)},
          {"periods", std::move(periods)}};
}

}  // namespace

Result<json> Charts::Show(const ChartQuery& query, int page) const {
  ZG_ASSIGN(DrawnChart chart,
            core_.store->ReadStale([&](store::Session& s) { return DrawChart(s, core_, query); }));
  ZG_TRY(CheckPage(chart.drawing, page));
  return json{{"chart", query.chart},
              {"title", chart.drawing.title},
              {"as_of", chart.drawing.day.Iso()},
              {"page", page},
              {"pages", chart.drawing.pages.size()},
              {"drawn", chart.drawn},
              {"left_out", chart.left_out},
              {"svg", WriteSvg(chart.drawing, size_t(page - 1), {.links = true, .sized = false})}};
}

Result<ExportedFile> Charts::File(const ChartQuery& query, const std::string& format, int page) const {
  ZG_ASSIGN(DrawnChart chart,
            core_.store->ReadStale([&](store::Session& s) { return DrawChart(s, core_, query); }));
  ZG_TRY(CheckPage(chart.drawing, page));
  Drawing drawing = OnPaper(std::move(chart.drawing), query.paper);
  std::string name = drawing.title + "-" + drawing.day.Iso();
  if (format != "pdf" && drawing.pages.size() > 1) name += "-第" + std::to_string(page) + "页";
  if (format == "svg")
    return ExportedFile{name + ".svg", "image/svg+xml", WriteSvg(drawing, size_t(page - 1))};
  if (format == "png") {
    ZG_ASSIGN(std::string bytes, WritePng(drawing, size_t(page - 1), kPngWidth));
    return ExportedFile{name + ".png", "image/png", std::move(bytes)};
  }
  ZG_ASSIGN(std::string bytes, WritePdf(drawing));
  return ExportedFile{name + ".pdf", "application/pdf", std::move(bytes)};
}

Result<JsonText> Charts::Standing(std::optional<RoundId> round, std::optional<Date> day,
                                  const Scope& scope) const {
  Date as_of = day.value_or(core_.Today());
  std::string key = std::to_string(round.value_or(RoundId()).value) + " " + as_of.Iso() +
                    (scope.all ? "" : " " + std::to_string(scope.unit.value));
  return core_.store->ReadStale([&](store::Session& s) -> Result<JsonText> {
    std::string state = store::LastEventDigest(s);
    if (auto kept = kept_.Find(key, state)) return *kept;
    if (round && !store::LoadRound(s, *round))
      return Error{Code::kNotFound, "没有这个督察轮次，请重新选择。", "round", "round.not_found"};
    JsonText answer{
        StandingJson(s, core_, round, as_of, scope).dump(-1, ' ', false, json::error_handler_t::replace)};
    kept_.Keep(key, state, answer);
    return answer;
  });
}

}  // namespace zg
