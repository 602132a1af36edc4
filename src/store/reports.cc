#include "store/reports.h"

#include <nlohmann/json.hpp>

#include "store/pace.h"
#include "store/units.h"

namespace zg::store {
namespace {

using nlohmann::json;

#define ZG_REPORT_SELECT                                                                                   \
  "SELECT id, period_id, unit_id, task_id, status, state, on_schedule, reason, body, figures, evidence, "  \
  "next_step, remark, still, revision, updated_by, updated_at, submitted_at, decided_by, decided_at FROM " \
  "reports "

const Query kLoad{"report_load", ZG_REPORT_SELECT "WHERE id = :id"};
const Query kLast{"report_last", ZG_REPORT_SELECT
                  "WHERE task_id = :task AND unit_id = :unit AND id < :id AND status IN (2, 4) ORDER BY id "
                  "DESC LIMIT 1"};
const Query kOn{"reports_on", ZG_REPORT_SELECT "WHERE period_id = :period AND task_id = :task ORDER BY id"};
const Query kAccepted{"reports_accepted", ZG_REPORT_SELECT
                      "WHERE task_id = :task AND status = 4 ORDER BY unit_id, id DESC LIMIT 2000"};
const Query kAfter{"reports_after", ZG_REPORT_SELECT "WHERE id > :after ORDER BY id LIMIT :n"};
const Query kUpdate{
    "report_update",
    "UPDATE reports SET status = :status, state = :state, on_schedule = :on_schedule, reason = :reason, body "
    "= :body, figures = :figures, evidence = :evidence, next_step = :next_step, remark = :remark, still = "
    ":still, revision = :revision, updated_by = :updated_by, updated_at = :updated_at, submitted_at = "
    ":submitted_at, decided_by = :decided_by, decided_at = :decided_at WHERE id = :id"};
const Query kCells{
    "report_cells",
    "SELECT r.id, r.status, r.task_id, r.on_schedule, r.still FROM reports r WHERE r.period_id = "
    ":period AND r.unit_id = :unit ORDER BY r.id LIMIT :n"};

const Query kCellsOfUnits{"report_cells_of_units",
                          "SELECT r.unit_id, r.id, r.status, r.task_id, r.on_schedule, r.still FROM reports "
                          "r WHERE r.unit_id IN (:ids...) AND r.period_id = :period ORDER BY "
                          "r.unit_id, r.id"};

// One query for each set of filters, so that each finds its index.
Query ListQuery(bool unit, bool status, bool under, bool in_short) {
  std::string problem = in_short ? "substr(t.problem, 1, 121)" : "t.problem",
              body = in_short ? "substr(r.body, 1, 121)" : "r.body";
  std::string sql = "SELECT r.id, r.unit_id, u.name, r.task_id, t.path, " + problem +
                    ", t.due, r.status, r.state, r.on_schedule, r.still, " + body +
                    ", r.remark, r.revision FROM reports r JOIN tasks t ON t.id = r.task_id JOIN units u ON "
                    "u.id = r.unit_id WHERE r.period_id = :period";
  if (unit) sql += " AND r.unit_id = :unit";
  if (under) sql += " AND r.unit_id IN (" + UnitsUnder("under") + ")";
  if (status) sql += " AND r.status = :status";
  return {"reports", sql + " AND r.id > :after ORDER BY r.id LIMIT :n"};
}

std::string EvidenceText(const std::vector<EvidenceId>& ids) {
  json list = json::array();
  for (EvidenceId id : ids) list.push_back(id.value);
  return list.dump();
}

std::vector<EvidenceId> EvidenceOf(const std::string& text) {
  std::vector<EvidenceId> ids;
  json list = json::parse(text, nullptr, false);
  if (!list.is_array()) return ids;
  for (const auto& id : list) ids.push_back({id.get<int64_t>()});
  return ids;
}

template <class... A>
std::vector<DispatchReport> Rows(Session& session, const Query& query, const A&... args) {
  using Text = std::string;
  std::vector<DispatchReport> reports;
  session.Each<int64_t, int64_t, int64_t, int64_t, int, Text, std::optional<int64_t>, Text, Text, Text, Text,
               Text, Text, bool, int64_t, Text, Text, Text, Text, Text>(
      query,
      [&](int64_t id, int64_t period, int64_t unit, int64_t task, int status, const Text& state,
          std::optional<int64_t> on_schedule, const Text& reason, const Text& body, const Text& figures,
          const Text& evidence, const Text& next_step, const Text& remark, bool still, int64_t revision,
          const Text& updated_by, const Text& updated_at, const Text& submitted_at, const Text& decided_by,
          const Text& decided_at) {
        DispatchReport r;
        r.id = {id};
        r.period = {period};
        r.unit = {unit};
        r.task = {task};
        r.status = ReportStatus(status);
        if (!state.empty()) r.content.state = ParseTaskState(state);
        if (on_schedule) r.content.on_schedule = *on_schedule != 0;
        r.content.reason = reason;
        r.content.text = body;
        r.content.figures = FiguresFromJson(figures);
        r.content.evidence = EvidenceOf(evidence);
        r.content.next_step = next_step;
        r.remark = remark;
        r.still = still;
        r.revision = revision;
        r.updated_by = updated_by;
        r.updated_at = updated_at;
        r.submitted_at = submitted_at;
        r.decided_by = decided_by;
        r.decided_at = decided_at;
        reports.push_back(std::move(r));
      },
      args...);
  return reports;
}

std::optional<DispatchReport> First(std::vector<DispatchReport> reports) {
  return reports.empty() ? std::nullopt : std::optional<DispatchReport>(std::move(reports[0]));
}

}  // namespace

std::string FiguresToJson(const std::vector<ReportFigure>& figures) {
  json list = json::array();
  for (const auto& f : figures) {
    list.push_back({{"name", f.name},
                    {"value", f.value},
                    {"unit", f.unit},
                    {"target", f.target ? json(*f.target) : json()},
                    {"cumulative", f.cumulative},
                    {"note", f.note}});
  }
  return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<ReportFigure> FiguresFromJson(const std::string& text) {
  std::vector<ReportFigure> figures;
  json list = json::parse(text, nullptr, false);
  if (!list.is_array()) return figures;
  for (const auto& f : list) {
    ReportFigure figure{f.value("name", ""),         f.value("value", 0.0), f.value("unit", ""), {},
                        f.value("cumulative", true), f.value("note", "")};
    if (f.contains("target") && f["target"].is_number()) figure.target = f["target"].get<double>();
    figures.push_back(std::move(figure));
  }
  return figures;
}

std::optional<DispatchReport> LoadReport(Session& session, ReportId id) {
  return First(Rows(session, kLoad, id));
}

void UpdateReport(Session& session, const DispatchReport& r) {
  const ReportContent& c = r.content;
  std::optional<int64_t> on_schedule;
  if (c.on_schedule) on_schedule = *c.on_schedule ? 1 : 0;
  session.Run(kUpdate, int(r.status), c.state ? std::string(TaskStateName(*c.state)) : std::string(),
              on_schedule, c.reason, c.text, FiguresToJson(c.figures), EvidenceText(c.evidence), c.next_step,
              r.remark, r.still, r.revision, r.updated_by, r.updated_at, r.submitted_at, r.decided_by,
              r.decided_at, r.id);
  RefreshPace(session, r.task);
}

std::optional<DispatchReport> LastAnswer(Session& session, const DispatchReport& report) {
  return First(Rows(session, kLast, report.task, report.unit, report.id));
}

std::vector<DispatchReport> ReportsOn(Session& session, PeriodId period, TaskId task) {
  return Rows(session, kOn, period, task);
}

std::vector<DispatchReport> LastAccepted(Session& session, TaskId task) {
  std::vector<DispatchReport> out;
  for (auto& report : Rows(session, kAccepted, task))
    if (out.empty() || out.back().unit != report.unit) out.push_back(std::move(report));
  return out;
}

std::vector<DispatchReport> ReportsAfter(Session& session, ReportId after, int limit) {
  return Rows(session, kAfter, after, limit);
}

std::vector<ReportLine> ListReports(Session& session, const ReportQuery& q) {
  std::vector<AnyArg> args{q.period.value};
  if (q.unit) args.emplace_back(q.unit.value);
  if (!q.scope.all) args.emplace_back(q.scope.unit.value);
  if (q.status) args.emplace_back(int64_t(*q.status));
  args.emplace_back(q.after.value);
  args.emplace_back(int64_t(q.limit));
  using Text = std::string;
  std::vector<ReportLine> lines;
  session.Each<int64_t, int64_t, Text, int64_t, Text, Text, std::optional<Text>, int, Text,
               std::optional<int64_t>, bool, Text, Text, int64_t>(
      ListQuery(bool(q.unit), q.status.has_value(), !q.scope.all, q.in_short),
      [&](int64_t id, int64_t unit, Text& unit_name, int64_t task, Text& path, Text& problem,
          std::optional<Text>& due, int status, Text& state, std::optional<int64_t> on_schedule, bool still,
          Text& body, Text& remark, int64_t revision) {
        lines.push_back({{id},
                         {unit},
                         std::move(unit_name),
                         {task},
                         std::move(path),
                         std::move(problem),
                         std::move(due),
                         ReportStatus(status),
                         std::move(state),
                         on_schedule,
                         still,
                         std::move(body),
                         std::move(remark),
                         revision});
      },
      args);
  return lines;
}

std::unordered_map<UnitId, std::vector<ReportCell>> CellsOf(Session& session, PeriodId period,
                                                            const std::vector<UnitId>& units) {
  std::unordered_map<UnitId, std::vector<ReportCell>> cells;
  session.Each<int64_t, int64_t, int, int64_t, std::optional<int64_t>, bool>(
      kCellsOfUnits,
      [&](int64_t unit, int64_t id, int status, int64_t task, std::optional<int64_t> on_schedule,
          bool still) {
        cells[{unit}].push_back(
            {{id}, ReportStatus(status), {task}, on_schedule && *on_schedule == 0, still});
      },
      Numbers(units), period);
  return cells;
}

std::vector<ReportCell> CellsOf(Session& session, PeriodId period, UnitId unit, int limit) {
  std::vector<ReportCell> cells;
  session.Each<int64_t, int, int64_t, std::optional<int64_t>, bool>(
      kCells,
      [&](int64_t id, int status, int64_t task, std::optional<int64_t> on_schedule, bool still) {
        cells.push_back({{id}, ReportStatus(status), {task}, on_schedule && *on_schedule == 0, still});
      },
      period, unit, limit);
  return cells;
}

}  // namespace zg::store
