#pragma once
// Text as a workbook can hold it. Inside of report/ only.

#include <string>

namespace zg {

// The sheet's name without the characters that a spreadsheet forbids, at most 31.
std::string SheetName(const std::string& title);
// At most 32,000 characters.
std::string CellText(const std::string& text);

}  // namespace zg
