#include "store/tokens.h"

#include "base/text.h"

namespace zg::store {
namespace {

constexpr size_t kMostPhrases = 8;
constexpr size_t kMostTokens = 32;

struct Char {
  char32_t code;
  size_t begin, end;  // bytes
};

// Reads one code point; bytes that are not UTF-8 come as U+FFFD, one each.
Char Next(std::string_view s, size_t at) {
  unsigned char lead = static_cast<unsigned char>(s[at]);
  if (lead < 0x80) return {lead, at, at + 1};
  size_t n = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
  if (n == 1 || at + n > s.size()) return {0xFFFD, at, at + 1};
  char32_t c = lead & (0xFF >> (n + 1));
  for (size_t i = 1; i < n; ++i) {
    unsigned char b = static_cast<unsigned char>(s[at + i]);
    if ((b & 0xC0) != 0x80) return {0xFFFD, at, at + 1};
    c = c << 6 | (b & 0x3F);
  }
  return {c, at, at + n};
}

char32_t Fold(char32_t c) {
  c = FoldWidth(c);
  return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

bool IsWordChar(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  return c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x2000;  // Latin, Cyrillic, Arabic (Uyghur, Kazakh) …
}

}  // namespace

void ForEachToken(std::string_view s, const std::function<bool(std::string_view, size_t, size_t)>& take) {
  Char last{};         // the Han character before, where `paired` or `alone`
  bool alone = false;  // `last` begins a run and has given no token yet
  bool in_run = false;
  std::string word;
  size_t word_begin = 0, word_end = 0;
  auto end_run = [&] {
    bool go_on =
        !(in_run && alone) || take(s.substr(last.begin, last.end - last.begin), last.begin, last.end);
    in_run = false;
    return go_on;
  };
  auto end_word = [&] {
    bool go_on = word.empty() || take(word, word_begin, word_end);
    word.clear();
    return go_on;
  };
  for (size_t at = 0; at < s.size();) {
    Char c = Next(s, at);
    at = c.end;
    if (IsHan(c.code)) {
      if (!end_word()) return;
      // A pair is only a pair where nothing stands between: its bytes are neighbours in the text.
      if (in_run && !take(s.substr(last.begin, c.end - last.begin), last.begin, c.end)) return;
      alone = !in_run;
      in_run = true;
      last = c;
      continue;
    }
    char32_t folded = Fold(c.code);
    if (IsWordChar(folded)) {
      if (!end_run()) return;
      if (word.empty()) word_begin = c.begin;
      AppendUtf8(word, folded);
      word_end = c.end;
      continue;
    }
    if (!end_run() || !end_word()) return;
  }
  if (end_run()) end_word();
}

std::vector<std::vector<std::string>> QueryPhrases(std::string_view q) {
  std::vector<std::vector<std::string>> phrases;
  std::u32string text = ToUtf32(q.substr(0, 2000));
  size_t at = 0;
  while (at < text.size() && phrases.size() < kMostPhrases) {
    while (at < text.size() && IsSpace(text[at])) ++at;
    size_t end = at;
    while (end < text.size() && !IsSpace(text[end])) ++end;
    std::vector<std::string> tokens;
    ForEachToken(ToUtf8(text.substr(at, end - at)), [&](std::string_view token, size_t, size_t) {
      tokens.emplace_back(token);
      return tokens.size() < kMostTokens;
    });
    if (!tokens.empty()) phrases.push_back(std::move(tokens));
    at = end;
  }
  return phrases;
}

}  // namespace zg::store
