#pragma once
// Title, issuer and date of a document.

#include <vector>

#include "extract/draft.h"
#include "extract/scan.h"

namespace zg {

// Fills title, issuer and date of `draft`. `first`: index of the first token that belongs to the content
// (numbered problem or label), tokens before it may be title. Returns the spans that the signature takes, to
// be cut from the last entry's text.
std::vector<Span> ReadTitle(const Document& document, const std::vector<Token>& tokens, size_t first,
                            const Lexicon& lexicon, Draft& draft);

}  // namespace zg
