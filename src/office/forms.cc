#include "office/forms.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "office/core.h"
#include "office/dispatch_scope.h"
#include "office/form_import.h"
#include "office/json.h"
#include "report/offline_form.h"
#include "report/zip_bytes.h"
#include "store/events.h"
#include "store/periods.h"
#include "store/reports.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr size_t kMostUnits = 500;
constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

Error Forbidden() {
  return {Code::kForbidden, "只能导出和导入本单位的上报表，其他单位的请由整改办办理。", "unit",
          "report.not_yours"};
}

std::string LastJson(const DispatchReport& last) {
  const ReportContent& c = last.content;
  std::string text = c.state ? "【" + std::string(TaskStateChinese(*c.state)) + "】" : "";
  return text + c.text;
}

// Figures that are asked for though nobody has given one yet: those of the last answer, else the task's
// targets.
std::vector<ReportFigure> WantedOf(const Task& task, const ReportContent& now,
                                   const std::optional<DispatchReport>& last) {
  std::vector<ReportFigure> wanted;
  auto has = [&](const std::string& name) {
    auto named = [&](const ReportFigure& f) { return f.name == name; };
    return std::any_of(now.figures.begin(), now.figures.end(), named) ||
           std::any_of(wanted.begin(), wanted.end(), named);
  };
  if (last) {
    for (ReportFigure f : last->content.figures) {
      f.note.clear();
      if (!has(f.name)) wanted.push_back(std::move(f));
    }
  } else {
    for (const auto& t : task.entry.targets) {
      if (!t.number || wanted.size() >= 20 || has(t.quantity)) continue;
      // A share, or a value to come down to, is no sum that grows.
      bool grows = t.unit != "%" && t.comparator != "<" && t.comparator != "<=";
      wanted.push_back({t.quantity, 0, t.unit, t.number, grows, ""});
    }
  }
  return wanted;
}

std::vector<FormTask> OwedBy(store::Session& s, PeriodId period, UnitId unit) {
  std::vector<FormTask> tasks;
  std::map<std::string, int> paths;
  store::ReportQuery query;
  query.period = period;
  query.unit = unit;
  query.limit = 200;
  for (bool more = true; more;) {
    auto lines = store::ListReports(s, query);
    more = int(lines.size()) == query.limit;
    for (const auto& line : lines) {
      query.after = line.id;
      if (!IsOwed(line.status)) continue;
      auto report = store::LoadReport(s, line.id);
      auto task = store::LoadTask(s, line.task);
      auto last = store::LastAnswer(s, *report);
      FormTask t;
      t.report = line.id;
      t.revision = report->revision;
      t.label = line.path;
      if (paths[line.path]++ > 0) t.label += "（任务号" + std::to_string(line.task.value) + "）";
      t.problem = line.problem;
      t.due = task->entry.deadline ? task->entry.deadline->text : "";
      if (last) t.last = LastJson(*last);
      t.remark = report->remark;
      t.wanted = WantedOf(*task, report->content, last);
      t.content = std::move(report->content);
      tasks.push_back(std::move(t));
    }
  }
  return tasks;
}

Result<FormModel> ModelOf(const OfficeCore& core, store::Session& s, PeriodId id, UnitId unit_id) {
  auto period = store::LoadPeriod(s, id);
  if (!period) return NoPeriod();
  auto unit = store::LoadUnit(s, unit_id);
  if (!unit) return Error{Code::kNotFound, "没有这个单位，请重新选择。", "unit", "unit.not_found"};
  if (period->closed) {
    return Error{Code::kConflict, PeriodChinese(*period) + "调度已经结束，不必再填报。", "", "period.closed"};
  }
  FormModel model;
  model.ledger = LedgerMark(s);
  model.period = id;
  model.period_name = PeriodChinese(*period);
  model.unit = unit_id;
  model.unit_name = unit->name;
  model.exported_at = core.Now();
  model.due = period->due;
  model.tasks = OwedBy(s, id, unit_id);
  if (!model.tasks.empty()) return model;
  return Error{Code::kConflict, unit->name + "在" + model.period_name + "没有要报的任务，或已全部报出。",
               "unit", "form.nothing"};
}

// A name that no file system stumbles over.
std::string FileName(const FormModel& model) {
  std::string name = model.unit_name + model.period_name + "上报表";
  for (char& c : name)
    if (std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos || uint8_t(c) < 0x20) c = '_';
  return name + ".xlsx";
}

}  // namespace

