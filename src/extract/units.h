#pragma once
// Lists of units, distributed and made canonical (domain.md, "Unit lists distribute and inherit"):
//   乌鲁木齐市、昌吉州党委、政府 → 乌鲁木齐市党委, 乌鲁木齐市政府, 昌吉州党委, 昌吉州政府
//   兵地生态环境、发改等相关部门 → 兵地生态环境部门, 兵地发改部门, and the list is open

#include <vector>

#include "extract/draft.h"
#include "extract/lexicon.h"

namespace zg {

struct UnitList {
  std::vector<UnitRef> units;  // each name once, in the order written
  bool open = false;
};

// Reads the list that stands in `pieces` of `text` (one piece for each line; `lines_separate`: a new line
// separates like 、, as in a table's cell). `role` is what the label said. Linear in the text.
UnitList ParseUnits(std::u32string_view text, const std::vector<Span>& pieces, const Lexicon& lexicon,
                    UnitRole role = UnitRole::kNone, bool lines_separate = false);

// Whether the words are one unit's name: a known region or one by its suffix with an organ, or a known
// department.
bool LooksLikeUnit(std::u32string_view words, const Lexicon& lexicon);

}  // namespace zg
