#pragma once
// A Word document as a template: fields, loops and conditions of report/template.h in its paragraphs and
// tables, as an office writes them in Word or WPS. Pure.
//
// A loop or condition stands inside one paragraph; or around paragraphs, its beginning and end each a
// paragraph of its own; or around one row of a table (beginning in the first cell, end in the last one); or
// around rows, beginning and end each a row of its own.

#include <string>
#include <string_view>

#include "base/result.h"
#include "document/document.h"
#include "report/template.h"

namespace zg::paper {

// kMarked: figures stand between marks that PaperOfFilled reads. kTrying: every branch is filled, with
// examples, to find what is wrong.
enum class Filling { kPlain, kMarked, kTrying };
// The filled document. kInvalid:
// template.tag, template.field, template.nesting, template.list, template.not_list with `where` the place
// (第3段, 表1第2行第1格); template.macro; what the reader of documents says of a broken, encrypted or too
// large file.
Result<std::string> FillDocx(std::string_view bytes, const Fields& fields, Filling how = Filling::kPlain);

// What was filled with marks, read back: for the preview, the checks and the workbook.
Paper PaperOfFilled(const std::string& kind, const Document& document, std::vector<Figure> figures);

}  // namespace zg::paper
