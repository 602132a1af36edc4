#pragma once
// A ruled table with its words, which may go on over several pages.

#include <string>
#include <vector>

#include "document/builder.h"
#include "document/pdf/grid.h"
#include "document/pdf/line.h"

namespace zg::document {

struct TableCell {
  double x0 = 0, x1 = 0;
  int row = 0, row_span = 1;  // rows of the whole table, from 0
  int page = 0;
  std::vector<Line> lines;
};

class PdfTable {
 public:
  // Takes the words that stand in the grid out of `page`.
  PdfTable(const Grid& grid, PageText& page, Budget& budget);

  const Box& box() const { return box_; }  // on its first page
  int page() const { return page_; }
  bool empty() const;

  // True where `next`, first on the page after this table's last one, has the same sides.
  bool GoesOnIn(const PdfTable& next) const;
  // Adds the rows of `next`. A heading row that comes again is left out; a row that was cut by the page's end
  // is put together again.
  void Append(PdfTable&& next);
  int last_page() const { return last_page_; }

  // One block for each paragraph of each cell, in rows.
  void Emit(int number, Builder& builder) const;

 private:
  std::vector<const TableCell*> Row(int row) const;
  bool RepeatsHeading(const PdfTable& next) const;
  bool CutsRow(const PdfTable& next) const;
  double Padding() const;

  Box box_;
  int page_ = 0, last_page_ = 0;
  int rows_ = 0;
  std::vector<double> xs_;
  std::vector<TableCell> cells_;
};

}  // namespace zg::document
