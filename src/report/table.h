#pragma once
// A table is a model before it is a file: columns with their widths, cells with their kinds.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace zg {

struct TableColumn {
  std::string name;   // stable, for programs: "due"
  std::string title;  // for people: 整改时限
  double width = 12;  // in characters of the standard font
  bool wrap = false;
};

using TableCell = std::variant<std::monostate, std::string, int64_t, Date>;

struct Table {
  std::string title;  // of the sheet; at most 31 characters are used
  std::vector<TableColumn> columns;
  std::vector<std::vector<TableCell>> rows;  // each as long as `columns`
};

// An .xlsx file: head row in bold and frozen with a filter on it, days as dates, long texts wrapped; text is
// never taken for a formula. kUnavailable (export.failed).
Result<std::string> WriteXlsx(const Table& table);
// UTF-8 with BOM, so that spreadsheet programs take it as such; RFC 4180 quoting; a leading ' guards cells
// that such a program would run as a formula.
std::string WriteCsv(const Table& table);

}  // namespace zg
