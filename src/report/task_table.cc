#include "report/task_table.h"

#include <algorithm>

#include "base/nearest.h"

namespace zg {
namespace {

std::string Joined(const std::vector<UnitRef>& units, UnitRole role = UnitRole::kNone) {
  std::string names;
  for (const auto& unit : units) {
    if (role != UnitRole::kNone && unit.role != role) continue;
    names += (names.empty() ? "" : "、") + unit.name;
  }
  return names;
}

template <class Item>
std::string Numbered(const std::vector<Item>& items) {
  std::string text;
  for (const auto& item : items) {
    if (!text.empty()) text += "\n";
    if (item.number) text += std::to_string(*item.number) + ".";
    text += item.text;
  }
  return text;
}

std::string Doubts(const Entry& entry) {
  std::string text;
  for (const auto& doubt : entry.doubts) text += (text.empty() ? "" : "\n") + doubt.message;
  return text;
}

TableCell YesOrEmpty(bool yes) {
  return yes ? TableCell(std::string("是")) : TableCell();
}

TableCell DueOf(const Entry& e) {
  return e.deadline && e.deadline->date ? TableCell(*e.deadline->date) : TableCell();
}

TableCell CellOf(const TaskTableRow& row, const std::string& column, Date as_of) {
  const Entry& e = row.task.entry;
  TaskState state = StateOf(e);
  if (column == "id") return row.task.id.value;
  if (column == "path" || column == "number") return e.path;
  if (column == "label") return e.label;
  if (column == "problem") return e.problem.text;
  if (column == "responsible") return Joined(e.responsible);
  if (column == "lead") return Joined(e.responsible, UnitRole::kLead);
  if (column == "supporting") return Joined(e.responsible, UnitRole::kSupporting);
  if (column == "acceptance") return Joined(e.acceptance);
  if (column == "goal") return e.goal.text;
  if (column == "due") return DueOf(e);
  if (column == "deadline_text") return e.deadline ? e.deadline->text : "";
  if (column == "state") return std::string(TaskStateChinese(state));
  if (column == "status") return e.status ? e.status->text : "";
  if (column == "overdue") {
    return YesOrEmpty(IsOverdue(e.deadline ? e.deadline->date : std::nullopt, state, as_of));
  }
  if (column == "immediate") return YesOrEmpty(e.deadline && e.deadline->immediate);
  if (column == "long_term") {
    return YesOrEmpty((e.deadline && e.deadline->long_term) || (e.status && e.status->long_term));
  }
  if (column == "behind_schedule") return YesOrEmpty(e.status && e.status->behind_schedule);
  if (column == "measures") return Numbered(e.measures);
  if (column == "progress") return Numbered(e.progress);
  if (column == "doubts") return Doubts(e);
  if (column == "round") return row.round;
  if (column == "document") return row.document;
  if (column == "updated_at") return row.task.updated_at.substr(0, 16);
  return {};
}

}  // namespace

const std::vector<TableColumn>& TaskColumns() {
  static const std::vector<TableColumn> columns = {{"round", "督察轮次", 18, true},
                                                   {"document", "来源文件", 24, true},
                                                   {"path", "编号", 7, false},
                                                   {"problem", "反馈问题", 48, true},
                                                   {"responsible", "责任单位", 24, true},
                                                   {"acceptance", "验收单位", 20, true},
                                                   {"goal", "整改目标", 36, true},
                                                   {"due", "完成期限", 12, false},
                                                   {"deadline_text", "整改时限", 16, true},
                                                   {"state", "状态", 10, false},
                                                   {"overdue", "逾期", 6, false},
                                                   {"measures", "整改措施", 60, true},
                                                   {"progress", "整改进展", 60, true},
                                                   {"status", "进展表述", 18, true},
                                                   {"lead", "牵头单位", 20, true},
                                                   {"supporting", "配合单位", 20, true},
                                                   {"immediate", "立行立改", 9, false},
                                                   {"long_term", "长期坚持", 9, false},
                                                   {"behind_schedule", "未达序时进度", 12, false},
                                                   {"doubts", "待核对", 30, true},
                                                   {"label", "原编号", 8, false},
                                                   {"number", "序号", 7, false},
                                                   {"id", "任务号", 8, false},
                                                   {"updated_at", "更新时间", 17, false}};
  return columns;
}

const std::vector<std::string>& StandardTaskColumns() {
  static const std::vector<std::string> names = {"round",      "path",     "problem", "responsible",
                                                 "acceptance", "goal",     "due",     "state",
                                                 "overdue",    "measures", "progress"};
  return names;
}

Result<std::vector<TableColumn>> ChooseTaskColumns(const std::vector<std::string>& names) {
  std::vector<TableColumn> chosen;
  for (const auto& name : names.empty() ? StandardTaskColumns() : names) {
    auto it = std::find_if(TaskColumns().begin(), TaskColumns().end(),
                           [&](const TableColumn& c) { return c.name == name; });
    if (it != TaskColumns().end()) {
      chosen.push_back(*it);
      continue;
    }
    std::vector<std::string> known;
    for (const auto& column : TaskColumns()) known.push_back(column.name);
    std::string near = Nearest(name, known);
    return Error{Code::kInvalid,
                 "没有“" + name + "”这一列" + (near.empty() ? "。" : "，是不是“" + near + "”？"), "columns",
                 "parameter.bad"};
  }
  return chosen;
}

Table TaskTable(const std::vector<TaskTableRow>& tasks, const std::vector<TableColumn>& columns, Date as_of) {
  Table table{"整改任务", columns, {}};
  for (const auto& row : tasks) {
    std::vector<TableCell> cells;
    cells.reserve(columns.size());
    for (const auto& column : columns) cells.push_back(CellOf(row, column.name, as_of));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace zg
