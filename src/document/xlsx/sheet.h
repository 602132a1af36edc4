#pragma once
// One sheet of a workbook becomes cells.

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "document/builder.h"
#include "document/xlsx/number_format.h"

namespace zg::document {

// What the sheets of a workbook share.
struct Workbook {
  std::vector<std::u32string> strings;
  std::vector<NumberFormat> formats;  // by style number (cellXfs)
  bool date1904 = false;
};

// "BC12" gives row 12, column 55; zeros where it is not a reference, or beyond Excel's grid.
struct CellReference {
  int row = 0;
  int column = 0;
};
CellReference ParseCellReference(std::string_view text);

// Adds the sheet's cells; `place` brings the sheet's name and number.
void ReadSheet(pugi::xml_node worksheet, const Workbook& workbook, const Place& place, Builder& builder);

// The text of a string item (si, is): plain or rich, without phonetic guides.
std::u32string StringItem(pugi::xml_node item);

}  // namespace zg::document
