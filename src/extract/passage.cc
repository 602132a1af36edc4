#include "extract/passage.h"

#include <algorithm>

#include "extract/scan.h"

namespace zg {
namespace {

bool Latin(char32_t c) {
  return IsAsciiAlpha(c) || (c >= '0' && c <= '9');
}

// Length of a word processor's mark at the start of `s`: [bookmark: _GoBack]
size_t Mark(std::u32string_view s) {
  if (s.size() < 3 || !IsAsciiAlpha(s[1])) return 0;
  size_t colon = 0;
  for (size_t i = 1; i < s.size() && i < 60; ++i) {
    if (s[i] == ':') colon = i;
    if (!colon && !IsAsciiAlpha(s[i])) return 0;
    if (s[i] == ']') return colon ? i + 1 : 0;
  }
  return 0;
}

void Append(std::u32string& out, std::u32string_view words) {
  bool space = false;
  for (size_t i = 0; i < words.size(); ++i) {
    char32_t c = words[i];
    if (c == '[') {
      if (size_t n = Mark(words.substr(i))) {
        i += n - 1;
        continue;
      }
    }
    if (IsSpace(c)) {
      space = true;
      continue;
    }
    if (space && !out.empty() && Latin(out.back()) && Latin(c)) out += U' ';
    space = false;
    out += c;
  }
}

}  // namespace

Passage JoinPieces(std::u32string_view text, const std::vector<Span>& pieces, uint32_t full_line) {
  Passage p;
  std::u32string out;
  Span before{};
  for (Span piece : pieces) {
    if (piece.empty()) continue;
    if (!out.empty()) {
      bool full = full_line && before.size() * 10 >= full_line * 9;
      if (EndsSentence(Slice(text, before)) && !full) {
        out += U'\n';
      } else if (Latin(out.back()) && Latin(text[piece.begin])) {
        out += U' ';
      }
    }
    Append(out, Slice(text, piece));
    if (p.span.empty()) p.span.begin = piece.begin;
    p.span.end = piece.end;
    before = piece;
  }
  p.text = ToUtf8(out);
  return p;
}

std::string CleanText(std::u32string_view text, Span span) {
  std::u32string out;
  Append(out, Slice(text, span));
  return ToUtf8(out);
}

uint32_t FullLine(std::u32string_view text, const std::vector<Span>& lines) {
  std::vector<uint32_t> open;  // lines that do not end a sentence
  size_t shorter = 0;
  for (Span l : lines) {
    if (!EndsSentence(Slice(text, l)) && l.size() > 15) open.push_back(l.size());
    shorter += l.size() <= 60;
  }
  if (open.size() < 12 || open.size() * 3 < lines.size()) return 0;
  std::sort(open.begin(), open.end());
  uint32_t middle = open[open.size() / 2];
  return middle <= 60 && shorter * 10 > lines.size() * 9 ? middle : 0;
}

}  // namespace zg
