#pragma once
// What pages carry besides the text: headers, footers, page numbers.

#include <string_view>
#include <vector>

#include "document/budget.h"
#include "document/pdf/geometry.h"

namespace zg::document {

// Takes headers, footers and page numbers out of the pages: lines near the upper or lower edge that are a
// page number (3, – 3 –, 第3页 共9页, 3/9), or that stand at the same height with the same words, digits
// aside, on other pages too. A line in larger type than the text stays: it is a title.
void RemoveFurniture(std::vector<PageText>& pages, Budget& budget);

// True for the text of a page number line.
bool IsPageNumber(std::u32string_view line);

}  // namespace zg::document
