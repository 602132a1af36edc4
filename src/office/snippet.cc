#include "office/snippet.h"

#include <algorithm>

#include "base/text.h"

namespace zg {
namespace {

char32_t Folded(char32_t c) {
  c = FoldWidth(c);
  return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

std::vector<std::u32string> Terms(std::string_view q) {
  std::vector<std::u32string> terms;
  std::u32string term;
  for (char32_t c : ToUtf32(q) + U" ") {
    if (!IsSpace(c)) {
      term += Folded(c);
    } else if (!term.empty()) {
      terms.push_back(std::move(term));
      term.clear();
    }
  }
  return terms;
}

// The text as it is shown (runs of white space are one blank) and, beside it, what is compared; from the
// beginning until there is enough of it.
struct Shown {
  std::u32string text;
  std::u32string folded;     // without white space
  std::vector<uint32_t> at;  // place in `text` of each character of `folded`
  bool whole = true;
};

// Whether one of the terms ends where `folded` does.
bool EndsHit(const std::u32string& folded, const std::vector<std::u32string>& terms) {
  return std::any_of(terms.begin(), terms.end(), [&](const std::u32string& term) {
    return term.back() == folded.back() && folded.ends_with(term);
  });
}

// Up to `beyond` characters after the end of the first hit, where there is one.
Shown Prepare(std::string_view utf8, const std::vector<std::u32string>& terms, size_t beyond) {
  Shown shown;
  size_t room = utf8.size() / 2, enough = shown.text.max_size();
  shown.text.reserve(room);
  shown.folded.reserve(room);
  shown.at.reserve(room);
  for (size_t i = 0; i < utf8.size();) {
    char32_t c = 0;
    i += NextUtf8(utf8, i, c);
    if (IsSpace(c)) {
      if (!shown.text.empty() && shown.text.back() != U' ') shown.text += U' ';
      continue;
    }
    if (shown.text.size() >= enough) {
      shown.whole = false;
      break;
    }
    shown.at.push_back(uint32_t(shown.text.size()));
    shown.folded += Folded(c);
    shown.text += c;
    if (enough == shown.text.max_size() && EndsHit(shown.folded, terms)) enough = shown.text.size() + beyond;
  }
  return shown;
}

// Which characters of `text` are part of a hit.
std::vector<bool> Marks(const Shown& shown, const std::vector<std::u32string>& terms) {
  std::vector<bool> marks(shown.text.size(), false);
  for (const auto& term : terms) {
    for (size_t i = 0; (i = shown.folded.find(term, i)) != shown.folded.npos; i += term.size()) {
      uint32_t begin = shown.at[i], end = shown.at[i + term.size() - 1] + 1;
      std::fill(marks.begin() + begin, marks.begin() + end, true);
    }
  }
  return marks;
}

}  // namespace

std::vector<SnippetPart> MakeSnippet(std::string_view utf8_text, std::string_view q, size_t width) {
  auto terms = Terms(q);
  size_t longest = 0;
  for (const auto& term : terms) longest = std::max(longest, term.size());
  // What is shown ends no further than `width` after the hit begins, and a hit there is not cut.
  Shown shown = Prepare(utf8_text, terms, width + 2 * longest);
  std::vector<bool> marks = Marks(shown, terms);
  size_t first = size_t(std::find(marks.begin(), marks.end(), true) - marks.begin());
  size_t begin = first == marks.size() || first < width / 3 ? 0 : first - width / 3;
  size_t end = std::min(shown.text.size(), begin + width);
  while (end < marks.size() && end > begin && marks[end] && marks[end - 1]) ++end;  // no hit is cut
  std::vector<SnippetPart> parts;
  if (begin > 0) parts.push_back({"…", false});
  for (size_t i = begin; i < end; ++i) {
    if (parts.empty() || parts.back().hit != marks[i]) parts.push_back({"", marks[i]});
    AppendUtf8(parts.back().text, shown.text[i]);
  }
  if (end < shown.text.size() || !shown.whole) {
    if (parts.empty() || parts.back().hit) parts.push_back({"", false});
    parts.back().text += "…";
  }
  return parts;
}

}  // namespace zg
