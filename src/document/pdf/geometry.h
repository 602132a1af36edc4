#pragma once
// What stands where on a page. Points (1/72 inch), y grows downwards.

#include <algorithm>
#include <string>
#include <vector>

namespace zg::document {

struct Box {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  double width() const { return x1 - x0; }
  double height() const { return y1 - y0; }
  double mid_x() const { return (x0 + x1) / 2; }
  double mid_y() const { return (y0 + y1) / 2; }
  bool Holds(double x, double y) const { return x0 <= x && x <= x1 && y0 <= y && y <= y1; }
  void Grow(const Box& other) {
    x0 = std::min(x0, other.x0);
    y0 = std::min(y0, other.y0);
    x1 = std::max(x1, other.x1);
    y1 = std::max(y1, other.y1);
  }
};

constexpr double kFarthest = 20'000;  // points; PDF allows 14,400

// What another program says of a page may be anything: only boxes that can lie on one are taken, so that
// reckoning with them stays within int.
inline bool IsSound(const Box& box) {
  return box.x0 >= -kFarthest && box.y0 >= -kFarthest && box.x1 <= kFarthest && box.y1 <= kFarthest &&
         box.x1 >= box.x0 && box.y1 > box.y0;
}

// How much of the lower box of the two stands beside the other: 1 where they share a line, 0 where they do
// not touch.
inline double SharedHeight(const Box& a, const Box& b) {
  double shared = std::min(a.y1, b.y1) - std::max(a.y0, b.y0), lower = std::min(a.height(), b.height());
  return lower > 0 ? std::max(0.0, shared / lower) : 0;
}

struct Word {
  Box box;
  std::u32string text;
};

struct PageText {
  int number = 0;  // from 1
  double width = 0, height = 0;
  std::vector<Word> words;  // as the program gave them
  bool rough = false;       // read by OCR: boxes of single characters are guesses
};

// A drawn line: a row of a table's frame, or an underline.
struct Rule {
  double at = 0;              // y of a horizontal one, x of a vertical one
  double begin = 0, end = 0;  // along the line
};

struct Rules {
  std::vector<Rule> horizontal, vertical;
};

}  // namespace zg::document
