#include <xlsxwriter.h>

#include <fstream>

#include "base/text.h"
#include "report/table.h"
#include "report/temporary_file.h"
#include "report/xlsx_text.h"

namespace zg {
namespace {

constexpr size_t kMostCharacters = 32'000;  // a cell holds 32,767
constexpr size_t kMostInTitle = 31;

struct Formats {
  explicit Formats(lxw_workbook* book)
      : head(workbook_add_format(book)),
        plain(workbook_add_format(book)),
        wrapped(workbook_add_format(book)),
        date(workbook_add_format(book)) {
    format_set_bold(head);
    format_set_bg_color(head, 0xE8EEF4);
    format_set_bottom(head, LXW_BORDER_THIN);
    format_set_text_wrap(head);
    format_set_text_wrap(wrapped);
    for (auto* format : {head, plain, wrapped, date}) format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(date, "yyyy-mm-dd");
  }
  lxw_format *head, *plain, *wrapped, *date;
};

void WriteCell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const TableCell& cell, bool wrap,
               const Formats& formats) {
  lxw_format* format = wrap ? formats.wrapped : formats.plain;
  if (auto* text = std::get_if<std::string>(&cell)) {
    worksheet_write_string(sheet, row, column, CellText(*text).c_str(), format);
  } else if (auto* number = std::get_if<int64_t>(&cell)) {
    worksheet_write_number(sheet, row, column, double(*number), format);
  } else if (auto* date = std::get_if<Date>(&cell)) {
    lxw_datetime day = {date->year(), date->month(), date->day(), 0, 0, 0};
    worksheet_write_datetime(sheet, row, column, &day, formats.date);
  }
}

void FillSheet(lxw_worksheet* sheet, const Table& table, const Formats& formats) {
  for (size_t c = 0; c < table.columns.size(); ++c) {
    worksheet_set_column(sheet, lxw_col_t(c), lxw_col_t(c), table.columns[c].width, nullptr);
    worksheet_write_string(sheet, 0, lxw_col_t(c), table.columns[c].title.c_str(), formats.head);
  }
  worksheet_freeze_panes(sheet, 1, 0);
  for (size_t r = 0; r < table.rows.size(); ++r) {
    for (size_t c = 0; c < table.rows[r].size(); ++c) {
      WriteCell(sheet, lxw_row_t(r + 1), lxw_col_t(c), table.rows[r][c], table.columns[c].wrap, formats);
    }
  }
  if (!table.rows.empty() && !table.columns.empty()) {
    worksheet_autofilter(sheet, 0, 0, lxw_row_t(table.rows.size()), lxw_col_t(table.columns.size() - 1));
  }
  worksheet_set_landscape(sheet);
  worksheet_repeat_rows(sheet, 0, 0);
  worksheet_fit_to_pages(sheet, 1, 0);
}

Error Failed(const char* cause) {
  return {Code::kUnavailable, "表格没有写成，请检查磁盘空间后重试。", "", "export.failed", cause};
}

}  // namespace

std::string SheetName(const std::string& title) {
  std::u32string name;
  for (char32_t c : ToUtf32(title)) {
    if (std::u32string_view(U"[]:*?/\\'").find(c) == std::u32string_view::npos && name.size() < kMostInTitle)
      name += c;
  }
  return name.empty() ? "Sheet1" : ToUtf8(name);
}

std::string CellText(const std::string& text) {
  if (text.size() <= kMostCharacters) return text;
  std::u32string characters = ToUtf32(text);
  return characters.size() <= kMostCharacters ? text
                                              : ToUtf8(characters.substr(0, kMostCharacters - 1)) + "…";
}

Result<std::string> WriteXlsx(const Table& table) {
  TemporaryFile file;
  if (file.path().empty()) return Failed("mkstemp");
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;  // rows are written in order and leave memory one by one
  lxw_workbook* book = workbook_new_opt(file.path().c_str(), &options);
  if (!book) return Failed("workbook_new");
  Formats formats(book);
  lxw_worksheet* sheet = workbook_add_worksheet(book, SheetName(table.title).c_str());
  if (sheet) FillSheet(sheet, table, formats);
  lxw_error error = workbook_close(book);
  if (!sheet || error != LXW_NO_ERROR) return Failed(lxw_strerror(error));
  std::ifstream in(file.path(), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  if (bytes.empty()) return Failed("read back");
  return bytes;
}

}  // namespace zg
