#include "extract/numbering.h"

#include "base/numeral.h"

namespace zg {
namespace {

uint32_t SkipSpace(std::u32string_view s, uint32_t i) {
  while (i < s.size() && IsSpace(s[i])) ++i;
  return i;
}

NumberLabel Made(NumberStyle style, int64_t number, std::u32string_view line, uint32_t end, int sub = 0) {
  NumberLabel n;
  if (number < 0 || number > 9999) return n;
  n.style = style;
  n.number = static_cast<int>(number);
  n.sub = sub;
  n.label_length = end;
  n.length = SkipSpace(line, end);
  return n;
}

// The run of Chinese numerals at `i`; its end.
uint32_t ChineseRun(std::u32string_view s, uint32_t i) {
  while (i < s.size() && IsChineseNumeralChar(s[i]) && s[i] != U'万' && s[i] != U'亿' && s[i] != U'两') ++i;
  return i;
}

uint32_t DigitRun(std::u32string_view s, uint32_t i) {
  while (i < s.size() && IsDigit(s[i])) ++i;
  return i;
}

NumberLabel Parenthesised(std::u32string_view s) {
  uint32_t i = SkipSpace(s, 1);
  uint32_t end = ChineseRun(s, i);
  NumberStyle style = NumberStyle::kChineseParen;
  if (end == i) {
    end = DigitRun(s, i);
    style = NumberStyle::kArabicParen;
  }
  if (end == i || end - i > 6) return {};
  uint32_t close = SkipSpace(s, end);
  if (close >= s.size() || FoldWidth(s[close]) != ')') return {};
  auto n = ParseInteger(s.substr(i, end - i));
  if (!n) return {};
  uint32_t after = close + 1;
  if (after < s.size() && (s[after] == U'、' || s[after] == U'．' || s[after] == '.')) ++after;
  return Made(style, *n, s, after);
}

// 1. 1． 1、 1) and 1.2; not 1.15亿元, but 1.2020年….
NumberLabel Arabic(std::u32string_view s) {
  uint32_t end = DigitRun(s, 0);
  if (end > 4) return {};
  int64_t n = *ParseInteger(s.substr(0, end));
  uint32_t mark = SkipSpace(s, end);
  if (mark >= s.size()) return {};
  char32_t c = s[mark];
  if (FoldWidth(c) == ')') return Made(NumberStyle::kArabicParen, n, s, mark + 1);
  if (c == U'、') return Made(NumberStyle::kArabic, n, s, mark + 1);
  if (c != '.' && c != U'．') return {};
  uint32_t next = mark + 1;
  uint32_t more = DigitRun(s, next);
  if (more == next) {
    if (next < s.size() && (s[next] == U'、')) ++next;
    return Made(NumberStyle::kArabic, n, s, next);
  }
  char32_t after = SkipSpace(s, more) < s.size() ? s[SkipSpace(s, more)] : 0;
  bool year = more - next == 4 &&
              (s[next] == '1' || s[next] == '2' || s[next] == U'１' || s[next] == U'２') &&
              (after == U'年' || after == U'-' || after == U'—' || after == U'－' || after == U'至' ||
               after == U'、' || after == U'～');
  if (year) return Made(NumberStyle::kArabic, n, s, next);
  if (more - next <= 2 && (after == '.' || after == U'、' || IsSpace(more < s.size() ? s[more] : U'x'))) {
    auto sub = ParseInteger(s.substr(next, more - next));
    uint32_t close = after == '.' || after == U'、' ? SkipSpace(s, more) + 1 : more;
    if (after == '.' && close < s.size() && IsDigit(s[close])) return {};  // 1.2.3: too deep for a task
    return Made(NumberStyle::kMulti, n, s, close, static_cast<int>(*sub));
  }
  NumberLabel weak = Made(NumberStyle::kArabic, n, s, next);
  weak.weak = true;
  return weak;
}

NumberLabel Chinese(std::u32string_view s) {
  uint32_t end = ChineseRun(s, 0);
  if (!end || end > 6) return {};
  uint32_t mark = SkipSpace(s, end);
  if (mark >= s.size()) return {};
  char32_t c = s[mark];
  if (c != U'、' && c != '.' && c != U'．') return {};
  auto n = ParseChineseNumeral(s.substr(0, end));
  return n ? Made(NumberStyle::kChinese, *n, s, mark + 1) : NumberLabel{};
}

// 问题一：, 任务3、, 第3项:
NumberLabel Word(std::u32string_view s, const Lexicon& lex) {
  uint32_t i = 0;
  bool bracket = s[0] == U'【' || FoldWidth(s[0]) == '(' || s[0] == U'［';
  if (bracket) i = 1;
  bool ordinal = i < s.size() && s[i] == U'第';
  if (ordinal) {
    ++i;
  } else {
    size_t best = 0;
    for (const auto& w : lex.number_words) {
      if (w.size() > best && StartsWith(s.substr(i), w)) best = w.size();
    }
    if (!best) return {};
    i += static_cast<uint32_t>(best);
  }
  i = SkipSpace(s, i);
  uint32_t end = DigitRun(s, i);
  if (end == i) end = ChineseRun(s, i);
  if (end == i || end - i > 5) return {};
  auto n = ParseInteger(s.substr(i, end - i));
  if (!n) return {};
  if (ordinal) {
    bool counter = false;
    for (auto w : {U"项", U"个问题", U"号", U"条"}) {
      std::u32string_view word(w);
      if (StartsWith(s.substr(end), word)) end += static_cast<uint32_t>(word.size()), counter = true;
      if (counter) break;
    }
    if (!counter) return {};
    if (StartsWith(s.substr(end), U"任务") || StartsWith(s.substr(end), U"问题")) end += 2;
  }
  uint32_t mark = SkipSpace(s, end);
  if (bracket && mark < s.size() && (s[mark] == U'】' || FoldWidth(s[mark]) == ')' || s[mark] == U'］')) {
    return Made(NumberStyle::kWord, *n, s, mark + 1);
  }
  if (mark == s.size()) return Made(NumberStyle::kWord, *n, s, mark);  // alone on its line
  char32_t c = FoldWidth(s[mark]);
  if (c == ':' || c == U'、' || c == '.' || mark > end) {
    return Made(NumberStyle::kWord, *n, s, c == ':' || c == U'、' || c == '.' ? mark + 1 : mark);
  }
  return {};
}

}  // namespace

NumberLabel ReadNumberLabel(std::u32string_view s, const Lexicon& lexicon) {
  if (s.empty()) return {};
  char32_t c = s[0];
  if (FoldWidth(c) == '(') {
    if (auto n = Parenthesised(s)) return n;
    return Word(s, lexicon);
  }
  if (IsDigit(c)) return Arabic(s);
  if (c >= U'⑴' && c <= U'⒇') return Made(NumberStyle::kArabicParen, c - U'⑴' + 1, s, 1);
  if (c >= U'⒈' && c <= U'⒛') return Made(NumberStyle::kArabic, c - U'⒈' + 1, s, 1);
  if (c >= U'㈠' && c <= U'㈩') return Made(NumberStyle::kChineseParen, c - U'㈠' + 1, s, 1);
  if (c >= U'①' && c <= U'⑳') return Made(NumberStyle::kCircled, c - U'①' + 1, s, 1);
  if (IsChineseNumeralChar(c)) return Chinese(s);
  return Word(s, lexicon);
}

}  // namespace zg
