#pragma once
// Words of a page or a cell become lines of text.

#include <string>
#include <vector>

#include "document/budget.h"
#include "document/pdf/geometry.h"

namespace zg::document {

struct Line {
  Box box;
  double em = 0;          // width of a Chinese character of this line
  bool em_known = false;  // false: a guess from the height, the line has no Chinese
  std::u32string text;
  double first_unit = 0;  // width of what could have stood on the line above: a word, or a character with the
                          // punctuation that may not begin a line
};

// Lines from top to bottom, words of each from left to right. Spaces that the typesetter put between Chinese
// and digits (2017 年) are left out; wide gaps stay as one space. `rough`: boxes come from OCR, only very
// wide gaps count.
std::vector<Line> MakeLines(std::vector<Word> words, Budget& budget, bool rough = false);

// Where the text ends but for a closing punctuation mark, which may hang into the margin.
double HangingRight(const Line& line);

// Han characters, their punctuation and full-width forms.
bool IsCjk(char32_t c);

}  // namespace zg::document
