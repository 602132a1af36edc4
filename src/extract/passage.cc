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

// Most characters take three bytes; one call for each of them would cost more than the rest of the reading.
void Encode(std::string& out, std::u32string_view run) {
  const size_t size = out.size();
  out.resize(size + run.size() * 4);
  char* to = out.data() + size;
  for (char32_t c : run) {
    if (c < 0x80) {
      *to++ = static_cast<char>(c);
    } else if (c >= 0x800 && c < 0xD800) {
      *to++ = static_cast<char>(0xE0 | c >> 12);
      *to++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
      *to++ = static_cast<char>(0x80 | (c & 0x3F));
    } else {
      std::string one;
      AppendUtf8(one, c);
      to = std::copy(one.begin(), one.end(), to);
    }
  }
  out.resize(to - out.data());
}

void Append(std::string& out, std::u32string_view words) {
  bool space = false;
  size_t run = 0;
  for (size_t i = 0; i < words.size();) {
    char32_t c = words[i];
    size_t skip = c == '[' ? Mark(words.substr(i)) : IsSpace(c) ? 1 : 0;
    if (!skip && !space) {
      ++i;
      continue;
    }
    if (skip) {
      Encode(out, words.substr(run, i - run));
      space = space || c != '[';
      run = i += skip;
      continue;
    }
    if (!out.empty() && Latin(static_cast<unsigned char>(out.back())) && Latin(c)) out += ' ';
    space = false;
    ++i;
  }
  Encode(out, words.substr(std::min(run, words.size())));
}

}  // namespace

Passage JoinPieces(std::u32string_view text, const std::vector<Span>& pieces, uint32_t full_line) {
  Passage p;
  std::string& out = p.text;
  Span before{};
  for (Span piece : pieces) {
    if (piece.empty()) continue;
    if (!out.empty()) {
      bool full = full_line && before.size() * 10 >= full_line * 9;
      if (EndsSentence(Slice(text, before)) && !full) {
        out += '\n';
      } else if (Latin(static_cast<unsigned char>(out.back())) && Latin(text[piece.begin])) {
        out += ' ';
      }
    }
    Append(out, Slice(text, piece));
    if (p.span.empty()) p.span.begin = piece.begin;
    p.span.end = piece.end;
    before = piece;
  }
  return p;
}

std::string CleanText(std::u32string_view text, Span span) {
  std::string out;
  Append(out, Slice(text, span));
  return out;
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
