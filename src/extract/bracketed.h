#pragma once
// Fields in brackets behind a problem: 某河水质差。（责任单位：甲县政府；整改时限：2024年底前）

#include <vector>

#include "extract/outline.h"

namespace zg {

// Takes the brackets out of `pieces` and returns the fields that stood in them; empty, and `pieces` as they
// were, where no brackets begin with a label and a colon. Linear in the text.
std::vector<FieldText> TakeBracketed(std::u32string_view text, std::vector<Span>& pieces,
                                     const Lexicon& lexicon);

// (label, value) pairs of what stands between two brackets; a value ends at a semicolon, or where the next
// label begins.
std::vector<FieldText> LabelledParts(std::u32string_view text, Span inside, const Lexicon& lexicon);

}  // namespace zg
