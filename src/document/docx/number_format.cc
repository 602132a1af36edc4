#include "document/docx/number_format.h"

#include <array>
#include <unordered_map>

#include "base/numeral.h"

namespace zg::document {
namespace {

std::u32string Decimal(int n) {
  std::string digits = std::to_string(n);
  return {digits.begin(), digits.end()};
}

std::u32string WithDigits(int n, std::u32string_view digits) {
  std::u32string out;
  for (char32_t c : Decimal(n)) out += c == U'-' ? c : digits[c - U'0'];
  return out;
}

// The row starts again after its end: 甲 … 癸, 甲.
std::u32string FromCycle(int n, std::u32string_view row) {
  return n >= 1 ? std::u32string(1, row[(n - 1) % row.size()]) : Decimal(n);
}

std::u32string FromRange(int n, char32_t first, int count) {
  return n >= 1 && n <= count ? std::u32string(1, first + (n - 1)) : Decimal(n);
}

// a … z, aa, bb, …: the letter is repeated, as Word does it.
std::u32string Letters(int n, char32_t a) {
  if (n < 1 || n > 780) return Decimal(n);
  return std::u32string((n - 1) / 26 + 1, a + (n - 1) % 26);
}

std::u32string Roman(int n, bool upper) {
  if (n < 1 || n > 3999) return Decimal(n);
  static constexpr std::array<std::pair<int, std::u32string_view>, 13> kParts = {{{1000, U"m"},
                                                                                  {900, U"cm"},
                                                                                  {500, U"d"},
                                                                                  {400, U"cd"},
                                                                                  {100, U"c"},
                                                                                  {90, U"xc"},
                                                                                  {50, U"l"},
                                                                                  {40, U"xl"},
                                                                                  {10, U"x"},
                                                                                  {9, U"ix"},
                                                                                  {5, U"v"},
                                                                                  {4, U"iv"},
                                                                                  {1, U"i"}}};
  std::u32string out;
  for (auto [value, letters] : kParts) {
    for (; n >= value; n -= value) out += letters;
  }
  if (upper) {
    for (char32_t& c : out) c -= U'a' - U'A';
  }
  return out;
}

std::u32string Thousand(int n) {
  return n >= 0 && n < 100'000 ? ChineseNumeral(n) : Decimal(n);
}

// 十-numbers up to 99, digit by digit above: 一〇五.
std::u32string Counting(int n) {
  return n >= 1 && n < 100 ? ChineseNumeral(n) : WithDigits(n, U"〇一二三四五六七八九");
}

// 壹拾贰: the characters of cheques.
std::u32string Legal(int n) {
  static const std::unordered_map<char32_t, char32_t> kLegal = {
      {U'〇', U'零'}, {U'零', U'零'}, {U'一', U'壹'}, {U'二', U'贰'}, {U'三', U'叁'},
      {U'四', U'肆'}, {U'五', U'伍'}, {U'六', U'陆'}, {U'七', U'柒'}, {U'八', U'捌'},
      {U'九', U'玖'}, {U'十', U'拾'}, {U'百', U'佰'}, {U'千', U'仟'}};
  std::u32string out = Thousand(n);
  if (n >= 10 && n < 20) out.insert(0, 1, U'一');
  for (char32_t& c : out) {
    if (auto it = kLegal.find(c); it != kLegal.end()) c = it->second;
  }
  return out;
}

std::u32string Circled(int n) {
  if (n == 0) return U"⓪";
  if (n >= 21 && n <= 35) return std::u32string(1, U'㉑' + (n - 21));
  if (n >= 36 && n <= 50) return std::u32string(1, U'㊱' + (n - 36));
  return FromRange(n, U'①', 20);
}

using Formatter = std::u32string (*)(int);

const std::unordered_map<std::string_view, Formatter>& Formatters() {
  static const std::unordered_map<std::string_view, Formatter> kFormatters = {
      {"none", [](int) { return std::u32string(); }},
      {"decimalZero", [](int n) { return (n >= 0 && n < 10 ? U"0" : U"") + Decimal(n); }},
      {"decimalFullWidth", [](int n) { return WithDigits(n, U"０１２３４５６７８９"); }},
      {"decimalFullWidth2", [](int n) { return WithDigits(n, U"０１２３４５６７８９"); }},
      {"chineseCounting", Counting},
      {"taiwaneseCounting", Counting},
      {"koreanDigital2", Counting},
      {"chineseCountingThousand", Thousand},
      {"taiwaneseCountingThousand", Thousand},
      {"japaneseCounting", Thousand},
      {"chineseLegalSimplified", Legal},
      {"ideographLegalTraditional", Legal},
      {"japaneseLegal", Legal},
      {"ideographDigital", [](int n) { return WithDigits(n, U"〇一二三四五六七八九"); }},
      {"japaneseDigitalTenThousand", [](int n) { return WithDigits(n, U"〇一二三四五六七八九"); }},
      {"taiwaneseDigital", [](int n) { return WithDigits(n, U"〇一二三四五六七八九"); }},
      {"ideographTraditional", [](int n) { return FromCycle(n, U"甲乙丙丁戊己庚辛壬癸"); }},
      {"ideographZodiac", [](int n) { return FromCycle(n, U"子丑寅卯辰巳午未申酉戌亥"); }},
      {"ideographEnclosedCircle", [](int n) { return FromRange(n, U'㊀', 10); }},
      {"upperLetter", [](int n) { return Letters(n, U'A'); }},
      {"lowerLetter", [](int n) { return Letters(n, U'a'); }},
      {"upperRoman", [](int n) { return Roman(n, true); }},
      {"lowerRoman", [](int n) { return Roman(n, false); }},
      {"decimalEnclosedCircle", Circled},
      {"decimalEnclosedCircleChinese", Circled},
      {"decimalEnclosedParen", [](int n) { return FromRange(n, U'⑴', 20); }},
      {"decimalEnclosedFullstop", [](int n) { return FromRange(n, U'⒈', 20); }},
      {"numberInDash", [](int n) { return U"- " + Decimal(n) + U" -"; }},
  };
  return kFormatters;
}

}  // namespace

std::u32string FormatNumber(std::string_view format, int number) {
  auto it = Formatters().find(format);
  return it == Formatters().end() ? Decimal(number) : it->second(number);
}

}  // namespace zg::document
