#include "report/svg.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

namespace zg {
namespace {

using Out = fmt::memory_buffer;
template <class... A>
void Add(Out& out, fmt::format_string<A...> text, A&&... args) {
  fmt::format_to(std::back_inserter(out), text, std::forward<A>(args)...);
}
void Add(Out& out, std::string_view text) {
  out.append(text.data(), text.data() + text.size());
}

// What XML 1.0 may not hold at all is left out.
void AddEscaped(Out& out, std::string_view text) {
  for (char c : text) {
    switch (c) {
      case '&':
        Add(out, std::string_view("&amp;"));
        break;
      case '<':
        Add(out, std::string_view("&lt;"));
        break;
      case '>':
        Add(out, std::string_view("&gt;"));
        break;
      case '"':
        Add(out, std::string_view("&quot;"));
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out.push_back(c);
    }
  }
}

// Hundredths of a millimetre are finer than any printer's dot.
std::string Mm(double v) {
  double rounded = std::round(v * 100) / 100;
  return fmt::format("{:g}", rounded == 0 ? 0 : rounded);
}

std::string Colour(Ink ink) {
  return ink == kNoInk ? "none" : fmt::format("#{:06x}", ink);
}

std::string PatternId(Pattern pattern, Ink ink) {
  return fmt::format("p{}-{:06x}", int(pattern), ink);
}

struct ShapeWriter {
  Out& out;

  void operator()(const RectShape& s) const {
    Box(s, Colour(s.fill));
    if (s.pattern != Pattern::kPlain && s.pattern_ink != kNoInk)
      Box(s, "url(#" + PatternId(s.pattern, s.pattern_ink) + ")");
  }
  void Box(const RectShape& s, const std::string& fill) const {
    Add(out, "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", Mm(s.x), Mm(s.y), Mm(s.width),
        Mm(s.height));
    if (s.radius > 0) Add(out, " rx=\"{}\"", Mm(s.radius));
    Add(out, " fill=\"{}\"", fill);
    if (s.line != kNoInk) Add(out, " stroke=\"{}\" stroke-width=\"{}\"", Colour(s.line), Mm(s.line_width));
    Add(out, "/>");
  }
  void operator()(const LineShape& s) const {
    Add(out, "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{}\" stroke-width=\"{}\"", Mm(s.x1),
        Mm(s.y1), Mm(s.x2), Mm(s.y2), Colour(s.ink), Mm(s.width));
    if (s.dashed) Add(out, " stroke-dasharray=\"{} {}\"", Mm(s.width * 4), Mm(s.width * 3));
    Add(out, "/>");
  }
  void operator()(const PolygonShape& s) const {
    Add(out, std::string_view("<polygon points=\""));
    for (size_t i = 0; i < s.points.size(); ++i)
      Add(out, "{}{},{}", i ? " " : "", Mm(s.points[i].x), Mm(s.points[i].y));
    Add(out, "\" fill=\"{}\"", Colour(s.fill));
    if (s.line != kNoInk) Add(out, " stroke=\"{}\" stroke-width=\"{}\"", Colour(s.line), Mm(s.line_width));
    Add(out, "/>");
  }
  void operator()(const TextShape& s) const {
    Add(out, "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"", Mm(s.x), Mm(s.y),
        Mm(s.points * kMmPerPoint), Colour(s.ink));
    if (s.anchor != Anchor::kStart)
      Add(out, " text-anchor=\"{}\"", s.anchor == Anchor::kMiddle ? "middle" : "end");
    if (s.bold) Add(out, " font-weight=\"700\"");
    Add(out, std::string_view(">"));
    AddEscaped(out, s.text);
    Add(out, std::string_view("</text>"));
  }
};

void AddPatterns(Out& out, const DrawnPage& page, double unit) {
  std::set<std::pair<Pattern, Ink>> used;
  for (const auto& placed : page.shapes) {
    const auto* rect = std::get_if<RectShape>(&placed.shape);
    if (rect && rect->pattern != Pattern::kPlain && rect->pattern_ink != kNoInk)
      used.insert({rect->pattern, rect->pattern_ink});
  }
  if (used.empty()) return;
  Add(out, std::string_view("<defs>"));
  for (auto [pattern, ink] : used) {
    std::string side = Mm(2 * unit);
    Add(out, "<pattern id=\"{}\" width=\"{}\" height=\"{}\" patternUnits=\"userSpaceOnUse\"",
        PatternId(pattern, ink), side, side);
    Add(out, "{}><rect width=\"{}\" height=\"{}\" fill=\"{}\"/>",
        pattern == Pattern::kHatched ? " patternTransform=\"rotate(45)\"" : "", Mm(0.7 * unit), side,
        Colour(ink));
    Add(out, std::string_view("</pattern>"));
  }
  Add(out, std::string_view("</defs>"));
}

void OpenMark(Out& out, const Mark& mark, bool links) {
  if (links && !mark.link.empty()) {
    Add(out, std::string_view("<a href=\""));
    AddEscaped(out, mark.link);
    Add(out, std::string_view("\" aria-label=\""));
    AddEscaped(out, mark.title);
    Add(out, std::string_view("\">"));
  } else {
    Add(out, std::string_view("<g>"));
  }
  Add(out, std::string_view("<title>"));
  AddEscaped(out, mark.title);
  Add(out, std::string_view("</title>"));
}

void CloseMark(Out& out, const Mark& mark, bool links) {
  Add(out, std::string_view(links && !mark.link.empty() ? "</a>" : "</g>"));
}

}  // namespace

std::string WriteSvg(const Drawing& drawing, size_t index, const SvgOptions& options) {
  const DrawnPage& page = drawing.pages.at(index);
  Out out;
  if (options.sized) Add(out, std::string_view("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
  Add(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\"", Mm(drawing.width),
      Mm(drawing.height));
  if (options.sized) Add(out, " width=\"{}mm\" height=\"{}mm\"", Mm(drawing.width), Mm(drawing.height));
  Add(out,
      " font-family=\"'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang "
      "SC',SimHei,sans-serif\" "
      "role=\"{}\" aria-label=\"",
      options.links ? "group" : "img");
  AddEscaped(out, drawing.title);
  Add(out, std::string_view("\">"));
  AddPatterns(out, page, drawing.width / 420);
  int open = -1;
  for (const auto& placed : page.shapes) {
    if (placed.mark != open) {
      if (open >= 0) CloseMark(out, page.marks[size_t(open)], options.links);
      open = placed.mark;
      if (open >= 0) OpenMark(out, page.marks[size_t(open)], options.links);
    }
    std::visit(ShapeWriter{out}, placed.shape);
  }
  if (open >= 0) CloseMark(out, page.marks[size_t(open)], options.links);
  Add(out, std::string_view("</svg>\n"));
  return {out.data(), out.size()};
}

}  // namespace zg
