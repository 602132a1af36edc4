#include "report/drawing.h"

#include "base/text.h"

namespace zg {
namespace {

// Of the type's height.
double EmsOf(char32_t c) {
  if (c >= 0x2e80 || (c >= 0x2014 && c <= 0x2026 && c != 0x2022)) return 1.0;  // Han, full-width marks, — …
  if (c >= U'0' && c <= U'9') return 0.56;
  if (c == U' ') return 0.25;
  if (c >= U'A' && c <= U'Z') return 0.68;
  if (c == U'.' || c == U',' || c == U'-' || c == U'/' || c == U'(' || c == U')' || c == U':') return 0.35;
  if (c == U'%') return 0.92;
  return c < 0x80 ? 0.56 : 0.7;
}

double WidthOf(std::u32string_view text, double points) {
  double ems = 0;
  for (char32_t c : text) ems += EmsOf(c);
  return ems * points * kMmPerPoint;
}

// How many characters from the beginning are at most `room` wide.
size_t Fitting(std::u32string_view text, double points, double room) {
  double width = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    width += EmsOf(text[i]) * points * kMmPerPoint;
    if (width > room + 1e-9) return i;
  }
  return text.size();
}

std::u32string Shorten(std::u32string_view text, double points, double room) {
  if (WidthOf(text, points) <= room + 1e-9) return std::u32string(text);
  double dots = WidthOf(U"…", points);
  size_t n = room > dots ? Fitting(text, points, room - dots) : 0;
  return std::u32string(text.substr(0, n)) + U"…";
}

// A line does not begin with these.
bool ClosesText(char32_t c) {
  return std::u32string_view(U"，。、；：？！”’）》〉】％%,.;:)").find(c) != std::u32string_view::npos;
}

// A line does not end with these.
bool OpensText(char32_t c) {
  return std::u32string_view(U"“‘（《〈【(").find(c) != std::u32string_view::npos;
}

}  // namespace

void Pen::Begin(Mark mark) {
  page_.marks.push_back(std::move(mark));
  mark_ = int(page_.marks.size()) - 1;
}

void Pen::Text(TextShape shape) {
  if (!shape.text.empty()) Put(std::move(shape));
}

void Pen::Fitted(TextShape shape, double room) {
  shape.text = FitText(shape.text, shape.points, room);
  Text(std::move(shape));
}

double TextWidth(std::string_view text, double points) {
  return WidthOf(ToUtf32(text), points);
}

std::string FitText(std::string_view text, double points, double room) {
  return ToUtf8(Shorten(ToUtf32(text), points, room));
}

std::vector<std::string> WrapText(std::string_view text, double points, double room, size_t lines) {
  std::u32string all = ToUtf32(text);
  std::u32string_view rest = all;
  std::vector<std::string> out;
  while (!rest.empty() && out.size() < lines) {
    if (out.size() + 1 == lines) {
      out.push_back(ToUtf8(Shorten(rest, points, room)));
      break;
    }
    size_t n = std::max<size_t>(1, Fitting(rest, points, room));
    if (n > 1 && n < rest.size() && ClosesText(rest[n])) --n;
    if (n > 1 && OpensText(rest[n - 1])) --n;
    out.push_back(ToUtf8(std::u32string(rest.substr(0, n))));
    rest.remove_prefix(n);
  }
  return out;
}

Drawing Scaled(Drawing drawing, double f) {
  drawing.width *= f;
  drawing.height *= f;
  struct Scale {
    double f;
    void operator()(RectShape& s) const {
      for (double* v : {&s.x, &s.y, &s.width, &s.height, &s.line_width, &s.radius}) *v *= f;
    }
    void operator()(LineShape& s) const {
      for (double* v : {&s.x1, &s.y1, &s.x2, &s.y2, &s.width}) *v *= f;
    }
    void operator()(PolygonShape& s) const {
      for (Point& p : s.points) p.x *= f, p.y *= f;
      s.line_width *= f;
    }
    void operator()(TextShape& s) const {
      for (double* v : {&s.x, &s.y, &s.points}) *v *= f;
    }
  };
  for (DrawnPage& page : drawing.pages)
    for (auto& placed : page.shapes) std::visit(Scale{f}, placed.shape);
  return drawing;
}

}  // namespace zg
