#include "office/period_papers.h"

#include <map>

#include "store/periods.h"
#include "store/reports.h"

namespace zg {
namespace {

struct Answer {
  TaskId task;
  std::string path, problem, text, state;
};

StatusKind KindOf(const std::string& state) {
  if (state == "completed") return StatusKind::kCompleted;
  if (state == "not_started") return StatusKind::kNotStarted;
  return state == "ongoing" ? StatusKind::kOngoing : StatusKind::kInProgress;
}

// Answers one below the other, each an entry with one item of progress.
Paper PaperOf(const std::string& unit, UnitId unit_id, const std::string& period,
              const std::vector<Answer>& answers) {
  Paper paper;
  paper.period = period;
  paper.unit = unit;
  paper.title = unit + "（" + period + "期上报）";
  paper.issuers = {unit};
  paper.draft.kind = "progress_report";
  for (const Answer& a : answers) {
    std::u32string text = ToUtf32(a.text);
    uint32_t begin = uint32_t(paper.document.text.size());
    paper.document.text += text + U"\n";
    Entry entry;
    entry.path = a.path;
    // Two lists may both have a task 1.
    if (paper.tasks.count(entry.path)) entry.path += "（任务号" + std::to_string(a.task.value) + "）";
    entry.problem.text = a.problem;
    entry.span = {begin, begin + uint32_t(text.size())};
    entry.progress.push_back({std::nullopt, a.text, entry.span});
    if (!a.state.empty()) {
      auto state = ParseTaskState(a.state);
      entry.status = TaskStatus{
          state ? std::string(TaskStateChinese(*state)) : a.state, {}, KindOf(a.state), false, false};
    }
    Block block;
    block.span = entry.span;
    if (!text.empty()) paper.document.blocks.push_back(block);
    paper.tasks[entry.path] = a.task;
    paper.units[entry.path] = {unit_id};
    paper.names[entry.path] = {unit};
    paper.draft.entries.push_back(std::move(entry));
  }
  return paper;
}

}  // namespace

size_t AddPeriod(store::Session& session, const Period& period, size_t most, Papers& papers) {
  struct Unit {
    std::string name;
    std::vector<Answer> now;
    std::map<PeriodId, std::vector<Answer>> before;
  };
  std::map<UnitId, Unit> units;
  size_t read = 0;
  for (ReportStatus status : {ReportStatus::kSubmitted, ReportStatus::kAccepted}) {
    store::ReportQuery query;
    query.period = period.id;
    query.status = status;
    query.limit = 200;
    for (bool more = true; more && read < most;) {
      auto lines = store::ListReports(session, query);
      more = int(lines.size()) == query.limit;
      for (const auto& line : lines) {
        query.after = line.id;
        ++read;
        Unit& unit = units[line.unit];
        unit.name = line.unit_name;
        unit.now.push_back({line.task, line.path, line.problem, line.text, line.state});
        auto report = store::LoadReport(session, line.id);
        auto last = report ? store::LastAnswer(session, *report) : std::nullopt;
        if (last)
          unit.before[last->period].push_back({line.task, line.path, line.problem, last->content.text, ""});
      }
    }
  }
  for (const auto& [id, unit] : units) {
    for (const auto& [earlier, answers] : unit.before) {
      auto loaded = store::LoadPeriod(session, earlier);
      if (loaded) papers.Add(PaperOf(unit.name, id, loaded->code, answers));
    }
  }
  for (const auto& [id, unit] : units) papers.Add(PaperOf(unit.name, id, period.code, unit.now));
  return units.size();
}

}  // namespace zg
