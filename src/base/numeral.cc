#include "base/numeral.h"

#include <string>

#include "base/text.h"

namespace zg {
namespace {

int Digit(char32_t c) {
  switch (c) {
    case U'〇':
    case U'○':
    case U'Ｏ':
    case U'零':
    case U'０':
    case U'0':
    case U'О':
    case U'◯':
      return 0;
    case U'一':
    case U'壹':
    case U'元':
      return 1;
    case U'二':
    case U'两':
    case U'贰':
      return 2;
    case U'三':
    case U'叁':
      return 3;
    case U'四':
    case U'肆':
      return 4;
    case U'五':
    case U'伍':
      return 5;
    case U'六':
    case U'陆':
      return 6;
    case U'七':
    case U'柒':
      return 7;
    case U'八':
    case U'捌':
      return 8;
    case U'九':
    case U'玖':
      return 9;
    default:
      return -1;
  }
}

int64_t Unit(char32_t c) {
  switch (c) {
    case U'十':
    case U'拾':
      return 10;
    case U'百':
    case U'佰':
      return 100;
    case U'千':
    case U'仟':
      return 1000;
    case U'万':
      return 10000;
    case U'亿':
      return 100000000;
    default:
      return 0;
  }
}

}  // namespace

bool IsChineseNumeralChar(char32_t c) {
  return (Digit(c) >= 0 && !IsDigit(c) && c != U'元' && c != U'Ｏ' && c != U'О') || Unit(c) != 0 ||
         c == U'廿' || c == U'卅';
}

std::optional<int64_t> ParseChineseNumeral(std::u32string_view t) {
  if (t.empty() || t.size() > 24) return std::nullopt;
  bool has_unit = false;
  for (char32_t c : t) has_unit = has_unit || Unit(c) || c == U'廿' || c == U'卅';
  if (!has_unit) {  // digit by digit
    int64_t n = 0;
    for (char32_t c : t) {
      int d = Digit(c);
      if (d < 0 || t.size() > 12) return std::nullopt;
      n = n * 10 + d;
    }
    return n;
  }
  int64_t total = 0, section = 0, digit = -1;
  for (char32_t c : t) {
    if (c == U'廿' || c == U'卅') {
      if (digit > 0) return std::nullopt;
      section += c == U'廿' ? 20 : 30;
      digit = -1;
    } else if (int d = Digit(c); d >= 0) {
      if (digit > 0) return std::nullopt;
      digit = d;
    } else if (int64_t u = Unit(c); u >= 10000) {
      section += digit > 0 ? digit : 0;
      if (section == 0) return std::nullopt;
      if (u == 100000000) {
        total = (total + section) * u;
      } else {
        total += section * u;
      }
      section = 0, digit = -1;
    } else if (u) {
      if (digit < 0 && u != 10) return std::nullopt;
      section += (digit <= 0 ? 1 : digit) * u;
      digit = -1;
    } else {
      return std::nullopt;
    }
    if (total > 1000000000000) return std::nullopt;
  }
  return total + section + (digit > 0 ? digit : 0);
}

std::optional<int64_t> ParseInteger(std::u32string_view t) {
  if (t.empty()) return std::nullopt;
  int64_t n = 0;
  size_t digits = 0;
  for (char32_t c : t) {
    c = FoldWidth(c);
    if (c < '0' || c > '9') return ParseChineseNumeral(t);
    if (++digits > 15) return std::nullopt;
    n = n * 10 + (c - '0');
  }
  return n;
}

std::u32string ChineseNumeral(int n) {
  static constexpr char32_t kDigits[] = U"〇一二三四五六七八九";
  static constexpr char32_t kUnits[] = {0, U'十', U'百', U'千', U'万'};
  if (n == 0) return U"〇";
  std::u32string out;
  bool gap = false;
  int power = 1, place = 0;
  while (n / power >= 10) power *= 10, ++place;
  bool first = true;
  for (; power; power /= 10, --place) {
    int d = n / power % 10;
    if (d == 0) {
      gap = true;
      continue;
    }
    if (gap && !first) out += U'零';
    gap = false;
    if (!(first && place == 1 && d == 1)) out += kDigits[d];
    if (place) out += kUnits[place];
    first = false;
  }
  return out;
}

}  // namespace zg
