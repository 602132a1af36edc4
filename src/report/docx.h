#pragma once
// Word documents in official form: GB/T 9704-2012, A4, 22 lines of 28 characters, fonts by name with names to
// fall back on, named styles that an office can change in Word or WPS.

#include <string>

#include "base/result.h"
#include "report/paper.h"

namespace zg {

// A .docx file: margins 37/28/35/26 mm (7.1 of the standard), lines 28.95 pt apart, page numbers — 1 — at the
// foot, outside on odd and even pages (7.5). The same paper gives the same bytes; characters that XML cannot
// hold are left out. kUnavailable (export.failed).
Result<std::string> WriteDocx(const paper::Paper& paper);

}  // namespace zg
