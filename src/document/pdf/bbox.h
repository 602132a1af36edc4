#pragma once
// Reads what `pdftotext -bbox-layout` prints: words with their boxes, page by page.

#include <string_view>
#include <vector>

#include "document/budget.h"
#include "document/pdf/geometry.h"

namespace zg::document {

// Pages in order, numbered from `first_page`. Boxes that are no boxes (not finite, outside the page by far)
// are left out, so are words beyond 50,000 of a page. Stops with the budget; what is not understood is
// skipped.
std::vector<PageText> ParseBboxLayout(std::string_view xhtml, int first_page, Budget& budget);

}  // namespace zg::document
