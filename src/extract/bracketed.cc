#include "extract/bracketed.h"

#include <algorithm>

namespace zg {
namespace {

bool Open(char32_t c) {
  return c == U'（' || c == '(' || c == U'【' || c == U'［' || c == '[';
}
bool Close(char32_t c) {
  return c == U'）' || c == ')' || c == U'】' || c == U'］' || c == ']';
}

FieldLabel LabelAt(std::u32string_view text, Span s, const Lexicon& lex) {
  FieldLabel label = ReadFieldLabel(text.substr(s.begin, std::min<uint32_t>(s.size(), 40)), lex);
  bool known = label.colon && label.field != Field::kNone && label.field != Field::kProblem;
  return known ? label : FieldLabel{};
}

void Cut(std::vector<Span>& pieces, Span out) {
  std::vector<Span> kept;
  for (Span p : pieces) {
    Span left{p.begin, std::min(p.end, out.begin)}, right{std::max(p.begin, out.end), p.end};
    if (left.begin < left.end) kept.push_back(left);
    if (right.begin < right.end) kept.push_back(right);
  }
  pieces = std::move(kept);
}

}  // namespace

std::vector<FieldText> LabelledParts(std::u32string_view text, Span inside, const Lexicon& lex) {
  std::vector<FieldText> out;
  int depth = 0;
  bool gap = true;
  for (uint32_t i = inside.begin; i < inside.end; ++i) {
    char32_t c = text[i];
    if (gap && !depth && !IsSpace(c)) {
      if (FieldLabel label = LabelAt(text, {i, inside.end}, lex); label.field != Field::kNone) {
        FieldText f;
        f.field = label.field;
        f.label = {i, i + label.label_end};
        f.items.emplace_back();
        f.items[0].pieces.push_back({i + label.end, inside.end});
        if (!out.empty()) out.back().items[0].pieces[0].end = i;
        out.push_back(std::move(f));
        i += label.end - 1;
        gap = false;
        continue;
      }
    }
    depth += Open(c);
    if (Close(c) && depth) --depth;
    gap = c == U'；' || c == ';' || c == U'，' || c == ',' || c == U'。' || (gap && IsSpace(c));
  }
  for (FieldText& f : out) {
    Span& s = f.items[0].pieces[0];
    while (s.end > s.begin &&
           (IsSpace(text[s.end - 1]) || text[s.end - 1] == U'；' || text[s.end - 1] == ';' ||
            text[s.end - 1] == U'，' || text[s.end - 1] == ',' || text[s.end - 1] == U'。'))
      --s.end;
  }
  std::erase_if(out, [](const FieldText& f) { return f.items[0].pieces[0].empty(); });
  return out;
}

std::vector<FieldText> TakeBracketed(std::u32string_view text, std::vector<Span>& pieces,
                                     const Lexicon& lex) {
  if (pieces.empty()) return {};
  std::vector<FieldText> out;
  const Span whole{pieces.front().begin, pieces.back().end};
  for (uint32_t i = whole.begin; i + 1 < whole.end; ++i) {
    if (!Open(text[i]) || LabelAt(text, {i + 1, whole.end}, lex).field == Field::kNone) continue;
    uint32_t end = i;
    for (int depth = 0; end < whole.end; ++end) {
      depth += Open(text[end]);
      if (Close(text[end]) && --depth == 0) break;
    }
    auto parts = LabelledParts(text, {i + 1, end}, lex);
    if (parts.empty()) continue;
    out.insert(out.end(), parts.begin(), parts.end());
    Cut(pieces, {i, std::min(end + 1, whole.end)});
    i = end;
  }
  return out;
}

}  // namespace zg
