#pragma once
// Joins the pieces of a passage (lines of a wrapped paragraph, paragraphs of an item) into one text.

#include <string>
#include <vector>

#include "extract/draft.h"

namespace zg {

// White space inside lines stays only between Latin letters and digits; wraps are joined; a piece that ends a
// sentence well before the line is full ends a paragraph ('\n'). `full_line`: usual length of a wrapped line,
// 0 where lines are whole paragraphs. Span: first to last character.
Passage JoinPieces(std::u32string_view text, const std::vector<Span>& pieces, uint32_t full_line = 0);

// The words of one span, cleaned in the same way.
std::string CleanText(std::u32string_view text, Span span);

// Usual length of a line in a document whose paragraphs are cut into lines; 0 where they are not.
uint32_t FullLine(std::u32string_view text, const std::vector<Span>& lines);

}  // namespace zg
