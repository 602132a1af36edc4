#pragma once
// Words and drawn lines of pages become a Document.

#include <vector>

#include "document/builder.h"
#include "document/pdf/geometry.h"

namespace zg::document {

struct PageContent {
  PageText text;
  Rules rules;  // empty: tables are not looked for
};

// Adds the blocks of all pages, in order: furniture removed, columns in reading order, wraps joined, ruled
// tables as cells. Pure but for the budget.
void LayOut(std::vector<PageContent> pages, Builder& builder);

}  // namespace zg::document