Error NoPeriod() {
  return {Code::kNotFound, "没有这一期调度，请刷新后重新选择。", "", "period.not_found"};
}

std::string LedgerMark(store::Session& s) {
  std::string mark;
  store::EachEvent(s, [&](const Event& event) {
    mark = event.digest;
    return false;
  });
  return mark;
}

Result<ExportedFile> Forms::Export(PeriodId period, UnitId unit, const Actor& actor) const {
  ZG_ASSIGN(FormModel model, core_.store->Read([&](store::Session& s) -> Result<FormModel> {
    if (!SeesReportsOf(s, actor, unit)) return Forbidden();
    return ModelOf(core_, s, period, unit);
  }));
  ZG_ASSIGN(std::string bytes, WriteForm(model));
  return ExportedFile{FileName(model), kXlsx, std::move(bytes)};
}

Result<ExportedFile> Forms::ExportMany(PeriodId period, const std::vector<UnitId>& asked,
                                       const Actor& actor) const {
  std::vector<FormModel> models;
  std::string name;
  ZG_TRY(core_.store->Read([&](store::Session& s) -> Status {
    auto loaded = store::LoadPeriod(s, period);
    if (!loaded) return NoPeriod();
    name = PeriodChinese(*loaded) + "上报表.zip";
    std::vector<UnitId> units = asked;
    if (units.empty())
      for (const auto& row : store::ListStandings(s, period, true, actor.scope(), {}, int(kMostUnits) + 1))
        units.push_back(row.unit);
    if (units.size() > kMostUnits)
      return Error{Code::kInvalid, "一次最多导出500个单位的上报表，请分批选择。", "units", "form.too_many"};
    for (UnitId unit : units) {
      if (!SeesReportsOf(s, actor, unit)) return Forbidden();
      auto model = ModelOf(core_, s, period, unit);
      if (!model.ok() && (model.error().id != "form.nothing" || units.size() == 1)) return model.error();
      if (model.ok()) models.push_back(std::move(*model));
    }
    return {};
  }));
  if (models.empty())
    return Error{Code::kConflict, "所选的单位都已报齐，没有要填的上报表。", "units", "form.nothing"};
  std::vector<std::pair<std::string, std::string>> members;
  std::map<std::string, int> names;
  for (const auto& model : models) {
    ZG_ASSIGN(std::string bytes, WriteForm(model));
    std::string member = FileName(model);
    if (names[member]++ > 0) member = std::to_string(model.unit.value) + "-" + member;
    members.emplace_back(std::move(member), std::move(bytes));
  }
  ZG_ASSIGN(std::string zip, ZipBytes(members));
  return ExportedFile{name, "application/zip", std::move(zip)};
}

Result<json> Forms::Import(PeriodId period, std::string_view bytes, const std::string& name, bool submit,
                           const Actor& actor) {
  ZG_ASSIGN(FormRead form, ReadForm(bytes, name));
  auto taken = core_.store->WriteAlone([&](store::Session& s) -> Result<json> {
    auto unit = store::LoadUnit(s, form.unit);
    if (form.ledger != LedgerMark(s) || !unit) {
      return Error{Code::kInvalid, "这份上报表不是从本系统导出的，请重新导出后填写。", name, "form.foreign"};
    }
    if (form.period != period) {
      auto other = store::LoadPeriod(s, form.period);
      return Error{
          Code::kInvalid,
          "这是" + (other ? PeriodChinese(*other) : std::string("另一期")) + "的上报表，请在那一期导入。",
          name, "form.foreign"};
    }
    if (!AnswersFor(s, actor, form.unit)) return Forbidden();
    auto loaded = store::LoadPeriod(s, period);
    if (loaded->closed) {
      return Error{Code::kConflict, PeriodChinese(*loaded) + "调度已经结束，请在下一期填报。", "",
                   "period.closed"};
    }
    ZG_ASSIGN(FormCounts counts, TakeForm(core_, s, form, submit, actor));
    return json{{"unit", {{"id", unit->id.value}, {"name", unit->name}}},
                {"saved", counts.saved},
                {"submitted", counts.submitted},
                {"untouched", counts.untouched}};
  });
  if (taken.ok() && submit) core_.checks->Wake(false);
  return taken;
}

}  // namespace zg
