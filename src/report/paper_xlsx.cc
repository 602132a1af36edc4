#include <xlsxwriter.h>

#include <fstream>

#include "report/paper_text.h"
#include "report/temporary_file.h"
#include "report/xlsx_text.h"

namespace zg::paper {
namespace {

constexpr double kMmInCharacter = 2.2;  // of a column's width in the standard font

struct Formats {
  explicit Formats(lxw_workbook* book)
      : head(workbook_add_format(book)), cell(workbook_add_format(book)), title(workbook_add_format(book)) {
    for (auto* format : {head, cell}) {
      format_set_text_wrap(format);
      format_set_border(format, LXW_BORDER_THIN);
      format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    }
    format_set_bold(head);
    format_set_align(head, LXW_ALIGN_CENTER);
    format_set_bg_color(head, 0xE8EEF4);
    format_set_bold(title);
    format_set_font_size(title, 16);
    format_set_align(title, LXW_ALIGN_CENTER);
    format_set_text_wrap(title);
  }
  lxw_format *head, *cell, *title;
};

// A title across the table, its head frozen and repeated on each page, rows as wide as they are merged.
void FillSheet(lxw_worksheet* sheet, const std::string& title, const Table& table, const Formats& formats) {
  lxw_col_t columns = lxw_col_t(table.widths.size());
  for (lxw_col_t c = 0; c < columns; ++c)
    worksheet_set_column(sheet, c, c, table.widths[c] / kMmInCharacter, nullptr);
  worksheet_set_row(sheet, 0, 30, nullptr);
  if (columns > 1)
    worksheet_merge_range(sheet, 0, 0, 0, lxw_col_t(columns - 1), title.c_str(), formats.title);
  else
    worksheet_write_string(sheet, 0, 0, title.c_str(), formats.title);
  lxw_row_t row = 1;
  for (size_t c = 0; c < table.head.size(); ++c)
    worksheet_write_string(sheet, row, lxw_col_t(c), table.head[c].c_str(), formats.head);
  if (!table.head.empty()) {
    ++row;
    worksheet_freeze_panes(sheet, row, 0);
    worksheet_repeat_rows(sheet, 0, lxw_row_t(row - 1));
  }
  for (const auto& cells : table.rows) {
    lxw_col_t column = 0;
    for (const Cell& cell : cells) {
      std::string text = CellText(cell.text.Plain());
      lxw_format* format = cell.head ? formats.head : formats.cell;
      lxw_col_t last = lxw_col_t(column + cell.span - 1);
      if (last > column)
        worksheet_merge_range(sheet, row, column, row, last, text.c_str(), format);
      else
        worksheet_write_string(sheet, row, column, text.c_str(), format);
      column = lxw_col_t(last + 1);
    }
    ++row;
  }
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9);
  worksheet_fit_to_pages(sheet, 1, 0);
}

std::string Oneline(std::string text) {
  std::erase(text, '\n');
  return text;
}

// The paper's paragraphs, one below the other.
Table TextSheet(const Paper& paper) {
  Table table;
  table.title = "正文";
  table.widths = {200};
  for (const Section& section : LayOut(paper))
    for (const auto& block : section.blocks)
      if (auto* p = std::get_if<Paragraph>(&block))
        if (p->style != Style::kTitle && !(p->text.empty() && p->label.empty()))
          table.rows.push_back({{.text = Text(p->label) << p->text}});
  return table;
}

std::vector<Table> SheetsOf(const Paper& paper) {
  std::vector<Table> out = paper.sheets;
  if (!out.empty()) return out;
  for (const Section& section : LayOut(paper))
    for (const auto& block : section.blocks)
      if (auto* table = std::get_if<Table>(&block)) out.push_back(*table);
  if (out.empty()) out.push_back(TextSheet(paper));
  return out;
}

Error Failed(const char* cause) {
  return {Code::kUnavailable, "表格没有写成，请检查磁盘空间后重试。", "", "export.failed", cause};
}

}  // namespace

Result<std::string> WritePaperXlsx(const Paper& paper) {
  TemporaryFile file;
  if (file.path().empty()) return Failed("mkstemp");
  lxw_workbook* book = workbook_new(file.path().c_str());
  if (!book) return Failed("workbook_new");
  Formats formats(book);
  int n = 0;
  for (const Table& table : SheetsOf(paper)) {
    if (++n > 250) break;
    // Two tasks may have one number, and a workbook no two sheets of one name.
    std::string name = SheetName(table.title);
    lxw_worksheet* sheet =
        workbook_get_worksheet_by_name(book, name.c_str())
            ? workbook_add_worksheet(book, SheetName(std::to_string(n) + " " + table.title).c_str())
            : workbook_add_worksheet(book, name.c_str());
    if (!sheet) {
      workbook_close(book);
      return Failed("worksheet");
    }
    FillSheet(sheet, n == 1 ? Oneline(paper.title) : table.title, table, formats);
  }
  lxw_error error = workbook_close(book);
  if (error != LXW_NO_ERROR) return Failed(lxw_strerror(error));
  std::ifstream in(file.path(), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  if (bytes.empty()) return Failed("read back");
  return bytes;
}

}  // namespace zg::paper
