#pragma once
// A drawing as PDF (all pages, fonts embedded, text that can be searched and copied) and a page of it as PNG,
// by Cairo and Pango. Fonts come from fontconfig: 黑体 and its kin, whatever the machine has. Any thread.

#include <string>

#include "base/result.h"
#include "report/drawing.h"

namespace zg {

// kUnavailable (chart.not_drawn) where Cairo gives up, with its word as the cause.
Result<std::string> WritePdf(const Drawing& drawing);
// `width`: of the picture, 200–8000 pixels.
Result<std::string> WritePng(const Drawing& drawing, size_t page, int width);

}  // namespace zg
