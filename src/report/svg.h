#pragma once
// A page of a drawing as SVG 1.1: text stays text, marks become groups with a <title>, all of it escaped.
// Pure.

#include <string>

#include "report/drawing.h"

namespace zg {

struct SvgOptions {
  bool links = false;  // marks with a link become <a>: for the screen, where the paths lead somewhere
  bool sized = true;   // with width and height in mm; false: as wide as the place it is shown at
};
// `page`: index into drawing.pages. The element comes without an XML declaration where it is not `sized`.
std::string WriteSvg(const Drawing& drawing, size_t page, const SvgOptions& options = {});

}  // namespace zg
