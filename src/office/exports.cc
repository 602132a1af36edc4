#include "office/exports.h"

#include <map>

#include "office/core.h"
#include "report/task_table.h"
#include "store/documents.h"
#include "store/rounds.h"
#include "store/task_list.h"
#include "store/tasks.h"

namespace zg {
namespace {

constexpr int64_t kMostTasks = 200'000;

Result<std::vector<TaskTableRow>> LoadRows(const OfficeCore& core, store::Session& s,
                                           const TaskFilter& filter, const TaskSort& sort, Date as_of) {
  ZG_ASSIGN(std::vector<TaskId> ids,
            store::ListTaskIds(s, core.store->text_index(), filter, sort, as_of, kMostTasks + 1));
  if (int64_t(ids.size()) > kMostTasks) {
    return Error{Code::kInvalid, "一次最多导出20万项任务，请先加筛选条件。", "", "export.too_many"};
  }
  std::map<DocId, std::string> titles;
  std::map<RoundId, std::string> rounds;
  std::vector<TaskTableRow> rows;
  for (TaskId id : ids) {
    auto task = store::LoadTask(s, id);
    if (!task) continue;
    if (!titles.count(task->document)) {
      auto document = store::LoadDocument(s, task->document);
      titles[task->document] = document ? document->head.title : "";
      rounds[task->round] = document ? document->round_name : "";
    }
    rows.push_back({std::move(*task), "", ""});
    rows.back().document = titles[rows.back().task.document];
    rows.back().round = rounds[rows.back().task.round];
  }
  return rows;
}

}  // namespace

const std::vector<std::string>& Exports::ColumnNames() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& column : TaskColumns()) all.push_back(column.name);
    return all;
  }();
  return names;
}

Result<ExportedFile> Exports::Tasks(const TaskFilter& filter, const TaskSort& sort,
                                    const std::vector<std::string>& columns,
                                    const std::string& format) const {
  if (format != "xlsx" && format != "csv") {
    return Error{Code::kInvalid, "只能导出 xlsx 或 csv。", "format", "parameter.bad"};
  }
  ZG_ASSIGN(std::vector<TableColumn> chosen, ChooseTaskColumns(columns));
  Date as_of = filter.as_of.value_or(core_.Today());
  ZG_ASSIGN(std::vector<TaskTableRow> rows,
            core_.store->Read([&](store::Session& s) { return LoadRows(core_, s, filter, sort, as_of); }));
  Table table = TaskTable(rows, chosen, as_of);
  std::string name = "整改任务清单-" + as_of.Iso() + "." + format;
  if (format == "csv") return ExportedFile{name, "text/csv; charset=utf-8", WriteCsv(table)};
  ZG_ASSIGN(std::string bytes, WriteXlsx(table));
  return ExportedFile{name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                      std::move(bytes)};
}

}  // namespace zg
