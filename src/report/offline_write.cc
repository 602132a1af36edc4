#include <fmt/format.h>
#include <xlsxwriter.h>

#include <cmath>
#include <fstream>

#include "base/digest.h"
#include "base/text.h"
#include "report/offline_form.h"
#include "report/offline_layout.h"
#include "report/temporary_file.h"

namespace zg {
namespace form {

std::string SealOf(const std::string& label, const std::string& problem, const std::string& due,
                   const std::string& last) {
  std::string all;
  for (const auto* text : {&label, &problem, &due, &last}) all += ToUtf8(Squeeze(ToUtf32(*text))) + "\n";
  return Sm3Hex(all);
}

std::string CellName(int column, int row) {
  std::string letters;
  for (int c = column; c > 0; c = (c - 1) / 26) letters.insert(letters.begin(), char('A' + (c - 1) % 26));
  return letters + std::to_string(row);
}

}  // namespace form

namespace {

using namespace form;

constexpr size_t kMostLocked = 2000, kMostCell = 30'000;  // characters; a cell holds 32,767
constexpr int kMostText = 10'000;

std::string Cut(const std::string& text, size_t most) {
  if (text.size() <= most) return text;
  std::u32string words = ToUtf32(text);
  return words.size() <= most ? text : ToUtf8(words.substr(0, most - 1)) + "…";
}

// One workbook being written. Rows and columns here are counted from 1.
class FormWriter {
 public:
  FormWriter(lxw_workbook* book, const FormModel& model) : book_(book), model_(model) {
    title_ = Format(true, 0, true);
    format_set_font_size(title_, 16);
    head_ = Format(true, 0xE8EEF4, true);
    locked_ = Format(true, 0xF2F5F5, false);
    open_ = Format(false, 0xFFFDE7, false);
    note_ = Format(true, 0, false);
    name_ = Format(false, 0xFFFDE7, false);
    format_set_num_format(name_, "@");  // 16.10 is no number
  }

  void Write() {
    Sheet();
    Figures();
    Hidden();
    workbook_set_custom_property_string(book_, kMark, kVersion);
  }

 private:
  lxw_format* Format(bool locked, uint32_t colour, bool bold) {
    lxw_format* f = workbook_add_format(book_);
    format_set_text_wrap(f);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    if (colour) {
      format_set_bg_color(f, colour);
      format_set_border(f, LXW_BORDER_THIN);
      format_set_border_color(f, 0xC5D0D1);
    }
    if (bold) format_set_bold(f);
    if (!locked) format_set_unlocked(f);
    return f;
  }
  void Text(int row, int column, const std::string& text, lxw_format* format) {
    if (text.empty())
      worksheet_write_blank(at_, lxw_row_t(row - 1), lxw_col_t(column - 1), format);
    else
      worksheet_write_string(at_, lxw_row_t(row - 1), lxw_col_t(column - 1), Cut(text, kMostCell).c_str(),
                             format);
  }
  void Begin(const char* name, const std::string& title, const std::string& note,
             std::initializer_list<std::pair<const char*, double>> columns) {
    at_ = workbook_add_worksheet(book_, name);
    int column = 0;
    for (const auto& [head, width] : columns) {
      worksheet_set_column(at_, lxw_col_t(column), lxw_col_t(column), width, nullptr);
      Text(3, ++column, head, head_);
    }
    worksheet_merge_range(at_, 0, 0, 0, lxw_col_t(column - 1), title.c_str(), title_);
    worksheet_merge_range(at_, 1, 0, 1, lxw_col_t(column - 1), note.c_str(), note_);
    worksheet_set_row(at_, 0, 28, nullptr);
    worksheet_set_row(at_, 1, 48, nullptr);
    worksheet_freeze_panes(at_, 3, 1);
    worksheet_set_landscape(at_);
    worksheet_set_paper(at_, 9);
    worksheet_fit_to_pages(at_, 1, 0);
    worksheet_repeat_rows(at_, 2, 2);
    lxw_protection may = {};
    may.format_columns = may.format_rows = 1;  // wider and higher is no change
    worksheet_protect(at_, nullptr, &may);
  }
  // The library of 2022 takes char* though it only reads.
  // A list to choose from, in the rows from `row` to `last`.
  void Choose(int row, int last, int column, std::vector<const char*> choices, const char* hint) {
    choices.push_back(nullptr);
    lxw_data_validation v = {};
    v.validate = LXW_VALIDATION_TYPE_LIST;
    v.value_list = const_cast<char**>(choices.data());
    v.ignore_blank = LXW_VALIDATION_ON;
    v.error_title = const_cast<char*>("请从列表里选");
    v.error_message = const_cast<char*>(hint);
    worksheet_data_validation_range(at_, lxw_row_t(row - 1), lxw_col_t(column - 1), lxw_row_t(last - 1),
                                    lxw_col_t(column - 1), &v);
  }
  void AtMost(int row, int last, int column, int characters) {
    lxw_data_validation v = {};
    v.validate = LXW_VALIDATION_TYPE_LENGTH;
    v.criteria = LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO;
    v.value_number = characters;
    v.error_title = const_cast<char*>("文字太长");
    v.error_message = const_cast<char*>("请压到一万字以内。");
    worksheet_data_validation_range(at_, lxw_row_t(row - 1), lxw_col_t(column - 1), lxw_row_t(last - 1),
                                    lxw_col_t(column - 1), &v);
  }
  void Numbers(int row, int last, int column) {
    lxw_data_validation v = {};
    v.validate = LXW_VALIDATION_TYPE_DECIMAL;
    v.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    v.minimum_number = -1e15;
    v.maximum_number = 1e15;
    v.error_title = const_cast<char*>("请填数字");
    v.error_message = const_cast<char*>("这一格只填数字，单位写在旁边。");
    worksheet_data_validation_range(at_, lxw_row_t(row - 1), lxw_col_t(column - 1), lxw_row_t(last - 1),
                                    lxw_col_t(column - 1), &v);
  }

