#pragma once
// References upward (（自治区序号三）) and wrappings (关于“…”问题) around a problem's wording.

#include <optional>
#include <vector>

#include "extract/lexicon.h"

namespace zg {

struct UpstreamRef {
  int number = 0;
  Span span;  // with its brackets
};

// Finds the reference in the problem's pieces and cuts it out of them.
std::optional<UpstreamRef> TakeUpstream(std::u32string_view text, std::vector<Span>& pieces,
                                        const Lexicon& lexicon);

// 关于“…”问题。 → …: leaves what stands inside the quotation marks.
void Unwrap(std::u32string_view text, std::vector<Span>& pieces, const Lexicon& lexicon);

// The first number in squeezed words: 省序号3 → 3, 第十二项 → 12, 第6项第1个问题 → 6.
std::optional<int> FirstNumber(std::u32string_view words);

}  // namespace zg
