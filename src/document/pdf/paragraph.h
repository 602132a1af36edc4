#pragma once
// Hard-wrapped lines become paragraphs again.

#include <string>
#include <vector>

#include "document/pdf/flow.h"
#include "document/pdf/line.h"

namespace zg::document {

// A line with the margins it was set in.
struct SetLine {
  Line line;
  double left = 0, right = 0;
  int page = 0;
  int column = 0;  // lines of one column lie under each other
};

struct Paragraph {
  std::u32string text;
  int page = 0;    // where it begins
  double y = 0;    // of its first line on that page
  int column = 0;  // of its first line
};

// Joins lines of running text in reading order: a line goes on with the next where it reaches its right
// margin (the next line's first word would not have fitted), the next one is not indented, and size and
// distance agree. Goes over the ends of columns and pages.
std::vector<Paragraph> JoinText(const std::vector<SetLine>& lines);

// The same within a table cell whose text may be `width` wide, wherever its lines are aligned.
std::vector<std::u32string> JoinCell(const std::vector<Line>& lines, double width);

// 一、 （一） 1. 1、 (1) ① 第一章 at the start: an item of a list begins here.
bool BeginsItem(std::u32string_view text);

}  // namespace zg::document
