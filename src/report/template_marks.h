#pragma once
// Figures in a filled template: between marks of the private use area, so that they are known again when the
// document is read. Inside of report/ only.

#include <string>

#include "report/paper.h"

namespace zg::paper {

// The words; `marked`: figures between marks.
std::string WithMarks(const Text& text, bool marked);

}  // namespace zg::paper