  // Programs do not make room for wrapped words by themselves when a file comes from elsewhere.
  void MakeRoom(int row, std::initializer_list<std::pair<const std::string*, double>> cells) {
    double lines = 3;  // room to write in
    for (const auto& [text, width] : cells) {
      double wide = 0;
      for (char32_t c : ToUtf32(*text).substr(0, kMostLocked)) {
        wide += c < 0x80 ? 1 : 2;
        if (c == U'\n') wide = width * std::ceil(wide / width);
      }
      double here = std::ceil(wide / (width - 1));
      lines = std::max(lines, here);
    }
    worksheet_set_row(at_, lxw_row_t(row - 1), std::min(15.5 * lines + 4, 400.0), nullptr);
  }

  void Sheet() {
    Begin(kSheet, model_.unit_name + model_.period_name + "整改任务上报表",
          "请只填浅黄色的格：整改状态、是否达到序时进度、本期进展为必填，未达序时进度的须写原因。有数据的，在"
          "“数据”"
          "表里填。截止" +
              model_.due.Chinese() + "。填好后在系统“上报”页面导入，或发给整改办导入；不要增删行列。",
          {{"任务", 9},
           {"反馈问题", 36},
           {"整改时限", 14},
           {"上期所报", 30},
           {"整改状态", 11},
           {"达到序时进度", 9},
           {"未达原因", 22},
           {"本期整改进展情况", 44},
           {"下一步工作", 28},
           {"整改办意见", 20}});
    int row = kFirstRow, last = kFirstRow + int(model_.tasks.size()) - 1;
    for (const auto& task : model_.tasks) {
      const ReportContent& c = task.content;
      Text(row, kLabel, task.label, locked_);
      Text(row, kProblem, Cut(task.problem, kMostLocked), locked_);
      Text(row, kDue, task.due, locked_);
      Text(row, kLast, Cut(task.last, kMostLocked), locked_);
      Text(row, kState, c.state ? std::string(TaskStateChinese(*c.state)) : "", open_);
      Text(row, kOnSchedule, c.on_schedule ? (*c.on_schedule ? kYes : kNo) : "", open_);
      Text(row, kReason, c.reason, open_);
      Text(row, kText, c.text, open_);
      Text(row, kNext, c.next_step, open_);
      Text(row, kRemark, task.remark, locked_);
      MakeRoom(row, {{&task.problem, 36},
                     {&task.last, 30},
                     {&c.reason, 22},
                     {&c.text, 44},
                     {&c.next_step, 28},
                     {&task.remark, 20}});
      ++row;
    }
    Choose(kFirstRow, last, kState, {"未启动", "正在推进", "长期坚持", "已完成"},
           "整改状态只有未启动、正在推进、长期坚持、已完成四种。");
    Choose(kFirstRow, last, kOnSchedule, {kYes, kNo}, "只填“是”或“否”。");
    for (int column : {kReason, kText, kNext}) AtMost(kFirstRow, last, column, kMostText);
    worksheet_activate(at_);
  }

