#pragma once
// Between which margins the text of a page was set: what tells a full line from a short one.

#include <map>
#include <vector>

#include "document/pdf/paragraph.h"

namespace zg::document {

// Sets left and right of these lines, which stand in no columns. A page shows its right margin where several
// lines end there; one that does not takes the document's, and where no page shows it, the right margin is as
// wide as the left. `widths`: of the pages, by number.
void SetMargins(const std::vector<SetLine*>& lines, const std::map<int, double>& widths);

}  // namespace zg::document
