#pragma once
// The form of one unit for one period as a workbook that is filled in without network: what may be written
// stands in open cells with drop-down lists, everything else is locked, and a hidden sheet says what was
// exported, so that a wrong, foreign or changed file is recognised. Pure but for WriteForm's temporary file.
//
// Sheet 上报表, from row 4 on: A 任务, B 反馈问题, C 整改时限, D 上期所报, E 整改状态, F 达到序时进度, G
// 未达原因, H 本期进展, I 下一步工作, J 整改办意见. Sheet 数据, from row 4 on: A 任务, B 名称, C 数值, D
// 单位, E 目标, F 累计, G 减少的原因.

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "ledger/dispatch_report.h"

namespace zg {

struct FormTask {
  ReportId report;
  int64_t revision = 0;
  std::string label;  // unique in the form: 3, or 3（任务号17）
  std::string problem, due, last, remark;
  ReportContent content;             // as drafted so far
  std::vector<ReportFigure> wanted;  // asked for, without a value yet
};

struct FormModel {
  std::string ledger;  // tells one office's ledger from another's
  PeriodId period;
  std::string period_name;
  UnitId unit;
  std::string unit_name;
  std::string exported_at;
  Date due;
  std::vector<FormTask> tasks;
};
// An .xlsx file. kUnavailable (export.failed).
Result<std::string> WriteForm(const FormModel& model);

struct FormFault {
  std::string cell;  // D7, 数据!C5
  std::string message;
};
struct FormRow {
  ReportId report;
  int64_t revision = 0;  // when it was exported
  int row = 0;           // in the sheet
  std::string label;
  ReportContent content;         // as filled in; without evidence
  std::vector<int> figure_rows;  // in sheet 数据, of content.figures one by one
  bool answered = false;         // something was written or chosen
};
struct FormRead {
  std::string ledger;
  PeriodId period;
  UnitId unit;
  std::string exported_at;
  std::vector<FormRow> rows;
  std::vector<FormFault>
      faults;  // locked cells that changed, values that cannot be; in the order of the sheet
};
// kInvalid: form.foreign (no form of this program, or its hidden sheet was changed), form.too_large; what
// ReadDocument says of a broken file.
Result<FormRead> ReadForm(std::string_view bytes, const std::string& name);

// One message with every cell named, at most twenty of them: 上报表有2处不能收：E7：…；H9：…
Error FormError(const std::vector<FormFault>& faults);
// The cell of a report's member (report.no_text → H) in that row.
std::string CellOfMissing(const std::string& error_id, int row);
// Where the reason for a figure that fell belongs.
std::string CellOfNote(const FormRow& row, const std::string& figure);

}  // namespace zg
