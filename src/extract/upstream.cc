#include "extract/upstream.h"

#include <algorithm>

#include "base/numeral.h"

namespace zg {
namespace {

// The pieces as one row of characters with their places, white space left out.
struct Row {
  std::u32string text;
  std::vector<uint32_t> at;
};

Row MakeRow(std::u32string_view text, const std::vector<Span>& pieces) {
  Row row;
  for (Span p : pieces) {
    for (uint32_t i = p.begin; i < p.end; ++i) {
      if (IsSpace(text[i])) continue;
      row.text.push_back(FoldWidth(text[i]));
      row.at.push_back(i);
    }
  }
  return row;
}

// Keeps [begin, end) of the row, cutting the pieces.
void Keep(const Row& row, size_t begin, size_t end, std::vector<Span>& pieces) {
  uint32_t from = row.at[begin], to = row.at[end - 1] + 1;
  std::vector<Span> out;
  for (Span p : pieces) {
    p.begin = std::max(p.begin, from);
    p.end = std::min(p.end, to);
    if (!p.empty()) out.push_back(p);
  }
  pieces = std::move(out);
}

}  // namespace

std::optional<int> FirstNumber(std::u32string_view words) {
  for (size_t i = 0; i < words.size();) {
    size_t j = i;
    while (j < words.size() && IsDigit(words[j])) ++j;
    if (j == i) {
      while (j < words.size() && IsChineseNumeralChar(words[j]) && words[j] != U'万' && words[j] != U'亿')
        ++j;
    }
    if (j > i) {
      if (auto n = ParseInteger(words.substr(i, j - i)); n && *n > 0 && *n < 10000)
        return static_cast<int>(*n);
      i = j;
    } else {
      ++i;
    }
  }
  return std::nullopt;
}

std::optional<UpstreamRef> TakeUpstream(std::u32string_view text, std::vector<Span>& pieces,
                                        const Lexicon& lex) {
  Row row = MakeRow(text, pieces);
  std::optional<UpstreamRef> found;
  size_t open = 0, close = 0;
  for (size_t i = row.text.size(); i-- > 0 && !found;) {
    char32_t c = row.text[i];
    if (c != '(' && c != U'〔' && c != '[' && c != U'【') continue;
    size_t e = i + 1;
    while (e < row.text.size() && e < i + 40 && row.text[e] != ')' && row.text[e] != U'〕' &&
           row.text[e] != ']' && row.text[e] != U'】')
      ++e;
    if (e >= row.text.size() || e == i + 40) continue;
    std::u32string_view inside = std::u32string_view(row.text).substr(i + 1, e - i - 1);
    size_t cue = inside.npos;
    for (const auto& w : lex.upstream_words) {
      if (size_t at = inside.find(w); at != inside.npos) cue = std::min(cue == inside.npos ? at : cue, at);
    }
    bool ordinal = inside.find(U'第') != inside.npos &&
                   (inside.find(U'项') != inside.npos || inside.find(U'条') != inside.npos ||
                    inside.find(U'号') != inside.npos);
    if (cue == inside.npos && !ordinal) continue;
    size_t from = inside.find(U"序号");
    if (from == inside.npos) from = inside.rfind(U'第');
    if (inside.find(U'第') != inside.npos && from == inside.rfind(U'第'))
      from = inside.find(U'第', cue == inside.npos || inside.find(U'第') > cue ? 0 : cue);
    if (from == inside.npos) from = cue == inside.npos ? 0 : cue;
    auto n = FirstNumber(inside.substr(from));
    if (!n) continue;
    found = UpstreamRef{*n, {row.at[i], row.at[e] + 1}};
    open = i;
    close = e + 1;
  }
  if (!found) return std::nullopt;
  if (close >= row.text.size() || row.text.size() - close <= 1) {
    if (open > 0) {
      Keep(row, 0, open, pieces);
    } else {
      pieces.clear();
    }
  } else {  // in the middle: two parts stay
    std::vector<Span> left = pieces, right = pieces;
    if (open > 0) {
      Keep(row, 0, open, left);
    } else {
      left.clear();
    }
    Keep(row, close, row.text.size(), right);
    // 关于“…”问题（省序号3）。 leaves nothing but the stop
    left.insert(left.end(), right.begin(), right.end());
    pieces = std::move(left);
  }
  return found;
}

void Unwrap(std::u32string_view text, std::vector<Span>& pieces, const Lexicon& lex) {
  Row row = MakeRow(text, pieces);
  size_t begin = 0, end = row.text.size();
  std::u32string_view view = row.text;
  size_t head = 0;
  for (const auto& w : lex.wrap_open) {
    if (StartsWith(view, w)) head = std::max(head, w.size());
  }
  if (!head || head >= view.size()) return;
  char32_t open = view[head];
  char32_t close = open == U'“'    ? U'”'
                   : open == U'「' ? U'」'
                   : open == U'《' ? 0
                   : open == '"'   ? '"'
                   : open == U'‘'  ? U'’'
                                   : 0;
  if (!close) return;
  while (end > begin &&
         (view[end - 1] == U'。' || view[end - 1] == ';' || view[end - 1] == '.' || view[end - 1] == ':'))
    --end;
  size_t tail = 0;
  for (const auto& w : lex.wrap_close) {
    if (EndsWith(view.substr(0, end), w)) tail = std::max(tail, w.size());
  }
  if (!tail || end < tail + 1 || view[end - tail - 1] != close) return;
  begin = head + 1;
  end = end - tail - 1;
  if (end <= begin) return;
  int depth = 0;  // the opening mark must close at the very end
  for (size_t i = begin; i < end; ++i) {
    if (view[i] == open && open != close) ++depth;
    if (view[i] == close && depth-- == 0) return;
  }
  Keep(row, begin, end, pieces);
}

}  // namespace zg
