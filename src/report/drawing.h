#pragma once
// A picture made of lines and words before it is a file: what a chart's layout gives, and what the writers of
// SVG, PDF and PNG take (svg.h, cairo_page.h). Pure; the same input gives the same drawing.
//
// Millimetres from the page's top left corner, y downwards; type sizes in points (1 pt = 25.4/72 mm). Text
// stands on its baseline. Colours are 0xRRGGBB.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"

namespace zg {

using Ink = int32_t;
inline constexpr Ink kNoInk = -1;
inline constexpr double kMmPerPoint = 25.4 / 72;

enum class Anchor : uint8_t { kStart, kMiddle, kEnd };
// What is told by colour is told by a pattern too: on paper without colour, and for eyes that see colours
// differently.
enum class Pattern : uint8_t { kPlain, kHatched, kBarred };

struct RectShape {
  double x = 0, y = 0, width = 0, height = 0;
  Ink fill = kNoInk, line = kNoInk;
  double line_width = 0.25;
  double radius = 0;
  Pattern pattern = Pattern::kPlain;
  Ink pattern_ink = kNoInk;
};
struct LineShape {
  double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
  Ink ink = 0;
  double width = 0.25;
  bool dashed = false;
};
struct Point {
  double x = 0, y = 0;
};
struct PolygonShape {
  std::vector<Point> points;  // closed
  Ink fill = kNoInk, line = kNoInk;
  double line_width = 0.25;
};
struct TextShape {
  double x = 0, y = 0;
  std::string text;  // UTF-8, one line
  double points = 14;
  Ink ink = 0;
  Anchor anchor = Anchor::kStart;
  bool bold = false;
};
using Shape = std::variant<RectShape, LineShape, PolygonShape, TextShape>;

// Shapes that belong together and tell something: a cell of a wall, a bar of a Gantt chart.
struct Mark {
  std::string title;         // what stands in it, in one sentence: for the mouse and for a reader of screens
  std::string link;          // where a click leads, a path of the UI; empty: nowhere
  std::vector<int64_t> ids;  // the tasks it was drawn from, where they are few
};

struct DrawnPage {
  struct Placed {
    Shape shape;
    int mark = -1;  // index into marks
  };
  std::vector<Placed> shapes;  // later ones lie on top
  std::vector<Mark> marks;
};

struct Drawing {
  std::string title;
  Date day;                      // the day it tells of
  double width = 0, height = 0;  // of every page
  std::vector<DrawnPage> pages;  // at least one
};

// Writes shapes onto a page; between Begin and End they belong to a mark. Borrows the page.
class Pen {
 public:
  explicit Pen(DrawnPage& page) : page_(page) {}
  void Begin(Mark mark);
  void End() { mark_ = -1; }
  void Rect(RectShape shape) { Put(shape); }
  void Line(LineShape shape) { Put(shape); }
  void Polygon(PolygonShape shape) { Put(std::move(shape)); }
  void Text(TextShape shape);  // nothing for an empty text
  // The text on one line that is at most `room` mm wide, shortened with … where it is longer.
  void Fitted(TextShape shape, double room);

 private:
  void Put(Shape shape) { page_.shapes.push_back({std::move(shape), mark_}); }
  DrawnPage& page_;
  int mark_ = -1;
};

// How wide the text is in mm, by rule and not by a font, so that layouts are the same everywhere: a Han
// character is as wide as it is high, digits and Latin letters about half of that. A little more than the
// fonts in use need.
double TextWidth(std::string_view text, double points);
std::string FitText(std::string_view text, double points, double room);
// Lines of at most `room`, at most `lines` of them; the last one ends in … where words are left over.
std::vector<std::string> WrapText(std::string_view text, double points, double room, size_t lines);

// Everything larger or smaller by a factor, type sizes too: A3 becomes A1 by 2.
Drawing Scaled(Drawing drawing, double factor);

}  // namespace zg
