#pragma once
// The known name that a mistyped one most likely meant.

#include <span>
#include <string>
#include <string_view>

namespace zg {

// The candidate with the smallest edit distance to `word`, or "" where none is within a third of its length
// (at least 2). Cost: |word| × the sum of the candidates' lengths.
std::string Nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace zg
