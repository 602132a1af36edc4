#pragma once
// Quantified aims in goals and measures: 再生水回用率达到40%, 不超过35微克/立方米, 达到V类.

#include <vector>

#include "extract/draft.h"
#include "extract/lexicon.h"

namespace zg {

// Targets in `span` of `text`. `year`: as in FindDates. One sentence that names two places gives one target
// for each.
std::vector<Target> FindTargets(std::u32string_view text, Span span, const Lexicon& lexicon, int year = 0);

}  // namespace zg
