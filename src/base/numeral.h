#pragma once
// Numbers as documents write them: 12, １２, 十二, 一百零三, 二〇二四.

#include <cstdint>
#include <optional>
#include <string_view>

namespace zg {

// 十二 → 12, 一百零三 → 103, 廿一 → 21, 两千 → 2000, 二〇二四 / 二○二四 / 二0二四 → 2024. nullopt for
// anything else, the empty text and values over 10^12 included. Linear in the text.
std::optional<int64_t> ParseChineseNumeral(std::u32string_view text);
// Digits, full-width digits or a Chinese numeral.
std::optional<int64_t> ParseInteger(std::u32string_view text);
bool IsChineseNumeralChar(char32_t c);
// 1 → 一, 12 → 十二, 103 → 一百零三; 0 → 〇. Precondition: 0 ≤ n < 100000.
std::u32string ChineseNumeral(int n);

}  // namespace zg
