#include "document/pdf/flow.h"

#include <cmath>

namespace zg::document {
namespace {

constexpr double kMinGutter = 10;  // points
constexpr size_t kMinWords = 12;
constexpr int kMaxColumnDepth = 3;

struct Context {
  bool rough = false;  // the words are OCR's
  int depth = 0;       // columns within columns
  Context Deeper() const { return {rough, depth + 1}; }
};

struct Gutter {
  double x0 = 0, x1 = 0;
  bool found() const { return x1 > x0; }
  double mid() const { return (x0 + x1) / 2; }
};

Box Bounds(const std::vector<Word>& words) {
  Box box = words[0].box;
  for (const Word& word : words) box.Grow(word.box);
  return box;
}

// Words in each visual line on either side of x; how far down the page both sides have text.
struct Sides {
  double both = 0;  // lines with long text left and right
  double lines = 0;
};

Sides CountSides(const std::vector<Word>& words, double x, const Box& bounds) {
  // Text of either side in strips of about a line and a half.
  double strip = 1.6 * std::max(4.0, words[words.size() / 2].box.height());
  auto strips = static_cast<size_t>(std::max(1.0, bounds.height() / strip)) + 1;
  std::vector<double> left(strips), right(strips);
  for (const Word& word : words) {
    auto at = static_cast<size_t>((word.box.mid_y() - bounds.y0) / strip);
    if (at >= strips) continue;
    (word.box.mid_x() < x ? left : right)[at] += word.box.width();
  }
  Sides sides;
  for (size_t i = 0; i < strips; ++i) {
    sides.lines += left[i] + right[i] > 0;
    sides.both += left[i] > 0.5 * (x - bounds.x0) && right[i] > 0.4 * (bounds.x1 - x);
  }
  return sides;
}

// A white strip from top to bottom, crossed by few words, with running text on both sides of it.
Gutter FindGutter(const std::vector<Word>& words, Budget& budget) {
  if (words.size() < kMinWords) return {};
  Box bounds = Bounds(words);
  auto width = static_cast<size_t>(std::clamp(bounds.width(), 0.0, 20'000.0)) + 1;
  std::vector<double> change(width + 2), ink(width + 1);
  double total = 0;
  for (const Word& word : words) {
    if (budget.Stopped()) return {};
    auto from = static_cast<size_t>(word.box.x0 - bounds.x0),
         to = static_cast<size_t>(word.box.x1 - bounds.x0);
    change[std::min(from, width)] += word.box.height();
    change[std::min(to, width) + 1] -= word.box.height();
    total += word.box.height() * word.box.width();
  }
  double sum = 0, mean = total / std::max(1.0, bounds.width());
  for (size_t i = 0; i <= width; ++i) ink[i] = sum += change[i];
  Gutter best;
  for (size_t i = width / 5; i < width * 4 / 5;) {
    if (ink[i] > 0.12 * mean) {
      ++i;
      continue;
    }
    size_t end = i;
    while (end < width && ink[end] <= 0.12 * mean) ++end;
    if (end - i >= kMinGutter && end - i > best.x1 - best.x0) best = {bounds.x0 + i, bounds.x0 + end};
    i = end;
  }
  if (!best.found()) return {};
  Sides sides = CountSides(words, best.mid(), bounds);
  return sides.both >= 5 && sides.both >= 0.4 * sides.lines ? best : Gutter{};
}

Column OneColumn(std::vector<Word> words, Context at, Budget& budget) {
  Column column;
  Box bounds = Bounds(words);
  column.lines = MakeLines(std::move(words), budget, at.rough);
  column.left = column.right = bounds.x0;
  for (const Line& line : column.lines) column.right = std::max(column.right, HangingRight(line));
  return column;
}

void Split(std::vector<Word> words, Context at, std::vector<Column>& out, Budget& budget);

// Words between two lines that cross the gutter: the left column, then the right one.
void Band(std::vector<Word>& words, const Gutter& gutter, Context at, std::vector<Column>& out,
          Budget& budget) {
  std::vector<Word> left, right;
  for (Word& word : words) (word.box.mid_x() < gutter.mid() ? left : right).push_back(std::move(word));
  words.clear();
  if (!left.empty()) Split(std::move(left), at.Deeper(), out, budget);
  if (!right.empty()) Split(std::move(right), at.Deeper(), out, budget);
}

// Where lines cross the gutter, from top to bottom, not overlapping.
std::vector<std::pair<double, double>> CrossingStrips(const std::vector<Word>& words, const Gutter& gutter) {
  std::vector<std::pair<double, double>> strips, out;
  for (const Word& word : words) {
    if (word.box.x0 < gutter.mid() && gutter.mid() < word.box.x1)
      strips.push_back({word.box.y0, word.box.y1});
  }
  std::sort(strips.begin(), strips.end());
  for (auto strip : strips) {
    if (!out.empty() && strip.first <= out.back().second) {
      out.back().second = std::max(out.back().second, strip.second);
    } else {
      out.push_back(strip);
    }
  }
  return out;
}

void Split(std::vector<Word> words, Context at, std::vector<Column>& out, Budget& budget) {
  Gutter gutter = at.depth < kMaxColumnDepth ? FindGutter(words, budget) : Gutter{};
  if (!gutter.found()) {
    out.push_back(OneColumn(std::move(words), at, budget));
    out.back().whole = at.depth == 0;
    return;
  }
  auto strips = CrossingStrips(words, gutter);
  std::stable_sort(words.begin(), words.end(),
                   [](const Word& a, const Word& b) { return a.box.mid_y() < b.box.mid_y(); });
  std::vector<Word> band, across;
  Box bounds = Bounds(words);
  auto finish_across = [&] {
    if (across.empty()) return;
    out.push_back(OneColumn(std::move(across), at, budget));
    out.back().left = bounds.x0;
    out.back().right = bounds.x1;
    across.clear();
  };
  size_t next = 0;
  for (Word& word : words) {
    if (budget.Stopped()) return;
    while (next < strips.size() && strips[next].second < word.box.mid_y()) ++next;
    if (next < strips.size() && strips[next].first <= word.box.mid_y()) {
      if (!band.empty()) Band(band, gutter, at, out, budget);
      across.push_back(std::move(word));
    } else {
      finish_across();
      band.push_back(std::move(word));
    }
  }
  finish_across();
  if (!band.empty()) Band(band, gutter, at, out, budget);
}

}  // namespace

std::vector<Column> ReadingOrder(const PageText& page, const std::vector<Box>& obstacles, Budget& budget) {
  std::vector<Column> out;
  double from = -1e9;
  std::vector<double> ends;
  for (const Box& box : obstacles) ends.push_back(box.mid_y());
  ends.push_back(1e9);
  for (double end : ends) {
    std::vector<Word> part;
    for (const Word& word : page.words) {
      if (word.box.mid_y() >= from && word.box.mid_y() < end) part.push_back(word);
    }
    if (!part.empty()) Split(std::move(part), {page.rough, 0}, out, budget);
    from = end;
  }
  return out;
}

}  // namespace zg::document
