#pragma once
// Excel workbooks (xlsx, xlsm; strict and transitional).

#include "base/result.h"
#include "document/budget.h"
#include "document/document.h"

namespace zg::document {

// Every sheet that is shown is one table; row and column are the sheet's own. A cell with line breaks gives
// one block for each line. Formulas show the value that was saved with them; numbers as NumberFormat says.
// Hidden and empty sheets are left out, the hidden ones with a note; `hidden_sheets` reads the hidden ones
// too.
Result<Document> ReadXlsx(std::string_view bytes, Budget& budget, bool hidden_sheets = false);

}  // namespace zg::document