  void Figures() {
    Begin(kFigures, "数据",
          "数值写数字。累计数不能比上期少；确实减少的，写明原因。没有列出的数据，在下面空行里填，“任务”写上报"
          "表里的"
          "任务编号。",
          {{"任务", 14},
           {"名称", 34},
           {"数值", 14},
           {"单位", 10},
           {"目标", 14},
           {"累计", 8},
           {"减少的原因", 36}});
    int row = kFirstRow;
    for (const auto& task : model_.tasks) {
      for (const auto& f : task.content.figures) Figure(row++, task.label, f, true);
      for (const auto& f : task.wanted) Figure(row++, task.label, f, false);
    }
    int last = row + kSpareFigures - 1;
    for (; row <= last; ++row)
      for (int column = kTask; column <= kNote; ++column)
        Text(row, column, "", column == kTask ? name_ : open_);
    for (int column : {kValue, kTarget}) Numbers(kFirstRow, last, column);
    Choose(kFirstRow, last, kCumulative, {kYes, kNo}, "只填“是”或“否”；不填即为“是”。");
  }
  void Figure(int row, const std::string& label, const ReportFigure& f, bool value) {
    Text(row, kTask, label, name_);
    Text(row, kName, f.name, open_);
    Text(row, kUnit, f.unit, open_);
    Number(row, kValue, value ? std::optional(f.value) : std::nullopt);
    Number(row, kTarget, f.target);
    Text(row, kCumulative, f.cumulative ? kYes : kNo, open_);
    Text(row, kNote, f.note, open_);
  }
  void Number(int row, int column, std::optional<double> value) {
    if (value)
      worksheet_write_number(at_, lxw_row_t(row - 1), lxw_col_t(column - 1), *value, open_);
    else
      Text(row, column, "", open_);
  }

  void Hidden() {
    at_ = workbook_add_worksheet(book_, kHidden);
    std::string all;
    int row = 0;
    auto say = [&](const std::vector<std::string>& cells) {
      ++row;
      for (size_t i = 0; i < cells.size(); ++i) {
        Text(row, int(i) + 1, cells[i], nullptr);
        all += cells[i] + "\n";
      }
    };
    say({kMark, kVersion});
    say({"ledger", model_.ledger});
    say({"period", std::to_string(model_.period.value)});
    say({"unit", std::to_string(model_.unit.value)});
    say({"exported", model_.exported_at});
    int at = kFirstRow;
    for (const auto& task : model_.tasks) {
      say({"report", std::to_string(task.report.value), std::to_string(task.revision), std::to_string(at++),
           task.label,
           SealOf(task.label, Cut(task.problem, kMostLocked), task.due, Cut(task.last, kMostLocked))});
    }
    say({"seal", Sm3Hex(all)});
    lxw_protection none = {};
    worksheet_protect(at_, nullptr, &none);
    worksheet_hide(at_);
  }

  lxw_workbook* book_;
  const FormModel& model_;
  lxw_worksheet* at_ = nullptr;
  lxw_format *title_, *head_, *locked_, *open_, *note_, *name_;
};

Error Failed(const char* cause) {
  return {Code::kUnavailable, "上报表没有写成，请检查磁盘空间后重试。", "", "export.failed", cause};
}

}  // namespace

Result<std::string> WriteForm(const FormModel& model) {
  TemporaryFile file;
  if (file.path().empty()) return Failed("mkstemp");
  lxw_workbook* book = workbook_new(file.path().c_str());
  if (!book) return Failed("workbook_new");
  FormWriter(book, model).Write();
  lxw_error error = workbook_close(book);
  if (error != LXW_NO_ERROR) return Failed(lxw_strerror(error));
  std::ifstream in(file.path(), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  return bytes.empty() ? Result<std::string>(Failed("read back")) : Result<std::string>(std::move(bytes));
}

}  // namespace zg
