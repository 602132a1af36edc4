#pragma once
// Characters of symbol fonts (Wingdings, Symbol), which stand at private code points, as the Unicode they
// look like.

#include <string_view>

namespace zg::document {

// `code` as Word writes it (F0FE or FE). Unknown: a bullet where `code` is private use, else `code` itself.
char32_t FromSymbolFont(std::string_view font, char32_t code);

}  // namespace zg::document
