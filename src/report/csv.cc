#include "report/table.h"

namespace zg {
namespace {

// =1+1, +1, -1, @SUM, and the same behind a tab or a line break, are formulas to a spreadsheet program.
bool LooksLikeFormula(const std::string& text) {
  return !text.empty() && std::string("=+-@\t\r\n").find(text[0]) != std::string::npos;
}

std::string TextOf(const TableCell& cell) {
  if (auto* text = std::get_if<std::string>(&cell)) return (LooksLikeFormula(*text) ? "'" : "") + *text;
  if (auto* number = std::get_if<int64_t>(&cell)) return std::to_string(*number);
  if (auto* date = std::get_if<Date>(&cell)) return date->Iso();
  return "";
}

std::string Quoted(const std::string& text) {
  if (text.find_first_of("\",\r\n") == text.npos) return text;
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string WriteCsv(const Table& table) {
  std::string out = "\xEF\xBB\xBF";
  for (size_t i = 0; i < table.columns.size(); ++i) out += (i ? "," : "") + Quoted(table.columns[i].title);
  out += "\r\n";
  for (const auto& row : table.rows) {
    for (size_t i = 0; i < row.size(); ++i) out += (i ? "," : "") + Quoted(TextOf(row[i]));
    out += "\r\n";
  }
  return out;
}

}  // namespace zg
