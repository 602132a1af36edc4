#include "document/pdf/line.h"

#include <cmath>

#include "base/text.h"

namespace zg::document {
namespace {

// Punctuation that may not stand at the start of a line.
bool ClingsToPrevious(char32_t c) {
  return std::u32string_view(U"，。、；：！？）】》〉」』”’…—·％%,.;:!?)]}〕").find(c) !=
         std::u32string_view::npos;
}

// Punctuation that may not stand at the end of one.
bool Opens(char32_t c) {
  return std::u32string_view(U"（《〈「『“‘〔【([").find(c) != std::u32string_view::npos;
}

// Gaps in units of em. Typesetters put a quarter between Chinese and digits; a typed space is half a
// character or more.
std::u32string_view SpaceBetween(char32_t left, char32_t right, double gap, bool rough) {
  bool left_cjk = IsCjk(left), right_cjk = IsCjk(right);
  if (rough && (left_cjk || right_cjk)) return gap > 2 ? U" " : U"";
  if (left_cjk && right_cjk) return gap > 0.8 ? U" " : U"";
  if (left_cjk || right_cjk) return gap > 0.6 ? U" " : U"";
  return gap > 0.08 ? U" " : U"";
}

double Median(std::vector<double>& values, double otherwise) {
  if (values.empty()) return otherwise;
  auto middle = values.begin() + values.size() / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Sets the line's em from its words.
void MeasureEm(const std::vector<Word>& words, Line& line) {
  std::vector<double> widths, heights;
  for (const Word& word : words) {
    heights.push_back(word.box.height());
    bool all = true;
    for (char32_t c : word.text) all = all && IsCjk(c);
    if (all) widths.push_back(word.box.width() / word.text.size());
  }
  line.em_known = !widths.empty();
  line.em = std::max(1.0, Median(widths, Median(heights, 12) * 0.75));
}

// A character with the punctuation that clings to it, and with digits right after that: many typesetters do
// not break there either. Or a whole Latin word.
double FirstUnit(const std::vector<Word>& words, double em) {
  double width = 0;
  bool punctuated = false, opened = false, latin = !IsCjk(words[0].text[0]);
  for (size_t w = 0; w < words.size() && w < 2; ++w) {
    const Word& word = words[w];
    if (w > 0 && word.box.x0 - words[w - 1].box.x1 > 0.4 * em) return width;
    double weight = 0;  // a Latin character is half as wide as a Chinese one
    for (char32_t c : word.text) weight += IsCjk(c) ? 1 : 0.5;
    double each = word.box.width() / weight;
    for (size_t i = 0; i < word.text.size(); ++i) {
      char32_t c = word.text[i];
      bool clings = ClingsToPrevious(c) && width > 0;
      bool goes_on = width == 0 || clings || opened || (!IsCjk(c) && (latin || punctuated));
      if (!goes_on) return width;
      opened = Opens(c);
      punctuated |= clings && IsCjk(c);
      width += IsCjk(c) ? each : each / 2;
    }
  }
  return width;
}

Line Finish(std::vector<Word>& words, bool rough) {
  std::stable_sort(words.begin(), words.end(),
                   [](const Word& a, const Word& b) { return a.box.x0 < b.box.x0; });
  Line line{.box = words[0].box};
  MeasureEm(words, line);
  line.em_known = line.em_known && !rough;
  line.first_unit = FirstUnit(words, line.em);
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) {
      double gap = (words[i].box.x0 - words[i - 1].box.x1) / line.em;
      line.text += SpaceBetween(line.text.back(), words[i].text[0], gap, rough);
    }
    line.text += words[i].text;
    line.box.Grow(words[i].box);
  }
  return line;
}

}  // namespace

double HangingRight(const Line& line) {
  char32_t last = line.text.back();
  if (!ClingsToPrevious(last)) return line.box.x1;
  return line.box.x1 - (IsCjk(last) ? line.em : line.em / 2);
}

bool IsCjk(char32_t c) {
  return IsHan(c) || (c >= 0x3000 && c < 0x3100) || (c >= 0xFF00 && c < 0xFF61) || c == U'“' || c == U'”' ||
         c == U'‘' || c == U'’' || c == U'…' || c == U'—' || (c >= 0x2460 && c < 0x2500) ||
         (c >= 0x3200 && c < 0x3400);
}

std::vector<Line> MakeLines(std::vector<Word> words, Budget& budget, bool rough) {
  std::stable_sort(words.begin(), words.end(),
                   [](const Word& a, const Word& b) { return a.box.mid_y() < b.box.mid_y(); });
  struct Open {
    Box box;
    std::vector<Word> words;
  };
  std::vector<Open> open;
  std::vector<Line> out;
  for (Word& word : words) {
    if (budget.Stopped()) return out;
    Open* best = nullptr;
    for (size_t i = 0; i < open.size();) {
      if (open[i].box.y1 < word.box.mid_y() - word.box.height()) {
        out.push_back(Finish(open[i].words, rough));
        open.erase(open.begin() + static_cast<long>(i));
        continue;
      }
      double shared = SharedHeight(open[i].box, word.box);
      if (shared > 0.5 && (!best || shared > SharedHeight(best->box, word.box))) best = &open[i];
      ++i;
    }
    if (!best) {
      open.push_back({word.box, {}});
      best = &open.back();
    }
    // A line's height is that of its first words: growing with every superscript would swallow the next line.
    best->words.push_back(std::move(word));
  }
  for (Open& line : open) out.push_back(Finish(line.words, rough));
  std::stable_sort(out.begin(), out.end(),
                   [](const Line& a, const Line& b) { return a.box.mid_y() < b.box.mid_y(); });
  return out;
}

}  // namespace zg::document
