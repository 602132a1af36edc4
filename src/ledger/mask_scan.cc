#include "ledger/mask_scan.h"

#include <algorithm>

#include "base/date.h"

namespace zg {
namespace {

using Text = std::u32string_view;
using Spans = std::vector<Span>;

char32_t At(Text t, size_t i) {
  return i < t.size() ? FoldWidth(t[i]) : U'\0';
}
Span Of(size_t begin, size_t end) {
  return {uint32_t(begin), uint32_t(end)};
}
// The length of the longest of `words` that stands at `i`; 0: none does.
size_t WordAt(Text t, size_t i, const std::vector<std::u32string>& words) {
  size_t longest = 0;
  for (const auto& word : words)
    if (word.size() > longest && i <= t.size() && t.substr(i, word.size()) == word) longest = word.size();
  return longest;
}
size_t SkipSpace(Text t, size_t i) {
  while (i < t.size() && IsSpace(t[i])) ++i;
  return i;
}
size_t DigitsAt(Text t, size_t i) {
  size_t n = 0;
  while (IsDigit(At(t, i + n))) ++n;
  return n;
}
bool IsDash(char32_t c) {
  return c == '-' || c == U'－' || c == U'—' || c == U'–' || c == U'‑';
}
// A number that begins here and is no part of a longer one.
bool NumberBegins(Text t, size_t i) {
  if (!IsDigit(At(t, i))) return false;
  if (i == 0) return true;
  char32_t before = At(t, i - 1);
  return !IsDigit(before) && !IsAsciiAlpha(before) && before != '.' && before != '_';
}

// ---- names

bool EndsName(const MaskRule& rule, Text t, size_t i) {
  if (i >= t.size()) return true;
  char32_t c = t[i];
  if (!IsHan(c) && c != U'·') return true;
  return WordAt(t, i, rule.until) > 0;
}

// Where the name that begins at `i` ends; `hidden` where the part to hide begins. 0: no name.
size_t NameAt(const MaskRule& rule, Text t, size_t i, size_t* hidden) {
  size_t run = i, dot = 0;
  for (; run < t.size() && run - i < 20; ++run) {
    if (t[run] == U'·' || t[run] == U'•')
      dot = run;
    else if (!IsHan(t[run]) || (run > i && WordAt(t, run, rule.until)))
      break;
  }
  if (dot > i) {  // 买买提·艾力: no surname to keep
    *hidden = i;
    return std::min(run, dot + 7);
  }
  size_t surname = WordAt(t, i, rule.surnames_of_two);
  if (!surname && i < t.size() && rule.surnames.find(t[i]) != rule.surnames.npos) surname = 1;
  if (!surname) return 0;
  *hidden = i + surname;
  for (size_t given = 1; given <= 2; ++given) {
    size_t end = i + surname + given;
    bool han = true;
    for (size_t k = i + surname; k < end; ++k) han = han && k < t.size() && IsHan(t[k]);
    if (han && EndsName(rule, t, end)) return end;
  }
  return 0;
}

size_t AfterLabel(const MaskRule& rule, Text t, size_t i) {
  for (int part = 0; part < 4; ++part) {
    i = SkipSpace(t, i);
    char32_t c = At(t, i);
    if (c == '(') {  // （签字）
      size_t close = i + 1;
      while (close < t.size() && close - i < 16 && At(t, close) != ')') ++close;
      if (At(t, close) != ')') return i;
      i = close + 1;
    } else if (c == ':') {
      ++i;
    } else if (size_t n = WordAt(t, i, rule.between)) {
      i += n;
    } else {
      break;
    }
  }
  return SkipSpace(t, i);
}

bool IsBetweenNames(char32_t c) {
  return c == U'、' || c == U'和' || c == U'及' || c == '/';
}

Spans Names(const MaskRule& rule, Text t) {
  Spans found;
  for (size_t i = 0; i < t.size(); ++i) {
    size_t label = WordAt(t, i, rule.after);
    if (!label) continue;
    size_t at = AfterLabel(rule, t, i + label);
    for (int more = 0; more < 20; ++more) {
      size_t hidden = 0;
      size_t end = NameAt(rule, t, at, &hidden);
      if (!end) break;
      found.push_back(Of(hidden, end));
      at = SkipSpace(t, end);
      if (!IsBetweenNames(At(t, at))) at = SkipSpace(t, at + WordAt(t, at, rule.until));  // a title
      if (!IsBetweenNames(At(t, at))) break;
      at = SkipSpace(t, at + 1);
    }
  }
  return found;
}

// ---- numbers

// "138 1234 5678", "138-1234-5678", "13812345678": the end, 0: none.
size_t MobileAt(Text t, size_t i) {
  if (At(t, i) != '1' || At(t, i + 1) < '3') return 0;
  size_t digits = 0, at = i;
  while (digits < 11) {
    if (IsDigit(At(t, at))) {
      ++digits, ++at;
    } else if ((digits == 3 || digits == 7) && (IsDash(At(t, at)) || At(t, at) == ' ') &&
               IsDigit(At(t, at + 1))) {
      ++at;
    } else {
      return 0;
    }
  }
  return IsDigit(At(t, at)) || (At(t, at) == '.' && IsDigit(At(t, at + 1))) ? 0 : at;
}

// 0991-1234567, （0991）1234567, 010 12345678, with -801 behind it: the end.
size_t LandlineAt(Text t, size_t i) {
  size_t area = DigitsAt(t, i);
  if (At(t, i) != '0' || area < 3) return 0;
  size_t at = i + area;
  if (area == 3 || area == 4) {
    if (At(t, at) == ')') ++at;
    if (IsDash(At(t, at)) || At(t, at) == ' ') ++at;
    size_t number = DigitsAt(t, at);
    if (number != 7 && number != 8) return 0;
    at += number;
  } else if (area < 10 || area > 12) {
    return 0;
  }
  size_t inner = IsDash(At(t, at)) ? DigitsAt(t, at + 1) : 0;
  return inner >= 2 && inner <= 5 ? at + 1 + inner : at;
}

bool IsKept(const MaskRule& rule, Text number) {
  return std::find(rule.keep.begin(), rule.keep.end(), number) != rule.keep.end();
}

// Whether one of the rule's labels stands before `i`, with nothing but a colon, brackets and spaces between.
bool StandsAfterLabel(const MaskRule& rule, Text t, size_t i) {
  size_t at = i;
  while (at > 0 && i - at < 4) {
    char32_t c = At(t, at - 1);
    if (c != ':' && c != '(' && c != ')' && c != U'为' && c != U'是' && !IsSpace(c)) break;
    --at;
  }
  for (const auto& label : rule.after)
    if (at >= label.size() && t.substr(at - label.size(), label.size()) == label) return true;
  return false;
}

Spans Phones(const MaskRule& rule, Text t) {
  Spans found;
  for (size_t i = 0; i < t.size(); ++i) {
    if (!NumberBegins(t, i)) continue;
    size_t end = MobileAt(t, i);
    if (!end) end = LandlineAt(t, i);
    size_t digits = DigitsAt(t, i);
    if (!end && digits >= 5 && digits <= 8 && StandsAfterLabel(rule, t, i)) end = i + digits;
    if (!end || IsKept(rule, t.substr(i, end - i)) || WordAt(t, end, rule.not_before)) continue;
    found.push_back(Of(i, end));
    i = end - 1;
  }
  return found;
}

int Number(Text t, size_t i, size_t n) {
  int value = 0;
  for (size_t k = 0; k < n; ++k) value = value * 10 + int(FoldWidth(t[i + k]) - '0');
  return value;
}

// GB 11643-1999: region, day of birth, order, check digit; the old ones of 15 digits only behind their name.
Spans IdCards(const MaskRule&, Text t) {
  Spans found;
  for (size_t i = 0; i < t.size(); ++i) {
    if (!NumberBegins(t, i)) continue;
    size_t digits = DigitsAt(t, i);
    bool letter = digits == 17 && (At(t, i + 17) == 'X' || At(t, i + 17) == 'x');
    if (digits == 18 || letter) {
      if (At(t, i) != '0' && Date::Make(Number(t, i + 6, 4), Number(t, i + 10, 2), Number(t, i + 12, 2)))
        found.push_back(Of(i, i + 18));
    } else if (digits == 15) {
      static const std::u32string kNames[] = {U"身份证", U"证件号", U"身份证号", U"身份证号码", U"证件号码"};
      MaskRule named;
      named.after.assign(std::begin(kNames), std::end(kNames));
      if (StandsAfterLabel(named, t, i)) found.push_back(Of(i, i + 15));
    }
    i += digits - 1;
  }
  return found;
}

Spans Accounts(const MaskRule& rule, Text t) {
  Spans found;
  for (size_t i = 0; i < t.size(); ++i) {
    if (!NumberBegins(t, i) || !StandsAfterLabel(rule, t, i)) continue;
    size_t end = i, digits = 0;
    while (IsDigit(At(t, end)) || ((At(t, end) == ' ' || IsDash(At(t, end))) && IsDigit(At(t, end + 1))))
      digits += IsDigit(At(t, end++));
    if (digits >= 8 && digits <= 32) found.push_back(Of(i, end));
    i = std::max(i, end - 1);
  }
  return found;
}

// ---- what has an @, a place, a plate

bool IsMailChar(char32_t c) {
  return IsAsciiAlpha(c) || IsDigit(c) || c == '.' || c == '_' || c == '-' || c == '+';
}

Spans Emails(const MaskRule&, Text t) {
  Spans found;
  for (size_t i = 0; i < t.size(); ++i) {
    if (At(t, i) != '@') continue;
    size_t begin = i, end = i + 1;
    while (begin > 0 && IsMailChar(At(t, begin - 1))) --begin;
    while (IsMailChar(At(t, end))) ++end;
    while (end > i && At(t, end - 1) == '.') --end;
    bool dotted =
        t.substr(i, end - i).find(U'.') != Text::npos || t.substr(i, end - i).find(U'．') != Text::npos;
    if (begin < i && dotted) found.push_back(Of(begin, end));
  }
  return found;
}

bool IsHouseNumber(char32_t c) {
  static constexpr Text kHan = U"〇零一二三四五六七八九十百甲乙丙丁";
  return IsDigit(c) || kHan.find(c) != Text::npos || (c >= 'A' && c <= 'Z') || c == '-';
}

Spans Addresses(const MaskRule& rule, Text t) {
  Spans found;
  for (size_t i = 0; i < t.size(); ++i) {
    size_t place = WordAt(t, i, rule.after);
    if (!place) continue;
    size_t begin = i + place, end = begin;
    for (;;) {
      size_t at = end;
      while (IsHouseNumber(At(t, at)) && at - end < 6) ++at;
      size_t word = at > end ? WordAt(t, at, rule.until) : 0;
      if (!word) break;
      end = at + word;
    }
    if (end == begin || WordAt(t, end, rule.not_before)) continue;
    found.push_back(Of(begin, end));
    i = end - 1;
  }
  return found;
}

Spans Plates(const MaskRule& rule, Text t) {
  Spans found;
  for (size_t i = 0; i + 6 < t.size(); ++i) {
    size_t at = i + WordAt(t, i, rule.after);
    if (at == i || At(t, at) < 'A' || At(t, at) > 'Z') continue;
    ++at;
    if (At(t, at) == U'·' || At(t, at) == U'•' || At(t, at) == ' ') ++at;
    size_t n = 0, digits = 0;
    while (n < 7 && (IsDigit(At(t, at + n)) || (At(t, at + n) >= 'A' && At(t, at + n) <= 'Z')))
      digits += IsDigit(At(t, at + n++));
    if ((n == 5 || n == 6) && digits >= 3) found.push_back(Of(i, at + n));
  }
  return found;
}

}  // namespace

Spans ScanFor(const MaskRule& rule, Text text) {
  switch (rule.how) {
    case MaskHow::kName:
      return Names(rule, text);
    case MaskHow::kPhone:
      return Phones(rule, text);
    case MaskHow::kIdCard:
      return IdCards(rule, text);
    case MaskHow::kEmail:
      return Emails(rule, text);
    case MaskHow::kAddress:
      return Addresses(rule, text);
    case MaskHow::kPlate:
      return Plates(rule, text);
    case MaskHow::kAccount:
      return Accounts(rule, text);
  }
  return {};
}

}  // namespace zg
