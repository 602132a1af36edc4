#pragma once
// Text is code points (char32_t), because spans in documents count characters: 第 is one, not three bytes.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace zg {

// [begin, end) in code points of one document's text.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool empty() const { return end <= begin; }
  uint32_t size() const { return empty() ? 0 : end - begin; }
  bool contains(Span s) const { return begin <= s.begin && s.end <= end; }
  friend auto operator<=>(const Span&, const Span&) = default;
};

// UTF-8 to code points. Bytes that are not UTF-8 become U+FFFD, one for each byte.
std::u32string ToUtf32(std::string_view utf8);
// Surrogates and values over 0x10FFFF become U+FFFD.
std::string ToUtf8(std::u32string_view text);
void AppendUtf8(std::string& out, char32_t c);
// The code point at `at`, which is before the end, U+FFFD where the bytes are none; → how many bytes it
// takes.
size_t NextUtf8(std::string_view utf8, size_t at, char32_t& c);
// Strict: no overlong forms, no surrogates.
bool IsUtf8(std::string_view bytes);

// The part of `text` in `span`, cut to the text's end.
std::u32string_view Slice(std::u32string_view text, Span span);

// White space as documents have it: ASCII, U+00A0, U+3000, U+2000–200B, U+FEFF.
inline bool IsSpace(char32_t c) {
  if (c > 0x20 && c < 0x85) return false;      // ASCII
  if (c > 0x3000 && c < 0xFEFF) return false;  // Han
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x3000 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0xFEFF;
}
// CJK ideographs, with extension A, 〇 and compatibility ideographs.
bool IsHan(char32_t c);
// 0–9 and full-width ０–９
inline bool IsDigit(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}
inline bool IsAsciiAlpha(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
// Full-width ASCII to ASCII (（ → (), others unchanged; U+3000 to space.
inline char32_t FoldWidth(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  return c == 0x3000 ? U' ' : c;
}

std::u32string_view Trim(std::u32string_view text);
// `text` without any white space, widths folded: how two wordings are compared.
std::u32string Squeeze(std::u32string_view text);

bool StartsWith(std::u32string_view text, std::u32string_view prefix);
bool EndsWith(std::u32string_view text, std::u32string_view suffix);

}  // namespace zg
